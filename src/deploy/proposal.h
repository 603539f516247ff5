// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Choices to start from: what is live already, and the recommended beginning where nothing is. Pure.

#include "deploy/advice.h"
#include "survey/survey.h"

/// Mail servers as they stand in MX records; the domain itself where there is none.
[[nodiscard]] QList<QByteArray> mailServerNames(const Survey &survey);
/// mx lines for these servers, the provider's recommended ones where it is known.
[[nodiscard]] QList<MxPattern> patternsAsFound(const Survey &survey);
/// The policy that senders can fetch now.
[[nodiscard]] std::optional<Policy> livePolicy(const Survey &survey);
/// What is live already, and the recommended start where nothing is.
[[nodiscard]] Choices proposedChoices(const Survey &survey);
/// Mode none for what is served now, to wind it down (RFC 8461 8.3); the reports go on.
[[nodiscard]] Choices switchedOffChoices(const Survey &survey);
/// What the survey knows of the circumstances; the last check's problems and how long testing has
/// run are known elsewhere.
[[nodiscard]] Circumstances circumstances(const Survey &survey);
