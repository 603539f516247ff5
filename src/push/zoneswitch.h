// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Has the service sign a zone, for both faces. Blocking.

#include "provider/zonesigning.h"

/// Refused, with a sentence: the zone is not to be switched on from here, or how it is signed is not known.
/// Nothing where it can be, or is on already.
[[nodiscard]] std::optional<Error> whyNotSwitchedOn(const Zone &zone,
                                                    const ZoneSigningState &state);
/// Switches it on where `state` says that it is off, and asks what is so then: a service that says yes is no
/// proof. Refused as above, and where it is not on after that.
[[nodiscard]] Result<ZoneSigningState> switchedOn(ZoneSigning &signing, const Zone &zone,
                                                  const ZoneSigningState &state,
                                                  const Cancel &cancel);
