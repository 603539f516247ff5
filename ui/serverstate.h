// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was seen of one mail server, in one line: whether it encrypts, and whether its certificate is
// good for its name. The judge's words, not another judgement.

#include "base/severity.h"

#include <QString>

struct MailHost;
struct Survey;

struct ServerState
{
    enum class Kind {
        Waiting, // on its way
        NotTested,
        NoEncryption,
        Mismatch, // encrypts; no sender that checks accepts the certificate
        Matches,  // at every address
    };
    Kind kind = Kind::NotTested;
    QString text;   // whole line
    QString reason; // of Mismatch, NoEncryption and NotTested: a sentence or the network's words
};

/// "looking": somebody is, so what has not arrived is on its way. Not tested at one address is not
/// tested, unless another address is bad.
[[nodiscard]] ServerState serverState(const Survey &survey, const MailHost &host, bool looking);
