// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostingpage.h"

#include "hostingwords.h"
#include "session.h"
#include "texts.h"
#include "ui_hostingpage.h"

HostingPage::HostingPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::HostingPage>())
    , m_session(session)
{
    ui->setupUi(this);
    using Kind = HostingGroup::Kind;
    for (const Kind kind :
         {Kind::Worker, Kind::WebServer, Kind::StaticSite, Kind::Provider, Kind::ByHand})
        connect(button(kind), &QCommandLinkButton::clicked, this, [this, kind] { choose(kind); });
    connect(ui->setupBox, &HostingSetup::chosen, this, &HostingPage::setHosting);
    for (const auto signal : {&Session::surveyed, &Session::choicesChanged, &Session::lookEnded})
        connect(&session, signal, this, [this] {
            if (isVisible())
                showGroups();
        });
}

HostingPage::~HostingPage() = default;

void HostingPage::enter()
{
    showGroups();
}

AssistantPage::State HostingPage::state() const
{
    return chosenGroup() ? State::Ready : State::Incomplete;
}

QString HostingPage::reason() const
{
    return chosenGroup() ? QString() : tr("Choose where the file will live.");
}

bool HostingPage::goOn()
{
    if (!chosenGroup())
        firstField()->setFocus();
    return chosenGroup() != nullptr;
}

void HostingPage::refresh()
{
    m_session.look();
}

QWidget *HostingPage::firstField()
{
    const HostingGroup *chosen = chosenGroup();
    return button(chosen ? chosen->kind : m_groups.constFirst().kind);
}

QCommandLinkButton *HostingPage::button(HostingGroup::Kind kind) const
{
    switch (kind) {
    case HostingGroup::Kind::Worker:
        return ui->workerButton;
    case HostingGroup::Kind::WebServer:
        return ui->webserverButton;
    case HostingGroup::Kind::StaticSite:
        return ui->pagesButton;
    case HostingGroup::Kind::Provider:
        return ui->delegateButton;
    case HostingGroup::Kind::ByHand:
        break;
    }
    return ui->manualButton;
}

const HostingGroup *HostingPage::chosenGroup() const
{
    for (const HostingGroup &group : m_groups) {
        if (group.hostings.contains(m_session.choices().hosting))
            return &group;
    }
    return nullptr;
}

/// What has several forms stays on the page, so that the form can be chosen and read.
void HostingPage::choose(HostingGroup::Kind kind)
{
    for (const HostingGroup &group : std::as_const(m_groups)) {
        if (group.kind != kind)
            continue;
        const bool again = group.hostings.contains(m_session.choices().hosting);
        const bool isSingle = group.hostings.size() == 1;
        if (!again)
            setHosting(group.hostings.constFirst());
        if (isSingle || again)
            Q_EMIT nextAsked();
        else
            ui->setupBox->focusKinds();
        return;
    }
}

void HostingPage::setHosting(Hosting hosting)
{
    Choices choices = m_session.choices();
    choices.hosting = hosting;
    m_session.setChoices(choices);
}

void HostingPage::showGroups()
{
    m_groups = hostingGroups(m_session.survey());
    ui->addressLabel->setText(
            isolated(QStringLiteral("https://mta-sts.%1/.well-known/mta-sts.txt")
                             .arg(QString::fromLatin1(m_session.domain().ascii()))));
    QWidget *before = nullptr;
    ui->delegateButton->hide();
    for (const HostingGroup &group : std::as_const(m_groups)) {
        QCommandLinkButton *link = button(group.kind);
        ui->choicesLayout->addWidget(link); // moves it to the end
        showGroup(group);
        if (before)
            setTabOrder(before, link);
        before = link;
    }
    ui->setupBox->placeAfter(before);
    const HostingGroup *chosen = chosenGroup();
    ui->setupBox->setVisible(chosen != nullptr);
    if (chosen)
        ui->setupBox->show(*chosen, m_session.wanted(), liveState(m_session.survey()));
    Q_EMIT changed();
}

void HostingPage::showGroup(const HostingGroup &group)
{
    QCommandLinkButton *link = button(group.kind);
    const HostingWords words = hostingWords(group);
    const bool isChosen = group.hostings.contains(m_session.choices().hosting);
    link->setText(isChosen ? tr("%1 (chosen)").arg(words.title) : words.title);
    link->setDescription(joined({hostingWhy(group), words.needs}));
    link->setAccessibleDescription(link->description());
    link->setIcon(isChosen ? resultIcon(Severity::Ok) : QIcon());
    link->show();
}
