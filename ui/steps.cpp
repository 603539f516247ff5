// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps.h"

#include "danepage.h"
#include "deliverpage.h"
#include "domainpage.h"
#include "hostingpage.h"
#include "policypage.h"
#include "proofpage.h"
#include "publisher.h"
#include "publishpage.h"
#include "reportspage.h"
#include "reviewpage.h"
#include "servicepage.h"
#include "session.h"

#include <QCoreApplication>

namespace {

constexpr const char *Names[] = {"domain",  "policy", "reports", "dane",    "hosting",
                                 "service", "review", "deliver", "publish", "proof"};

/// A page that is opened before anything is known of the domain finds the look under way.
void lookIfNeeded(Session &session)
{
    if (!session.domain().isEmpty() && !session.isLooking() && !session.survey().at.isValid())
        session.look();
}

/// Every step but the first needs a domain that receives mail; the first page says what is missing.
bool canOpen(const Session &session)
{
    const Survey &survey = session.survey();
    if (session.aim() != Session::Aim::SetUp) // what a domain without mail has is to go, too
        return !session.domain().isEmpty();
    return !session.domain().isEmpty() && !(survey.hostsKnown && survey.hosts.isEmpty());
}

/// Nothing is chosen when something is taken away.
QString notForThisAim(const Session &session)
{
    switch (session.aim()) {
    case Session::Aim::SetUp:
        return {};
    case Session::Aim::Remove:
        return QCoreApplication::translate("AssistantView", "not needed to remove");
    case Session::Aim::Undo:
        break;
    }
    return QCoreApplication::translate("AssistantView", "not needed to undo");
}

QString policySkipped(const Session &session)
{
    if (session.aim() != Session::Aim::SetUp)
        return notForThisAim(session);
    return session.choices().hosting == Hosting::Delegated
                   ? QCoreApplication::translate("AssistantView", "made by your mail provider")
                   : QString();
}

QString daneNeedless(const Session &session)
{
    const Choices &choices = session.choices();
    if (session.aim() != Session::Aim::SetUp || session.isDaneAsked() || !choices.tlsa.isEmpty() ||
        !choices.tlsaGone.isEmpty()) // what is ticked must be in sight
        return notForThisAim(session);
    return daneSkipped(serverZones(session.survey()));
}

QString byHandSkipped(const Session &session, const Publisher &publisher)
{
    if (session.aim() == Session::Aim::Undo)
        return notForThisAim(session);
    return publisher.isReady() ? QCoreApplication::translate("AssistantView", "with Publish")
                               : QString();
}

/// A service that makes the changes still needs somebody to carry the file to another host.
QString deliverSkipped(const Session &session, const Publisher &publisher)
{
    if (session.aim() == Session::Aim::Undo || isAnnouncedOff(session.removal().step))
        return notForThisAim(session);
    const bool isDoneThere =
            publisher.isReady() && (publisher.hostsFile() || session.wanted().isAliased());
    return isDoneThere ? QCoreApplication::translate("AssistantView", "not needed") : QString();
}

QString publishSkipped(const Publisher &publisher)
{
    return publisher.isReady() ? QString()
                               : QCoreApplication::translate("AssistantView", "needs a token");
}

} // namespace

QList<AssistantView::Step> assistantSteps(Session &session, Publisher &publisher,
                                          QSettings &settings)
{
    const auto title = [](const char *text) {
        return QCoreApplication::translate("AssistantView", text);
    };
    const auto open = [&session] {
        lookIfNeeded(session);
        return canOpen(session);
    };
    return {
            {title(QT_TRANSLATE_NOOP("AssistantView", "Domain")),
             [&session] { return new DomainPage(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Policy")),
             [&session] { return new PolicyPage(session); }, open,
             [&session] { return policySkipped(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Reports")),
             [&session] { return new ReportsPage(session); }, open,
             [&session] { return notForThisAim(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "DANE")),
             [&session, &publisher] { return new DanePage(session, publisher); }, open,
             [&session] { return daneNeedless(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Hosting")),
             [&session] { return new HostingPage(session); }, open,
             [&session] { return notForThisAim(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "DNS")),
             [&session, &publisher] { return new ServicePage(session, publisher); }, open},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Review")),
             [&session, &settings] { return new ReviewPage(session, settings); }, open,
             [&session, &publisher] { return byHandSkipped(session, publisher); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Deliver")),
             [&session, &settings] { return new DeliverPage(session, settings); }, open,
             [&session, &publisher] { return deliverSkipped(session, publisher); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Publish")),
             [&session, &publisher, &settings] {
                 return new PublishPage(session, publisher, settings);
             },
             open, [&publisher] { return publishSkipped(publisher); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Proof")),
             [&session] { return new ProofPage(session); }, open},
    };
}

QByteArray stepName(Step step)
{
    return Names[int(step)];
}

std::optional<Step> stepFromName(const QByteArray &name)
{
    for (int i = 0; i < int(std::size(Names)); ++i) {
        if (name == Names[i])
            return Step(i);
    }
    return std::nullopt;
}
