// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A report as one HTML page that stands alone: no script, nothing loaded, every text escaped. The same
// page is laid out for PDF. Pure.

#include "check/senders.h"

#include <QJsonObject>

struct ReportFacts
{
    QString program;           // "MTA-STS Assistant 0.1"
    QString resolver;          // printable
    QJsonObject observed;      // as in mta-sts-check/1; may come from a file
    QList<SenderView> senders; // empty: not told
    bool cancelled = false;
    bool fromFile = false;                   // opened from a saved result
    QString language = QStringLiteral("en"); // BCP 47
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

[[nodiscard]] QString reportHtml(const Report &report, const ReportFacts &facts);
