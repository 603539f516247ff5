// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The TXT record at _mta-sts.<domain> (RFC 8461 3.1):  v=STSv1; id=20240601T120000;

#include "base/severity.h"
#include "mail/recordoutcome.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

struct StsReading
{
    RecordOutcome outcome = RecordOutcome::Unknown;
    QByteArray id;   // set when Valid
    QByteArray text; // the one STS record as found; empty when there is none or several
    QList<QPair<QByteArray, QByteArray>> extensions;
    QList<Issue> issues;
};

/// Judges the whole TXT set of the name; each element is one record, its strings already joined.
[[nodiscard]] StsReading readStsRecords(const QList<QByteArray> &texts);
[[nodiscard]] QByteArray writeStsRecord(const QByteArray &id);
/// UTC YYYYMMDDThhmmss, different from `lastSeen` (PUSH-20).
[[nodiscard]] QByteArray newStsId(const QDateTime &now, const QByteArray &lastSeen);
