// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A kept document as it comes from the disk.

#include "base/error.h"

#include <QJsonObject>

/// Empty for JSON that is no object. Malformed: more than `most` octets, or no JSON.
[[nodiscard]] Result<QJsonObject> jsonObject(const QByteArray &octets, qsizetype most);
