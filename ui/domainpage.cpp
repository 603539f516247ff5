// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainpage.h"

#include "draft.h"
#include "foundrows.h"
#include "session.h"
#include "texts.h"
#include "ui_domainpage.h"

#include <QHeaderView>
#include <QLineEdit>

namespace {

constexpr int TypingPauseMs = 600;

void fill(QTreeWidgetItem *item, const FoundRow &row)
{
    item->setText(0, row.name);
    item->setText(1, row.text);
    item->setIcon(0, row.result ? resultIcon(*row.result) : waitingIcon());
    if (row.result)
        item->setData(0, Qt::AccessibleTextRole,
                      severityWord(*row.result) + QStringLiteral(". ") + row.name);
    while (item->childCount() > row.parts.size())
        delete item->takeChild(item->childCount() - 1);
    for (int i = 0; i < row.parts.size(); ++i) {
        const bool isNew = i >= item->childCount();
        fill(isNew ? new QTreeWidgetItem(item) : item->child(i), row.parts.at(i));
        item->setExpanded(item->isExpanded() || isNew);
    }
}

} // namespace

DomainPage::DomainPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::DomainPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->domainField->placeBeside(ui->lookupButton);
    ui->foundView->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
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
    connect(ui->banner, &Banner::acted, this, &DomainPage::refresh);
    for (const auto signal :
         {&Session::lookStarted, &Session::surveyed, &Session::lookEnded, &Session::domainChanged})
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

DomainPage::Servers DomainPage::servers() const
{
    const Survey &survey = m_session.survey();
    const QString text = ui->domainField->edit()->text().trimmed();
    if (text.isEmpty())
        return Servers::NoDomain;
    if (text != QString::fromLatin1(m_session.domain().ascii()) &&
        ui->domainField->peek() != m_session.domain())
        return Servers::OtherTyped;
    if (survey.nullMx)
        return Servers::None;
    if (survey.hostsKnown)
        return survey.hosts.isEmpty() ? Servers::Unknown : Servers::Known;
    return m_session.isLooking() ? Servers::Looking : Servers::Unknown;
}

AssistantPage::State DomainPage::state() const
{
    const Servers known = servers();
    if (known == Servers::Known)
        return State::Ready;
    return known == Servers::Looking ? State::Loading : State::Incomplete;
}

QString DomainPage::reason() const
{
    switch (servers()) {
    case Servers::NoDomain:
        return tr("Type your mail domain.");
    case Servers::OtherTyped:
        return tr("Look this domain up first.");
    case Servers::Looking:
        return tr("Looking for the mail servers…");
    case Servers::Unknown:
        return tr("The mail servers are not known yet. Look up again.");
    case Servers::None:
        return tr("This domain receives no mail, so there is nothing to protect.");
    case Servers::Known:
        break;
    }
    return {};
}

bool DomainPage::goOn()
{
    const Servers known = servers();
    if (known == Servers::NoDomain || known == Servers::OtherTyped)
        lookUp();
    return state() == State::Ready;
}

void DomainPage::refresh()
{
    if (const auto domain = ui->domainField->take()) {
        ui->domainField->show(*domain);
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
    m_pause.stop();
    const auto domain = ui->domainField->take();
    if (!domain || (*domain == m_session.domain() && m_session.survey().hostsKnown))
        return;
    ui->domainField->show(*domain);
    m_session.setDomain(*domain);
    m_session.look();
}

void DomainPage::lookUpQuietly()
{
    if (const auto domain = ui->domainField->peek(); domain && *domain != m_session.domain()) {
        m_session.setDomain(*domain);
        m_session.look();
    }
    Q_EMIT changed();
}

void DomainPage::showFound()
{
    const bool looking = m_session.isLooking();
    const bool asked = looking || m_session.survey().finished;
    const QList<FoundRow> rows = asked ? foundRows(m_session.survey(), looking) : QList<FoundRow>();
    while (ui->foundView->topLevelItemCount() > rows.size())
        delete ui->foundView->takeTopLevelItem(ui->foundView->topLevelItemCount() - 1);
    for (int i = 0; i < rows.size(); ++i) {
        QTreeWidgetItem *item = ui->foundView->topLevelItem(i);
        fill(item ? item : new QTreeWidgetItem(ui->foundView), rows.at(i));
    }
    ui->progressBar->setVisible(looking);
    ui->progressBar->setMaximum(looking ? 0 : 1);
    ui->stopButton->setVisible(looking);
    showBanner();
    Q_EMIT changed();
}

void DomainPage::showBanner()
{
    const Survey &survey = m_session.survey();
    const QString domain = isolated(m_session.domain().display());
    QString status;
    if (survey.nullMx)
        ui->banner->tell(
                Severity::Warning,
                tr("%1 does not receive mail (its MX record says so). MTA-STS needs a mail "
                   "server.")
                        .arg(domain),
                tr("Look up &again"));
    else if (nothingAnswered(survey))
        ui->banner->tell(Severity::Error,
                         tr("Nothing answered. This computer seems to have no network connection."),
                         tr("&Try again"));
    else if (survey.mx && !survey.mx->isKnown() && !m_session.isLooking())
        ui->banner->tell(
                Severity::Unknown,
                tr("The mail servers of %1 could not be looked up: %2").arg(domain, survey.mx->why),
                tr("Look up &again"));
    else
        ui->banner->clear();
    if (survey.port25 == Port25::Blocked)
        status = tr("Your network blocks outgoing port 25, so the mail servers could not be tested "
                    "from here. You can go on.");
    else if (survey.cancelled)
        status = tr("Stopped. What was not reached is not tested.");
    ui->statusLabel->setText(status);
    ui->statusLabel->setVisible(!status.isEmpty());
}
