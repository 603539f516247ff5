// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which OpenSSL is in use, for reports of faults.

#include <QString>

/// "OpenSSL 3.0.17 1 Jul 2025", of the library that was loaded.
[[nodiscard]] QString openSslVersion();
