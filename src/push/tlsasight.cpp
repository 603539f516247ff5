// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/tlsasight.h"

#include "base/printable.h"
#include "check/words.h"
#include "dane/livetlsa.h"
#include "dane/tlsamaking.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace {

bool holdsAll(const QList<TlsaRecord> &seen, const QList<DnsRecord> &wanted)
{
    return std::all_of(wanted.begin(), wanted.end(), [&](const DnsRecord &record) {
        const auto read = readTlsa(record.data).record;
        return read && seen.contains(*read);
    });
}

Result<void> proven(const SetChange &set, Resolver &validating, const Cancel &cancel)
{
    const TlsaOwner owner = tlsaOwnerFrom(set.name);
    const LiveTlsa live = lookUpTlsa(owner.host, owner.port, {}, validating, cancel);
    if (live.plan.applies == DaneApplies::Applies && holdsAll(live.records, set.after))
        return {};
    const QString name = printable(owner.host);
    if (!live.plan.issues.isEmpty())
        return failed(Error::Kind::Timeout,
                      wordsFor(toFinding(live.plan.issues.first(), Group::Dane, name)).title);
    return failed(Error::Kind::Timeout,
                  QStringLiteral("a resolver that checks DNSSEC does not see the new TLSA records "
                                 "of %1 yet; it may remember the old answer for a while")
                          .arg(name));
}

} // namespace

TlsaSight tlsaSight(const QByteArray &host, quint16 port, const LiveServerKeys &seen)
{
    TlsaSight sight;
    sight.host = host;
    sight.owner = tlsaOwner(host, port);
    for (const ShownChain &shown : seen.chains)
        sight.chains.append(shown.chain);
    sight.unseen = unseenLines(seen);
    return sight;
}

void proveZone(TlsaSight &sight, const QByteArray &zone, Resolver &validating, const Cancel &cancel)
{
    const PendingAnswer soa = validating.start(zone, RecordType::SOA);
    const PendingAnswer a = validating.start(sight.host, RecordType::A);
    const PendingAnswer aaaa = validating.start(sight.host, RecordType::AAAA);
    sight.validates = rootKeyIsSecure(validating, cancel);
    sight.zone = daneLookup(soa.wait(cancel));
    sight.address = daneAddresses(a.wait(cancel), aaaa.wait(cancel));
}

TlsaSight lookForTlsa(const QByteArray &host, quint16 port, const QByteArray &zone,
                      const NetworkOptions &options, const Cancel &cancel)
{
    Network network(options);
    const Doors doors = network.doors();
    const Cancel whole = cancel.until(QDeadlineTimer(options.look.timeoutMs));
    TlsaSight sight = tlsaSight(host, port,
                                lookAtServerKeys(liveServer(host, port, options.look),
                                                 doors.validating, doors.smtp, whole));
    proveZone(sight, zone, doors.validating, whole);
    return sight;
}

QList<TlsaSight> lookForTlsa(const Plan &plan, const NetworkOptions &options, const Cancel &cancel)
{
    QList<TlsaSight> sights;
    for (const SetChange &set : plan.sets) {
        const TlsaOwner owner = tlsaOwnerFrom(set.name);
        if (set.type == RecordType::TLSA && !set.after.isEmpty() && owner.port != 0)
            sights.append(lookForTlsa(owner.host, owner.port, plan.zone.name, options, cancel));
    }
    return sights;
}

void openTlsaDoors(PushDoors &doors, const NetworkOptions &options, const QList<Finding> &told)
{
    doors.lastLook = [options, told](const Plan &plan, const Cancel &cancel) -> Result<void> {
        const QList<TlsaSight> sights = lookForTlsa(plan, options, cancel);
        if (cancel.isCancelled())
            return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
        const QList<Finding> fresh = newReasons(reasonsAgainstTlsa(plan, sights), told);
        if (fresh.isEmpty())
            return {};
        return failed(
                Error::Kind::Refused,
                QStringLiteral("the mail servers are no longer as they were when the plan was "
                               "made: %1")
                        .arg(wordsFor(fresh.first()).title));
    };
    doors.provenToSenders = [options](const Plan &plan, const Cancel &cancel) -> Result<void> {
        Network network(options);
        for (const SetChange &set : plan.sets) {
            if (set.type != RecordType::TLSA || set.after.isEmpty())
                continue;
            if (auto seen = proven(set, network.doors().validating, cancel); !seen)
                return seen;
        }
        return {};
    };
}
