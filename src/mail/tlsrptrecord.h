// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The TXT record at _smtp._tls.<domain> (RFC 8460 3):  v=TLSRPTv1; rua=mailto:tlsrpt@example.com

#include "base/severity.h"
#include "mail/recordoutcome.h"

#include <QByteArray>
#include <QList>

struct TlsRptReading
{
    RecordOutcome outcome = RecordOutcome::Unknown;
    QList<QByteArray> rua; // usable URIs as written
    QByteArray text;       // the one TLSRPT record as found
    QList<Issue> issues;
};

/// `policyDomain` (A-labels) is only for the notes on own and foreign destinations; may be empty.
[[nodiscard]] TlsRptReading readTlsRptRecords(const QList<QByteArray> &texts,
                                              const QByteArray &policyDomain);
[[nodiscard]] QByteArray writeTlsRptRecord(const QList<QByteArray> &rua);
/// What people type into the report field ("a@example.org", "mailto:..", "https://..") as a rua URI,
/// encoded (RPT-8); empty and an issue when it cannot be one.
struct TypedReportAddress
{
    QByteArray uri;
    QList<Issue> issues;
};
[[nodiscard]] TypedReportAddress parseReportAddress(const QString &typed);
