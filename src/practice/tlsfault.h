// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What is wrong with the TLS that a server speaks, its certificate aside.
enum class TlsFault {
    None,
    OnlyOld,          // TLS 1.1 and nothing newer (RFC 8996)
    RefusesVersion,   // no version in common: alert protocol_version
    RefusesName,      // does not know its own name: alert unrecognized_name (RFC 6066 3)
    NeedsName,        // the same for those who name no server
    FailsHandshake,   // nothing in common: alert handshake_failure
    WantsCertificate, // turns away who has none to show
};
