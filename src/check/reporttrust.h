// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The chains of trust in the report to keep: a numbered list for each mail server, every link with its
// mark, its word and its sentence.

#include <QString>

class QJsonObject;

/// `observed` as in mta-sts-check/1; empty where it has no chains.
[[nodiscard]] QString trustHtml(const QJsonObject &observed, Qt::LayoutDirection direction);
