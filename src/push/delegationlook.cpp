// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/delegationlook.h"

#include "base/printable.h"
#include "push/proof.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace {

/// "com" of "example.com", "." of "com".
QByteArray nameAbove(const QByteArray &name)
{
    const qsizetype dot = name.indexOf('.');
    return dot < 0 || name == "." ? QByteArray(".") : name.mid(dot + 1);
}

/// What both resolvers say: a domain that fails validation has to be looked at all the more.
DnsAnswer apexAnswer(const QByteArray &name, const Doors &doors, const Cancel &cancel)
{
    const PendingAnswer validated = doors.validating.start(name, RecordType::SOA);
    const PendingAnswer quick = doors.quick.start(name, RecordType::SOA);
    const DnsAnswer answer = validated.wait(cancel);
    return answer.isKnown() ? answer : quick.wait(cancel);
}

Result<QByteArray> apexAt(QByteArray name, const Doors &doors, const Cancel &cancel)
{
    for (;; name = nameAbove(name)) {
        const DnsAnswer answer = apexAnswer(name, doors, cancel);
        if (!answer.isKnown())
            return failed(Error::Kind::Network,
                          QStringLiteral("where the zone of %1 begins could not be looked up")
                                  .arg(printable(name)),
                          answer.why);
        if (answer.isFound() && !answer.isAlias())
            return name;
        if (name == ".")
            return failed(Error::Kind::Network, QStringLiteral("the DNS has no root"));
    }
}

bool hasAnswered(const QByteArray &server, const QList<ServerAnswers> &answers)
{
    return std::any_of(answers.begin(), answers.end(), [&](const ServerAnswers &one) {
        return one.server.first == server && one.sets.constFirst();
    });
}

template <class Record>
QList<SaidBy<Record>> said(const Result<QList<NamedServer>> &servers, const QByteArray &zone,
                           RecordType type, std::optional<Record> (*read)(const QByteArray &),
                           const Cancel &cancel)
{
    QList<SaidBy<Record>> all;
    if (!servers)
        return all;
    const QList<ServerAnswers> answers = askEveryServer(*servers, {{zone, type}}, cancel);
    for (const ServerAnswers &one : answers) {
        SaidBy<Record> said{serverText(one.server), std::nullopt};
        const auto &data = one.sets.constFirst();
        if (!data &&
            hasAnswered(one.server.first, answers)) // over IPv4, say, as there is no IPv6 here
            continue;
        if (data) {
            said.records = QList<Record>();
            for (const QByteArray &text : *data) {
                if (const auto record = read(text))
                    said.records->append(*record);
            }
        }
        all.append(said);
    }
    return all;
}

} // namespace

Result<QByteArray> zoneAbove(const QByteArray &name, const NetworkOptions &options,
                             const Cancel &cancel)
{
    Network network(options);
    return apexAt(name, network.doors(), cancel.until(QDeadlineTimer(options.look.timeoutMs)));
}

DelegationSight lookAtDelegation(const QByteArray &zone, const NetworkOptions &options,
                                 quint16 port, const Cancel &cancel)
{
    Network network(options);
    const Doors doors = network.doors();
    const Cancel whole = cancel.until(QDeadlineTimer(options.look.timeoutMs));
    DelegationSight sight;
    sight.zone = zone;
    const PendingAnswer soa = doors.validating.start(zone, RecordType::SOA);
    if (const auto parent = apexAt(nameAbove(zone), doors, whole))
        sight.parent = *parent;
    if (!sight.parent.isEmpty())
        sight.ds = said<DsRecord>(nameServersOf(sight.parent, options, port, whole), zone,
                                  RecordType::DS, dsFromText, whole);
    const auto own = nameServersOf(zone, options, port, whole);
    for (const NamedServer &server : own ? *own : QList<NamedServer>()) {
        if (!sight.nameServers.contains(server.first))
            sight.nameServers.append(server.first);
    }
    sight.keys = said<DnskeyRecord>(own, zone, RecordType::DNSKEY, dnskeyFromText, whole);
    sight.validates = rootKeyIsSecure(doors.validating, whole);
    sight.soa = soa.wait(whole).security;
    return sight;
}
