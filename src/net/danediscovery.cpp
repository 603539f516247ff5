// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/danediscovery.h"

#include "base/printable.h"

#include <algorithm>

namespace {

bool isFailed(const DaneLookup &lookup)
{
    return lookup.asked &&
           (lookup.status == AnswerStatus::Failed || lookup.security == Security::Bogus);
}

bool isFound(const DaneLookup &lookup)
{
    return lookup.asked && lookup.status == AnswerStatus::Found;
}

bool isSecure(const DaneLookup &lookup)
{
    return lookup.asked && lookup.security == Security::Secure;
}

bool isInsecure(const DaneLookup &lookup)
{
    return lookup.asked && lookup.security == Security::Insecure;
}

// Neither known to be good nor known to be bad.
bool isOpen(const DaneLookup &lookup)
{
    return !lookup.asked || (!isFailed(lookup) && lookup.security == Security::Unknown);
}

bool isAlias(const QByteArray &name, const QByteArray &expanded)
{
    return !expanded.isEmpty() && expanded != name;
}

/// How the next hop leads to its hosts.
enum class Path { Secure, Insecure, Unknown };

Path pathOf(const DaneDomainFacts &facts)
{
    const bool viaAlias = isAlias(facts.domain, facts.expanded);
    // RFC 7672 2.1.3: one insecure alias makes all that follows insecure.
    if (isInsecure(facts.mx) || (viaAlias && isInsecure(facts.alias)))
        return Path::Insecure;
    if (isOpen(facts.mx) || (viaAlias && isOpen(facts.alias)))
        return Path::Unknown;
    return Path::Secure;
}

class Host
{
public:
    Host(const DaneDomainFacts &facts, const DaneHostFacts &host)
        : m_facts(facts)
        , m_host(host)
        , m_path(pathOf(facts))
        , m_isAlias(isAlias(host.name, host.expanded))
    {
        m_plan.name = host.name;
        m_plan.base = host.name;
    }

    DaneHostPlan run()
    {
        if (m_isAlias) // RFC 2181 10.3
            add("DANE-9", Severity::Warning, {shown(m_host.name), shown(m_host.expanded)});
        m_plan.applies = decide();
        m_plan.names = names();
        judgeDenial();
        return m_plan;
    }

private:
    static QString shown(const QByteArray &name) { return printable(name, 255); }

    void add(const char *id, Severity severity, const QStringList &values)
    {
        m_plan.issues.append({id, severity, values});
    }

    Severity unsignedSeverity() const
    {
        // Only where the domain did its part is the host what is missing.
        return m_path == Path::Secure ? Severity::Warning : Severity::Info;
    }

    DaneApplies unreachable()
    {
        add("DANE-10", Severity::Error, {shown(m_host.name)});
        return DaneApplies::Unreachable;
    }

    DaneApplies decide()
    {
        const DaneLookup &address = m_host.address;
        // RFC 7672 2.2.2: addresses first, and no TLSA query where they are insecure.
        if (isFailed(address) || (m_isAlias && isFailed(m_host.alias)))
            return unreachable();
        if (m_isAlias && isInsecure(m_host.alias)) {
            add("DANE-4", unsignedSeverity(), {shown(m_host.name), shown(m_host.expanded)});
            return DaneApplies::NotApplicable;
        }
        if (isInsecure(address) && !m_isAlias) {
            add("DANE-5", unsignedSeverity(), {shown(m_host.name)});
            return DaneApplies::NotApplicable;
        }
        if (isOpen(address) || (m_isAlias && isOpen(m_host.alias)))
            return DaneApplies::Unknown;
        if (!isFound(address)) // no address: there is nothing to deliver to
            return DaneApplies::NotApplicable;
        m_plan.asksTlsa = true;
        // RFC 7672 2.2.2: a secure alias to an insecure address leaves the original name only.
        if (m_isAlias && isSecure(address)) {
            if (const std::optional<DaneApplies> end =
                        tryBase(m_host.expanded, m_host.tlsaAtExpanded))
                return *end;
        }
        if (const std::optional<DaneApplies> end = tryBase(m_host.name, m_host.tlsa))
            return *end;
        if (m_insecureTlsa)
            add("DANE-2", Severity::Error, {shown(m_host.name)});
        return DaneApplies::NotApplicable;
    }

    // RFC 7672 2.2.3: the first base domain with secure TLSA wins; an answer of an unsigned zone is
    // as good as none; a failure ends the search.
    std::optional<DaneApplies> tryBase(const QByteArray &base, const DaneLookup &tlsa)
    {
        if (isFailed(tlsa))
            return unreachable();
        if (isOpen(tlsa))
            return DaneApplies::Unknown;
        if (!isFound(tlsa))
            return std::nullopt;
        if (!isSecure(tlsa)) {
            m_insecureTlsa = true;
            return std::nullopt;
        }
        m_plan.base = base;
        switch (m_path) {
        case Path::Secure:
            return DaneApplies::Applies;
        case Path::Insecure: // RFC 7672 2.2.1: for the host, not for the domain
            add("DANE-3", Severity::Warning, {shown(m_facts.domain), shown(base)});
            return DaneApplies::HostOnly;
        case Path::Unknown:
            break;
        }
        return DaneApplies::Unknown;
    }

    // RFC 4035 5.4. A look-up that just failed may have done so on the way from here.
    void judgeDenial()
    {
        const bool isProven =
                m_plan.applies == DaneApplies::Applies || m_plan.applies == DaneApplies::HostOnly;
        if (!isProven || !isFailed(m_host.besideTlsa))
            return;
        if (m_host.besideTlsa.security == Security::Bogus)
            add("DANE-43", Severity::Error, {shown(m_plan.base)});
        else
            add("DANE-43.unseen", Severity::Unknown, {shown(m_plan.base)});
    }

    // RFC 7672 3.2.2: the base domain; with a secure MX the next hop as typed and as expanded too.
    QList<QByteArray> names() const
    {
        QList<QByteArray> names{m_plan.base};
        if (m_path != Path::Secure)
            return names;
        for (const QByteArray &name : {m_facts.domain, m_facts.expanded}) {
            if (!name.isEmpty() && !names.contains(name))
                names.append(name);
        }
        return names;
    }

    const DaneDomainFacts &m_facts;
    const DaneHostFacts &m_host;
    const Path m_path;
    const bool m_isAlias;
    bool m_insecureTlsa = false;
    DaneHostPlan m_plan;
};

// What is to be said of hosts that a sender does not come to look at.
QList<DaneHostPlan> allAre(DaneApplies applies, const QList<DaneHostFacts> &hosts)
{
    QList<DaneHostPlan> plans;
    for (const DaneHostFacts &host : hosts)
        plans.append({host.name, host.name, {host.name}, false, applies, {}});
    return plans;
}

DaneApplies together(const QList<DaneHostPlan> &hosts)
{
    const auto any = [&](DaneApplies which) {
        return std::any_of(hosts.cbegin(), hosts.cend(),
                           [which](const DaneHostPlan &host) { return host.applies == which; });
    };
    const bool covered = any(DaneApplies::Applies) || any(DaneApplies::HostOnly);
    if (covered && any(DaneApplies::NotApplicable))
        return DaneApplies::Partial;
    // The worst that is known, then what is not known, before anything good is said.
    for (const DaneApplies which : {DaneApplies::Unreachable, DaneApplies::Unknown,
                                    DaneApplies::HostOnly, DaneApplies::Applies}) {
        if (any(which))
            return which;
    }
    return hosts.isEmpty() ? DaneApplies::Unknown : DaneApplies::NotApplicable;
}

} // namespace

DaneLookup daneLookup(const std::optional<DnsAnswer> &answer)
{
    if (!answer)
        return {};
    return {true, answer->status, answer->security};
}

DaneLookup daneAddresses(const std::optional<DnsAnswer> &a, const std::optional<DnsAnswer> &aaaa)
{
    const DaneLookup first = daneLookup(a);
    const DaneLookup second = daneLookup(aaaa);
    if (!first.asked || !second.asked)
        return {};
    if (isFailed(first) || isFailed(second)) // RFC 7672 2.1.2: any failure counts
        return isFailed(first) ? first : second;
    DaneLookup both = isFound(first) ? first : second;
    if (isOpen(first) || isOpen(second))
        both.security = Security::Unknown;
    else if (isInsecure(first) || isInsecure(second))
        both.security = Security::Insecure;
    return both;
}

DaneHostPlan discoverDaneHost(const DaneDomainFacts &facts, const DaneHostFacts &host)
{
    return Host(facts, host).run();
}

DaneDiscovery discoverDane(const DaneDomainFacts &facts)
{
    DaneDiscovery discovery;
    const QString domain = printable(facts.domain, 255);
    if (!facts.validates) { // never "insecure": it cannot be told (DNS-15)
        discovery.hosts = allAre(DaneApplies::Unknown, facts.hosts);
        discovery.issues.append({"DANE-1", Severity::Warning, {}});
        return discovery;
    }
    if (isFailed(facts.mx) || (isAlias(facts.domain, facts.expanded) && isFailed(facts.alias))) {
        discovery.applies = DaneApplies::Unreachable;
        discovery.hosts = allAre(DaneApplies::Unreachable, facts.hosts);
        discovery.issues.append({"DANE-10", Severity::Error, {domain}});
        if (facts.mx.security == Security::Bogus)
            discovery.issues.append({"DNS-9", Severity::Error, {QStringLiteral("MX"), domain}});
        return discovery;
    }
    for (const DaneHostFacts &host : facts.hosts)
        discovery.hosts.append(discoverDaneHost(facts, host));
    discovery.applies = together(discovery.hosts);
    if (discovery.applies == DaneApplies::Partial) {
        const auto covered = std::count_if(discovery.hosts.cbegin(), discovery.hosts.cend(),
                                           [](const DaneHostPlan &host) {
                                               return host.applies == DaneApplies::Applies ||
                                                      host.applies == DaneApplies::HostOnly;
                                           });
        discovery.issues.append(
                {"DANE-37",
                 Severity::Warning,
                 {QString::number(covered), QString::number(discovery.hosts.size())}});
    }
    return discovery;
}

QByteArray daneAppliesName(DaneApplies applies)
{
    switch (applies) {
    case DaneApplies::Unknown:
        break;
    case DaneApplies::NotApplicable:
        return "not-applicable";
    case DaneApplies::HostOnly:
        return "host-only";
    case DaneApplies::Applies:
        return "applies";
    case DaneApplies::Partial:
        return "partial";
    case DaneApplies::Unreachable:
        return "unreachable";
    }
    return "unknown";
}
