// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What senders get from the policy host: from its addresses and the fetch at each of them to one
// outcome (RFC 8461 3.3; STS-45..61). Pure.

#include "mail/policy.h"
#include "mail/recordoutcome.h"
#include "survey/survey.h"

enum class PolicyHostOutcome {
    Unknown,         // cannot be judged from this computer
    Policy,          // the body is read
    PolicyWithError, // the body is read and shown, but deployed senders refuse it
    NoPolicy,        // the fetch fails for senders
    NotDiscovered,   // the file is there, but no record makes senders look for it
};

struct PolicyHostView
{
    QByteArray host; // mta-sts.example.com
    DnsAnswer a, aaaa;
    QList<PolicyFetch> fetches;
    RecordOutcome record = RecordOutcome::Unknown; // the TXT record that points here
};

struct PolicyHostJudgement
{
    PolicyHostOutcome outcome = PolicyHostOutcome::Unknown;
    QList<Issue> issues;                  // of the host and the fetch, not of the policy's text
    std::optional<QByteArray> body;       // set for Policy, PolicyWithError and NotDiscovered
    std::optional<PolicyReading> reading; // of body
};

[[nodiscard]] PolicyHostJudgement judgePolicyHost(const PolicyHostView &view);
/// Unknown, without issues, while the survey has not come to the host. STS-1 is left to the judge of
/// the record.
[[nodiscard]] PolicyHostJudgement judgePolicyHost(const Survey &survey);
/// The policy file as senders get it, as far as it was seen; empty if they do not.
[[nodiscard]] std::optional<QByteArray> servedBody(const Survey &survey);
