// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainnotes.h"

#include "check/checks.h"
#include "deploy/proposal.h"
#include "draft.h"
#include "policytexts.h"
#include "preset/freemail.h"
#include "preset/mailprovider.h"
#include "texts.h"

#include <QCoreApplication>

namespace {

using Act = DomainMessage::Act;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(DomainPage)
};

QString lookAgain()
{
    return Texts::tr("Look up &again");
}

DomainMessage failure(const Survey &survey, bool looking)
{
    const QString domain = isolated(survey.domain.display());
    if (nothingAnswered(survey))
        return {Severity::Error,
                Texts::tr("Nothing answered. This computer seems to have no network connection."),
                Act::LookAgain, Texts::tr("Tr&y again")};
    if (survey.mx && !survey.mx->isKnown() && !looking)
        return {survey.mx->security == Security::Bogus ? Severity::Error : Severity::Unknown,
                Texts::tr("The mail servers of %1 could not be looked up: %2")
                        .arg(domain, survey.mx->why),
                Act::LookAgain, lookAgain()};
    switch (mailServersOf(survey, looking)) {
    case MailServers::NoDomain:
        return {Severity::Error,
                Texts::tr("%1 does not exist in the DNS. Check the spelling.").arg(domain),
                Act::LookAgain, lookAgain()};
    case MailServers::None:
        return {Severity::Warning,
                survey.nullMx
                        ? Texts::tr("%1 does not receive mail (its MX record says so). MTA-STS "
                                    "needs a mail server.")
                                  .arg(domain)
                        : Texts::tr("%1 does not receive mail (no MX record and no address). "
                                    "MTA-STS needs a mail server.")
                                  .arg(domain),
                Act::LookAgain, lookAgain()};
    default:
        return {};
    }
}

DomainMessage foreign(const Survey &survey)
{
    const QString owner = freeMailOwner(survey.domain.ascii());
    if (owner.isEmpty())
        return {};
    return {Severity::Warning,
            Texts::tr("%1 belongs to %2. Only its owner can set this up; you can still check it.")
                    .arg(isolated(survey.domain.display()), owner),
            Act::None,
            {}};
}

/// MTA-STS is there: from what the next pages start.
DomainMessage existing(const Survey &survey, const Choices &choices)
{
    const std::optional<Policy> live = livePolicy(survey);
    if (!live)
        return {};
    QStringList sentences{Texts::tr("MTA-STS is already set up here: mode “%1”, remembered for %2.")
                                  .arg(QString::fromLatin1(modeName(live->mode)),
                                       PolicyTexts::duration(live->maxAge))};
    const bool isFromLive = choices == afterAct(Act::TakeLive, survey, choices);
    sentences << (isFromLive ? Texts::tr("The next pages start from it, so that you can change it.")
                             : Texts::tr("The next pages hold what you chose."));
    return {Severity::Info, joined(sentences), isFromLive ? Act::None : Act::TakeLive,
            isFromLive ? QString() : Texts::tr("Start from what is li&ve")};
}

DomainMessage provided(const Survey &survey, const Choices &choices)
{
    const QList<QByteArray> names = mailServerNames(survey);
    const std::optional<MailProvider> provider = recogniseMailProvider(names);
    if (!provider)
        return {};
    const QString runs = Texts::tr("Your mail is run by %1.").arg(provider->name);
    const QList<MxPattern> exact = proposedPatterns(names, std::nullopt);
    const QList<MxPattern> recommended = proposedPatterns(names, provider);
    if (choices.mx == recommended && exact == recommended)
        return {Severity::Info,
                joined({runs, Texts::tr("The names are filled in.")}),
                Act::None,
                {}};
    if (choices.mx == recommended)
        return {Severity::Info,
                joined({runs, Texts::tr("The names that it recommends are filled in.")}),
                Act::TakeMxNames, Texts::tr("Use the names of the M&X records")};
    return {Severity::Info,
            joined({runs, choices.mx == exact
                                  ? Texts::tr("The names of the MX records are filled in.")
                                  : Texts::tr("The list of names is yours.")}),
            Act::TakeProviders, Texts::tr("Use the names that the &provider recommends")};
}

/// Of all findings those that say what kind of set-up this is. Faults are the check's.
bool explainsSetUp(const Finding &finding)
{
    return finding.rule() == "STS-12" || finding.rule() == "STS-72" || finding.rule() == "STS-89" ||
           finding.rule() == "DNS-4" || finding.rule() == "DNS-9" || finding.rule() == "DNS-10" ||
           finding.rule() == "DNS-15" || finding.rule() == "NMX-2";
}

} // namespace

MailServers mailServersOf(const Survey &survey, bool looking)
{
    if (survey.nullMx)
        return MailServers::None;
    if (!survey.hostsKnown)
        return looking ? MailServers::Looking : MailServers::Unknown;
    if (survey.mx && survey.mx->status == AnswerStatus::NoName)
        return MailServers::NoDomain;
    if (survey.hosts.isEmpty())
        return MailServers::Unknown;
    const MailHost &first = survey.hosts.constFirst();
    const auto absent = [](const std::optional<DnsAnswer> &answer) {
        return answer && answer->isAbsent();
    };
    // RFC 5321 5.1: without MX records the domain itself is tried, if it has an address.
    if (survey.implicitMx && absent(first.a) && absent(first.aaaa))
        return MailServers::None;
    return MailServers::Known;
}

QString whyNotOn(MailServers servers)
{
    switch (servers) {
    case MailServers::Looking:
        return Texts::tr("Looking for the mail servers…");
    case MailServers::Unknown:
        return Texts::tr("The mail servers are not known yet. Look up again.");
    case MailServers::NoDomain:
        return Texts::tr("This domain does not exist.");
    case MailServers::None:
        return Texts::tr("This domain receives no mail, so there is nothing to protect.");
    case MailServers::Known:
        break;
    }
    return {};
}

DomainMessage domainMessage(const Survey &survey, const Choices &choices, bool looking)
{
    if (survey.domain.isEmpty())
        return {};
    if (const DomainMessage message = failure(survey, looking); !message.text.isEmpty())
        return message;
    if (mailServersOf(survey, looking) != MailServers::Known)
        return {};
    for (const DomainMessage &message :
         {foreign(survey), existing(survey, choices), provided(survey, choices)}) {
        if (!message.text.isEmpty())
            return message;
    }
    return {};
}

Choices afterAct(Act act, const Survey &survey, Choices choices)
{
    const QList<QByteArray> names = mailServerNames(survey);
    switch (act) {
    case Act::TakeLive: {
        Choices live = proposedChoices(survey);
        live.hosting = choices.hosting; // neither is to be seen from outside
        live.delivery = choices.delivery;
        choices = live;
        break;
    }
    case Act::TakeMxNames:
        choices.mx = proposedPatterns(names, std::nullopt);
        break;
    case Act::TakeProviders:
        choices.mx = patternsAsFound(survey);
        break;
    case Act::LookAgain:
    case Act::None:
        break;
    }
    return choices;
}

QList<Told> domainNotes(const Report &report)
{
    QList<Told> notes;
    for (const Finding &finding : report.findings) {
        if (!explainsSetUp(finding) || finding.severity == Severity::Ok)
            continue;
        const Words words = wordsFor(finding);
        const Told note{finding.severity, joined({words.title, words.why})};
        if (!notes.contains(note))
            notes.append(note);
    }
    return notes;
}

QString domainStatus(const Survey &survey, bool looking, const QString &slowest)
{
    if (survey.port25 == Port25::Blocked)
        return Texts::tr("Your network blocks outgoing port 25, so the mail servers could not be "
                         "tested from here. You can go on.");
    if (survey.cancelled && !looking)
        return Texts::tr("Stopped. What was not reached is not tested.");
    return looking ? slowest : QString();
}
