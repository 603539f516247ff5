// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/rolloverlook.h"

#include "base/printable.h"
#include "dane/publishedtlsa.h"
#include "dane/tlsamaking.h"
#include "dns/record.h"
#include "push/proof.h"
#include "survey/address.h"

#include <algorithm>
#include <future>

namespace {

constexpr quint16 SmtpPort = 25;

bool isIpv6(const NamedServer &server)
{
    return server.second.address.protocol() == QAbstractSocket::IPv6Protocol;
}

TlsaAnswer believed(const DnsAnswer &answer, Resolver &validating, const Cancel &cancel)
{
    if (!answer.isKnown() || answer.security == Security::Bogus)
        return TlsaAnswer::Failed;
    if (answer.security == Security::Secure)
        return TlsaAnswer::Secure;
    // DNS-15: over a path that strips signatures everything looks unsigned.
    const bool isProven =
            answer.security == Security::Insecure && rootKeyIsSecure(validating, cancel);
    return isProven ? TlsaAnswer::Insecure : TlsaAnswer::Unknown;
}

SeenNameServer seenServer(const ServerAnswers &answers)
{
    SeenNameServer seen;
    seen.name = serverText(answers.server).toUtf8();
    const auto &tlsa = answers.sets.at(0);
    const auto &alias = answers.sets.at(1);
    // An alias that our resolver does not know of: the records are elsewhere.
    seen.known = tlsa && alias && alias->isEmpty();
    for (const QByteArray &data : tlsa.value_or(QList<QByteArray>())) {
        if (const auto record = readTlsa(data).record)
            seen.records.append(*record);
    }
    seen.ttl = answers.ttls.at(0);
    return seen;
}

class Looking
{
public:
    Looking(const RolloverPlace &place, const NetworkOptions &options, const Cancel &cancel)
        : m_place(place)
        , m_options(options)
        , m_network(options)
        , m_cancel(cancel)
    {
    }

    RolloverLook run()
    {
        const Doors doors = m_network.doors();
        auto keys = std::async(std::launch::async, [&] {
            return lookAtServerKeys(liveServer(m_place.host, m_place.port, m_options.look),
                                    doors.validating, doors.smtp, m_cancel);
        });
        const DnsAnswer tlsa = doors.validating.lookup(tlsaOwner(m_place.host, m_place.port),
                                                       RecordType::TLSA, m_cancel);
        RolloverLook look;
        look.owner = tlsa.isAlias() ? tlsa.canonicalName : tlsaOwner(m_place.host, m_place.port);
        look.sight.validated = believed(tlsa, doors.validating, m_cancel);
        look.sight.nameServers = nameServers(look.owner);
        const LiveServerKeys live = keys.get();
        look.unseen = live.unseen;
        look.sight.addresses = seenAddresses(live, m_place.host);
        // Where the root does not validate either, the fault is on the way from here.
        if (tlsa.security == Security::Bogus && rootKeyIsSecure(doors.validating, m_cancel))
            look.issues.append({"DANE-10", Severity::Error, {printable(m_place.host)}});
        if (live.canonicalName != m_place.host) { // RFC 7672 2.2.2: the expanded name comes first
            look.sight.validated = TlsaAnswer::Unknown;
            look.issues.append({"DANE-32.alias",
                                Severity::Error,
                                {printable(m_place.host), printable(live.canonicalName)}});
        }
        if (tlsa.isAbsent() && m_place.port == SmtpPort)
            look.issues += mailDomainIssues(m_place.host, doors.validating, m_cancel);
        look.sight.at = QDateTime::currentDateTimeUtc(); // when all of it was seen
        return look;
    }

private:
    QList<SeenNameServer> nameServers(const QByteArray &owner)
    {
        QByteArray zone;
        const auto found = serversAbove(owner, [&](const QByteArray &name) {
            zone = name;
            return nameServersOf(name, m_options, m_place.dnsPort, m_cancel);
        });
        if (!found)
            return {};
        QList<SeenNameServer> seen;
        const QList<AskedSet> asked{{owner, RecordType::TLSA}, {owner, RecordType::CNAME}};
        for (const ServerAnswers &answers : askEveryServer(reachable(*found), asked, m_cancel))
            seen.append(seenServer(answers));
        for (const QByteArray &name : withoutAddress(zone, *found))
            seen.append({name, false});
        return seen;
    }

    /// Where this computer has no IPv6, another address of the same name server stands for it.
    QList<NamedServer> reachable(const QList<NamedServer> &servers) const
    {
        if (m_options.look.allowPrivate || hasIpv6Route())
            return servers;
        QList<NamedServer> some;
        std::copy_if(servers.cbegin(), servers.cend(), std::back_inserter(some),
                     [&](const NamedServer &one) {
                         return !isIpv6(one) ||
                                std::none_of(servers.cbegin(), servers.cend(),
                                             [&](const NamedServer &other) {
                                                 return other.first == one.first && !isIpv6(other);
                                             });
                     });
        return some;
    }

    /// They serve the zone too, so that nobody knows whether all have what the others have.
    QList<QByteArray> withoutAddress(const QByteArray &zone, const QList<NamedServer> &found)
    {
        const Doors doors = m_network.doors();
        DnsAnswer answer = doors.validating.lookup(zone, RecordType::NS, m_cancel);
        if (!answer.isKnown())
            answer = doors.quick.lookup(zone, RecordType::NS, m_cancel);
        if (!answer.isKnown() || answer.cut)
            return {zone};
        QList<QByteArray> names = targets(answer);
        names.removeIf([&](const QByteArray &name) {
            return std::any_of(found.cbegin(), found.cend(),
                               [&](const NamedServer &server) { return server.first == name; });
        });
        return names;
    }

    const RolloverPlace &m_place;
    const NetworkOptions &m_options;
    Network m_network;
    const Cancel m_cancel;
};

} // namespace

RolloverLook lookAtRollover(const RolloverPlace &place, const NetworkOptions &options,
                            const Cancel &cancel)
{
    return Looking(place, options, cancel.until(QDeadlineTimer(options.look.timeoutMs))).run();
}

QList<SeenAddress> seenAddresses(const LiveServerKeys &keys, const QByteArray &host)
{
    QList<SeenAddress> seen;
    const auto at = [&](const QHostAddress &address) -> SeenAddress & {
        const QString name = address.isNull() ? printable(host, 255) : address.toString();
        const auto known = std::find_if(seen.begin(), seen.end(), [&](const SeenAddress &one) {
            return one.address == name;
        });
        if (known != seen.end())
            return *known;
        seen.append({name, false});
        return seen.last();
    };
    for (const ShownChain &shown : keys.chains) {
        for (const QHostAddress &address : shown.addresses) {
            SeenAddress &one = at(address);
            one.known = true;
            one.chains.append(shown.chain);
        }
    }
    for (const UnseenKey &unseen : keys.unseen) {
        SeenAddress &one = at(unseen.address);
        one.isWhole = false;
        if (unseen.hasNoTls && one.chains.isEmpty()) {
            one.known = true;
            one.startTls = false;
        }
    }
    return seen;
}
