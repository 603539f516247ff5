// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reviewpage.h"

#include "publishwords.h"
#include "session.h"
#include "texts.h"
#include "ui_reviewpage.h"

#include <algorithm>

ReviewPage::ReviewPage(Session &session, QSettings &settings, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ReviewPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->planDetail->remember(settings);
    connect(ui->planView, &QTreeWidget::currentItemChanged, this, &ReviewPage::showPart);
    connect(ui->planDetail, &PlanDetail::copied, this, [this] {
        ui->statusLabel->setText(tr("Copied."));
        announce(ui->statusLabel);
    });
    connect(ui->banner, &Banner::acted, this, &ReviewPage::act);
    connect(&session, &Session::domainChanged, this, [this] { m_before.reset(); });
    for (const auto signal : {&Session::surveyed, &Session::judged, &Session::lookEnded})
        connect(&session, signal, this, [this] {
            if (isVisible())
                takeSurvey();
        });
}

ReviewPage::~ReviewPage() = default;

void ReviewPage::enter()
{
    ui->statusLabel->clear();
    if (!m_session.isLooking() && isComparable(m_session.survey()))
        m_before = liveState(m_session.survey());
    refresh();
    showPlan();
}

AssistantPage::State ReviewPage::state() const
{
    const bool isThere = m_isAnew && isComparable(m_session.survey());
    return m_session.isLooking() && !isThere ? State::Loading : State::Ready;
}

QString ReviewPage::reason() const
{
    return state() == State::Loading ? tr("Comparing with what is live…") : QString();
}

void ReviewPage::refresh()
{
    m_isAnew = false;
    m_session.look();
}

QWidget *ReviewPage::firstField()
{
    return ui->planView;
}

void ReviewPage::takeSurvey()
{
    m_isAnew = true;
    // What is copied here and what is saved later must carry the same id.
    if (m_session.aim() == Session::Aim::Remove && state() == State::Ready)
        m_session.settleRemoval();
    else if (state() == State::Ready)
        m_session.setChoices(handedOver(m_session.choices(), m_session.wanted()));
    showPlan();
}

void ReviewPage::showPlan()
{
    const QString domain = isolated(m_session.domain().display());
    ui->planDetail->setVisible(state() == State::Ready);
    if (state() == State::Loading) {
        ui->titleLabel->setText(tr("Review for %1").arg(domain));
        ui->banner->tell(Severity::Info, tr("Comparing with what is live…"));
        Q_EMIT changed();
        return;
    }
    m_parts = planParts(m_session.survey(), m_session.wanted());
    const int changes = int(std::count_if(m_parts.begin(), m_parts.end(), [](const PlanPart &part) {
        return part.kind != PlanPart::Kind::Keep;
    }));
    ui->titleLabel->setText(
            changes == 0 ? tr("Everything at %1 is already as you want it").arg(domain)
                         : tr("Review: %n change(s) for %1", nullptr, changes).arg(domain));
    ui->planView->show(m_parts);
    showPart();
    showBanner(changes);
    const Deployment wanted = m_session.wanted();
    QList<Issue> issues = planObstacles(m_session.survey(), wanted);
    if (!wanted.isRemoved())
        issues += advice(m_session.choices(), m_session.survey(), m_session.report(),
                         wanted.isDelegated() ? AdviceAbout::Reports : AdviceAbout::Everything,
                         m_session.kept(), m_session.now());
    ui->adviceList->show(issues);
    Q_EMIT changed();
}

void ReviewPage::showPart()
{
    const int row = ui->planView->currentPart();
    if (row >= 0 && row < m_parts.size())
        ui->planDetail->show(m_parts.at(row), m_session.wanted(), panelForm(m_session.survey()));
}

void ReviewPage::showBanner(int changes)
{
    const bool unknown = std::any_of(m_parts.begin(), m_parts.end(), [](const PlanPart &part) {
        return part.kind == PlanPart::Kind::NotCompared;
    });
    m_isEqual = changes == 0;
    if (m_before && hasChanged(*m_before, liveState(m_session.survey())))
        ui->banner->tell(
                Severity::Warning,
                tr("DNS or the policy file changed while you worked. What you see below is "
                   "compared with what is live now."));
    else if (unknown)
        ui->banner->tell(
                Severity::Unknown,
                tr("Not everything could be compared with what is live now. You can go on; "
                   "look at what is there before you replace it."),
                tr("C&ompare again"));
    else if (const auto removal = m_session.removal(); removal.step == Removal::Step::Wait) {
        const PublishWords words = waitWords(removal);
        ui->banner->tell(words.severity, words.text);
    } else if (m_isEqual)
        ui->banner->tell(Severity::Ok, tr("What is live is exactly what you want."),
                         tr("C&heck now"));
    else
        ui->banner->clear();
}

void ReviewPage::act()
{
    if (m_isEqual)
        Q_EMIT checkAsked();
    else
        refresh();
}
