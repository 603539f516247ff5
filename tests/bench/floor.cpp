// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bare engine, yardstick of the bulk check: one thread, epoll, OpenSSL on the sockets; the same
// questions, policy fetch and mail dialogue as `mta-sts check` on a list, certificates verified, and
// no verdict beyond "ok".
//   floor RESOLVER_PORT HTTPS_PORT SMTP_PORT CA_FILE JOBS LIST    one line a domain
#include "questions.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_set>

namespace {

constexpr uint16_t A = 1, NS = 2, MX = 15, TXT = 16, AAAA = 28, DNSKEY = 48, TLSA = 52, CAA = 257;

struct Engine
{
    int poll = epoll_create1(EPOLL_CLOEXEC);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    Questions *questions = nullptr;
    uint16_t httpsPort = 0, smtpPort = 0;
    size_t active = 0;
    std::unordered_set<std::string> probed;    // mail hosts are shared: each is looked at once
    std::unordered_set<std::string> asked;     // names that domains have in common
    std::vector<std::unique_ptr<Waiter>> over; // deleted after the round of events

    void watch(int descriptor, Waiter &waiter, uint32_t events) const
    {
        epoll_event event{};
        event.events = events;
        event.data.ptr = &waiter;
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
    }
};

/// One connection, to a policy host or to a mail server.
class Connection : public Waiter
{
public:
    using Done = std::function<void(bool good)>;
    Connection(Engine &engine, in_addr address, std::string host, bool isMail, Done done)
        : m_engine(engine)
        , m_host(std::move(host))
        , m_step(isMail ? Step::Greeting : Step::Handshake)
        , m_isMail(isMail)
        , m_done(std::move(done))
    {
        m_socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const int on = 1;
        setsockopt(m_socket, SOL_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(isMail ? engine.smtpPort : engine.httpsPort);
        peer.sin_addr = address;
        connect(m_socket, reinterpret_cast<sockaddr *>(&peer), sizeof peer);
        engine.watch(m_socket, *this, EPOLLIN | EPOLLOUT | EPOLLET);
    }
    ~Connection() override
    {
        SSL_free(m_ssl);
        close(m_socket);
    }
    void onReady(uint32_t events) override
    {
        if (events & EPOLLERR)
            end(false);
        if (m_step == Step::Handshake && !shakeHands())
            return;
        while (m_step != Step::Over && m_step != Step::Handshake && read())
            answer();
    }

private:
    enum class Step { Greeting, Hello, StartTls, Handshake, HelloInTls, Policy, Over };

    bool shakeHands()
    {
        if (!m_ssl) {
            m_ssl = SSL_new(m_engine.context);
            SSL_set_fd(m_ssl, m_socket);
            SSL_set_connect_state(m_ssl);
            SSL_set_tlsext_host_name(m_ssl, m_host.c_str());
            SSL_set_hostflags(m_ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                             X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
            SSL_set1_host(m_ssl, m_host.c_str());
        }
        const int result = SSL_do_handshake(m_ssl);
        if (result != 1) {
            const int why = SSL_get_error(m_ssl, result);
            if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
                ERR_clear_error();
                end(false);
            }
            return false;
        }
        m_verified = SSL_get_verify_result(m_ssl) == X509_V_OK;
        m_step = m_isMail ? Step::HelloInTls : Step::Policy;
        say(m_isMail ? "EHLO [127.0.0.1]\r\n"
                     : "GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: " + m_host +
                               "\r\nConnection: close\r\n\r\n");
        return true;
    }
    void say(const std::string &text) // a failure shows when the answer is read
    {
        m_ssl ? SSL_write(m_ssl, text.data(), int(text.size()))
              : send(m_socket, text.data(), text.size(), MSG_NOSIGNAL);
    }
    bool read()
    {
        char octets[16384];
        const ssize_t count = m_ssl ? SSL_read(m_ssl, octets, sizeof octets)
                                    : recv(m_socket, octets, sizeof octets, 0);
        m_text.append(octets, size_t(std::max<ssize_t>(count, 0)));
        if (count > 0)
            return true;
        if (m_ssl ? SSL_get_error(m_ssl, int(count)) != SSL_ERROR_WANT_READ
                  : count == 0 || (errno != EAGAIN && errno != ENOTCONN))
            end(false);
        return false;
    }
    void answer()
    {
        if (m_step == Step::Policy) {
            if (m_text.find("max_age") != std::string::npos && m_text.ends_with("\r\n"))
                end(m_verified);
            return;
        }
        const size_t start = m_text.rfind('\n', m_text.size() - 2) + 1; // npos + 1 is 0
        if (!m_text.ends_with("\n") || m_text.size() < start + 4 || m_text[start + 3] != ' ')
            return;
        m_text.clear();
        if (m_step == Step::Greeting) {
            m_step = Step::Hello;
            say("EHLO [127.0.0.1]\r\n");
        } else if (m_step == Step::Hello) {
            m_step = Step::StartTls;
            say("STARTTLS\r\n");
        } else if (m_step == Step::StartTls) {
            m_step = Step::Handshake;
            shakeHands();
        } else if (m_step == Step::HelloInTls) {
            say("QUIT\r\n");
            end(m_verified);
        }
    }
    void end(bool good)
    {
        if (m_step == Step::Over)
            return;
        m_step = Step::Over;
        if (m_ssl && good)
            SSL_shutdown(m_ssl);
        m_engine.over.emplace_back(this);
        m_done(good);
    }

    Engine &m_engine;
    int m_socket;
    const std::string m_host;
    Step m_step;
    const bool m_isMail;
    bool m_verified = false;
    const Done m_done;
    SSL *m_ssl = nullptr;
    std::string m_text;
};

class Domain
{
public:
    Domain(Engine &engine, std::string name)
        : m_engine(engine)
        , m_name(std::move(name))
    {
        ++engine.active;
    }
    void start()
    {
        ask(m_name, MX, [this](const BareAnswer &answer) {
            for (const std::string &host : answer.mailHosts)
                lookAtHost(host);
        });
        const std::string policyHost = "mta-sts." + m_name;
        ask(policyHost, A, [this, policyHost](const BareAnswer &answer) {
            for (const in_addr address : answer.addresses)
                contact(address, policyHost, false);
        });
        ask(policyHost, AAAA);
        for (const char *label : {"_mta-sts.", "_smtp._tls.", "x1234567890."})
            ask(label + m_name, TXT);
        ask(m_name, NS);
        ask(m_name, DNSKEY);
        ask(policyHost, CAA);
        ask(m_name, CAA);
        // What many domains have in common is asked once, as the program does.
        for (size_t dot = m_name.find('.'); dot != std::string::npos;
             dot = m_name.find('.', dot + 1))
            askOnce(m_name.substr(dot + 1), CAA);
        askOnce("", DNSKEY); // the root's
    }

private:
    void ask(const std::string &name, uint16_t type, const Questions::Callback &callback = {})
    {
        ++m_pending;
        m_engine.questions->ask(name, type, [this, callback](const BareAnswer &answer) {
            if (callback)
                callback(answer);
            finish(true);
        });
    }
    void askOnce(const std::string &name, uint16_t type)
    {
        if (m_engine.asked.insert(name).second)
            ask(name, type);
    }
    void lookAtHost(const std::string &host)
    {
        if (!m_engine.probed.insert(host).second)
            return;
        ask(host, A, [this, host](const BareAnswer &answer) {
            for (const in_addr address : answer.addresses)
                contact(address, host, true);
        });
        ask(host, AAAA);
        ask("_25._tcp." + host, TLSA);
    }
    void contact(in_addr address, const std::string &host, bool isMail)
    {
        ++m_pending;
        new Connection(m_engine, address, host, isMail, [this](bool good) { finish(good); });
    }
    void finish(bool good)
    {
        m_good &= good;
        if (--m_pending > 0)
            return;
        std::printf("%s %s\n", m_name.c_str(), m_good ? "ok" : "not ok");
        std::fflush(stdout); // as the program does
        --m_engine.active;
        delete this;
    }

    Engine &m_engine;
    const std::string m_name;
    int m_pending = 0;
    bool m_good = true;
};

void run(Engine &engine, std::istream &list, size_t jobs)
{
    std::string name;
    bool more = true;
    auto lastSweep = Clock::now();
    while (more || engine.active > 0) {
        while (more && engine.active < jobs) {
            more = bool(std::getline(list, name));
            if (more && !name.empty())
                (new Domain(engine, name))->start();
        }
        epoll_event events[256];
        const int count = epoll_wait(engine.poll, events, 256, 250);
        for (int i = 0; i < count; ++i)
            static_cast<Waiter *>(events[i].data.ptr)->onReady(events[i].events);
        engine.over.clear();
        if (Clock::now() - lastSweep > std::chrono::milliseconds(250)) {
            lastSweep = Clock::now();
            engine.questions->askAgain();
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 7)
        return 64;
    Engine engine;
    engine.httpsPort = uint16_t(std::atoi(argv[2]));
    engine.smtpPort = uint16_t(std::atoi(argv[3]));
    SSL_CTX_load_verify_file(engine.context, argv[4]);
    // As the program does it: a chain that does not hold is noted and does not end the handshake.
    SSL_CTX_set_verify(engine.context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX *) { return 1; });
    SSL_CTX_set_session_cache_mode(engine.context, SSL_SESS_CACHE_OFF);
    Questions questions("127.0.0.1", uint16_t(std::atoi(argv[1])));
    engine.questions = &questions;
    engine.watch(questions.descriptor(), questions, EPOLLIN);
    std::ifstream list(argv[6]);
    run(engine, list, size_t(std::atoi(argv[5])));
    return 0;
}
