// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpage.h"

#include "check/trustjson.h"
#include "checkbanner.h"
#include "fixes.h"
#include "port25dialog.h"
#include "reportcontent.h"
#include "resultopener.h"
#include "session.h"
#include "texts.h"
#include "ui_checkpage.h"

#include <QKeyEvent>
#include <QShortcut>

CheckPage::CheckPage(Session &session, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::CheckPage>())
    , m_session(session)
    , m_settings(settings)
    , m_opener(new ResultOpener(settings, this))
    , m_saver(new ReportSaver(settings, this))
{
    ui->setupUi(this);
    prepareForm(this);
    connect(ui->recheckButton, &QPushButton::clicked, this, &CheckPage::checkAgain);
    connect(ui->stopButton, &QPushButton::clicked, &session, &Session::stop);
    connect(ui->saveButton, &QPushButton::clicked, this, &CheckPage::saveReport);
    connect(ui->sendersButton, &QPushButton::clicked, this, &CheckPage::sendersAsked);
    connect(ui->closeButton, &QPushButton::clicked, this, &CheckPage::closed);
    connect(ui->setupButton, &QPushButton::clicked, this, &CheckPage::setupAsked);
    connect(ui->findingsPane, &FindingsPane::fixAsked, this, &CheckPage::mend);
    ui->findingsPane->setTrustSource([this] {
        return m_saved ? trustChains(m_saved->document.value(QLatin1String("observed"))
                                             .toObject()
                                             .value(QLatin1String("trust"))
                                             .toArray())
                       : trustChains(m_session.survey());
    });
    connect(ui->findingsPane, &FindingsPane::copied, this, [this] { showStatus(tr("Copied.")); });
    connect(ui->banner, &Banner::acted, this, [this] {
        if (!m_saved && bannerFor(m_session.survey()).action == CheckBanner::Action::Port25Help)
            showPort25Help();
        else
            checkAgain();
    });
    connect(m_opener, &ResultOpener::opened, this, &CheckPage::showSaved);
    connect(m_opener, &ResultOpener::failed, this, [this](const QString &why) {
        Q_EMIT resultOpened();
        ui->banner->tell(Severity::Warning, why);
    });
    connect(m_saver, &ReportSaver::saved, this,
            [this](const QString &path) { showStatus(savedText(path)); });
    connect(m_saver, &ReportSaver::failed, this,
            [this](const QString &why) { ui->banner->tell(Severity::Error, why); });
    // A shortcut, because a tree takes every arrow key for itself.
    connect(new QShortcut(Qt::ALT | Qt::Key_Left, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &CheckPage::closed);
    connect(new QShortcut(QKeySequence::Save, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, ui->saveButton, &QPushButton::click);
    connect(new QShortcut(QKeySequence::Open, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, [this] { m_opener->ask(this); });
    connect(&session, &Session::lookStarted, this, &CheckPage::start);
    connect(&session, &Session::judged, this, &CheckPage::showReport);
    connect(&session, &Session::lookEnded, this, &CheckPage::ended);
    connect(&session, &Session::domainChanged, this, [this] {
        m_saved.reset();
        ui->findingsPane->clear();
        ui->banner->clear();
    });
}

CheckPage::~CheckPage() = default;

void CheckPage::enter()
{
    ui->findingsPane->focusFindings();
    if (!m_session.isLooking() && (m_saved || !m_session.isComplete()))
        checkAgain();
    else
        resume();
}

void CheckPage::resume()
{
    ui->findingsPane->focusFindings();
    if (m_session.isLooking()) {
        start();
    } else if (!m_saved) {
        showReport();
        ended();
    }
}

void CheckPage::leave()
{
    m_session.stop();
}

void CheckPage::checkAgain()
{
    m_saved.reset();
    m_session.look();
}

void CheckPage::start()
{
    if (m_saved) // another page looks; this one goes on showing the file until it is entered anew
        return;
    ui->findingsPane->begin();
    ui->banner->clear();
    ui->titleLabel->setText(tr("Checking %1…").arg(isolated(m_session.domain().display())));
    ui->statusLabel->setText(tr("Looking at records, the policy and the mail servers."));
    announce(ui->titleLabel);
    showButtons();
}

void CheckPage::showReport()
{
    if (m_saved)
        return;
    ui->findingsPane->showReport(m_session.report());
    if (const Report &report = m_session.report(); !report.finished)
        ui->statusLabel->setText(
                tr("%n check(s) done so far.", nullptr, int(report.findings.size())));
    showButtons();
}

void CheckPage::ended()
{
    if (m_saved)
        return;
    ui->titleLabel->setText(headline(m_session.report(), layoutDirection()));
    ui->statusLabel->setText(checkedText(m_session.survey()));
    tell(bannerFor(m_session.survey()));
    announce(ui->titleLabel);
    ui->findingsPane->finish();
    showButtons();
}

void CheckPage::showSaved(const SavedReport &saved)
{
    m_session.setDomain(saved.report.domain); // for "Check again" and "Set up"
    m_session.stop();
    ui->findingsPane->clear();
    m_saved = saved;
    ui->titleLabel->setText(headline(saved.report, layoutDirection()));
    ui->statusLabel->clear();
    ui->findingsPane->showReport(saved.report);
    ui->findingsPane->finish();
    showButtons();
    Q_EMIT resultOpened();
    tell(bannerFor(saved, m_session.now()));
    ui->findingsPane->focusFindings();
}

void CheckPage::askForResult()
{
    m_opener->ask(window());
}

void CheckPage::openResult(const QString &path)
{
    m_opener->open(path);
}

void CheckPage::tell(const CheckBanner &banner)
{
    const QString action = banner.action == CheckBanner::Action::Port25Help ? tr("&What can I do?")
                           : banner.action == CheckBanner::Action::CheckAgain ? tr("T&ry again")
                                                                              : QString();
    if (!banner.text.isEmpty())
        ui->banner->tell(banner.severity, banner.text, action);
}

void CheckPage::mend(const Finding &finding)
{
    // What a file says is no ground for a change: the assistant looks for itself first.
    if (m_saved) {
        Q_EMIT fixAsked(Step::Domain);
        return;
    }
    const Choices mended = mendedChoices(m_session.choices(), finding, m_session.survey());
    if (mended != m_session.choices())
        m_session.setChoices(mended);
    Q_EMIT fixAsked(fixFor(finding).step);
}

void CheckPage::showPort25Help()
{
    auto *dialog = new Port25Dialog(m_session.domain(), m_settings, this);
    connect(dialog, &Port25Dialog::proxyChanged, this, [this] {
        Q_EMIT networkChanged();
        checkAgain();
    });
    connect(dialog, &Port25Dialog::openResultAsked, this, [this] { m_opener->ask(this); });
    dialog->open();
}

void CheckPage::saveReport()
{
    m_saver->ask(this, m_saved ? contentOf(*m_saved) : contentOf(m_session));
}

void CheckPage::showStatus(const QString &text)
{
    ui->statusLabel->setText(text);
    announce(ui->statusLabel);
}

void CheckPage::showButtons()
{
    const bool looking = m_session.isLooking() && !m_saved;
    const bool focusOnStop = ui->stopButton->hasFocus();
    ui->recheckButton->setVisible(!looking);
    ui->stopButton->setVisible(looking);
    if (focusOnStop && !looking)
        ui->recheckButton->setFocus();
    ui->progressBar->setMaximum(looking ? 0 : 1);
    ui->progressBar->setVisible(looking);
    ui->saveButton->setEnabled(!looking && (m_saved || m_session.report().finished));
    ui->sendersButton->setEnabled(!looking && (m_saved || m_session.report().finished));
}

void CheckPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel))
        Q_EMIT closed();
    else if (event->matches(QKeySequence::Refresh) && !m_session.isLooking())
        checkAgain();
    else
        QWidget::keyPressEvent(event);
}

QByteArray CheckPage::splitterState() const
{
    return ui->findingsPane->splitterState();
}

void CheckPage::restoreSplitter(const QByteArray &state)
{
    ui->findingsPane->restoreSplitter(state);
}
