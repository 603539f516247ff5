// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportspage.h"

#include "base/printable.h"
#include "draft.h"
#include "session.h"
#include "texts.h"
#include "ui_reportspage.h"

#include <QSignalBlocker>

#include <algorithm>

ReportsPage::ReportsPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ReportsPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->addressesEditor->setUp(QStringLiteral("address"), m_addresses, ui->addressesLabel);
    ui->addressesEditor->setNames(tr("Report addresses"), tr("Address to add"),
                                  tr("tlsrpt@example.org or https://…"));
    ui->addressesEditor->switchTo(session.domain().ascii());
    connect(ui->reportsCheck, &QCheckBox::toggled, this, &ReportsPage::setAddresses);
    connect(&m_addresses, &RowsModel::edited, this, &ReportsPage::setAddresses);
    connect(ui->addressesEditor, &RowEditor::changed, this, &AssistantPage::changed);
    connect(&session, &Session::choicesChanged, this, &ReportsPage::showChoices);
    connect(&session, &Session::judged, this, &ReportsPage::showChoices);
    connect(&session, &Session::domainChanged, this, [this] {
        const QSignalBlocker quiet(ui->reportsCheck);
        ui->reportsCheck->setChecked(false);
        ui->addressesEditor->switchTo(m_session.domain().ascii());
    });
}

ReportsPage::~ReportsPage() = default;

void ReportsPage::enter()
{
    showChoices();
}

AssistantPage::State ReportsPage::state() const
{
    return reason().isEmpty() ? State::Ready : State::Incomplete;
}

QString ReportsPage::reason() const
{
    if (!ui->reportsCheck->isChecked())
        return {};
    if (const QString pending = ui->addressesEditor->pending(); !pending.isEmpty())
        return tr("“%1” is not in the list yet.").arg(isolated(printable(pending, 60)));
    if (const QStringList broken = m_addresses.broken(); !broken.isEmpty())
        return tr("“%1” is no address that reports can be sent to.")
                .arg(isolated(printable(broken.constFirst(), 60)));
    if (m_session.choices().reportTo.isEmpty())
        return tr("Add an address, or untick the box above.");
    return {};
}

bool ReportsPage::goOn()
{
    // An address that was typed and not added is what the user means.
    if (ui->reportsCheck->isChecked() && !ui->addressesEditor->addPending())
        return false;
    const bool isReady = state() == State::Ready;
    if (!isReady)
        ui->addressesEditor->focusRow(m_addresses.firstBroken());
    return isReady;
}

void ReportsPage::refresh()
{
    m_session.look();
}

QWidget *ReportsPage::firstField()
{
    return ui->reportsCheck;
}

void ReportsPage::setAddresses()
{
    Choices choices = m_session.choices();
    const bool wanted = ui->reportsCheck->isChecked();
    // Ticked for the first time: what is live, or the usual address.
    if (wanted && m_addresses.rowCount() == 0 && sender() == ui->reportsCheck)
        choices.reportTo = proposedChoices(m_session.survey()).reportTo;
    else
        choices.reportTo = wanted ? m_addresses.uris() : QList<QByteArray>();
    if (choices != m_session.choices())
        m_session.setChoices(choices);
    showChoices();
}

void ReportsPage::showChoices()
{
    const QList<QByteArray> &addresses = m_session.choices().reportTo;
    const QSignalBlocker quiet(ui->reportsCheck);
    const bool isEmptiedElsewhere = addresses.isEmpty() && !m_addresses.uris().isEmpty();
    // With the box ticked and no address left, the box stays: the user is about to type one.
    if (!addresses.isEmpty() || isEmptiedElsewhere)
        ui->reportsCheck->setChecked(!addresses.isEmpty());
    const bool wanted = ui->reportsCheck->isChecked();
    // While the box is not ticked the rows stay for the time it is ticked again.
    m_addresses.show(wanted ? addresses : m_addresses.uris(),
                     circumstances(m_session.survey()).liveReportTo, m_session.domain().ascii());
    ui->addressesEditor->fitColumns();
    ui->addressesEditor->setEnabled(wanted);
    ui->addressesLabel->setEnabled(wanted);
    showAdvice();
}

void ReportsPage::showAdvice()
{
    QList<Issue> issues = advice(m_session.choices(), m_session.survey(), m_session.report(),
                                 AdviceAbout::Reports, m_session.kept(), m_session.now());
    const auto isAboutEnforce = [](const Issue &issue) { return issue.id == "RPT-1.enforce"; };
    const auto lost = std::find_if(issues.begin(), issues.end(), isAboutEnforce);
    if (lost == issues.end())
        ui->banner->clear();
    else
        ui->banner->tell(lost->severity, issueText(*lost));
    issues.removeIf(isAboutEnforce);
    ui->adviceList->show(issues);
    Q_EMIT changed();
}
