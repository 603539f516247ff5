// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a TXT record set amounts to for a sender.

#include <QByteArray>

enum class RecordOutcome {
    Unknown,  // the look-up gave no answer
    None,     // no record of this kind
    Valid,    // exactly one, usable
    Invalid,  // one, but broken: senders act as if there were none
    Multiple, // more than one: senders act as if there were none
    Unusable, // one with right syntax that no sender can use (TLSRPT only)
};

[[nodiscard]] inline QByteArray recordOutcomeName(RecordOutcome outcome) // "valid"
{
    switch (outcome) {
    case RecordOutcome::None:
        return "none";
    case RecordOutcome::Valid:
        return "valid";
    case RecordOutcome::Invalid:
        return "invalid";
    case RecordOutcome::Multiple:
        return "multiple";
    case RecordOutcome::Unusable:
        return "unusable";
    case RecordOutcome::Unknown:
        break;
    }
    return "unknown";
}
