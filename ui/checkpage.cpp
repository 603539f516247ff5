// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpage.h"

#include "check/words.h"
#include "draft.h"
#include "findingsfilter.h"
#include "findingsmodel.h"
#include "session.h"
#include "texts.h"
#include "ui_checkpage.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QShortcut>

CheckPage::CheckPage(Session &session, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::CheckPage>())
    , m_session(session)
    , m_model(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
{
    ui->setupUi(this);
    prepareForm(this);
    m_filter->setSourceModel(m_model);
    ui->findingsView->setModel(m_filter);
    ui->findingsView->header()->setStretchLastSection(false);
    ui->findingsView->header()->setSectionResizeMode(FindingsModel::Title, QHeaderView::Stretch);
    ui->findingsView->header()->setSectionResizeMode(FindingsModel::Result,
                                                     QHeaderView::ResizeToContents);
    ui->splitter->setStretchFactor(0, 3);
    ui->splitter->setStretchFactor(1, 2);
    ui->splitter->setSizes({620, 340});

    auto *group = new QButtonGroup(this);
    const auto filter = [&](QPushButton *button, std::optional<Severity> only) {
        group->addButton(button);
        // toggled, not clicked: screen readers toggle.
        connect(button, &QPushButton::toggled, this, [this, only](bool on) {
            if (!on)
                return;
            m_filter->only(only);
            ui->findingsView->expandAll();
        });
    };
    filter(ui->allButton, std::nullopt);
    filter(ui->problemsButton, Severity::Error);
    filter(ui->warningsButton, Severity::Warning);
    filter(ui->notTestedButton, Severity::Unknown);

    connect(ui->findingsView->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_touched = m_touched || !m_selecting;
        explainSelected();
    });
    connect(ui->recheckButton, &QPushButton::clicked, &session, &Session::look);
    connect(ui->stopButton, &QPushButton::clicked, &session, &Session::stop);
    connect(ui->copyButton, &QPushButton::clicked, this, &CheckPage::copySelected);
    connect(ui->closeButton, &QPushButton::clicked, this, &CheckPage::closed);
    connect(ui->setupButton, &QPushButton::clicked, this, &CheckPage::setupAsked);
    connect(ui->banner, &Banner::acted, this, &CheckPage::showCause);
    connect(new QShortcut(QKeySequence::Copy, ui->findingsView, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, &CheckPage::copySelected);
    connect(new QShortcut(Qt::Key_F6, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &CheckPage::switchPane);
    // A shortcut, because a tree takes every arrow key for itself.
    connect(new QShortcut(Qt::ALT | Qt::Key_Left, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &CheckPage::closed);
    connect(&session, &Session::lookStarted, this, &CheckPage::start);
    connect(&session, &Session::judged, this, &CheckPage::showReport);
    connect(&session, &Session::lookEnded, this, &CheckPage::ended);
    connect(&session, &Session::domainChanged, this, [this] {
        m_model->clear();
        ui->banner->clear();
    });
}

CheckPage::~CheckPage() = default;

void CheckPage::enter()
{
    ui->findingsView->setFocus();
    if (m_session.isLooking() || !m_session.isComplete()) {
        if (!m_session.isLooking())
            m_session.look();
        else
            start();
        return;
    }
    showReport();
    ended();
}

void CheckPage::leave()
{
    m_session.stop();
}

void CheckPage::start()
{
    m_touched = false;
    m_problemTold = false;
    ui->banner->clear();
    ui->titleLabel->setText(tr("Checking %1…").arg(isolated(m_session.domain().display())));
    ui->statusLabel->setText(tr("Looking at records, the policy and the mail servers."));
    if (m_model->rowCount() == 0)
        ui->detailView->say({},
                            tr("Findings appear here as they arrive. Select one to read what was "
                               "seen, why it matters and what to do."));
    announce(ui->titleLabel);
    showButtons();
    showFilters();
}

void CheckPage::showReport()
{
    const Report &report = m_session.report();
    const bool wasEmpty = m_model->rowCount() == 0;
    m_model->show(report);
    ui->findingsView->expandAll();
    if (!report.finished)
        ui->statusLabel->setText(
                tr("%n check(s) done so far.", nullptr, int(report.findings.size())));
    if (wasEmpty && m_model->rowCount() > 0 && !ui->findingsView->currentIndex().isValid())
        ui->findingsView->setAccessibleDescription(tr("Arrow keys move, Control+C copies."));
    if (!m_problemTold && report.count(Severity::Error) > 0) {
        m_problemTold = true;
        announce(ui->findingsView);
    }
    explainSelected();
    showFilters();
    showButtons();
}

void CheckPage::ended()
{
    const Survey &survey = m_session.survey();
    ui->titleLabel->setText(headline(m_session.report()));
    const QString at = QLocale().toString(survey.at.toLocalTime().time(), QLocale::ShortFormat);
    const QString seconds = QLocale().toString(double(survey.tookMs) / 1000, 'f', 1);
    ui->statusLabel->setText(survey.cancelled ? tr("Stopped. What was not reached is not tested.")
                                              : tr("Checked at %1, took %2 s.").arg(at, seconds));
    if (nothingAnswered(survey))
        ui->banner->tell(Severity::Error,
                         tr("Nothing answered. This computer seems to have no network connection."),
                         tr("&Try again"));
    else if (survey.port25 == Port25::Blocked)
        ui->banner->tell(
                Severity::Info,
                tr("Your network blocks outgoing port 25, as most home and office networks "
                   "do. The mail servers could not be tested from here; that says nothing "
                   "about them."),
                tr("&What can I do?"));
    announce(ui->titleLabel);
    if (!m_touched) {
        QModelIndex first;
        for (const Severity severity :
             {Severity::Error, Severity::Warning, Severity::Unknown, Severity::Info, Severity::Ok})
            if (!first.isValid())
                first = m_filter->mapFromSource(m_model->first(severity));
        m_selecting = true;
        ui->findingsView->setCurrentIndex(first);
        ui->findingsView->scrollToTop();
        m_selecting = false;
    }
    showButtons();
}

void CheckPage::explainSelected()
{
    const QModelIndex index = m_filter->mapToSource(ui->findingsView->currentIndex());
    if (const auto finding = m_model->finding(index))
        ui->detailView->explain(*finding);
    else if (index.isValid())
        ui->detailView->say(index.siblingAtColumn(0).data().toString(),
                            tr("A group of findings. Select one of them to read what was seen, why "
                               "it matters and what to do."));
    ui->copyButton->setEnabled(index.isValid());
}

void CheckPage::copySelected()
{
    const QModelIndex index = ui->findingsView->currentIndex().siblingAtColumn(0);
    if (!index.isValid())
        return;
    QGuiApplication::clipboard()->setText(index.data(FindingsModel::CopyRole).toString());
    ui->statusLabel->setText(tr("Copied."));
    announce(ui->statusLabel);
}

void CheckPage::showCause()
{
    if (nothingAnswered(m_session.survey())) {
        m_session.look();
        return;
    }
    ui->detailView->say(tr("Your network blocks outgoing port 25"),
                        tr("Run the check from another network. A VPN often works.\n"
                           "Or run it on a server: mta-sts check %1\n"
                           "Or rely on the TLS reports: the servers that send mail to you tell you "
                           "about failures.")
                                .arg(m_session.domain().display()));
    ui->detailView->setFocus();
}

void CheckPage::showFilters()
{
    const Report &report = m_session.report();
    ui->allButton->setText(tr("All (%1)").arg(report.findings.size()));
    ui->problemsButton->setText(tr("Problems (%1)").arg(report.count(Severity::Error)));
    ui->warningsButton->setText(tr("Warnings (%1)").arg(report.count(Severity::Warning)));
    ui->notTestedButton->setText(tr("Not tested (%1)").arg(report.count(Severity::Unknown)));
}

void CheckPage::showButtons()
{
    const bool looking = m_session.isLooking();
    const bool focusOnStop = ui->stopButton->hasFocus();
    ui->recheckButton->setVisible(!looking);
    ui->stopButton->setVisible(looking);
    if (focusOnStop && !looking)
        ui->recheckButton->setFocus();
    ui->progressBar->setMaximum(looking ? 0 : 1);
    ui->progressBar->setVisible(looking);
}

void CheckPage::switchPane()
{
    if (ui->findingsView->hasFocus())
        ui->detailView->setFocus();
    else
        ui->findingsView->setFocus();
}

void CheckPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel))
        Q_EMIT closed();
    else if (event->matches(QKeySequence::Refresh) && !m_session.isLooking())
        m_session.look();
    else
        QWidget::keyPressEvent(event);
}

QByteArray CheckPage::splitterState() const
{
    return ui->splitter->saveState();
}

void CheckPage::restoreSplitter(const QByteArray &state)
{
    ui->splitter->restoreState(state);
}
