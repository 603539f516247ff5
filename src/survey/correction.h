// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// When the answer that is to be believed corrects the quick one that connections were started on.
// Pure. An answer that is not known corrects nothing: the judges say what is wrong with it.

#include "dns/answer.h"

/// Other mail servers or preferences, or a "no" of another kind; the order of records is no news.
[[nodiscard]] bool namesOtherServers(const DnsAnswer &quick, const DnsAnswer &settled);
/// Other addresses, or another name that they belong to (DANE looks there, RFC 7672 2.2.2).
[[nodiscard]] bool hasOtherAddresses(const DnsAnswer &quick, const DnsAnswer &settled);
