// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What would change in DNS, as data: it can be shown, tested, done and compared afterwards. Text
// records of others at the same name are in no change at all (PUSH-4, T-28).

#include "deploy/livestate.h"

struct Change
{
    enum class Kind { Keep, Add, Replace, Remove };
    Kind kind = Kind::Keep;
    std::optional<DnsRecord> before;
    std::optional<DnsRecord> after;
    QByteArray reason; // id with a row in words.cpp
    friend bool operator==(const Change &, const Change &) = default;
};

struct RecordChanges
{
    QList<Change> changes; // in the order of publishing
    QList<Issue> issues;   // a set that is not known, or an alias in the way: not to be pushed

    [[nodiscard]] bool isBlocked() const { return !issues.isEmpty(); }
    /// Changes that do something.
    [[nodiscard]] int count() const;
};

/// `wanted` against the sets that are live. A name with a live set that is not wanted any more loses
/// our record there; one set for each name; a name without a live set in the list counts as not known.
[[nodiscard]] RecordChanges recordChanges(const QList<DnsRecord> &wanted,
                                          const QList<LiveRecords> &live);

/// The same for TLSA sets, which belong to nobody alone: what is there stays, a key that somebody else
/// publishes or that comes next among it; what is missing of `wanted` is added, and of `gone` goes what is
/// there and not wanted. Data are compared as octets (DANE-46). An owner is named by its records; what
/// stands in the way of one, an alias above all, is an issue, and then nothing of it is in the changes.
[[nodiscard]] RecordChanges tlsaChanges(const QList<DnsRecord> &wanted,
                                        const QList<DnsRecord> &gone,
                                        const QList<LiveRecords> &live);
/// Those at one name.
[[nodiscard]] QList<DnsRecord> recordsAt(const QByteArray &owner, const QList<DnsRecord> &records);
/// One of the same name and data, whatever its TTL.
[[nodiscard]] bool holdsRecord(const QList<DnsRecord> &records, const DnsRecord &one);
/// The names of the records, each once.
[[nodiscard]] QList<QByteArray> ownersOf(const QList<DnsRecord> &records);
