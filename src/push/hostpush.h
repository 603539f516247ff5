// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Does a host step, and reads back what became of it.

#include "push/hoststep.h"

struct HostOutcome
{
    enum class State { NotDone, Done, PartlyDone, Unknown };
    State state = State::Unknown;
    Error trouble; // why it is not Done
};

/// Blocking; once it has begun to write it does not leave early.
[[nodiscard]] HostOutcome doHostStep(const HostStep &step, const Zone &zone, PolicyHost &host,
                                     const Cancel &cancel);
