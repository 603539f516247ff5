// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The real look and judge over a world made of data. What is found depends on the domain's first label:
//   good      everything right, enforce            mixed     one finding of every kind
//   fresh     mail servers, nothing set up         testing   a testing policy is live
//   blocked   port 25 does not answer anywhere     offline   nothing answers
//   slow      mail servers hang until cancelled    deaf      DNS hangs until cancelled
//   null      receives no mail                     failed    DNS answers SERVFAIL
//   google    mail at Google, DNS at Cloudflare  delegated _mta-sts is an alias to a provider
//   implicit  no MX record, an address           nomail    neither MX record nor address
//   noname    does not exist                     bogus     broken DNSSEC signatures
//   dane      a signed zone; mx1 has its TLSA record and one left over, mx2 has none
//   many      as many MX rows as are looked at, and more
//   crowd     300 mail servers, 40 of them in the policy
//   hostile   markup and place holders in every remote text

#include "session.h"

/// `delayMs` before every DNS answer.
[[nodiscard]] Engine fakeEngine(int delayMs = 0);
