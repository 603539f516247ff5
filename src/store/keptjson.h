// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KeptDomain as a JSON document, schema "mta-sts-domain/1".
//
// Whatever stands in the file is untrusted: what is not of its type or range counts as not there.
// Members this program does not know are kept and written back, those of the draft too. A document of
// a later schema ("mta-sts-domain/2") is read as far as it is understood and marked isFromNewer.

#include "base/error.h"
#include "store/jsonfields.h"
#include "store/keptdomain.h"

[[nodiscard]] QByteArray writeKept(const KeptDomain &kept);
/// Malformed: no JSON object, another schema, no domain, or over KeptLimits::File.
[[nodiscard]] Result<KeptDomain> readKept(const QByteArray &octets);
