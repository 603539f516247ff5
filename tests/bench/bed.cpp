// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The servers of the benchmark on loopback: policy host, mail servers, and a mail server that takes
// connections and never speaks. Certificates are made for whatever name is asked for.
//   bed FOLDER     writes FOLDER/ca.pem, prints key=value lines and "ready", runs until killed
// Every connection has a thread: what counts here is that the code is short; its time is not measured.
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

// Addresses by part; run.sh writes them into the zones.
constexpr const char *PolicyAddress = "127.0.0.2";
constexpr const char *MailAddresses[] = {"127.0.0.3", "127.0.0.4"};
constexpr const char *SilentAddress = "127.0.0.5";

X509 *makeCertificate(const std::string &name, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey,
                      bool isAuthority)
{
    static long serial = 1;
    X509 *certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 60L * 24 * 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(
                                       isAuthority ? name.c_str() : "MTA-STS benchmark"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer : certificate));
    const auto extend = [&](int kind, const std::string &value) {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!isAuthority)
        extend(NID_subject_alt_name, "DNS:" + name);
    X509_sign(certificate, issuerKey, EVP_sha256());
    return certificate;
}

/// A root, an intermediate authority and one key for every server, all EC P-256.
class Authority
{
public:
    Authority()
        : m_rootKey(EVP_EC_gen("P-256"))
        , m_intermediateKey(EVP_EC_gen("P-256"))
        , m_serverKey(EVP_EC_gen("P-256"))
        , m_root(makeCertificate("Benchmark root", m_rootKey, nullptr, m_rootKey, true))
        , m_intermediate(makeCertificate("Benchmark intermediate", m_intermediateKey, m_root,
                                         m_rootKey, true))
    {
    }
    bool writeRoot(const std::string &path) const
    {
        FILE *file = std::fopen(path.c_str(), "w");
        const bool written = file && PEM_write_X509(file, m_root) == 1;
        return file && std::fclose(file) == 0 && written;
    }
    /// SHA-256 of the public key all servers have, for TLSA 3 1 1.
    [[nodiscard]] std::string keyDigest() const
    {
        unsigned char *der = nullptr;
        const int length = i2d_PUBKEY(m_serverKey, &der);
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int digestLength = 0;
        EVP_Digest(der, size_t(length), digest, &digestLength, EVP_sha256(), nullptr);
        OPENSSL_free(der);
        std::string hex;
        for (unsigned int i = 0; i < digestLength; ++i) {
            char two[3];
            std::snprintf(two, sizeof two, "%02x", digest[i]);
            hex += two;
        }
        return hex;
    }
    void present(SSL *ssl, const std::string &name)
    {
        const std::lock_guard lock(m_mutex);
        X509 *&certificate = m_made[name];
        if (!certificate)
            certificate =
                    makeCertificate(name, m_serverKey, m_intermediate, m_intermediateKey, false);
        SSL_use_certificate(ssl, certificate);
        SSL_use_PrivateKey(ssl, m_serverKey);
        SSL_add1_chain_cert(ssl, m_intermediate);
    }

private:
    EVP_PKEY *m_rootKey, *m_intermediateKey, *m_serverKey;
    X509 *m_root, *m_intermediate;
    std::mutex m_mutex;
    std::map<std::string, X509 *> m_made;
};

int chooseCertificate(SSL *ssl, void *authority)
{
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    static_cast<Authority *>(authority)->present(ssl, name ? name : "nobody.example");
    return 1;
}

SSL_CTX *makeContext(Authority &authority, int newestProtocol)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_max_proto_version(context, newestProtocol);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_cert_cb(context, chooseCertificate, &authority);
    return context;
}

/// Text lines over a socket, later over TLS on it.
class Line
{
public:
    explicit Line(int socket)
        : m_socket(socket)
    {
    }
    ~Line()
    {
        SSL_free(m_ssl);
        close(m_socket);
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    bool encrypt(SSL_CTX *context)
    {
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        return SSL_accept(m_ssl) == 1;
    }
    void say(const std::string &text)
    {
        if (m_ssl)
            SSL_write(m_ssl, text.data(), int(text.size()));
        else if (send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) < 0)
            m_broken = true;
    }
    /// Up to and with `end`; empty at the end of the connection.
    std::string readTo(const std::string &end)
    {
        char octets[4096];
        while (!m_broken) {
            if (const size_t at = m_pending.find(end); at != std::string::npos) {
                const std::string found = m_pending.substr(0, at + end.size());
                m_pending.erase(0, at + end.size());
                return found;
            }
            const auto count = m_ssl ? SSL_read(m_ssl, octets, sizeof octets)
                                     : int(recv(m_socket, octets, sizeof octets, 0));
            if (count <= 0)
                break;
            m_pending.append(octets, size_t(count));
        }
        return {};
    }
    [[nodiscard]] std::string serverName() const
    {
        const char *name = SSL_get_servername(m_ssl, TLSEXT_NAMETYPE_host_name);
        return name ? name : "";
    }

private:
    int m_socket;
    SSL *m_ssl = nullptr;
    std::string m_pending;
    bool m_broken = false;
};

void serveMail(Line &line, SSL_CTX *context)
{
    line.say("220 mail.example ESMTP\r\n");
    for (std::string command; !(command = line.readTo("\r\n")).empty();) {
        if (command.starts_with("QUIT"))
            return line.say("221 2.0.0 Bye\r\n");
        if (!command.starts_with("STARTTLS")) {
            line.say("250-mail.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n"
                     "250-STARTTLS\r\n250 8BITMIME\r\n");
            continue;
        }
        line.say("220 2.0.0 Ready\r\n");
        if (!line.encrypt(context))
            return;
        while (!(command = line.readTo("\r\n")).empty() && !command.starts_with("QUIT"))
            line.say("250-mail.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n");
        return;
    }
}

void servePolicy(Line &line, SSL_CTX *context)
{
    if (!line.encrypt(context) || line.readTo("\r\n\r\n").empty())
        return;
    const std::string host = line.serverName();
    const std::string domain = host.substr(std::min(host.size(), host.find('.') + 1));
    const std::string label = domain.substr(0, domain.find('.'));
    const std::string policy = "version: STSv1\r\nmode: enforce\r\nmx: *." + domain + "\r\nmx: *." +
                               label +
                               ".hosts.example\r\nmx: *.shared.bulk.example\r\nmax_age: 604800\r\n";
    line.say(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
            std::to_string(policy.size()) + "\r\n\r\n" + policy);
}

using Serve = std::function<void(Line &)>;

/// Port 0 takes a free one; the port it has is returned, 0 where it could not be had.
int listenOn(const char *address, int port, const Serve &serve)
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(uint16_t(port));
    own.sin_addr.s_addr = inet_addr(address);
    socklen_t length = sizeof own;
    if (bind(listener, reinterpret_cast<sockaddr *>(&own), length) != 0 ||
        listen(listener, 4096) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr *>(&own), &length) != 0)
        return 0;
    std::thread([listener, serve] {
        for (int peer; (peer = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            const int yes = 1;
            setsockopt(peer, SOL_TCP, TCP_NODELAY, &yes, sizeof yes);
            std::thread([peer, serve] {
                Line line(peer);
                serve(line);
                ERR_clear_error();
            }).detach();
        }
    }).detach();
    return ntohs(own.sin_port);
}

bool listenEverywhere(const char *suffix, SSL_CTX *context)
{
    const int https =
            listenOn(PolicyAddress, 0, [context](Line &line) { servePolicy(line, context); });
    int smtp = 0;
    for (const char *address : MailAddresses)
        smtp = listenOn(address, smtp, [context](Line &line) { serveMail(line, context); });
    const int silent = listenOn(SilentAddress, smtp, [](Line &line) { line.readTo("never\n"); });
    std::printf("https%s=%d\nsmtp%s=%d\n", suffix, https, suffix, smtp);
    return https != 0 && smtp != 0 && silent == smtp;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    std::signal(SIGPIPE, SIG_IGN);
    Authority authority;
    const std::string root = std::string(argv[1]) + "/ca.pem";
    if (!authority.writeRoot(root))
        return 1;
    if (!listenEverywhere("", makeContext(authority, TLS1_3_VERSION)) ||
        !listenEverywhere("12", makeContext(authority, TLS1_2_VERSION))) {
        std::fprintf(stderr, "bed: the loopback addresses cannot be had\n");
        return 1;
    }
    std::printf("ca=%s\ntlsa=%s\nready\n", root.c_str(), authority.keyDigest().c_str());
    std::fflush(stdout);
    pause();
    return 0;
}
