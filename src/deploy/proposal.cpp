// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/proposal.h"

#include "deploy/livestate.h"
#include "mail/tlsrptrecord.h"
#include "preset/mailprovider.h"

#include <algorithm>

QList<QByteArray> mailServerNames(const Survey &survey)
{
    QList<QByteArray> names;
    for (const MailHost &host : survey.hosts)
        names << host.name;
    return names;
}

QList<MxPattern> patternsAsFound(const Survey &survey)
{
    const QList<QByteArray> names = mailServerNames(survey);
    return proposedPatterns(names, recogniseMailProvider(names));
}

std::optional<Policy> livePolicy(const Survey &survey)
{
    const LiveState live = liveState(survey);
    return live.policyBody ? readPolicy(*live.policyBody).policy : std::nullopt;
}

/// The live lines stay, so that a move of servers can be gone through; what they leave out comes to
/// them, since the live MX records always win.
static QList<MxPattern> completed(QList<MxPattern> patterns, const Survey &survey)
{
    const QList<MxPattern> found = patternsAsFound(survey);
    for (const QByteArray &name : mailServerNames(survey)) {
        const auto covers = [&](const MxPattern &pattern) { return pattern.matches(name); };
        const auto missing = std::find_if(found.begin(), found.end(), covers);
        if (missing != found.end() && std::none_of(patterns.begin(), patterns.end(), covers))
            patterns.append(*missing);
    }
    return patterns;
}

Choices proposedChoices(const Survey &survey)
{
    Choices choices;
    choices.domain = survey.domain;
    choices.maxAge = defaultMaxAge(choices.mode);
    choices.mx = patternsAsFound(survey);
    if (const auto live = livePolicy(survey); live && live->mode != Policy::Mode::None) {
        choices.mode = live->mode;
        choices.maxAge = live->maxAge;
        choices.mx = completed(live->mx, survey);
    }
    const LiveState live = liveState(survey);
    if (!live.tlsRptText.isEmpty())
        choices.reportTo = readTlsRptRecords({live.tlsRptText}, survey.domain.ascii()).rua;
    if (choices.reportTo.isEmpty() && !survey.domain.isEmpty())
        choices.reportTo = {"mailto:tlsrpt@" + survey.domain.ascii()};
    return choices;
}

Choices switchedOffChoices(const Survey &survey)
{
    Choices choices = proposedChoices(survey);
    choices.mode = Policy::Mode::None;
    choices.maxAge = defaultMaxAge(Policy::Mode::None);
    if (const auto served = livePolicy(survey)) {
        choices.mx = served->mx;
        if (served->mode == Policy::Mode::None) // it is off already: nothing new is to be announced
            choices.maxAge = served->maxAge;
    }
    return choices;
}

Circumstances circumstances(const Survey &survey)
{
    Circumstances known;
    known.mxKnown = survey.hostsKnown;
    known.mxCut = survey.mx && survey.mx->cut;
    known.mxHosts = mailServerNames(survey);
    known.implicitMx = survey.implicitMx;
    known.nullMx = survey.nullMx;
    const LiveState live = liveState(survey);
    known.liveKnown = live.policyKnown;
    if (live.policyBody) {
        if (const auto policy = readPolicy(*live.policyBody).policy)
            known.liveMode = policy->mode;
    }
    known.reportsKnown = live.tlsRptKnown;
    if (!live.tlsRptText.isEmpty())
        known.liveReportTo = readTlsRptRecords({live.tlsRptText}, survey.domain.ascii()).rua;
    return known;
}
