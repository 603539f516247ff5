// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/identities.h"

#include "net/dane.h"

using namespace Practice;

namespace {

CertificateOrder orderFor(const QByteArray &name, CertificateFault fault, qint64 aheadSeconds)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime until = now.addSecs(2 * aheadSeconds).addDays(90); // not within its last third
    switch (fault) {
    case CertificateFault::Expired:
        return {{name}, now.addDays(-92), now.addDays(-2)};
    case CertificateFault::NotYet:
        return {{name}, now.addSecs(aheadSeconds).addDays(2), until.addDays(2)};
    case CertificateFault::OtherName:
        return {{"www." + Domain}, {}, until};
    case CertificateFault::NoAltName:
        return {.dnsNames = {name}, .notAfter = until, .hasAltNames = false};
    case CertificateFault::SelfSigned:
        return {.dnsNames = {name}, .notAfter = until, .isSelfSigned = true};
    case CertificateFault::None:
    case CertificateFault::NoIntermediate:
    case CertificateFault::UnknownAuthority:
    case CertificateFault::WeakAuthority:
        break;
    }
    return {{name}, {}, until};
}

} // namespace

Result<Identities> Identities::make()
{
    auto authority = PracticeAuthority::make();
    if (!authority)
        return tl::unexpected(authority.error());
    return Identities(std::move(*authority));
}

void Identities::setAhead(qint64 seconds)
{
    if (seconds != m_aheadSeconds)
        m_known.clear();
    m_aheadSeconds = seconds;
}

Result<const PracticeAuthority *> Identities::authorityFor(CertificateFault fault)
{
    const bool isWeak = fault == CertificateFault::WeakAuthority;
    if (!isWeak && fault != CertificateFault::UnknownAuthority)
        return &m_authority;
    std::optional<PracticeAuthority> &other = isWeak ? m_weak : m_stranger;
    if (!other) {
        auto made = isWeak ? m_authority.withWeakIntermediate() : PracticeAuthority::make();
        if (!made)
            return tl::unexpected(made.error());
        other = std::move(*made);
    }
    return &*other;
}

Result<const PracticeIdentity *> Identities::identity(const QByteArray &name,
                                                      CertificateFault fault, PracticeKey key)
{
    const auto known = m_known.find({name, fault, key});
    if (known != m_known.end())
        return &known->second;
    const auto authority = authorityFor(fault);
    if (!authority)
        return tl::unexpected(authority.error());
    CertificateOrder order = orderFor(name, fault, m_aheadSeconds);
    order.key = key;
    auto made = (*authority)->issue(order);
    if (!made)
        return tl::unexpected(made.error());
    return &m_known.emplace(std::tuple(name, fault, key), std::move(*made)).first->second;
}

Result<QByteArray> Identities::chain(const PracticeIdentity &leaf, CertificateFault fault)
{
    const auto authority = authorityFor(fault);
    if (!authority)
        return tl::unexpected(authority.error());
    if (fault == CertificateFault::NoIntermediate)
        return leaf.certificate;
    // With its root: then it is an authority that nobody trusts, and no chain that is not whole.
    const bool isStranger = fault == CertificateFault::UnknownAuthority;
    return (*authority)->chain(leaf) + (isStranger ? (*authority)->root() : QByteArray());
}

Result<ServerTls> Identities::tls(const QByteArray &name, CertificateFault certificate,
                                  TlsFault fault)
{
    const auto own = identity(name, certificate);
    if (!own)
        return tl::unexpected(own.error());
    const auto shown = chain(**own, certificate);
    if (!shown)
        return tl::unexpected(shown.error());
    return ServerTls{.chain = *shown, .key = (*own)->key, .fault = fault};
}

Result<ServerTls> Identities::tlsOf(const PolicyServer &host)
{
    return tls("mta-sts." + Domain, host.certificate, host.tls);
}

Result<ServerTls> Identities::tlsOf(const MailServer &server)
{
    auto made = tls(server.name, server.certificate, server.tls);
    if (!made || !server.hasRsaToo)
        return made;
    const auto rsa = identity(server.name, server.certificate, PracticeKey::Rsa);
    if (!rsa)
        return tl::unexpected(rsa.error());
    const auto shown = chain(**rsa, server.certificate);
    if (!shown)
        return tl::unexpected(shown.error());
    made->rsaChain = *shown;
    made->rsaKey = (*rsa)->key;
    return made;
}

Result<QByteArray> Identities::tlsaOf(const MailServer &server, const TlsaWish &wish)
{
    using Of = TlsaWish::Of;
    const auto authority = authorityFor(server.certificate);
    if (!authority)
        return tl::unexpected(authority.error());
    QByteArray certificate =
            wish.of == Of::Root ? (*authority)->root() : (*authority)->intermediate();
    if (wish.of == Of::Server || wish.of == Of::ServerBefore) {
        // The key that the server had before is that of no certificate that it shows.
        const bool isOld = wish.of == Of::ServerBefore;
        const auto own = identity(isOld ? "old." + server.name : server.name,
                                  isOld ? CertificateFault::None : server.certificate);
        if (!own)
            return tl::unexpected(own.error());
        certificate = (*own)->certificate;
    }
    TlsaRecord record{wish.usage, wish.selector, wish.matching, {}};
    const quint8 selector = wish.isOtherSelector ? 1 - wish.selector : wish.selector;
    const quint8 matching =
            wish.matching <= 2 ? wish.matching : 1; // of one that there is not: any octets
    record.data = tlsaData(certificatesFromPem(certificate).value(0), selector, matching);
    if (wish.isCut)
        record.data.chop(4);
    return tlsaToText(record);
}
