// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many domains side by side.

#include "survey/look.h"

#include <optional>

/// Blocking; looks at every domain that `next` gives, about `jobs` at a time. Domains that only wait
/// for a dead server are counted apart and others let in, so that they do not starve the rest.
/// `next` and, as each ends, `onFinished` are called from other threads, neither twice at once. Ends
/// early on cancel.
void lookAtMany(const std::function<std::optional<DomainName>()> &next, int jobs,
                const LookOptions &options, const Doors &doors, const Cancel &cancel,
                const std::function<void(const Survey &)> &onFinished);

/// How many domains this machine works on at a time.
[[nodiscard]] int defaultJobs();
