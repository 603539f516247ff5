// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sentences of the proof page.

#include "comeback.h"
#include "proofrows.h"

#include <QLocale>

[[nodiscard]] QString proofName(const ProofRow &row, const Deployment &wanted);
[[nodiscard]] QString proofStateWord(ProofRow::State state);
[[nodiscard]] Severity proofSeverity(ProofRow::State state); // for the icon; waiting has its own
[[nodiscard]] QString proofText(const ProofRow &row);
/// "The policy of example.org is live, in mode testing".
[[nodiscard]] QString proofTitle(const Deployment &wanted, const QList<ProofRow> &rows);
/// What is left to do, and the date to come back on.
[[nodiscard]] QString proofNext(const Deployment &wanted, const QList<ProofRow> &rows,
                                const ComeBack &back, const QLocale &locale);
