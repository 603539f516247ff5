// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who runs the mail servers of a domain, recognised from their names, and which mx lines that company
// recommends. A dated data file; the live MX records always win over it.

#include "mail/mxpattern.h"

#include <QDate>
#include <QString>

struct MailProvider
{
    enum class InboundDane { Unknown, No, Yes };

    QByteArray id; // "google"
    QString name;  // "Google Workspace"
    QList<QByteArray> suffixes;
    QList<MxPattern> patterns; // recommended mx lines; empty: the exact names of the MX records
    InboundDane inboundDane = InboundDane::Unknown;
    QString remark;
    QString source;
    QDate checked;
    // RFC 8461 8.2: the provider offers to answer instead of you; empty where it does not.
    QByteArray delegatedRecord; // CNAME target for _mta-sts
    QByteArray delegatedHost;   // CNAME target for mta-sts
    QByteArray
            passedOn; // instead of it: the domain whose policy file a host of one's own passes on
};

/// The data file, read on first use.
[[nodiscard]] const QList<MailProvider> &mailProviders();

/// Who runs most of these MX hosts (the first of them decides a tie); none when nobody is known.
[[nodiscard]] std::optional<MailProvider> recogniseMailProvider(const QList<QByteArray> &mxHosts);

/// mx lines for a policy: those recommended patterns that cover a live MX host, and the exact name of
/// every live MX host that none of them covers. Covers each host whose name can stand in a policy.
[[nodiscard]] QList<MxPattern> proposedPatterns(const QList<QByteArray> &mxHosts,
                                                const std::optional<MailProvider> &provider);

/// The provider whose mail servers are only a part of what this wildcard allows ("*.outlook.com");
/// none for a pattern that a provider recommends, for exact names and for zones of nobody known.
[[nodiscard]] std::optional<MailProvider> providerBelow(const MxPattern &pattern);
