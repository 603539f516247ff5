// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The judgement of one fetch at one address of the policy host; policyhost.cpp puts them together.

#include "check/policyhost.h"

struct FetchVerdict
{
    PolicyHostOutcome outcome = PolicyHostOutcome::Unknown;
    QList<Issue> issues;
    [[nodiscard]] bool hasBody() const
    {
        return outcome == PolicyHostOutcome::Policy ||
               outcome == PolicyHostOutcome::PolicyWithError;
    }
};

/// `view` for the host's name and its aliases.
[[nodiscard]] FetchVerdict judgeFetch(const PolicyFetch &fetch, const PolicyHostView &view);
