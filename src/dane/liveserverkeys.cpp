// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/liveserverkeys.h"

#include "base/printable.h"
#include "dns/record.h"
#include "survey/address.h"
#include "survey/look.h"

#include <algorithm>

namespace {

/// What one handshake has shown.
struct Shown
{
    QList<Certificate> chain;
    bool hasNoSuchKey = false; // the server said that it has no key for these algorithms
    bool hasNoTls = false;     // it offers none at all
    QString why;               // neither: printable
};

Shown shownBy(const TlsFacts &tls, const QString &otherwise)
{
    Shown shown;
    // Also where the handshake failed afterwards: the certificate is what the server shows.
    shown.chain = tls.chain;
    // RFC 8446 4.4.2.2, RFC 5246 7.4.2: this alert and nothing else means that no certificate fits. A cut
    // connection or any other trouble says nothing.
    shown.hasNoSuchKey = tls.chain.isEmpty() && tls.peerSentAlert &&
                         tls.alert.contains(QLatin1String("handshake failure"));
    shown.why = tls.alert.isEmpty() ? otherwise : tls.alert;
    if (shown.why.isEmpty())
        shown.why = QStringLiteral("no certificate was shown");
    return shown;
}

Shown failure(const Error &error)
{
    Shown shown;
    shown.why = error.detail.isEmpty() ? error.what : error.detail;
    return shown;
}

class Looking
{
public:
    Looking(const LiveServer &server, Smtp &smtp, const Cancel &cancel)
        : m_server(server)
        , m_name(server.name.isEmpty() ? server.host : server.name)
        , m_smtp(smtp)
        , m_cancel(cancel)
    {
    }

    LiveServerKeys run(Resolver &resolver)
    {
        const QList<QHostAddress> found = addressesOf(resolver);
        const bool canIpv6 = m_server.allowPrivate || hasIpv6Route();
        for (const QHostAddress &address : found) {
            const bool isIpv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
            if (m_cancel.isCancelled())
                miss(address, QStringLiteral("the time was over before it was looked at"));
            else if (!m_server.allowPrivate && !isPublicAddress(address))
                miss(address, QStringLiteral("not a public address, so it was not contacted"));
            else if (isIpv6 && !canIpv6)
                miss(address, QStringLiteral("this computer has no IPv6"));
            else
                lookAt(address);
        }
        return m_keys;
    }

private:
    QList<QHostAddress> addressesOf(Resolver &resolver)
    {
        const PendingAnswer askedA = resolver.start(m_server.host, RecordType::A);
        const PendingAnswer askedAaaa = resolver.start(m_server.host, RecordType::AAAA);
        const DnsAnswer a = askedA.wait(m_cancel);
        const DnsAnswer aaaa = askedAaaa.wait(m_cancel);
        m_keys.canonicalName = a.isAlias()      ? a.canonicalName
                               : aaaa.isAlias() ? aaaa.canonicalName
                                                : m_server.host;
        for (const DnsAnswer *answer : {&a, &aaaa}) {
            if (!answer->isKnown() || answer->cut)
                miss({}, answer->cut ? QStringLiteral("it has more addresses than are looked at")
                                     : QStringLiteral("its addresses could not be looked up: %1")
                                               .arg(answer->why));
        }
        const QList<QHostAddress> found = addresses(a) + addresses(aaaa);
        if (found.isEmpty() && m_keys.unseen.isEmpty())
            miss({}, QStringLiteral("it has no address"));
        return found;
    }

    void miss(const QHostAddress &address, const QString &why, bool hasNoTls = false)
    {
        const QString shown = printable(why);
        for (const UnseenKey &unseen : std::as_const(m_keys.unseen)) {
            if (unseen.address == address && unseen.why == shown) // A and AAAA fail alike
                return;
        }
        m_keys.unseen.append({address, shown, hasNoTls});
    }

    // As most senders do first, and then for the kinds of key that were not shown.
    void lookAt(const QHostAddress &address)
    {
        const Shown usual = shake(address, {});
        if (usual.chain.isEmpty()) {
            miss(address, usual.why, usual.hasNoTls);
            return;
        }
        keep(usual.chain, address);
        const QByteArray type = usual.chain.constFirst().keyType;
        if (!type.startsWith("RSA"))
            lookFurther(address, rsaSignatures(), QStringLiteral("RSA"));
        if (type != "EC")
            lookFurther(address, ecdsaSignatures(), QStringLiteral("ECDSA"));
    }

    void lookFurther(const QHostAddress &address, const QByteArray &signatures, const QString &kind)
    {
        const Shown shown = shake(address, signatures);
        if (!shown.chain.isEmpty())
            keep(shown.chain, address);
        else if (!shown.hasNoSuchKey)
            miss(address, QStringLiteral("whether there is a key for %1 too is not known: %2")
                                  .arg(kind, shown.why));
    }

    void keep(const QList<Certificate> &chain, const QHostAddress &address)
    {
        const auto known = std::find_if(
                m_keys.chains.begin(), m_keys.chains.end(), [&chain](const ShownChain &shown) {
                    return shown.chain == chain; // other intermediates matter to 2 1 1
                });
        if (known == m_keys.chains.end())
            m_keys.chains.append({chain, {address}});
        else if (!known->addresses.contains(address))
            known->addresses.append(address);
    }

    Shown shake(const QHostAddress &address, const QByteArray &signatures)
    {
        return m_server.start == LiveServer::Start::Smtp ? overSmtp(address, signatures)
                                                         : overTls(address, signatures);
    }

    Shown overSmtp(const QHostAddress &address, const QByteArray &signatures)
    {
        SmtpTarget target;
        target.host = m_name;
        target.address = address;
        target.port = m_server.port;
        target.signatureAlgorithms = signatures;
        const SmtpFacts facts = m_smtp.probe(target, m_cancel);
        Shown shown = shownBy(facts.tls, facts.problem);
        shown.hasNoTls = startTlsWord(facts) == "not-offered";
        return shown;
    }

    Shown overTls(const QHostAddress &address, const QByteArray &signatures)
    {
        static const TrustStore noRoots = TrustStore::only({}); // keys are looked at, not judged
        TlsStream stream(noRoots);
        const auto connected = stream.connectTo(address, m_server.port,
                                                QDeadlineTimer(Limits::SmtpConnectMs), m_cancel);
        if (!connected)
            return failure(connected.error());
        TlsSettings settings;
        settings.serverName = m_name;
        settings.signatureAlgorithms = signatures;
        const auto tls =
                stream.startTls(settings, QDeadlineTimer(Limits::TlsHandshakeMs), m_cancel);
        stream.close();
        return tls ? shownBy(*tls, {}) : failure(tls.error());
    }

    const LiveServer &m_server;
    const QByteArray m_name;
    Smtp &m_smtp;
    const Cancel &m_cancel;
    LiveServerKeys m_keys;
};

} // namespace

LiveServer liveServer(const QByteArray &host, quint16 port, const LookOptions &options)
{
    constexpr quint16 SmtpPort = 25, SubmissionPort = 587, HttpsPort = 443;
    LiveServer server;
    server.host = host;
    server.port = port == SmtpPort    ? options.smtpPort
                  : port == HttpsPort ? options.httpsPort
                                      : port;
    server.start = port == SmtpPort || port == SubmissionPort ? LiveServer::Start::Smtp
                                                              : LiveServer::Start::Tls;
    server.allowPrivate = options.allowPrivate;
    return server;
}

LiveServerKeys lookAtServerKeys(const LiveServer &server, Resolver &resolver, Smtp &smtp,
                                const Cancel &cancel)
{
    return Looking(server, smtp, cancel).run(resolver);
}

QList<SourceKey> sourceKeys(const LiveServerKeys &seen)
{
    QList<SourceKey> keys;
    for (const ShownChain &shown : seen.chains) {
        if (std::optional<SourceKey> key = keyOfChain(shown.chain)) {
            key->isIssuer = false; // the server shows it as its own
            keys.append(*std::move(key));
        }
    }
    return keys;
}

QStringList unseenLines(const LiveServerKeys &seen)
{
    QStringList lines;
    for (const UnseenKey &unseen : seen.unseen)
        lines.append(unseen.address.isNull()
                             ? unseen.why
                             : unseen.address.toString() + QLatin1Char(' ') + unseen.why);
    return lines;
}
