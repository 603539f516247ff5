// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The judges, one for a subject. Each is pure and adds findings for what has arrived; checks.cpp has
// the table of them. To add one: its file, a line here, a line there, its words, its test.

#include "check/checks.h"
#include "check/policyhost.h"

/// What a judge sees besides the survey: conclusions that several judges need, drawn once.
struct Context
{
    const Survey &survey;
    const LastSeen &lastSeen;
    RecordOutcome stsRecord = RecordOutcome::Unknown;
    PolicyHostJudgement policyHost; // Unknown until the survey has come to the host
    std::optional<Policy> policy;   // as senders would read it now
    bool stsIsAbsent = false;       // known: no record, and no policy file is served
    bool stsIsUndecided = false;    // whether MTA-STS is set up is not known yet
    bool daneIsActive = false;      // some mail server has secure TLSA records

    [[nodiscard]] bool hasStsRecord() const { return stsRecord == RecordOutcome::Valid; }
};

class Findings
{
public:
    explicit Findings(QList<Finding> &list)
        : m_list(list)
    {
    }
    /// Values and evidence are made printable here; no caller has to.
    void add(const QByteArray &id, Severity severity, Group group, const QString &subject,
             const QStringList &values = {}, const QString &evidence = {});
    void add(const QList<Issue> &issues, Group group, const QString &subject,
             const QString &evidence = {});

private:
    QList<Finding> &m_list;
};

/// "mx1.example.com", with the address where the host has several.
[[nodiscard]] QString subjectOf(const MailHost &host, const AddressLook &look);
/// A random name below the domain gives the same answer: nobody meant this one (STS-17).
[[nodiscard]] bool answersLikeWildcard(const Survey &survey, const DnsAnswer &answer);
/// The policy host is an alias of a name without any address (STS-89.host).
[[nodiscard]] bool isHostAliasDangling(const Survey &survey);
/// Whether the policy allows the mail server, and what that means in its mode (STS-70).
[[nodiscard]] Issue coverageOf(const Policy &policy, const QByteArray &host);
/// A failure that says something of the domain itself: broken signatures, endless aliases.
[[nodiscard]] bool isFaultOfDomain(const DnsAnswer &answer);

void judgeMx(const Context &context, Findings &findings);
void judgeDnssec(const Context &context, Findings &findings);
void judgeStsRecord(const Context &context, Findings &findings);
void judgeDelegation(const Context &context, Findings &findings);
void judgePolicyHost(const Context &context, Findings &findings);
void judgePolicy(const Context &context, Findings &findings);
void judgeMailHosts(const Context &context, Findings &findings);
void judgeDaneOfHosts(const Context &context, Findings &findings);
void judgeTlsRptRecord(const Context &context, Findings &findings);
void judgeCaaOfPolicyHost(const Context &context, Findings &findings);

/// For a look-up that gave no knowledge: error where that is the domain's fault, else unknown. True
/// when it found that.
bool judgeFailedLookup(const DnsAnswer &answer, Group group, const QString &subject,
                       Findings &findings);
