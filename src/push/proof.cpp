// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/proof.h"

#include "base/printable.h"
#include "check/policyhost.h"
#include "check/words.h"
#include "push/freshhost.h"
#include "survey/address.h"

#include <algorithm>

namespace {

/// What weighs most, as a sentence.
QString reasonOf(const QList<Issue> &issues, const QByteArray &host)
{
    const auto worst =
            std::min_element(issues.begin(), issues.end(), [](const Issue &a, const Issue &b) {
                return severityRank(a.severity) < severityRank(b.severity);
            });
    if (worst == issues.end())
        return QStringLiteral("the policy file was not seen");
    return wordsFor(toFinding(*worst, Group::Host, printable(host))).title;
}

/// A network without DNSSEC still knows who serves the zone; what those say is proof by itself.
DnsAnswer nameServerRecords(const QByteArray &zone, const Doors &doors, const Cancel &cancel)
{
    const PendingAnswer validated = doors.validating.start(zone, RecordType::NS);
    const PendingAnswer quick = doors.quick.start(zone, RecordType::NS);
    const DnsAnswer answer = validated.wait(cancel);
    return answer.isKnown() ? answer : quick.wait(cancel);
}

bool isHostUnknown(const Survey &survey)
{
    const auto isAbsent = [](const std::optional<DnsAnswer> &answer) {
        return answer && answer->isAbsent();
    };
    return isAbsent(survey.policyA) && isAbsent(survey.policyAaaa);
}

struct PendingServer
{
    QByteArray name;
    QList<PendingAnswer> addresses; // A, AAAA
};

} // namespace

Result<QByteArray> servedPolicy(const DomainName &domain, const NetworkOptions &options,
                                quint16 port, const Cancel &cancel)
{
    Network network(options);
    LookOptions looked = network.options().look;
    looked.smtp = false;
    Survey survey = look(domain, looked, network.doors(), cancel);
    if (isHostUnknown(survey) && !cancel.isCancelled()) {
        const auto servers = serversAbove(domain.ascii(), [&](const QByteArray &zone) {
            return nameServersOf(zone, options, port, cancel);
        });
        if (servers) {
            const Doors doors = network.doors();
            FreshHost quick(doors.quick, domain.child("mta-sts"), *servers);
            FreshHost validating(doors.validating, domain.child("mta-sts"), *servers);
            survey = look(domain, looked, {quick, validating, doors.http, doors.smtp, doors.shared},
                          cancel);
        }
    }
    if (cancel.isCancelled())
        return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
    const PolicyHostJudgement judged = judgePolicyHost(survey);
    // NotDiscovered: served well, and the record that makes senders look comes next.
    if ((judged.outcome == PolicyHostOutcome::Policy ||
         judged.outcome == PolicyHostOutcome::NotDiscovered) &&
        judged.body)
        return *judged.body;
    return failed(judged.outcome == PolicyHostOutcome::Unknown ? Error::Kind::Network
                                                               : Error::Kind::Refused,
                  reasonOf(judged.issues, survey.policyHost()));
}

Result<QList<NamedServer>> nameServersOf(const QByteArray &zone, const NetworkOptions &options,
                                         quint16 port, const Cancel &cancel)
{
    Network network(options);
    const DnsAnswer answer = nameServerRecords(zone, network.doors(), cancel);
    if (!answer.isKnown())
        return failed(Error::Kind::Network,
                      QStringLiteral("the name servers of %1 could not be looked up")
                              .arg(printable(zone)),
                      answer.why);
    Resolver &resolver = network.doors().quick;
    QList<PendingServer> pending;
    for (const QByteArray &rdata : answer.rdata) {
        if (const auto name = nameFromWire(rdata))
            pending.append({*name,
                            {resolver.start(*name, RecordType::A),
                             resolver.start(*name, RecordType::AAAA)}});
    }
    QList<NamedServer> servers;
    for (const PendingServer &server : pending) {
        for (const PendingAnswer &looked : server.addresses) {
            for (const QHostAddress &address : addresses(looked.wait(cancel))) {
                if (options.look.allowPrivate || isPublicAddress(address))
                    servers.append({server.name, {address, port}});
            }
        }
    }
    if (servers.isEmpty())
        return failed(
                Error::Kind::NotFound,
                QStringLiteral("no address of a name server of %1 was found").arg(printable(zone)));
    return servers;
}
