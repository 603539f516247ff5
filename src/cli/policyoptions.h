// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The options that say which policy is wanted; what they leave open stays as it is live.

#include "base/error.h"
#include "check/finding.h"
#include "deploy/choices.h"
#include "survey/survey.h"

class QCommandLineParser;

void addPolicyOptions(QCommandLineParser &parser);
/// Why the mail provider of this domain cannot make its policy, where LiveState::canDelegate() says no.
[[nodiscard]] QString noDelegation(const DomainName &domain);
/// Without a host. Malformed: a word is wrong. Network, NotFound: the mail servers are not known.
[[nodiscard]] Result<Choices> chosenPolicy(const QCommandLineParser &parser, const Survey &survey);
/// What is unwise about the choices.
[[nodiscard]] QList<Finding> adviceOn(const Choices &choices, const Survey &survey);
