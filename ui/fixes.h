// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From a finding to what mends it: a step of the assistant with the change filled in, or a text for
// whoever runs the server. Pure.

#include "check/finding.h"
#include "deploy/choices.h"
#include "steps.h"
#include "survey/survey.h"

struct Fix
{
    enum class Kind {
        None,        // nothing to do, or nothing but to check again
        Step,        // the assistant's
        Instruction, // not ours to change: a text to send
    };
    Kind kind = Kind::None;
    Step step = Step::Domain; // with Kind::Step
};

[[nodiscard]] Fix fixFor(const Finding &finding);
/// The choices with the finding mended as far as choices can: the server it names is listed, a wide
/// pattern replaced, a lifetime made sane. Unchanged where there is nothing to fill in.
[[nodiscard]] Choices mendedChoices(Choices choices, const Finding &finding, const Survey &survey);
/// Everything that somebody who has never seen this program needs: domain, what is wrong, what was
/// seen, what to do, the standard, when it was seen. Plain text.
[[nodiscard]] QString instructionFor(const Finding &finding, const DomainName &domain,
                                     const QDateTime &at);
