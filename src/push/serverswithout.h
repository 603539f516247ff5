// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether the name servers of a zone have what was written (PUSH-8).

#include "provider/nameserverlook.h"
#include "provider/provider.h"

/// Those that do not give every set as `after` has it, or give no answer; printable. One round of questions.
[[nodiscard]] QStringList serversWithout(const QList<SetChange> &sets,
                                         const QList<NamedServer> &servers, const Cancel &cancel);
