// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CAA records and whether a set lets an authority issue (RFC 8659, 8657).  0 issue "letsencrypt.org"

#include "base/severity.h"

#include <QByteArray>
#include <QList>

#include <optional>

struct CaaRecord
{
    quint8 flags = 0;
    QByteArray tag;   // lower case
    QByteArray value; // octets
    friend bool operator==(const CaaRecord &, const CaaRecord &) = default;
};

struct CaaVerdict
{
    bool mayIssue = false; // also true where only the conditions below stand in the way (CAA-5)
    QByteArray accountUri; // RFC 8657 3: only this account; empty if any
    QList<QByteArray> validationMethods; // RFC 8657 4: only by these methods; empty if any
    QList<Issue> issues;
};

/// What the DNS said at one name of the climb.
struct CaaAnswer
{
    QByteArray name;       // as asked
    bool isFailed = false; // no answer; never the same as "no records"
    QByteArray alias;      // where an alias led, empty without one
    QList<CaaRecord> set;  // the records found there; empty if there are none
};

/// The one set that counts for a name.
struct RelevantCaaSet
{
    bool isFailed = false; // a look-up on the way failed, or the climb is not complete
    QByteArray name;       // where the set is; empty if no name has one
    QByteArray alias;      // the set is that of this alias target
    QList<CaaRecord> set;
};

[[nodiscard]] std::optional<CaaRecord> caaFromWire(const QByteArray &rdata);
[[nodiscard]] std::optional<CaaRecord> caaFromText(const QByteArray &presentation);
[[nodiscard]] QByteArray caaToText(const CaaRecord &record);
enum class CertificateKind { Single, Wildcard };
/// `set` is the relevant record set (found by climbing, RFC 8659 3); empty does not restrict.
[[nodiscard]] CaaVerdict mayIssue(const QList<CaaRecord> &set, const QByteArray &issuer,
                                  CertificateKind kind);
/// The names to ask, nearest first: the name, its parents, the top-level label; not the root.
[[nodiscard]] QList<QByteArray> caaClimb(const QByteArray &name);
/// The first non-empty set of the climb (RFC 8659 3). `answers` holds one for each name asked, in
/// any order; the climb goes on at the original name where an alias target has no records.
[[nodiscard]] RelevantCaaSet relevantCaaSet(const QByteArray &name,
                                            const QList<CaaAnswer> &answers);
/// The same verdict with the failures and the place of the set in it (CAA-1, CAA-2, CAA-8).
[[nodiscard]] CaaVerdict mayIssue(const RelevantCaaSet &found, const QByteArray &issuer,
                                  CertificateKind kind);
