// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One TLSA record of the DANE page as words, and how good it is.

#include "danerows.h"

[[nodiscard]] QString useWord(const DaneRow &row);   // "Add"
[[nodiscard]] QString keyWord(const DaneRow &row);   // "ECDSA P-256, certificate until …"
[[nodiscard]] QString stateWord(const DaneRow &row); // "compare the fingerprint first"
[[nodiscard]] Severity severityOf(const DaneRow &row);
/// T-33: confirmed, or in the zone already; only such a record is copied.
[[nodiscard]] bool isCopied(const DaneRow &row);
/// The mail server of its owner name.
[[nodiscard]] QByteArray hostOf(const DaneRow &row);
