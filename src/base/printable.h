// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Remote and typed text made safe to show in a label, a terminal or a log.

#include "base/limits.h"

#include <QByteArray>
#include <QString>

/// Control, bidirectional and invisible characters become visible escapes (\x1B, \u{202E}); text
/// beyond `limit` characters is cut with an ellipsis. Never changes plain text.
[[nodiscard]] QString printable(const QString &text, int limit = Limits::ShownText);

/// The same for octets: UTF-8 where valid, otherwise each octet above 0x7E as \xHH.
[[nodiscard]] QString printable(const QByteArray &octets, int limit = Limits::ShownText);

/// Replaces %1..%9 by values in one pass: a value that contains "%2" stays as it is.
[[nodiscard]] QString fillIn(const QString &pattern, const QStringList &values);
