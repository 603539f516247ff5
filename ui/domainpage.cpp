// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainpage.h"

#include "domainnotes.h"
#include "session.h"
#include "ui_domainpage.h"

#include <QLineEdit>

DomainPage::DomainPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::DomainPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->domainField->placeBeside(ui->lookupButton);
    ui->domainField->setExplaining(true);
    ui->domainLabel->setBuddy(ui->domainField->edit());
    m_pause.setSingleShot(true);
    m_pause.setInterval(TypingPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &DomainPage::lookUpQuietly);
    connect(ui->domainField, &DomainField::edited, this, [this] {
        m_pause.start();
        Q_EMIT changed();
    });
    connect(ui->domainField, &DomainField::confirmed, this, &DomainPage::lookUp);
    connect(ui->lookupButton, &QPushButton::clicked, this, &DomainPage::refresh);
    connect(ui->stopButton, &QPushButton::clicked, &session, &Session::stop);
    connect(ui->banner, &Banner::acted, this, &DomainPage::act);
    connect(ui->foundView, &FoundView::ticked, this, &DomainPage::showStatus);
    connect(&session, &Session::choicesChanged, this, &DomainPage::showBanner);
    for (const auto signal : {&Session::lookStarted, &Session::surveyed, &Session::judged,
                              &Session::lookEnded, &Session::domainChanged})
        connect(&session, signal, this, &DomainPage::showFound);
}

DomainPage::~DomainPage() = default;

void DomainPage::enter()
{
    if (!m_session.domain().isEmpty()) {
        ui->domainField->show(m_session.domain());
        if (!m_session.isLooking() && !m_session.survey().hostsKnown)
            m_session.look();
    }
    showFound();
}

/// Text that is no domain yet goes with the user.
void DomainPage::leave()
{
    const bool isDomain = ui->domainField->holds(m_session.domain());
    m_session.setTyped(isDomain ? QString() : ui->domainField->edit()->text().trimmed());
}

AssistantPage::State DomainPage::state() const
{
    if (!ui->domainField->holds(m_session.domain()))
        return State::Incomplete;
    const MailServers servers = mailServersOf(m_session.survey(), m_session.isLooking());
    if (servers == MailServers::Known)
        return State::Ready;
    return servers == MailServers::Looking ? State::Loading : State::Incomplete;
}

QString DomainPage::reason() const
{
    if (ui->domainField->edit()->text().trimmed().isEmpty())
        return tr("Type your mail domain.");
    if (!ui->domainField->holds(m_session.domain()))
        return tr("Look this domain up first.");
    return whyNotOn(mailServersOf(m_session.survey(), m_session.isLooking()));
}

bool DomainPage::goOn()
{
    if (!ui->domainField->holds(m_session.domain()))
        lookUp();
    return state() == State::Ready;
}

void DomainPage::refresh()
{
    m_pause.stop();
    if (const auto domain = ui->domainField->take()) {
        m_session.setDomain(*domain);
        m_session.look();
    }
}

QWidget *DomainPage::firstField()
{
    return ui->domainField;
}

void DomainPage::lookUp()
{
    const bool isUnderWay = m_session.isLooking() || m_session.survey().hostsKnown;
    if (!ui->domainField->holds(m_session.domain()) || !isUnderWay)
        refresh();
    else
        (void)ui->domainField->take(); // says what is special about the name
}

void DomainPage::lookUpQuietly()
{
    ui->domainField->explainQuietly();
    if (const auto domain = ui->domainField->peek(); domain && *domain != m_session.domain()) {
        m_session.setDomain(*domain);
        m_session.look();
    }
    Q_EMIT changed();
}

void DomainPage::act()
{
    const DomainMessage::Act act =
            domainMessage(m_session.survey(), m_session.choices(), m_session.isLooking()).act;
    if (act == DomainMessage::Act::LookAgain)
        refresh();
    else
        m_session.setChoices(afterAct(act, m_session.survey(), m_session.choices()));
}

void DomainPage::showFound()
{
    const bool looking = m_session.isLooking();
    const bool asked = looking || m_session.survey().finished;
    ui->foundView->show(asked ? foundRows(m_session.survey(), looking) : QList<FoundRow>());
    ui->notesList->tell(domainNotes(m_session.report()));
    ui->progressBar->setVisible(looking);
    ui->progressBar->setMaximum(looking ? 0 : 1);
    ui->stopButton->setVisible(looking);
    showStatus();
    showBanner();
    Q_EMIT changed();
}

void DomainPage::showStatus()
{
    const QString status =
            domainStatus(m_session.survey(), m_session.isLooking(), ui->foundView->slowest());
    ui->statusLabel->setText(status);
    ui->statusLabel->setVisible(!status.isEmpty());
}

void DomainPage::showBanner()
{
    const DomainMessage message =
            domainMessage(m_session.survey(), m_session.choices(), m_session.isLooking());
    if (message.text.isEmpty())
        ui->banner->clear();
    else
        ui->banner->tell(message.severity, message.text, message.action);
}
