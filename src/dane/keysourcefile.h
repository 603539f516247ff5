// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The file behind a KeySource.

#include "dane/keysource.h"

/// Reads the file, "-" for standard input, into memory that is wiped: somebody may have given the
/// private key. NotFound when it cannot be opened, else as readKeySource(); the sentence names the file.
[[nodiscard]] Result<KeySource> readKeySourceFile(const QString &path);
