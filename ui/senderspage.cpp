// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "senderspage.h"

#include "base/printable.h"
#include "check/senderwords.h"
#include "senderdetails.h"
#include "session.h"
#include "texts.h"
#include "ui_senderspage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QShortcut>
#include <QtConcurrentRun>

SendersPage::SendersPage(Session &session, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::SendersPage>())
    , m_session(session)
{
    ui->setupUi(this);
    prepareForm(this);
    QHeaderView *header = ui->sendersView->header();
    header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(1, QHeaderView::Stretch);
    header->setSectionResizeMode(2, QHeaderView::Stretch);
    header->setStretchLastSection(false);
    ui->splitter->setSizes({190, 300});
    ui->subtitleLabel->setText(
            tr("Worked out from what was seen, for an ordinary set-up of each; no mail was sent."));
    connect(ui->sendersView, &QTreeWidget::currentItemChanged, this, &SendersPage::explain);
    connect(ui->copySenderButton, &QPushButton::clicked, this, &SendersPage::copySelected);
    connect(new QShortcut(QKeySequence::Copy, ui->sendersView, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, &SendersPage::copySelected);
    connect(ui->findingsButton, &QPushButton::clicked, this, &SendersPage::closed);
    connect(new QShortcut(Qt::ALT | Qt::Key_Left, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &SendersPage::closed);
    connect(ui->checkNowButton, &QPushButton::clicked, this, [this] {
        m_source = Source::Session;
        m_session.look();
        ui->sendersView->setFocus();
    });
    for (const auto signal : {&Session::lookStarted, &Session::lookEnded})
        connect(&session, signal, this, [this] {
            if (isVisible())
                begin();
        });
    connect(&m_worker, &QFutureWatcherBase::finished, this, [this] {
        if (m_worker.future().resultCount() == 0)
            return;
        m_views = m_worker.result();
        showViews();
    });
}

SendersPage::~SendersPage() = default;

void SendersPage::enter(Source source)
{
    m_source = source;
    const QString domain = isolated(m_session.domain().display());
    ui->titleLabel->setText(tr("What senders do with mail to %1").arg(domain));
    begin();
    if (source == Source::File)
        ui->checkNowButton->setFocus();
    else
        ui->sendersView->setFocus();
}

void SendersPage::begin()
{
    m_views.clear();
    m_worker.setFuture({}); // what it may still be working on is of before
    showViews();
    if (m_source == Source::Session && !m_session.isLooking() && m_session.report().finished)
        m_worker.setFuture(QtConcurrent::run(
                [survey = m_session.survey(), report = m_session.report(),
                 held = m_session.kept().held] { return whatSendersDo(survey, report, held); }));
}

/// Why no sender is shown yet.
void SendersPage::explainNothing()
{
    const bool isFile = m_source == Source::File;
    const bool isChecking = !isFile && m_session.isLooking();
    ui->progressBar->setVisible(isChecking);
    ui->checkNowButton->setVisible(isFile);
    if (isFile)
        ui->senderDetailView->say(
                tr("A saved result does not tell this"),
                tr("The file holds what was found, but not everything that decides here: which "
                   "answers of DNS were signed, how each server refused, and which policies "
                   "senders "
                   "may still hold. Check %1 from this computer to see what senders do.")
                        .arg(isolated(m_session.domain().display())));
    else if (isChecking)
        ui->senderDetailView->say(tr("The check is still running"),
                                  tr("What senders do is shown as soon as the last mail server has "
                                     "been looked at."));
    else
        ui->senderDetailView->say({}, tr("Being worked out…"));
}

void SendersPage::showViews()
{
    ui->sendersView->clear();
    bool isCached = false;
    for (const SenderView &view : std::as_const(m_views)) {
        auto *item = new QTreeWidgetItem(ui->sendersView);
        const auto show = [&](int column, const SenderOutcome &outcome) {
            const Severity severity = deliverySeverity(outcome.delivery);
            item->setText(column, deliverySentence(outcome.delivery));
            item->setToolTip(column, item->text(column).toHtmlEscaped());
            item->setIcon(column, resultIcon(severity));
        };
        item->setText(0, senderName(view.sender.kind));
        show(1, view.now);
        if (view.withCached)
            show(2, *view.withCached);
        else
            item->setText(2, tr("The same"));
        item->setData(0, Qt::AccessibleTextRole,
                      fillIn(QStringLiteral("%1: %2"), {item->text(0), item->text(1)}));
        isCached = isCached || view.withCached;
    }
    ui->sendersView->setColumnHidden(2, !isCached);
    ui->sendersView->setCurrentItem(ui->sendersView->topLevelItem(0));
    explain();
}

void SendersPage::explain()
{
    const int row = ui->sendersView->indexOfTopLevelItem(ui->sendersView->currentItem());
    ui->copySenderButton->setEnabled(row >= 0);
    if (row < 0) {
        explainNothing();
        return;
    }
    ui->progressBar->hide();
    ui->checkNowButton->hide();
    ui->senderDetailView->say(senderName(m_views.at(row).sender.kind),
                              senderDetails(m_views.at(row)));
}

void SendersPage::copySelected()
{
    if (ui->sendersView->currentItem())
        QGuiApplication::clipboard()->setText(ui->senderDetailView->toPlainText());
}

void SendersPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel))
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}
