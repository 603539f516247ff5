// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a judge found, without prose (check/words.h has the sentences), and the whole of it.

#include "base/severity.h"
#include "mail/domainname.h"

#include <QDateTime>

enum class Group { Dns, Record, Host, Policy, Mx, Dane, Report, Caa, Input };

struct Finding
{
    QByteArray id; // rule, or rule.variant, as in Issue
    Severity severity = Severity::Unknown;
    Group group = Group::Input;
    QString subject;    // printable: a host, a record name, a domain
    QStringList values; // printable, for %1.. of the words
    QString evidence;   // printable: what was seen
    [[nodiscard]] QByteArray rule() const { return Issue{id, severity, {}}.rule(); }
    friend bool operator==(const Finding &, const Finding &) = default;
};

enum class Verdict { Unknown, Ok, Warning, Error, NotDeployed };

struct Report
{
    enum class Sts { Unknown, Absent, Broken, None, Testing, Enforce };
    enum class Dane { Unknown, Absent, Some, All, Broken };
    enum class TlsRpt { Unknown, Absent, Present, Broken };

    DomainName domain;
    QDateTime at;
    bool finished = false;
    QList<Finding> findings;
    Verdict verdict =
            Verdict::Unknown; // worst known; unknown where something decisive was not seen
    Sts sts = Sts::Unknown;
    Dane dane = Dane::Unknown;
    TlsRpt tlsRpt = TlsRpt::Unknown;

    [[nodiscard]] int count(Severity severity) const;
};

[[nodiscard]] QByteArray severityName(Severity severity); // "error"
[[nodiscard]] QByteArray groupName(Group group);          // "policy"
[[nodiscard]] QByteArray verdictName(Verdict verdict);    // "not-deployed"
[[nodiscard]] Finding toFinding(const Issue &issue, Group group, const QString &subject,
                                const QString &evidence = {});
