// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rollover_p.h"

#include <algorithm>
#include <functional>

namespace Rollover {

using Records = QList<TlsaRecord>;
using Chain = QList<Certificate>;

namespace {

constexpr quint8 Sha512 = 2;

bool fits(const Records &records, const Chain &chain)
{
    return !chain.isEmpty() && !usableRecords(records).isEmpty() &&
           !hasError(judgePublishing(records, chain), "DANE-28");
}

Records without(Records records, const Records &others)
{
    records.removeIf([&](const TlsaRecord &record) { return others.contains(record); });
    return records;
}

bool hasAny(const Records &set, const Records &some)
{
    return std::any_of(some.cbegin(), some.cend(),
                       [&](const TlsaRecord &record) { return set.contains(record); });
}

bool anyServer(const RolloverSight &seen, const std::function<bool(const SeenNameServer &)> &is)
{
    return std::any_of(seen.nameServers.cbegin(), seen.nameServers.cend(), is);
}

} // namespace

bool hasError(const QList<Issue> &issues, const char *id)
{
    return std::any_of(issues.cbegin(), issues.cend(), [id](const Issue &issue) {
        return issue.severity == Severity::Error && issue.id == id;
    });
}

/// All records of the next key, and none hidden from some senders by a stronger digest that only the
/// old key has (RFC 7671 9); no server shows the key yet, so that no chain can be judged.
bool coversNext(const KeptRollover &kept, const Records &set)
{
    const bool isWhole = std::all_of(kept.nextKey.cbegin(), kept.nextKey.cend(),
                                     [&](const TlsaRecord &one) { return set.contains(one); });
    const auto isSeen = [&](bool knowsSha512) {
        QList<int> usable = usableRecords(set);
        usable.removeIf([&](int i) { return !knowsSha512 && set.at(i).matching == Sha512; });
        const QList<int> considered = strongestRecords(set, usable);
        return considered.isEmpty() ||
               std::any_of(considered.cbegin(), considered.cend(),
                           [&](int i) { return kept.nextKey.contains(set.at(i)); });
    };
    return isWhole && isSeen(true) && isSeen(false);
}

/// What belongs to one key alone tells more than what several share: an issuer may sign them all.
Shows keyOf(const KeptRollover &kept, const Chain &chain)
{
    if (fits(without(without(kept.nextKey, kept.oldKey), kept.staying), chain))
        return Shows::Next;
    if (fits(recordsThatGo(kept), chain))
        return Shows::Old;
    if (fits(kept.staying, chain))
        return Shows::Stays;
    if (fits(kept.nextKey, chain))
        return Shows::Next;
    return fits(kept.oldKey, chain) ? Shows::Old : Shows::Other;
}

Shows shownAt(const KeptRollover &kept, const SeenAddress &seen)
{
    if (!seen.known || !seen.startTls)
        return Shows::Unknown;
    Shows all = Shows::Unknown;
    bool anyStays = false;
    for (const Chain &chain : seen.chains) {
        const Shows one = keyOf(kept, chain);
        if (one == Shows::Other)
            return one;
        if (one == Shows::Stays)
            anyStays = true;
        else
            all = all == Shows::Unknown || all == one ? one : Shows::Both;
    }
    if (all == Shows::Unknown && anyStays)
        all = Shows::Stays;
    // What was not seen there may be the old key.
    const bool mayBeOld = !seen.isWhole && (all == Shows::Next || all == Shows::Stays);
    return mayBeOld ? Shows::Unknown : all;
}

bool isUnseen(const SeenAddress &seen)
{
    return !seen.known || (seen.startTls && (seen.chains.isEmpty() || !seen.isWhole));
}

bool anyChain(const KeptRollover &kept, const RolloverSight &seen, Shows key)
{
    return std::any_of(
            seen.addresses.cbegin(), seen.addresses.cend(), [&](const SeenAddress &address) {
                return address.known &&
                       std::any_of(address.chains.cbegin(), address.chains.cend(),
                                   [&](const Chain &chain) { return keyOf(kept, chain) == key; });
            });
}

bool anyShows(const KeptRollover &kept, const RolloverSight &seen, const QList<Shows> &keys)
{
    return std::any_of(
            seen.addresses.cbegin(), seen.addresses.cend(),
            [&](const SeenAddress &address) { return keys.contains(shownAt(kept, address)); });
}

bool areServersKnown(const RolloverSight &seen)
{
    return seen.validated == TlsaAnswer::Secure && !seen.nameServers.isEmpty() &&
           !anyServer(seen, [](const SeenNameServer &server) { return !server.known; });
}

} // namespace Rollover

namespace {

using namespace Rollover;

/// An address that only shows a key that stays has none to switch; one at least must have.
bool allShowNext(const KeptRollover &kept, const RolloverSight &seen)
{
    return anyShows(kept, seen, {Shows::Next}) &&
           !anyShows(kept, seen, {Shows::Unknown, Shows::Old, Shows::Both, Shows::Other});
}

} // namespace

QList<TlsaRecord> recordsThatGo(const KeptRollover &kept)
{
    return without(without(kept.oldKey, kept.nextKey), kept.staying);
}

QList<TlsaRecord> recordsToAdd(const KeptRollover &kept, RolloverStep step,
                               const RolloverSight &seen)
{
    if (step != RolloverStep::PublishNext && step != RolloverStep::Broken)
        return {};
    Records wanted = kept.nextKey;
    if (step == RolloverStep::Broken && anyChain(kept, seen, Shows::Old))
        wanted += recordsThatGo(kept);
    if (step == RolloverStep::Broken && anyChain(kept, seen, Shows::Stays))
        wanted += kept.staying;
    const bool isBlind =
            !anyServer(seen, [](const SeenNameServer &server) { return server.known; });
    wanted.removeIf([&](const TlsaRecord &record) {
        return !isBlind && !anyServer(seen, [&](const SeenNameServer &server) {
            return server.known && !server.records.contains(record);
        });
    });
    return wanted;
}

QByteArray shownKeyName(const KeptRollover &kept, const SeenAddress &seen)
{
    switch (shownAt(kept, seen)) {
    case Shows::Unknown:
        break;
    case Shows::Old:
        return "old";
    case Shows::Next:
        return "next";
    case Shows::Both:
        return "both";
    case Shows::Other:
        return "other";
    case Shows::Stays:
        return "staying";
    }
    return "unknown";
}

QDateTime cachesExpireAt(const KeptRollover &kept)
{
    return kept.published.isValid() ? kept.published.addSecs(2 * qint64(kept.ttl)) : QDateTime();
}

KeptRollover noted(const KeptRollover &kept, const RolloverSight &seen)
{
    KeptRollover now = kept;
    if (kept.nextKey.isEmpty() || !seen.at.isValid())
        return now;
    for (const SeenNameServer &server : seen.nameServers) {
        if (server.known && !server.records.isEmpty())
            now.ttl = std::max(now.ttl, server.ttl);
    }
    if (anyServer(seen, [&](const SeenNameServer &server) {
            return server.known && !coversNext(kept, server.records);
        }))
        now.published = now.switched = now.removed = QDateTime();
    else if (!now.published.isValid() && areServersKnown(seen))
        now.published = seen.at;
    if (anyShows(kept, seen, {Shows::Old, Shows::Both, Shows::Other}))
        now.switched = now.removed = QDateTime();
    else if (!now.switched.isValid() && now.published.isValid() && seen.at >= cachesExpireAt(now) &&
             allShowNext(kept, seen))
        now.switched = seen.at;
    const Records old = recordsThatGo(kept);
    if (anyServer(seen, [&](const SeenNameServer &server) {
            return server.known && hasAny(server.records, old);
        }))
        now.removed = QDateTime();
    else if (!now.removed.isValid() && now.switched.isValid() && areServersKnown(seen))
        now.removed = seen.at;
    return now;
}
