// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishwords.h"

#include "base/printable.h"
#include "deploy/hostingoptions.h"
#include "pushparts.h"
#include "texts.h"

#include <QCoreApplication>

namespace {

class PublishPage // the context of the texts
{
    Q_DECLARE_TR_FUNCTIONS(PublishPage)
};

/// As a sentence of its own: what failed, and the details of the system in brackets.
QString withDetail(const Error &error)
{
    QString text = phrase(error);
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return error.detail.isEmpty() ? text : PublishPage::tr("%1 (%2)").arg(text, error.detail);
}

QString refused(const Publisher::Tested &tested)
{
    const Error &error = *tested.error;
    const QString service = serviceName(tested.account);
    switch (error.kind) {
    case Error::Kind::Refused:
        return joined({PublishPage::tr("%1 does not accept this token for this domain")
                               .arg(isolated(service)),
                       withDetail(error),
                       PublishPage::tr("Was it copied whole? Services show a token only once; you "
                                       "can make a new one.")});
    case Error::Kind::NotFound:
        return joined({withDetail(error),
                       PublishPage::tr("Choose the token of the account that has this domain.")});
    case Error::Kind::Network:
    case Error::Kind::Timeout:
        return joined({PublishPage::tr("%1 could not be asked").arg(isolated(service)),
                       withDetail(error), PublishPage::tr("Nothing is known about the token.")});
    default:
        return joined({withDetail(error)});
    }
}

} // namespace

QString serviceName(const Account &account)
{
    const ProviderInfo *info = providerInfo(account.provider);
    return info ? QString::fromLatin1(info->title) : QString::fromLatin1(account.provider);
}

QString nameServerText(const Survey &survey)
{
    if (const auto host = dnsHost(survey))
        return providerInfo(host->id)
                       ? PublishPage::tr("The name servers of this domain are those of %1.")
                                 .arg(isolated(host->name))
                       : PublishPage::tr("The name servers of this domain are those of %1, where "
                                         "the assistant cannot make changes.")
                                 .arg(isolated(host->name));
    if (survey.ns && survey.ns->isFound())
        return PublishPage::tr("The name servers of this domain belong to no service that the "
                               "assistant knows. If they are yours, PowerDNS or RFC 2136 may fit.");
    return PublishPage::tr("It could not be seen whose the name servers of this domain are.");
}

static QString signingText(TokenFacts::Signing signing)
{
    switch (signing) {
    case TokenFacts::Signing::Off:
        return PublishPage::tr("DNSSEC is off there; MTA-STS does not need it");
    case TokenFacts::Signing::Pending:
        return PublishPage::tr("DNSSEC waits there for its DS record at the registrar");
    case TokenFacts::Signing::On:
        return PublishPage::tr("DNSSEC is on there");
    case TokenFacts::Signing::Unknown:
        break;
    }
    return {};
}

PublishWords tokenWords(const Publisher::Tested &tested, const DomainName &domain,
                        const QLocale &locale)
{
    if (tested.error)
        return {tested.error->kind == Error::Kind::Network ||
                                tested.error->kind == Error::Kind::Timeout
                        ? Severity::Unknown
                        : Severity::Error,
                refused(tested)};
    const TokenFacts &facts = *tested.facts;
    if (!facts.missing.isEmpty())
        return {Severity::Error,
                PublishPage::tr("The token is good, but it lacks a permission: %1. Add it to the "
                                "token at %2, and test again.")
                        .arg(facts.missing.join(QStringLiteral(", ")),
                             isolated(serviceName(tested.account)))};
    QStringList sentences{PublishPage::tr("The token opens %1; nothing was written to try it")
                                  .arg(isolated(domain.display()))};
    Severity severity = Severity::Ok;
    if (facts.expires.isValid())
        sentences << PublishPage::tr("It is valid until %1")
                             .arg(locale.toString(facts.expires.toLocalTime().date(),
                                                  QLocale::LongFormat));
    if (facts.zonesSeen > 1) {
        severity = Severity::Info;
        sentences << PublishPage::tr("It can read %n other zone(s), too; a token for this domain "
                                     "alone is safer",
                                     nullptr, facts.zonesSeen - 1);
    }
    if (const QString signing = signingText(facts.signing); !signing.isEmpty())
        sentences << signing;
    if (tested.notKept) {
        severity = Severity::Warning;
        sentences << PublishPage::tr("It could not be kept (%1); it is used until you close the "
                                     "program")
                             .arg(phrase(*tested.notKept));
    }
    return {severity, joined(sentences)};
}

QString permissionText(const ProviderInfo &service, bool withHost)
{
    const QByteArray id = service.id;
    if (id == "cloudflare") {
        QStringList lines{QStringLiteral("Zone › Zone › Read"),
                          QStringLiteral("Zone › DNS › Edit")};
        if (withHost)
            lines << QStringLiteral("Account › Workers Scripts › Edit");
        return PublishPage::tr("The token needs these permissions, for this domain alone: %1.")
                .arg(lines.join(QStringLiteral(", ")));
    }
    if (id == "rfc2136")
        return PublishPage::tr("The key as in the configuration of the server: "
                               "algorithm:name:secret. It must be allowed to update _mta-sts and "
                               "_smtp._tls, and to transfer or query the zone.");
    if (id == "powerdns")
        return PublishPage::tr("The API key of the server (api-key). It may change every zone "
                               "there, so let nobody else reach that address.");
    return PublishPage::tr("Make a token that may write the records of this domain, and nothing "
                           "more where the service offers that.");
}

static QString removalTitle(const Publisher::Prepared &prepared, int changes)
{
    const QString domain = isolated(prepared.wanted.domain.display());
    if (prepared.removal.step == Removal::Step::Nothing)
        return PublishPage::tr("%1 has no MTA-STS to remove").arg(domain);
    if (prepared.isDeletion())
        return PublishPage::tr("Remove MTA-STS: %n change(s) for %1", nullptr, changes).arg(domain);
    return PublishPage::tr("Switch MTA-STS off: %n change(s) for %1", nullptr, changes).arg(domain);
}

QString planTitle(const Publisher::Prepared &prepared, int changes)
{
    const QString domain = isolated(prepared.wanted.domain.display());
    if (prepared.error)
        return PublishPage::tr("The changes for %1 are not known").arg(domain);
    if (prepared.isUndo())
        return PublishPage::tr("Put back: %n change(s) for %1", nullptr, changes).arg(domain);
    if (prepared.task == Publisher::Prepared::Task::Remove)
        return removalTitle(prepared, changes);
    if (prepared.plan.isEmpty() && prepared.plan.blockers.isEmpty())
        return PublishPage::tr("Everything at %1 is already as you want it").arg(domain);
    return PublishPage::tr("Publish: %n change(s) for %1", nullptr, changes).arg(domain);
}

PublishWords waitWords(const Removal &removal)
{
    if (!removal.until.isValid())
        return {Severity::Warning,
                PublishPage::tr("Do not delete yet: it is not known here until when servers may "
                                "still look for the policy.")};
    return {Severity::Warning,
            PublishPage::tr("Do not delete yet: until %1 servers may still look for the policy.")
                    .arg(QLocale().toString(firstFreeDay(removal.until), QLocale::LongFormat))};
}

PublishWords planWords(const Publisher::Prepared &prepared)
{
    if (prepared.error)
        return {prepared.error->kind == Error::Kind::Refused ? Severity::Error : Severity::Unknown,
                joined({withDetail(*prepared.error), PublishPage::tr("Nothing was changed.")})};
    if (!prepared.plan.blockers.isEmpty())
        return {Severity::Error, PublishPage::tr("Something stands in the way, see below. Nothing "
                                                 "is published before it is gone.")};
    if (waitsForFile(prepared.plan))
        return {Severity::Warning,
                PublishPage::tr("Other mail servers do not get the new policy file yet. Put it on "
                                "your server first, as the step before says: the records may only "
                                "follow it.")};
    if (prepared.removal.step == Removal::Step::Wait)
        return waitWords(prepared.removal);
    if (prepared.plan.isEmpty())
        return {Severity::Ok, PublishPage::tr("There is nothing to change.")};
    return {};
}

QString stepWord(PushEvent::Step step, const Plan &plan)
{
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    switch (step) {
    case PushEvent::Step::Host:
        return isWithdrawn ? PublishPage::tr("Take the policy file away")
                           : PublishPage::tr("Publish the policy file");
    case PushEvent::Step::Policy:
        return PublishPage::tr("Read the policy file as other mail servers do");
    case PushEvent::Step::Read:
        return PublishPage::tr("Look whether the records are still as they were shown");
    case PushEvent::Step::Write:
        return PublishPage::tr("Change the records");
    case PushEvent::Step::ReadBack:
        return PublishPage::tr("Read the records back from the service");
    case PushEvent::Step::Keys:
        return PublishPage::tr("Look once more at what the mail servers show");
    case PushEvent::Step::Senders:
        return PublishPage::tr("Prove the TLSA records by DNSSEC, as other mail servers do");
    case PushEvent::Step::Dns:
        break;
    }
    return PublishPage::tr("Ask every name server of the domain");
}

QString workTitle(const Publisher::Prepared &prepared)
{
    const QString domain = isolated(prepared.plan.domain.display());
    if (prepared.isUndo())
        return PublishPage::tr("Putting back for %1…").arg(domain);
    return prepared.isDeletion() ? PublishPage::tr("Removing for %1…").arg(domain)
                                 : PublishPage::tr("Publishing for %1…").arg(domain);
}

QString outcomeTitle(const Publisher::Done &done, const Publisher::Prepared &prepared)
{
    const QString domain = isolated(prepared.plan.domain.display());
    switch (done.outcome.state) {
    case Outcome::State::Nothing:
        return PublishPage::tr("Everything at %1 is already as you want it").arg(domain);
    case Outcome::State::Done:
        if (prepared.isUndo())
            return PublishPage::tr("The publishing for %1 is taken back").arg(domain);
        return prepared.isDeletion() ? PublishPage::tr("MTA-STS is removed from %1").arg(domain)
                                     : PublishPage::tr("Published for %1").arg(domain);
    case Outcome::State::NotInDns:
    case Outcome::State::NotProven:
        return PublishPage::tr("Published for %1, not yet everywhere").arg(domain);
    case Outcome::State::NotDone:
        return PublishPage::tr("Stopped: nothing was changed at %1").arg(domain);
    case Outcome::State::PartlyDone:
        return PublishPage::tr("Stopped: only a part was done at %1").arg(domain);
    case Outcome::State::Unknown:
        break;
    }
    return PublishPage::tr("It is not known what was done at %1").arg(domain);
}

PublishWords outcomeWords(const Publisher::Done &done, const Publisher::Prepared &prepared)
{
    const Outcome &outcome = done.outcome;
    QStringList sentences;
    if (outcome.trouble && outcome.serversWithout.isEmpty())
        sentences << withDetail(*outcome.trouble);
    switch (outcome.state) {
    case Outcome::State::Nothing:
        return {Severity::Ok, PublishPage::tr("There was nothing to change.")};
    case Outcome::State::Done:
        if (prepared.isDeletion() && !prepared.plan.writesHost())
            return {Severity::Ok,
                    PublishPage::tr("The record is gone at every name server of the domain. Now "
                                    "the policy file and the name %1 can be deleted, wherever they "
                                    "are served.")
                            .arg(isolated(
                                    QString::fromLatin1(prepared.plan.domain.child("mta-sts"))))};
        if (prepared.isUndo())
            return {Severity::Ok,
                    PublishPage::tr("Written, read back, and seen at every name server of the "
                                    "domain. A check says how the domain stands now.")};
        return {Severity::Ok,
                PublishPage::tr("Written, read back, and seen at every name server of the domain. "
                                "The next page looks at it as other mail servers do.")};
    case Outcome::State::NotInDns:
        if (!outcome.serversWithout.isEmpty())
            sentences << PublishPage::tr("Without the new records yet: %1")
                                 .arg(outcome.serversWithout.join(QStringLiteral(", ")));
        sentences << PublishPage::tr("The service has the records. The name servers need some "
                                     "minutes; the next page goes on looking.");
        return {Severity::Info, joined(sentences)};
    case Outcome::State::NotProven:
        sentences << PublishPage::tr("Every name server of the domain has the records. Resolvers "
                                     "remember old answers for a while; the next page goes on "
                                     "looking.");
        return {Severity::Info, joined(sentences)};
    case Outcome::State::NotDone:
        sentences << PublishPage::tr("Mail is not affected. Try again compares anew and shows what "
                                     "would be done.");
        return {Severity::Warning, joined(sentences)};
    case Outcome::State::PartlyDone:
        sentences << (outcome.isHostDone && outcome.done.isEmpty()
                              ? PublishPage::tr("The policy file is live, the records are as they "
                                                "were. Mail is not affected.")
                              : PublishPage::tr("What is done is marked below."));
        sentences << PublishPage::tr("Try again does the rest; undo takes back what was done.");
        return {Severity::Error, joined(sentences)};
    case Outcome::State::Unknown:
        break;
    }
    sentences << PublishPage::tr("The changes were sent, and what stands now could not be read. "
                                 "Try again looks first and does only what is missing.");
    return {Severity::Unknown, joined(sentences)};
}
