// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The parts of the HTML report that are tables, and the words for states. Every text is escaped here.

#include "check/senders.h"

#include <QJsonObject>

[[nodiscard]] QString stsText(Report::Sts state);       // "Enforced"
[[nodiscard]] QString daneText(Report::Dane state);     // "All mail servers"
[[nodiscard]] QString tlsRptText(Report::TlsRpt state); // "Asked for"
[[nodiscard]] QString severityMark(Severity severity);  // one character beside the word

/// Records and the like: fixed font, left to right, at most some hundred lines.
[[nodiscard]] QString preformatted(const QString &text);
/// Of the member `observed` of mta-sts-check/1; empty where nothing was observed.
[[nodiscard]] QString mailServersHtml(const QJsonObject &observed);
[[nodiscard]] QString recordsHtml(const QJsonObject &observed);
[[nodiscard]] QString sendersHtml(const QList<SenderView> &senders);
