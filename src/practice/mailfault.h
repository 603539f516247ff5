// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What is wrong with what a server says, where TLS itself is not to blame.
enum class MailFault {
    None,
    NotSmtp,         // something else listens at the port
    NoEhlo,          // knows HELO only (RFC 5321 4.1.1.1)
    RefusesStartTls, // offers it, and says no
    TalksAhead,      // sends more behind its yes to STARTTLS, before TLS (RFC 3207 6)
};
