// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fills the text templates of resources/kit: @NAME@ stands for a value.

#include "base/error.h"

#include <QByteArray>
#include <QHash>

/// Every placeholder must have a value and every value a placeholder; anything else is a fault of
/// ours, told as Error::Unexpected. Values are put in as they are and not looked at again.
[[nodiscard]] Result<QByteArray> fillTemplate(const QByteArray &text,
                                              const QHash<QByteArray, QByteArray> &values);
