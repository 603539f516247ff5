// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL over memory BIOs, moved by a TcpStream.
#include "net/tlsstream.h"

#include "net/tcpstream.h"
#include "net/tlscontext.h"

#include <openssl/err.h>

#include <array>

struct TlsStream::Private
{
    Private(const TrustStore &store, const QNetworkProxy &proxy)
        : trust(store)
        , tcp(proxy)
    {
    }
    ~Private() { SSL_free(ssl); }

    QByteArray takeOutgoing() const;
    Result<void> sendTls(QDeadlineTimer deadline, const Cancel &cancel);
    Result<bool> feedTls(QDeadlineTimer deadline, const Cancel &cancel);
    Result<void> prepareTls(const TlsSettings &settings);
    void judge(TlsFacts &facts, const TlsSettings &settings) const;

    TrustStore trust;
    TcpStream tcp;
    SSL *ssl = nullptr;
    BIO *in = nullptr, *out = nullptr; // owned by ssl
    TlsSeen seen;
    bool established = false;
    bool truncated = false;
};

QByteArray TlsStream::Private::takeOutgoing() const
{
    QByteArray octets(static_cast<qsizetype>(BIO_ctrl_pending(out)), Qt::Uninitialized);
    if (!octets.isEmpty())
        octets.resize(BIO_read(out, octets.data(), static_cast<int>(octets.size())));
    return octets;
}

Result<void> TlsStream::Private::sendTls(QDeadlineTimer deadline, const Cancel &cancel)
{
    const QByteArray octets = takeOutgoing();
    return octets.isEmpty() ? Result<void>() : tcp.write(octets, deadline, cancel);
}

// Sends what OpenSSL has to say and gives it what arrives; false when the peer has closed.
Result<bool> TlsStream::Private::feedTls(QDeadlineTimer deadline, const Cancel &cancel)
{
    // A peer that has closed may still have sent an alert: read it before giving up.
    if (const Result<void> sent = sendTls(deadline, cancel);
        !sent && sent.error().kind != Error::Kind::Network)
        return tl::unexpected(sent.error());
    const Result<QByteArray> octets = tcp.read(deadline, cancel);
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
    SSL_CTX *context = lookContext();
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
    return d->tcp.connectTo(address, port, deadline, cancel);
}

Result<TlsFacts> TlsStream::startTls(const TlsSettings &settings, QDeadlineTimer deadline,
                                     const Cancel &cancel)
{
    if (d->ssl || (!d->tcp.isConnected() && unreadOctets() == 0))
        return tl::unexpected(d->tcp.lost());
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
    facts.peerSentAlert = !d->seen.peerAlert.isEmpty();
    facts.alert = facts.peerSentAlert ? d->seen.peerAlert : words;
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
        return d->tcp.read(deadline, cancel);
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
                          d->seen.peerAlert.isEmpty() ? opensslWords() : d->seen.peerAlert);
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
        return d->tcp.write(octets, deadline, cancel);
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
    return d->tcp.unreadOctets();
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
    return d->seen.peerAlert;
}

QHostAddress TlsStream::localAddress() const
{
    return d->tcp.localAddress();
}

void TlsStream::close()
{
    if (d->established && d->tcp.isConnected()) {
        ERR_clear_error();
        SSL_shutdown(d->ssl); // says close_notify, waits for nothing
        d->tcp.writeLast(d->takeOutgoing());
    }
    d->established = false;
    d->tcp.abort();
}
