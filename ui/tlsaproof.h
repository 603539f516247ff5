// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether the TLSA records of a deployment have arrived at one mail server. Pure.

#include "dane/serverdane.h"
#include "proofrows.h"

/// The records that are wanted at one server, and what a sender that checks DANE makes of them.
/// `judged`: serverDane() of this survey.
[[nodiscard]] ProofRow tlsaRow(const QByteArray &owner, const Deployment &wanted,
                               const Survey &survey, const QList<ServerDane> &judged);
