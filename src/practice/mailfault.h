// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What is wrong with what a server says, where TLS itself is not to blame.
enum class MailFault {
    None,
    NotSmtp,           // something else listens at the port
    NeverTakesMail,    // says so in its greeting (RFC 7504 3)
    NoEhlo,            // knows HELO only (RFC 5321 4.1.1.1)
    FirstLineOnly,     // STARTTLS stands where its name belongs (RFC 5321 4.1.1.1)
    StartTlsParameter, // STARTTLS has words behind it
    StartTlsMasked,    // a firewall wrote over the word
    TwoCodes,          // one reply with two codes (RFC 5321 4.2.1)
    OddCode,           // a code that is none (RFC 5321 4.2)
    ShortCode,         // two digits (RFC 5321 4.2)
    OtherReply,        // a reply that belongs to another command
    EndlessReply,
    RefusesStartTls,        // offers it, and says no for now
    RefusesStartTlsForGood, // offers it, and does not know it
    ClosesAtStartTls,       // offers it, and hangs up
    TalksAhead,             // sends more behind its yes to STARTTLS, before TLS (RFC 3207 6)
};
