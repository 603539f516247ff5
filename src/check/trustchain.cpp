// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/trustchain.h"

#include "base/printable.h"
#include "check/danestate.h"
#include "check/trustproofs.h"

#include <algorithm>

namespace {

using Kind = TrustLink::Kind;
using State = TrustLink::State;

QString shown(const QByteArray &name)
{
    return printable(name, 255);
}

class Chains
{
public:
    explicit Chains(const Survey &survey)
        : m_survey(survey)
        , m_proofs(survey)
        , m_discovery(daneDiscovery(survey))
    {
    }

    [[nodiscard]] QList<TrustChain> all() const
    {
        QList<TrustChain> chains;
        for (qsizetype i = 0; i < m_survey.hosts.size(); ++i)
            chains.append(ofHost(m_survey.hosts.at(i), m_discovery.hosts.at(i)));
        if (chains.isEmpty())
            chains.append({{}, settled(ofDomain()), false});
        return chains;
    }

private:
    /// What is not there has not come yet, or will not come any more.
    [[nodiscard]] QByteArray unseen() const { return m_survey.finished ? "unseen" : "waiting"; }

    [[nodiscard]] QList<TrustLink> ofDomain() const
    {
        const QByteArray domain = m_survey.domain.ascii();
        QList<TrustLink> links{{Kind::Root, QStringLiteral("."), State::Holds, "root", {}}};
        const QByteArray top = domain.mid(domain.lastIndexOf('.') + 1);
        if (top != domain)
            links.append(zone(Kind::TopLevel, top, shown(top)));
        links.append(zone(Kind::Zone, domain, m_survey.domain.display()));
        links.append(mx());
        return links;
    }

    [[nodiscard]] TrustChain ofHost(const MailHost &host, const DaneHostPlan &plan) const
    {
        QList<TrustLink> links = ofDomain();
        const auto isThere = [](const std::optional<DnsAnswer> &answer) {
            return answer && answer->isFound();
        };
        const bool isInside = host.name == m_survey.domain.ascii() ||
                              host.name.endsWith('.' + m_survey.domain.ascii());
        // Below a signed zone only a delegation without DS is unsigned: that is another zone.
        const bool isDelegated = m_proofs.isSigned(m_survey.domain.ascii()) &&
                                 m_proofs.of(host.name) == TrustProof::Insecure &&
                                 !m_proofs.isSigned(host.name);
        if (!isInside || isDelegated)
            links.append(zone(Kind::HostZone, host.name, shown(host.name)));
        links << address(host) << tlsa(host, plan) << certificate(host, plan);
        return {shown(host.name), settled(links), isThere(host.tlsa) || isThere(host.tlsaAtAlias)};
    }

    [[nodiscard]] TrustLink zone(Kind kind, const QByteArray &name, const QString &text) const
    {
        if (m_proofs.isSigned(name))
            return {kind, text, State::Holds, "signed", {}};
        const QByteArray parent = name.contains('.') ? name.mid(name.indexOf('.') + 1) : "";
        const bool isParentSigned = parent.isEmpty() || m_proofs.isSigned(parent);
        switch (m_proofs.of(name)) {
        case TrustProof::Bogus:
            return {kind, text, State::Broken, isParentSigned ? "bogus" : "bogus-above", {}};
        case TrustProof::Insecure: {
            const bool hasKeys =
                    kind == Kind::Zone && m_survey.dnskey && m_survey.dnskey->isFound();
            const QByteArray why = hasKeys ? (isParentSigned ? "no-ds" : "no-ds-above")
                                           : (isParentSigned ? "unsigned" : "unsigned-above");
            return {kind, text, State::Unsigned, why, shown(parent)};
        }
        case TrustProof::None:
            break;
        }
        return {kind, text, State::Unknown, unseen(), {}};
    }

    [[nodiscard]] TrustLink mx() const
    {
        const QString domain = m_survey.domain.display();
        TrustLink link{Kind::Mx, domain, State::Unknown, unseen(), {}};
        const std::optional<DnsAnswer> answer = madeLookup(m_survey, m_survey.mx);
        if (!answer)
            return link;
        const auto is = [&](State state, const QByteArray &why, const QString &about = {}) {
            return TrustLink{Kind::Mx, domain, state, why, about};
        };
        if (answer->security == Security::Bogus)
            return is(State::Broken, "records-bogus");
        if (!answer->isKnown()) // RFC 7672 2.1.2: any failure counts; without servers it tells nothing
            return m_survey.hosts.isEmpty() && !isFaultOfDomain(*answer)
                           ? is(State::Unknown, "no-answer")
                           : is(State::Broken, "failed");
        if (answer->security == Security::Unknown)
            return link;
        if (answer->security == Security::Insecure)
            return answer->isAlias() ? is(State::Unsigned, "alias", shown(answer->canonicalName))
                                     : is(State::Unsigned, "records");
        if (m_survey.nullMx)
            return is(State::Absent, "null-mx");
        if (m_survey.hosts.isEmpty())
            return is(State::Absent, "no-mx");
        return is(State::Holds, m_survey.implicitMx ? "implicit-mx" : "records-signed");
    }

    [[nodiscard]] TrustLink address(const MailHost &host) const
    {
        const QByteArray end = host.expandedName();
        const bool isAlias = end != host.name;
        const DaneLookup alias = daneLookup(madeLookup(m_survey, host.alias));
        const DaneLookup both =
                daneAddresses(madeLookup(m_survey, host.a), madeLookup(m_survey, host.aaaa));
        const auto is = [&](State state, const QByteArray &why) {
            return TrustLink{Kind::Address, shown(host.name), state, why, shown(end)};
        };
        if (const QByteArray why = failureOf(both); !why.isEmpty())
            return is(State::Broken, why);
        if (const QByteArray why = failureOf(alias); isAlias && !why.isEmpty())
            return is(State::Broken, why);
        if (isAlias && alias.security == Security::Insecure) // RFC 7672 2.1.3
            return is(State::Unsigned, "alias");
        if (both.security == Security::Insecure)
            return is(State::Unsigned, isAlias ? "alias-end" : "records");
        if (both.security != Security::Secure || (isAlias && alias.security != Security::Secure))
            return is(State::Unknown, unseen());
        if (both.status != AnswerStatus::Found)
            return is(State::Absent, "no-address");
        return is(State::Holds, isAlias ? "alias-signed" : "records-signed");
    }

    [[nodiscard]] static QByteArray failureOf(const DaneLookup &lookup)
    {
        if (lookup.asked && lookup.security == Security::Bogus)
            return "records-bogus";
        return lookup.asked && lookup.status == AnswerStatus::Failed ? "failed" : "";
    }

    [[nodiscard]] TrustLink tlsa(const MailHost &host, const DaneHostPlan &plan) const
    {
        const auto is = [&](State state, const QByteArray &why) {
            return TrustLink{Kind::Tlsa, shown(tlsaOwner(plan.base)), state, why, {}};
        };
        const DaneLookup own = daneLookup(madeLookup(m_survey, host.tlsa));
        const DaneLookup other = daneLookup(madeLookup(m_survey, host.tlsaAtAlias));
        const DaneLookup &used = plan.base == host.name ? own : other;
        const bool isPublished =
                own.status == AnswerStatus::Found || other.status == AnswerStatus::Found;
        if (plan.asksTlsa) {
            for (const DaneLookup &lookup : {other, own}) {
                if (const QByteArray why = failureOf(lookup);
                    !why.isEmpty() && plan.applies == DaneApplies::Unreachable)
                    return is(State::Broken, why);
            }
            if (used.status == AnswerStatus::Found && used.security == Security::Secure)
                return is(State::Holds, "records-signed");
            if (plan.applies == DaneApplies::NotApplicable)
                return isPublished ? is(State::Unsigned, "ignored") : is(State::Absent, "no-tlsa");
            return is(State::Unknown, unseen());
        }
        if (plan.applies == DaneApplies::NotApplicable)
            return is(State::NotReached, isPublished ? "ignored" : "not-asked");
        return is(State::Unknown, unseen());
    }

    /// What senders do, as bad as at the worst of the addresses; good only where every one was seen.
    [[nodiscard]] TrustLink certificate(const MailHost &host, const DaneHostPlan &plan) const
    {
        const auto is = [&](State state, const QByteArray &why) {
            return TrustLink{Kind::Certificate, shown(host.name), state, why, {}};
        };
        if (plan.applies == DaneApplies::NotApplicable)
            return is(State::NotReached, "as-any-server");
        if (plan.applies == DaneApplies::Unreachable)
            return is(State::NotReached, "no-delivery");
        bool isAnyUnseen = !host.done || host.addresses.isEmpty();
        bool isAnySeen = false;
        bool isUnchecked = false;
        for (const AddressLook &look : host.addresses) {
            const DaneResult result = daneResult(m_survey, host, plan, look);
            if (result == DaneResult::Fail)
                return is(State::Broken, look.smtp.tls.chain.isEmpty() ? "no-tls" : "no-match");
            isUnchecked |= result == DaneResult::EncryptUnauthenticated;
            isAnySeen |= result == DaneResult::Authenticated;
            isAnyUnseen |= result == DaneResult::Unknown;
        }
        if (isUnchecked) // RFC 7672 2.2: TLS is required, and nothing says of whom
            return is(State::Broken, "none-usable");
        if (isAnyUnseen)
            return is(State::Unknown, !host.done && !m_survey.finished ? "waiting"
                                      : isAnySeen                      ? "matches-partly"
                                                                       : "certificate-unseen");
        return is(State::Holds, "matches");
    }

    /// With what lies behind a break taken back, and nothing claimed that was not validated (DANE-51).
    [[nodiscard]] QList<TrustLink> settled(QList<TrustLink> links) const
    {
        if (m_survey.validation != Validation::Works) {
            const QByteArray why =
                    m_survey.validation == Validation::Stripped ? "not-validated" : unseen();
            for (TrustLink &link : links) {
                link.state = State::Unknown;
                link.why = why;
                link.about = printable(m_survey.resolver);
            }
            return links;
        }
        bool isCutOff = false;  // of this way from the root
        bool isStopped = false; // senders do not come further
        for (TrustLink &link : links) {
            // RFC 7672 2.2.1: without a signed MX the server's own way from the root still counts.
            isCutOff &= link.kind != Kind::HostZone;
            if (link.kind == Kind::Certificate) {
                if (isStopped)
                    link = {link.kind, link.name, State::NotReached, "no-delivery", {}};
                continue;
            }
            if (isStopped || (isCutOff && link.state != State::Holds)) {
                if (isStopped || (link.why != "ignored" && link.state != State::NotReached))
                    link.why = "behind";
                link.state = State::NotReached;
            }
            isStopped |= link.state == State::Broken;
            isCutOff |= isCut(link.state);
        }
        return links;
    }

    const Survey &m_survey;
    const TrustProofs m_proofs;
    const DaneDiscovery m_discovery;
};

} // namespace

bool isCut(State state)
{
    return state == State::Unsigned || state == State::Absent || state == State::Broken;
}

QList<TrustChain> trustChains(const Survey &survey)
{
    return Chains(survey).all();
}

qsizetype firstBreak(const TrustChain &chain)
{
    const auto find = [&](const auto &isMeant) -> qsizetype {
        const auto at = std::find_if(chain.links.cbegin(), chain.links.cend(), isMeant);
        return at == chain.links.cend() ? -1 : at - chain.links.cbegin();
    };
    const qsizetype cut = find([](const TrustLink &link) { return isCut(link.state); });
    return cut >= 0 ? cut : find([](const TrustLink &link) { return link.state != State::Holds; });
}

bool isVerified(const TrustChain &chain)
{
    return !chain.links.isEmpty() && chain.links.last().kind == Kind::Certificate &&
           chain.links.last().state == State::Holds;
}

Severity trustSeverity(const TrustChain &chain, const TrustLink &link)
{
    switch (link.state) {
    case State::Holds:
        return Severity::Ok;
    case State::Broken:
        return Severity::Error;
    case State::Unsigned:
        return !chain.hasRecords   ? Severity::Info
               : isVerified(chain) ? Severity::Warning
                                   : Severity::Error;
    case State::Absent:
        return Severity::Info;
    case State::Unknown:
    case State::NotReached:
        break;
    }
    return Severity::Unknown;
}
