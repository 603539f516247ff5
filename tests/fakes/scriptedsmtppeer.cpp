// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/scriptedsmtppeer.h"

#include <QRegularExpression>

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {

constexpr int SliceMs = 5;

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

bool useKeys(SSL_CTX *context, const QByteArray &chain, const QByteArray &key)
{
    const Bio chainText(BIO_new_mem_buf(chain.constData(), int(chain.size())), &BIO_free_all);
    const Bio keyText(BIO_new_mem_buf(key.constData(), int(key.size())), &BIO_free_all);
    X509 *leaf = PEM_read_bio_X509(chainText.get(), nullptr, nullptr, nullptr);
    EVP_PKEY *secret = PEM_read_bio_PrivateKey(keyText.get(), nullptr, nullptr, nullptr);
    bool good = leaf && secret && SSL_CTX_use_certificate(context, leaf) == 1 &&
                SSL_CTX_use_PrivateKey(context, secret) == 1;
    while (X509 *issuer =
                   good ? PEM_read_bio_X509(chainText.get(), nullptr, nullptr, nullptr) : nullptr)
        good = SSL_CTX_add0_chain_cert(context, issuer) == 1;
    X509_free(leaf);
    EVP_PKEY_free(secret);
    return good;
}

int insistOnName(SSL *ssl, int *alert, void *)
{
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) ? SSL_TLSEXT_ERR_OK
                                                              : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Context makeContext(const PeerOptions &options)
{
    Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0); // old versions are played too
    SSL_CTX_set_min_proto_version(context.get(), options.minProtocol);
    SSL_CTX_set_max_proto_version(context.get(), options.maxProtocol);
    if (options.insistOnSni)
        SSL_CTX_set_tlsext_servername_callback(context.get(), insistOnName);
    if (!useKeys(context.get(), options.chainPem, options.keyPem) ||
        (!options.otherKeyPem.isEmpty() &&
         !useKeys(context.get(), options.otherChainPem, options.otherKeyPem)))
        context.reset();
    return context;
}

QByteArray octetsOf(const QJsonValue &value, const QByteArray &name)
{
    return value.toString().toLatin1().replace("<name>", name);
}

/// One connection. False from a step ends the play.
class Play
{
public:
    Play(int descriptor, const PeerOptions &options, const std::atomic<bool> &stop)
        : m_descriptor(descriptor)
        , m_options(options)
        , m_stop(stop)
    {
    }
    ~Play()
    {
        SSL_free(m_ssl);
        close(m_descriptor);
    }
    Play(const Play &) = delete;
    Play &operator=(const Play &) = delete;

    void run(const QJsonArray &steps);
    ScriptedSmtpPeer::Conversation seen;

private:
    bool step(const QJsonObject &step);
    bool say(const QByteArray &octets, int pauseMs = 0);
    bool sayAtOnce(const QByteArray &octets);
    bool hear(const QByteArray &expected);
    bool hearSome();
    bool doTls(const QString &how);
    bool handshake();
    void hangUp();
    bool waitFor(short events);
    bool pause(int milliseconds) const;

    int m_descriptor;
    const PeerOptions &m_options;
    const std::atomic<bool> &m_stop;
    Context m_context{nullptr, &SSL_CTX_free};
    SSL *m_ssl = nullptr;
    qsizetype m_heard = 0; // octets of seen.received that steps have asked for
};

void Play::run(const QJsonArray &steps)
{
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    for (const QJsonValue &value : steps) {
        if (!step(value.toObject()))
            break;
    }
    while (hearSome()) { // until the client hangs up, so that nothing it said is lost
    }
}

bool Play::step(const QJsonObject &step)
{
    if (step.contains(QLatin1String("server"))) {
        if (!say(octetsOf(step.value(QLatin1String("server")), m_options.name)))
            return false;
        static const QRegularExpression number(QStringLiteral("[0-9]+"));
        const QString then = step.value(QLatin1String("then")).toString();
        return pause(number.match(then).captured().toInt());
    }
    if (step.contains(QLatin1String("client")))
        return hear(octetsOf(step.value(QLatin1String("client")), m_options.name));
    if (step.contains(QLatin1String("server_repeat"))) {
        const QJsonArray repeat = step.value(QLatin1String("server_repeat")).toArray();
        return say(octetsOf(repeat.at(0), m_options.name).repeated(repeat.at(1).toInt()));
    }
    if (step.contains(QLatin1String("server_drip"))) {
        const QJsonArray drip = step.value(QLatin1String("server_drip")).toArray();
        return say(octetsOf(drip.at(0), m_options.name),
                   qMax(1, int(drip.at(1).toDouble() * m_options.dripSecondMs)));
    }
    if (step.contains(QLatin1String("tls")))
        return doTls(step.value(QLatin1String("tls")).toString());
    if (step.contains(QLatin1String("server_silent")) && m_options.onSilence)
        m_options.onSilence();
    if (step.contains(QLatin1String("server_close")))
        hangUp();
    if (step.contains(QLatin1String("server_reset"))) {
        const linger now{1, 0};
        setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        SSL_free(std::exchange(m_ssl, nullptr));
        close(std::exchange(m_descriptor, -1));
    }
    return false;
}

bool Play::say(const QByteArray &octets, int pauseMs)
{
    const qsizetype piece = m_options.splitEveryOctet || pauseMs > 0 ? 1 : 16384;
    for (qsizetype at = 0; at < octets.size(); at += piece) {
        if (!sayAtOnce(octets.mid(at, piece)))
            return false;
        if (pauseMs > 0 && !pause(pauseMs))
            return false;
        if (m_options.splitEveryOctet)
            usleep(50); // lets the reader have this octet alone, most of the time
    }
    return true;
}

bool Play::sayAtOnce(const QByteArray &octets)
{
    qsizetype sent = 0;
    while (sent < octets.size()) {
        if (!waitFor(POLLOUT))
            return false;
        const char *from = octets.constData() + sent;
        const auto left = octets.size() - sent;
        const auto done = m_ssl ? SSL_write(m_ssl, from, int(left))
                                : send(m_descriptor, from, size_t(left), 0);
        if (done <= 0 && !(m_ssl && SSL_get_error(m_ssl, int(done)) == SSL_ERROR_WANT_WRITE))
            return false; // the client has hung up, as it may
        sent += qMax<qsizetype>(0, done);
    }
    return true;
}

bool Play::hear(const QByteArray &expected)
{
    const auto said = [&] { return seen.received.mid(m_heard, expected.size()); };
    bool open = true;
    while (open && said().size() < expected.size() && expected.startsWith(said()))
        open = hearSome();
    if (said() == expected) {
        m_heard += expected.size();
        return true;
    }
    seen.problems.append(QStringLiteral("said \"%1\" instead of \"%2\"")
                                 .arg(QString::fromLatin1(said().trimmed()),
                                      QString::fromLatin1(expected.trimmed())));
    hangUp();
    return false;
}

// False when nothing more will come.
bool Play::hearSome()
{
    for (;;) {
        if (m_descriptor < 0 || (!(m_ssl && SSL_pending(m_ssl) > 0) && !waitFor(POLLIN)))
            return false;
        char buffer[4096];
        const auto octets = m_ssl ? SSL_read(m_ssl, buffer, sizeof buffer)
                                  : recv(m_descriptor, buffer, sizeof buffer, 0);
        if (octets > 0) {
            seen.received.append(buffer, qsizetype(octets));
            return true;
        }
        if (!m_ssl || SSL_get_error(m_ssl, int(octets)) != SSL_ERROR_WANT_READ)
            return false;
    }
}

bool Play::doTls(const QString &how)
{
    if (how == QLatin1String("handshake"))
        return handshake();
    // The ClientHello has to be there first, or the answer would be octets before TLS (TLS-9).
    const qsizetype before = seen.received.size();
    if (!hearSome())
        return false;
    seen.received.truncate(before);
    if (how.startsWith(QLatin1String("alert "))) {
        // RFC 8446 6: record of type 21, level fatal.
        const char number = char(how.mid(6).toInt());
        return sayAtOnce(QByteArray("\x15\x03\x03\x00\x02\x02", 6) + number);
    }
    if (how.startsWith(QLatin1String("say ")))
        return sayAtOnce(how.mid(4).toLatin1() + "\r\n");
    if (how == QLatin1String("close"))
        hangUp();
    else if (m_options.onSilence)
        m_options.onSilence();
    return false;
}

bool Play::handshake()
{
    m_context = makeContext(m_options);
    m_ssl = m_context ? SSL_new(m_context.get()) : nullptr;
    if (!m_ssl) {
        seen.problems.append(QStringLiteral("the peer's certificates cannot be used"));
        return false;
    }
    SSL_set_fd(m_ssl, m_descriptor);
    for (;;) {
        const int done = SSL_accept(m_ssl);
        if (const char *name = SSL_get_servername(m_ssl, TLSEXT_NAMETYPE_host_name))
            seen.serverName = name;
        if (done == 1)
            return true;
        const int why = SSL_get_error(m_ssl, done);
        if ((why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) ||
            !waitFor(why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT))
            return false;
    }
}

void Play::hangUp()
{
    if (m_ssl)
        SSL_shutdown(m_ssl);
    shutdown(m_descriptor, SHUT_WR);
}

bool Play::waitFor(short events)
{
    pollfd one{m_descriptor, events, 0};
    while (!m_stop) {
        if (poll(&one, 1, SliceMs) != 0)
            return true;
    }
    return false;
}

bool Play::pause(int milliseconds) const
{
    for (int left = milliseconds; left > 0 && !m_stop; left -= SliceMs)
        usleep(useconds_t(qMin(left, SliceMs)) * 1000);
    return !m_stop;
}

} // namespace

ScriptedSmtpPeer::ScriptedSmtpPeer(const QJsonArray &steps, PeerOptions options)
    : m_steps(steps)
    , m_options(std::move(options))
{
    listen();
    m_thread = std::thread([this] { serve(); });
}

ScriptedSmtpPeer::~ScriptedSmtpPeer()
{
    m_stop = true;
    m_thread.join();
    close(m_listener);
}

void ScriptedSmtpPeer::listen()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *anyAddress = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(m_listener, anyAddress, size);
    getsockname(m_listener, anyAddress, &size);
    m_port = ntohs(address.sin_port);
    // A port that is bound but not listened on refuses, and nobody else can take it.
    if (!m_steps.first().toObject().contains(QLatin1String("connect")))
        ::listen(m_listener, 16);
}

void ScriptedSmtpPeer::serve()
{
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    while (!m_stop) {
        pollfd one{m_listener, POLLIN, 0};
        if (poll(&one, 1, SliceMs) <= 0 || !(one.revents & POLLIN)) {
            usleep(1000);
            continue;
        }
        const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            continue;
        Play play(descriptor, m_options, m_stop);
        play.run(m_steps);
        const std::lock_guard lock(m_mutex);
        m_conversations.append(play.seen);
        m_changed.notify_all();
    }
}

QByteArray ScriptedSmtpPeer::received(int connection)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::seconds(30),
                       [&] { return m_conversations.size() > connection; });
    return m_conversations.value(connection).received;
}

QStringList ScriptedSmtpPeer::problems()
{
    const std::lock_guard lock(m_mutex);
    QStringList all;
    for (const Conversation &one : std::as_const(m_conversations))
        all += one.problems;
    return all;
}

int ScriptedSmtpPeer::connections()
{
    const std::lock_guard lock(m_mutex);
    return int(m_conversations.size());
}

QByteArray ScriptedSmtpPeer::serverName(int connection)
{
    const QByteArray waited = received(connection);
    const std::lock_guard lock(m_mutex);
    return m_conversations.value(connection).serverName;
}

QJsonObject serverSays(const QByteArray &octets)
{
    return {{QStringLiteral("server"), QString::fromLatin1(octets)}};
}

QJsonObject clientSays(const QByteArray &octets)
{
    return {{QStringLiteral("client"), QString::fromLatin1(octets)}};
}

QJsonObject peerDoes(const QString &what, const QJsonValue &how)
{
    return {{what, how}};
}
