// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The proof of a removal: record and file are gone. A look that failed says nothing. Pure.

#include "proofrows.h"

[[nodiscard]] QList<ProofRow> goneRows(const Survey &survey);
