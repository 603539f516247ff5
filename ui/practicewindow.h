// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A window in practice, beside the one of the real domains or alone. It has an Internet, settings and kept
// domains of its own, and leaves no trace.

#include <QString>

#include <functional>

/// Comes a moment later, when its small Internet stands, and goes with everything when it is closed.
/// `folder`: of its settings and what it keeps, for tests; empty: one that is deleted at the end.
/// `language`: as in the settings; empty: the system's. `failed` is called with a sentence instead.
void openPracticeWindow(const QString &folder, const QString &language,
                        const std::function<void(const QString &)> &failed);
