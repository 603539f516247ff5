// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/zonedelegation.h"

#include "base/printable.h"

#include <algorithm>

namespace {

/// Of what several servers say.
struct Count
{
    int unknown = 0, none = 0, some = 0;
};

template <class Record>
Count count(const QList<SaidBy<Record>> &all)
{
    Count counted;
    for (const SaidBy<Record> &one : all) {
        if (!one.records)
            ++counted.unknown;
        else if (one.records->isEmpty())
            ++counted.none;
        else
            ++counted.some;
    }
    if (all.isEmpty())
        counted.unknown = 1;
    return counted;
}

/// RFC 4035 5.2: one that fits is enough.
bool isGood(const QList<DsRecord> &ds, const QByteArray &zone, const QList<DnskeyRecord> &keys)
{
    return std::any_of(ds.begin(), ds.end(),
                       [&](const DsRecord &one) { return fitsAny(one, zone, keys); });
}

/// Somebody who asks these two servers finds a DS without its key.
bool isDark(const DelegationSight &sight)
{
    for (const auto &above : sight.ds) {
        if (!above.records || above.records->isEmpty())
            continue;
        for (const auto &own : sight.keys) {
            if (own.records && !isGood(*above.records, sight.zone, *own.records))
                return true;
        }
    }
    return false;
}

template <class Record>
void addUnseen(const QList<SaidBy<Record>> &all, QStringList &unseen)
{
    for (const SaidBy<Record> &one : all) {
        if (!one.records && !unseen.contains(one.server))
            unseen.append(one.server);
    }
}

} // namespace

DelegationState delegationState(const DelegationSight &sight)
{
    if (isDark(sight))
        return DelegationState::Dark;
    const Count ds = count(sight.ds), keys = count(sight.keys);
    if (ds.unknown > 0 || keys.unknown > 0)
        return DelegationState::Unknown;
    if (ds.some == 0 && keys.some == 0)
        return DelegationState::Unsigned;
    if (ds.some == 0)
        return DelegationState::NoDs;
    if (ds.none > 0) // where a DS stands and a server of the zone has no key, it is dark
        return DelegationState::Spreading;
    if (sight.validates && sight.soa == Security::Bogus)
        return DelegationState::Refused;
    const bool isProven = sight.validates && sight.soa == Security::Secure;
    return isProven ? DelegationState::Proven : DelegationState::Fits;
}

bool isToBeSigned(DelegationState state)
{
    return state == DelegationState::Unsigned || state == DelegationState::NoDs;
}

QList<Issue> delegationIssues(const DelegationSight &sight)
{
    const QStringList names{printable(sight.zone), printable(sight.parent)};
    switch (delegationState(sight)) {
    case DelegationState::Unsigned:
        return {{"DANE-34.unsigned", Severity::Warning, names}};
    case DelegationState::NoDs:
        return {{"DANE-34.no-ds", Severity::Warning, names}};
    case DelegationState::Spreading:
        return {{"DANE-34.spreading", Severity::Warning, names}};
    case DelegationState::Dark:
        return {{"DANE-34.dark", Severity::Error, names}};
    case DelegationState::Refused:
        return {{"DANE-34.refused", Severity::Error, names}};
    case DelegationState::Fits:
        return {{"DANE-34.unproven", Severity::Unknown, names}};
    case DelegationState::Proven:
        return {{"DANE-34.proven", Severity::Ok, names}};
    case DelegationState::Unknown:
        break;
    }
    QStringList unseen;
    addUnseen(sight.ds, unseen);
    addUnseen(sight.keys, unseen);
    return {{"DANE-34.unknown",
             Severity::Unknown,
             {names.first(), unseen.isEmpty() ? names.last() : unseen.join(QLatin1String(", "))}}};
}

QStringList serversWithoutKey(const DelegationSight &sight, const QList<DsRecord> &ds)
{
    QStringList without;
    for (const auto &own : sight.keys) {
        const bool hasAll =
                own.records && std::all_of(ds.begin(), ds.end(), [&](const DsRecord &one) {
                    return fitsAny(one, sight.zone, *own.records);
                });
        if (!hasAll)
            without.append(own.server);
    }
    return without;
}

bool hasParent(const DelegationSight &sight, const QList<DsRecord> &ds)
{
    return !sight.ds.isEmpty() && !ds.isEmpty() &&
           std::all_of(sight.ds.begin(), sight.ds.end(), [&](const auto &above) {
               return above.records && std::all_of(ds.begin(), ds.end(), [&](const DsRecord &one) {
                          return above.records->contains(one);
                      });
           });
}

ParentWish forParent(const ZoneSigningState &service, const DelegationSight &sight)
{
    ParentWish wish;
    const QString zone = printable(sight.zone);
    const auto ds = dsForParent(sight.zone, service);
    if (!ds) {
        wish.issues.append({"DANE-34.wrong-ds", Severity::Error, {zone}});
        return wish;
    }
    if (ds->isEmpty() || hasParent(sight, *ds))
        return wish;
    const QStringList without = serversWithoutKey(sight, *ds);
    if (!without.isEmpty() || sight.keys.isEmpty()) {
        wish.issues.append({"DANE-34.servers",
                            Severity::Warning,
                            {zone, without.isEmpty() ? zone : without.join(QLatin1String(", "))}});
        return wish;
    }
    wish.ds = *ds;
    for (const SigningKey &one : service.keys)
        wish.keys.append(one.key);
    return wish;
}

QByteArray delegationName(DelegationState state)
{
    switch (state) {
    case DelegationState::Unsigned:
        return "unsigned";
    case DelegationState::NoDs:
        return "no-ds";
    case DelegationState::Spreading:
        return "spreading";
    case DelegationState::Dark:
        return "dark";
    case DelegationState::Refused:
        return "refused";
    case DelegationState::Fits:
        return "fits";
    case DelegationState::Proven:
        return "proven";
    case DelegationState::Unknown:
        break;
    }
    return "unknown";
}
