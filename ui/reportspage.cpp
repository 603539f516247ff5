// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportspage.h"

#include "base/printable.h"
#include "draft.h"
#include "mail/tlsrptrecord.h"
#include "session.h"
#include "texts.h"
#include "ui_reportspage.h"

#include <QSignalBlocker>

ReportsPage::ReportsPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ReportsPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->addressEdit->setLayoutDirection(Qt::LeftToRight);
    ui->messageLabel->hide();
    connect(ui->reportsCheck, &QCheckBox::toggled, this, &ReportsPage::setWanted);
    connect(ui->addAddressButton, &QPushButton::clicked, this, &ReportsPage::addAddress);
    connect(ui->addressEdit, &QLineEdit::textChanged, this, [this] {
        ui->messageLabel->hide();
        Q_EMIT changed();
    });
    connect(ui->removeAddressButton, &QPushButton::clicked, this, &ReportsPage::removeAddress);
    connect(&session, &Session::choicesChanged, this, &ReportsPage::showChoices);
    connect(&session, &Session::judged, this, &ReportsPage::showAdvice);
    connect(&session, &Session::domainChanged, this, [this] { m_unwanted.clear(); });
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
    if (!ui->addressEdit->text().trimmed().isEmpty())
        return tr("“%1” is not in the list yet. Add it, or clear the field.")
                .arg(printable(ui->addressEdit->text(), 60));
    if (m_session.choices().reportTo.isEmpty())
        return tr("Add an address, or untick the box above.");
    return {};
}

bool ReportsPage::goOn()
{
    // A single address that was typed and not added is what the user means.
    if (ui->reportsCheck->isChecked() && !ui->addressEdit->text().trimmed().isEmpty())
        addAddress();
    return state() == State::Ready;
}

QWidget *ReportsPage::firstField()
{
    return ui->reportsCheck;
}

void ReportsPage::setWanted(bool wanted)
{
    if (wanted) {
        setAddresses(m_unwanted);
    } else {
        m_unwanted = m_session.choices().reportTo;
        setAddresses({});
    }
    showChoices();
}

void ReportsPage::setAddresses(const QList<QByteArray> &addresses)
{
    Choices choices = m_session.choices();
    choices.reportTo = addresses;
    m_session.setChoices(choices);
}

void ReportsPage::addAddress()
{
    const TypedReportAddress typed = parseReportAddress(ui->addressEdit->text());
    QStringList sentences;
    for (const Issue &issue : typed.issues) {
        sentences << issueText(issue);
    }
    ui->messageLabel->setText(joined(sentences));
    ui->messageLabel->setVisible(!sentences.isEmpty());
    if (!sentences.isEmpty())
        announce(ui->messageLabel);
    if (typed.uri.isEmpty()) {
        ui->addressEdit->setFocus();
        return;
    }
    ui->addressEdit->clear();
    QList<QByteArray> addresses = m_session.choices().reportTo;
    if (!addresses.contains(typed.uri))
        addresses << typed.uri;
    setAddresses(addresses);
    Q_EMIT changed();
}

void ReportsPage::removeAddress()
{
    QList<QByteArray> addresses = m_session.choices().reportTo;
    const int row = ui->addressesView->currentRow();
    if (row < 0 || row >= addresses.size())
        return;
    addresses.removeAt(row);
    m_unwanted.clear();
    setAddresses(addresses);
}

void ReportsPage::showChoices()
{
    const QList<QByteArray> &addresses = m_session.choices().reportTo;
    // With the box ticked and no address left, the box stays: the user is about to type one.
    const QSignalBlocker quiet(ui->reportsCheck);
    if (!addresses.isEmpty())
        ui->reportsCheck->setChecked(true);
    const bool wanted = ui->reportsCheck->isChecked();
    const int row = ui->addressesView->currentRow();
    ui->addressesView->clear();
    for (const QByteArray &uri : addresses)
        ui->addressesView->addItem(printable(uri));
    if (!addresses.isEmpty())
        ui->addressesView->setCurrentRow(qBound(0, row, int(addresses.size()) - 1));
    for (QWidget *widget : std::initializer_list<QWidget *>{ui->addressesView, ui->addressesLabel,
                                                            ui->addressEdit, ui->addAddressButton})
        widget->setEnabled(wanted);
    ui->removeAddressButton->setEnabled(wanted && !addresses.isEmpty());
    showAdvice();
}

void ReportsPage::showAdvice()
{
    ui->adviceList->show(advice(m_session.choices(), m_session.survey(), m_session.report(),
                                AdviceAbout::Reports));
    Q_EMIT changed();
}
