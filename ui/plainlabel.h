// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one place that makes a label in code, so that none can guess markup in remote text (T-20).

#include <QLabel>

/// Plain text, wrapped.
[[nodiscard]] QLabel *plainLabel(const QString &text, QWidget *parent);
