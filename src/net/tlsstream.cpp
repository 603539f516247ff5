// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL over memory BIOs, moved by a QTcpSocket in slices, so that every wait can be cancelled.
#include "net/tlsstream.h"

#include "base/printable.h"

#include <QHostInfo>
#include <QTcpSocket>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

namespace {

constexpr qint64 ReadBuffer = 65536; // a fast peer cannot fill the memory

int sliceOf(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return CancelSliceMs;
    return static_cast<int>(std::clamp<qint64>(deadline.remainingTime(), 1, CancelSliceMs));
}

Result<void> mayGoOn(QDeadlineTimer deadline, const Cancel &cancel)
{
    if (deadline.hasExpired())
        return failed(Error::Kind::Timeout, QStringLiteral("no answer in time"));
    if (cancel.isCancelled())
        return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
    return {};
}

// QAbstractSocket::waitForConnected() gives the connection up when its time is over, so it cannot
// be asked in slices. This only looks whether the answer is there.
bool connectIsDecided(qintptr descriptor, int milliseconds)
{
#ifdef Q_OS_WIN
    WSAPOLLFD one{static_cast<SOCKET>(descriptor), POLLOUT, 0};
    return WSAPoll(&one, 1, milliseconds) != 0;
#else
    pollfd one{static_cast<int>(descriptor), POLLOUT, 0};
    return poll(&one, 1, milliseconds) != 0;
#endif
}

QString opensslWords()
{
    const unsigned long code = ERR_get_error();
    const char *reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason ? printable(QByteArray(reason)) : QStringLiteral("TLS failed");
}

// What the callbacks leave behind for the stream.
struct Seen
{
    QList<QByteArray> chain; // DER, as sent
    QString alert;           // fatal, from the peer
};

int keepChain(X509_STORE_CTX *store, void *);
void noteAlert(const SSL *ssl, int where, int value);

// What the system's configuration may have set for every SSL_CTX is set back here (T-40): a look
// at somebody's server must not depend on whose computer it is.
void overrideConfiguration(SSL_CTX *context)
{
    SSL_CTX_clear_options(context, SSL_CTX_get_options(context));
    // Old servers are to be seen and judged, not to fail: no minimum, no security level.
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                         SSL_OP_NO_RENEGOTIATION | SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, 0);
    SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_ciphersuites(context, "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
                                      "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:X448:P-521:P-384");
    SSL_CTX_set1_sigalgs_list(
            context,
            "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:"
            "RSA-PSS+SHA512:rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:RSA+SHA256:"
            "RSA+SHA384:RSA+SHA512:ECDSA+SHA224:RSA+SHA224:ECDSA+SHA1:RSA+SHA1");
}

SSL_CTX *makeContext()
{
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    // A library context of our own has the default provider, whatever else the process loads.
    SSL_CTX *context = SSL_CTX_new_ex(OSSL_LIB_CTX_new(), nullptr, TLS_client_method());
    if (!context)
        return nullptr;
    overrideConfiguration(context);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_cert_verify_callback(context, keepChain, nullptr);
    SSL_CTX_set_info_callback(context, noteAlert);
    return context;
}

SSL_CTX *sharedContext()
{
    static SSL_CTX *context = makeContext(); // lives as long as the process
    return context;
}

} // namespace

struct TlsStream::Private
{
    Private(TrustStore store, QNetworkProxy network)
        : trust(std::move(store))
        , proxy(std::move(network))
    {
        socket.setProxy(QNetworkProxy::NoProxy); // never the system's (T-16)
        socket.setReadBufferSize(ReadBuffer);
    }
    ~Private() { SSL_free(ssl); }

    Result<void> connectDirectly(const QHostAddress &address, quint16 port, QDeadlineTimer deadline,
                                 const Cancel &cancel);
    Result<void> askSocksProxy(const QHostAddress &address, quint16 port, QDeadlineTimer deadline,
                               const Cancel &cancel);
    Result<QByteArray> readExactly(qsizetype octets, QDeadlineTimer deadline, const Cancel &cancel);
    Result<QByteArray> arrived(QDeadlineTimer deadline, const Cancel &cancel);
    Result<void> send(const QByteArray &octets, QDeadlineTimer deadline, const Cancel &cancel);
    Result<void> sendTls(QDeadlineTimer deadline, const Cancel &cancel);
    Result<bool> feedTls(QDeadlineTimer deadline, const Cancel &cancel);
    Result<void> prepareTls(const TlsSettings &settings);
    void judge(TlsFacts &facts, const TlsSettings &settings) const;
    Error lost() const
    {
        return Error{Error::Kind::Network, QStringLiteral("the connection was lost"),
                     printable(socket.errorString())};
    }

    TrustStore trust;
    QNetworkProxy proxy;
    QTcpSocket socket;
    SSL *ssl = nullptr;
    BIO *in = nullptr, *out = nullptr; // owned by ssl
    Seen seen;
    bool established = false;
    bool truncated = false;
};

namespace {

// Called when the Certificate message has come. Keeps what was sent, judges nothing: the judgement
// is net/certificate's, and a bad chain must not end the handshake.
int keepChain(X509_STORE_CTX *store, void *)
{
    const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
    const auto *ssl = static_cast<const SSL *>(X509_STORE_CTX_get_ex_data(store, index));
    QList<QByteArray> &chain = static_cast<Seen *>(SSL_get_app_data(ssl))->chain;
    STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
    chain.clear();
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        unsigned char *der = nullptr;
        const int length = i2d_X509(sk_X509_value(sent, i), &der);
        if (length > 0)
            chain.append(QByteArray(reinterpret_cast<const char *>(der), length));
        OPENSSL_free(der);
    }
    return 1;
}

void noteAlert(const SSL *ssl, int where, int value)
{
    const bool fatal = (value >> 8) == SSL3_AL_FATAL;
    if ((where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT || !fatal)
        return;
    static_cast<Seen *>(SSL_get_app_data(ssl))->alert =
            printable(QByteArray(SSL_alert_desc_string_long(value)));
}

} // namespace

Result<void> TlsStream::Private::connectDirectly(const QHostAddress &address, quint16 port,
                                                 QDeadlineTimer deadline, const Cancel &cancel)
{
    // Binding first makes the descriptor known while the connection is being made.
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (!socket.bind(six ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4))
        return failed(Error::Kind::Network, QStringLiteral("no connection"),
                      printable(socket.errorString()));
    socket.connectToHost(address, port);
    while (socket.state() == QAbstractSocket::ConnectingState &&
           !connectIsDecided(socket.socketDescriptor(), sliceOf(deadline))) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go) {
            socket.abort();
            return go;
        }
    }
    if (socket.state() != QAbstractSocket::ConnectedState &&
        !socket.waitForConnected(CancelSliceMs))
        return failed(socket.error() == QAbstractSocket::ConnectionRefusedError
                              ? Error::Kind::Refused
                              : Error::Kind::Network,
                      QStringLiteral("no connection"), printable(socket.errorString()));
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return {};
}

Result<QByteArray> TlsStream::Private::readExactly(qsizetype octets, QDeadlineTimer deadline,
                                                   const Cancel &cancel)
{
    while (socket.bytesAvailable() < octets) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return tl::unexpected(go.error());
        if (!socket.waitForReadyRead(sliceOf(deadline)) &&
            socket.state() != QAbstractSocket::ConnectedState && socket.bytesAvailable() < octets)
            return tl::unexpected(lost());
    }
    return socket.read(octets);
}

// RFC 1928, no authentication. Written here because Qt's own SOCKS engine cannot be waited for in
// slices and has a buffer without a bound.
Result<void> TlsStream::Private::askSocksProxy(const QHostAddress &address, quint16 port,
                                               QDeadlineTimer deadline, const Cancel &cancel)
{
    if (const Result<void> sent = send(QByteArray("\x05\x01\x00", 3), deadline, cancel); !sent)
        return sent;
    const Result<QByteArray> method = readExactly(2, deadline, cancel);
    if (!method)
        return tl::unexpected(method.error());
    if (*method != QByteArray("\x05\x00", 2))
        return failed(Error::Kind::Refused, QStringLiteral("the proxy wants a password"));

    QByteArray request("\x05\x01\x00", 3);
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR six = address.toIPv6Address();
        request.append('\x04').append(reinterpret_cast<const char *>(six.c), 16);
    } else {
        request.append('\x01');
        for (int shift = 24; shift >= 0; shift -= 8)
            request.append(static_cast<char>((address.toIPv4Address() >> shift) & 0xFF));
    }
    request.append(static_cast<char>(port >> 8)).append(static_cast<char>(port & 0xFF));
    if (const Result<void> sent = send(request, deadline, cancel); !sent)
        return sent;
    const Result<QByteArray> reply = readExactly(4, deadline, cancel);
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->at(1) != 0)
        return failed(Error::Kind::Refused, QStringLiteral("the proxy could not connect"),
                      QString::number(reply->at(1)));
    // RFC 1928 6: the address the proxy bound, of the type in the fourth octet, then two of the port.
    qsizetype rest = reply->at(3) == 4 ? 18 : 6;
    if (reply->at(3) == 3) {
        const Result<QByteArray> length = readExactly(1, deadline, cancel);
        if (!length)
            return tl::unexpected(length.error());
        rest = static_cast<quint8>(length->at(0)) + 2;
    }
    if (const Result<QByteArray> bound = readExactly(rest, deadline, cancel); !bound)
        return tl::unexpected(bound.error());
    return {};
}

// What has come on the socket, at least one octet; empty when the peer has closed.
Result<QByteArray> TlsStream::Private::arrived(QDeadlineTimer deadline, const Cancel &cancel)
{
    for (;;) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return tl::unexpected(go.error());
        if (socket.bytesAvailable() > 0)
            return socket.readAll();
        if (socket.state() != QAbstractSocket::ConnectedState) {
            if (socket.error() == QAbstractSocket::RemoteHostClosedError)
                return QByteArray();
            return tl::unexpected(lost());
        }
        // False may mean nothing: the loop asks again.
        socket.waitForReadyRead(sliceOf(deadline));
    }
}

Result<void> TlsStream::Private::send(const QByteArray &octets, QDeadlineTimer deadline,
                                      const Cancel &cancel)
{
    if (socket.state() != QAbstractSocket::ConnectedState || socket.write(octets) != octets.size())
        return tl::unexpected(lost());
    socket.flush();
    while (socket.bytesToWrite() > 0) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return go;
        if (socket.state() != QAbstractSocket::ConnectedState)
            return tl::unexpected(lost());
        socket.waitForBytesWritten(sliceOf(deadline));
    }
    return {};
}

Result<void> TlsStream::Private::sendTls(QDeadlineTimer deadline, const Cancel &cancel)
{
    QByteArray octets(static_cast<qsizetype>(BIO_ctrl_pending(out)), Qt::Uninitialized);
    if (octets.isEmpty())
        return {};
    octets.resize(BIO_read(out, octets.data(), static_cast<int>(octets.size())));
    return send(octets, deadline, cancel);
}

// Sends what OpenSSL has to say and gives it what arrives; false when the peer has closed.
Result<bool> TlsStream::Private::feedTls(QDeadlineTimer deadline, const Cancel &cancel)
{
    // A peer that has closed may still have sent an alert: read it before giving up.
    if (const Result<void> sent = sendTls(deadline, cancel);
        !sent && sent.error().kind != Error::Kind::Network)
        return tl::unexpected(sent.error());
    const Result<QByteArray> octets = arrived(deadline, cancel);
    if (!octets)
        return octets.error().kind == Error::Kind::Network
                       ? Result<bool>(false)
                       : Result<bool>(tl::unexpected(octets.error()));
    BIO_write(in, octets->constData(), static_cast<int>(octets->size()));
    return !octets->isEmpty();
}

Result<void> TlsStream::Private::prepareTls(const TlsSettings &settings)
{
    const Error unusable{Error::Kind::Unexpected, QStringLiteral("TLS could not be set up"), {}};
    SSL_CTX *context = sharedContext();
    ssl = context ? SSL_new(context) : nullptr;
    if (!ssl)
        return tl::unexpected(unusable);
    in = BIO_new(BIO_s_mem());
    out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl, in, out);
    SSL_set_app_data(ssl, &seen);
    SSL_certs_clear(ssl); // never a client certificate, whatever a configuration says
    bool usable = true;
    if (!settings.serverName.isEmpty())
        usable = SSL_set_tlsext_host_name(ssl, settings.serverName.constData()) == 1;
    if (!settings.signatureAlgorithms.isEmpty())
        usable =
                usable && SSL_set1_sigalgs_list(ssl, settings.signatureAlgorithms.constData()) == 1;
    if (settings.minProtocol != 0)
        usable = usable && SSL_set_min_proto_version(ssl, settings.minProtocol) == 1;
    if (settings.maxProtocol != 0)
        usable = usable && SSL_set_max_proto_version(ssl, settings.maxProtocol) == 1;
    if (const QByteArray &name = settings.applicationProtocol; !name.isEmpty()) {
        const QByteArray wire = static_cast<char>(name.size()) + name; // RFC 7301 3.1
        usable = usable &&
                 SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char *>(wire.data()),
                                     static_cast<unsigned int>(wire.size())) == 0;
    }
    SSL_set_connect_state(ssl);
    return usable ? Result<void>() : tl::unexpected(unusable);
}

void TlsStream::Private::judge(TlsFacts &facts, const TlsSettings &settings) const
{
    for (const QByteArray &der : seen.chain) {
        const std::optional<Certificate> certificate = certificateFromDer(der);
        if (!certificate)
            break;
        facts.chain.append(*certificate);
    }
    if (facts.chain.isEmpty())
        return;
    const QByteArray &name =
            settings.certifiedName.isEmpty() ? settings.serverName : settings.certifiedName;
    facts.pkix = judgeChain(facts.chain, name, trust, QDateTime::currentDateTimeUtc());
}

TlsStream::TlsStream(const TrustStore &trust, const QNetworkProxy &proxy)
    : d(std::make_unique<Private>(trust, proxy))
{
}

TlsStream::~TlsStream()
{
    close();
}

Result<void> TlsStream::connectTo(const QHostAddress &address, quint16 port,
                                  QDeadlineTimer deadline, const Cancel &cancel)
{
    if (const Result<void> go = mayGoOn(deadline, cancel); !go)
        return go;
    if (d->proxy.type() == QNetworkProxy::NoProxy || d->proxy.type() == QNetworkProxy::DefaultProxy)
        return d->connectDirectly(address, port, deadline, cancel);
    if (d->proxy.type() != QNetworkProxy::Socks5Proxy)
        return failed(Error::Kind::Refused, QStringLiteral("only SOCKS 5 proxies can be used"));
    QHostAddress host(d->proxy.hostName());
    if (host.isNull()) {
        const QList<QHostAddress> found = QHostInfo::fromName(d->proxy.hostName()).addresses();
        if (found.isEmpty())
            return failed(Error::Kind::NotFound, QStringLiteral("the proxy has no address"));
        host = found.first();
    }
    const Result<void> reached = d->connectDirectly(host, d->proxy.port(), deadline, cancel);
    return reached ? d->askSocksProxy(address, port, deadline, cancel) : reached;
}

Result<TlsFacts> TlsStream::startTls(const TlsSettings &settings, QDeadlineTimer deadline,
                                     const Cancel &cancel)
{
    if (d->ssl || (d->socket.state() != QAbstractSocket::ConnectedState && unreadOctets() == 0))
        return tl::unexpected(d->lost());
    if (const Result<void> prepared = d->prepareTls(settings); !prepared)
        return tl::unexpected(prepared.error());

    TlsFacts facts;
    bool cut = false;
    for (;;) {
        ERR_clear_error();
        const int done = SSL_do_handshake(d->ssl);
        if (done == 1) {
            facts.established = true;
            break;
        }
        if (SSL_get_error(d->ssl, done) != SSL_ERROR_WANT_READ)
            break;
        const Result<bool> more = d->feedTls(deadline, cancel);
        if (!more)
            return tl::unexpected(more.error());
        cut = !*more;
        if (cut)
            break;
    }
    const QString words = facts.established ? QString()
                          : cut             ? QStringLiteral("closed during the handshake")
                                            : opensslWords();
    // The Finished of ours, or the alert that says what was wrong.
    if (const Result<void> sent = d->sendTls(deadline, cancel);
        !sent && sent.error().kind != Error::Kind::Network)
        return tl::unexpected(sent.error());
    d->established = facts.established;
    facts.peerSentAlert = !d->seen.alert.isEmpty();
    facts.alert = facts.peerSentAlert ? d->seen.alert : words;
    if (facts.established) {
        facts.protocol = SSL_get_version(d->ssl);
        facts.cipher = SSL_CIPHER_standard_name(SSL_get_current_cipher(d->ssl));
    }
    d->judge(facts, settings);
    return facts;
}

Result<QByteArray> TlsStream::read(QDeadlineTimer deadline, const Cancel &cancel)
{
    if (!d->ssl)
        return d->arrived(deadline, cancel);
    std::array<char, 16384> buffer; // the largest record
    for (;;) {
        ERR_clear_error();
        const int octets = SSL_read(d->ssl, buffer.data(), static_cast<int>(buffer.size()));
        if (octets > 0)
            return QByteArray(buffer.data(), octets);
        const int why = SSL_get_error(d->ssl, octets);
        if (why == SSL_ERROR_ZERO_RETURN)
            return QByteArray();
        if (why != SSL_ERROR_WANT_READ)
            return failed(Error::Kind::Network, QStringLiteral("TLS failed"),
                          d->seen.alert.isEmpty() ? opensslWords() : d->seen.alert);
        const Result<bool> more = d->feedTls(deadline, cancel);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more) {
            // RFC 8446 6.1: an end without close_notify may be somebody else's.
            d->truncated = true;
            return QByteArray();
        }
    }
}

Result<void> TlsStream::write(const QByteArray &octets, QDeadlineTimer deadline,
                              const Cancel &cancel)
{
    if (const Result<void> go = mayGoOn(deadline, cancel); !go)
        return go;
    if (!d->ssl)
        return d->send(octets, deadline, cancel);
    if (octets.isEmpty())
        return {};
    ERR_clear_error();
    // Memory takes everything at once, so there is no partial write to go on with.
    if (SSL_write(d->ssl, octets.constData(), static_cast<int>(octets.size())) <= 0)
        return failed(Error::Kind::Network, QStringLiteral("TLS failed"), opensslWords());
    return d->sendTls(deadline, cancel);
}

qint64 TlsStream::unreadOctets() const
{
    if (d->socket.bytesAvailable() == 0 && d->socket.state() == QAbstractSocket::ConnectedState)
        d->socket.waitForReadyRead(0); // what the kernel has
    return d->socket.bytesAvailable();
}

bool TlsStream::wasTruncated() const
{
    return d->truncated;
}

bool TlsStream::isEncrypted() const
{
    return d->established;
}

QString TlsStream::peerAlert() const
{
    return d->seen.alert;
}

QHostAddress TlsStream::localAddress() const
{
    return d->socket.localAddress();
}

void TlsStream::close()
{
    if (d->established && d->socket.state() == QAbstractSocket::ConnectedState) {
        ERR_clear_error();
        SSL_shutdown(d->ssl); // says close_notify, waits for nothing
        QByteArray octets(static_cast<qsizetype>(BIO_ctrl_pending(d->out)), Qt::Uninitialized);
        if (BIO_read(d->out, octets.data(), static_cast<int>(octets.size())) > 0) {
            d->socket.write(octets);
            d->socket.flush();
        }
    }
    d->established = false;
    d->socket.abort();
}
