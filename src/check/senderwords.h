// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sentences about what senders do; those of the reasons are check/words.

#include "check/senders.h"

[[nodiscard]] QString senderName(SenderKind kind); // "Gmail"
[[nodiscard]] QString
senderMethods(const SenderTraits &); // "Checks MTA-STS (as of September 2024)"
/// "Delivers over verified TLS" and its kind, for a cell of a table.
[[nodiscard]] QString deliverySentence(Handling delivery);
/// The same for one server of several: a sender that does not deliver there tries the next one.
[[nodiscard]] QString stepSentence(Handling delivery);
[[nodiscard]] QString outcomeSentence(const SenderOutcome &outcome); // with the hosts
/// What it means for the owner of the domain; empty where the sentence says all.
[[nodiscard]] QString outcomeMeaning(const SenderOutcome &outcome);
/// "With the policy it may hold until 3 March 2026".
[[nodiscard]] QString cachedHeading(const QDateTime &until);
/// What that policy says, and that it is one of several; for a view with a policy that may be held.
[[nodiscard]] QString cachedPolicyText(const SenderView &view);
[[nodiscard]] Severity deliverySeverity(Handling delivery);
[[nodiscard]] QString reasonText(const Issue &reason);      // a sentence
[[nodiscard]] QString reasonReference(const Issue &reason); // "RFC 8461 4"
