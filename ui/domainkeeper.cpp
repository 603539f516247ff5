// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainkeeper.h"

#include "keptdomains.h"
#include "session.h"

#include <QSettings>

namespace {

/// Most probably mistyped.
bool isMissing(const Survey &survey)
{
    return survey.mx && survey.mx->status == AnswerStatus::NoName;
}

} // namespace

DomainKeeper::DomainKeeper(Session &session, KeptDomains &kept, const QSettings &settings,
                           QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_kept(kept)
    , m_settings(settings)
{
    connect(&session, &Session::domainChanged, this, &DomainKeeper::restore);
    connect(&session, &Session::aimChanged, this, &DomainKeeper::restore);
    connect(&kept, &KeptDomains::loaded, this, &DomainKeeper::restore);
    connect(&session, &Session::lookEnded, this, &DomainKeeper::takeCheck);
    connect(&session, &Session::choicesChanged, this, &DomainKeeper::takeDraft);
    // Whatever else changes it (a check of all, forgetting): the next judgement compares with that.
    connect(&kept, &KeptDomains::changed, this, [this](const DomainName &domain) {
        if (domain == m_session.domain())
            restore();
    });
    // What is forgotten or discarded must not come back out of the session.
    const auto drop = [this](const DomainName &domain) {
        if (domain != m_session.domain())
            return;
        m_session.setKept(m_kept.find(domain));
        m_session.dropChoices();
    };
    connect(&kept, &KeptDomains::forgotten, this, drop);
    connect(&kept, &KeptDomains::draftDiscarded, this, drop);
}

void DomainKeeper::setPlace(Place place, const QByteArray &step)
{
    m_place = place;
    m_step = step;
    takeDraft();
}

void DomainKeeper::restore()
{
    if (m_session.domain().isEmpty())
        return;
    const KeptDomain kept = m_kept.find(m_session.domain());
    m_session.setKept(kept);
    if (!kept.draft || m_session.choicesAreTheUsers() || m_session.aim() == Session::Aim::Remove)
        return;
    m_isRestoring = true;
    m_session.setChoices(*kept.draft);
    m_isRestoring = false;
}

void DomainKeeper::takeCheck()
{
    const DomainName domain = m_session.domain();
    const bool remembers =
            m_settings.value(QStringLiteral("privacy/rememberChecked"), true).toBool();
    const bool isNewWorth = m_place == Place::Check && remembers && m_session.isComplete() &&
                            !isMissing(m_session.survey());
    const Session::Learnt learnt = m_session.learnt();
    const KeptDomain after = learnt(m_session.kept());
    m_session.setKept(after); // for this session at least
    if (m_kept.contains(domain) || (isNewWorth && after.lastCheck))
        m_kept.change(domain, learnt);
}

void DomainKeeper::takeDraft()
{
    const bool isBeyondDomain = !m_step.isEmpty() && m_step != "domain";
    if (m_isRestoring || m_place != Place::Assistant || !isBeyondDomain ||
        m_session.domain().isEmpty() || !m_session.choicesAreTheUsers())
        return;
    const Choices choices = m_session.choices();
    const bool isDone = isLive(choices, liveState(m_session.survey()));
    if (isDone && !m_kept.contains(m_session.domain()))
        return; // somebody only looked at what is there
    m_kept.change(m_session.domain(), [choices, isDone, step = m_step](KeptDomain kept) {
        kept.isSetUp = true;
        kept.draft = isDone ? std::nullopt : std::optional(choices);
        kept.draftStep = isDone ? QByteArray() : step;
        return kept;
    });
}
