// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofpage.h"

#include "proofwords.h"
#include "session.h"
#include "texts.h"
#include "ui_proofpage.h"
#include "wholetext.h"

#include <QHeaderView>
#include <QLayout>
#include <QtConcurrentRun>

ProofPage::ProofPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::ProofPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->proofView->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    ui->proofView->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_nextLook.setSingleShot(true);
    connect(&m_nextLook, &QTimer::timeout, this, &ProofPage::refresh);
    connect(ui->proofView, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { showWholeText(item->text(0), item->text(2), this); });
    connect(ui->proofView, &QTreeWidget::currentItemChanged, this, &ProofPage::showRow);
    connect(ui->checkNowButton, &QPushButton::clicked, this, &ProofPage::refresh);
    connect(ui->fullCheckButton, &QPushButton::clicked, this, &ProofPage::checkAsked);
    connect(&session, &Session::lookStarted, this, [this] {
        if (isVisible())
            showWhen();
    });
    connect(&session, &Session::lookEnded, this, [this] {
        if (isVisible())
            lookEnded();
    });
    connect(&session, &Session::domainChanged, this, [this] {
        forgetServers();
        m_rows.clear();
    });
    connect(&m_servers, &QFutureWatcherBase::finished, this, [this] {
        if (m_servers.future().resultCount() == 0 || m_rows.isEmpty())
            return;
        m_rows = withServers(m_rows, m_servers.result());
        showRows();
    });
}

ProofPage::~ProofPage()
{
    m_cancel.cancel();
    m_pool.waitForDone();
}

/// What a look showed before says nothing about now.
void ProofPage::enter()
{
    m_rows.clear();
    showRows();
    refresh();
}

void ProofPage::leave()
{
    m_nextLook.stop();
    forgetServers();
    m_session.stop();
}

void ProofPage::refresh()
{
    m_nextLook.stop();
    forgetServers();
    m_session.look();
}

/// While resolvers remember, the servers of the domain know already.
void ProofPage::askServers()
{
    forgetServers();
    m_cancel = Cancel();
    m_servers.setFuture(QtConcurrent::run(
            &m_pool, [doors = m_session.engine().publish, wanted = m_session.wanted(),
                      cancel = m_cancel] { return lookAtServers(doors, wanted, cancel); }));
}

void ProofPage::forgetServers()
{
    m_cancel.cancel();
    m_servers.setFuture({});
}

QWidget *ProofPage::firstField()
{
    return ui->checkNowButton;
}

void ProofPage::lookEnded()
{
    const bool wasPublished = isPublished(m_rows);
    m_rows = proofRows(m_session.wanted(), m_session.survey(), m_session.report());
    if (const auto delay = nextLookIn(m_rows, m_session.survey()))
        m_nextLook.start(*delay);
    showRows();
    selectOpenRow();
    if (wantServers(m_rows))
        askServers();
    if (isPublished(m_rows) && !wasPublished)
        announce(ui->titleLabel);
}

void ProofPage::showRows()
{
    const Deployment wanted = m_session.wanted();
    const bool isFirst = m_rows.isEmpty();
    const QList<ProofRow> rows = isFirst ? proofRows(wanted, {}, {}) : m_rows;
    ui->titleLabel->setText(isFirst ? tr("Looking whether it has arrived at %1")
                                              .arg(isolated(wanted.domain.display()))
                                    : proofTitle(wanted, rows));
    while (ui->proofView->topLevelItemCount() > rows.size())
        delete ui->proofView->takeTopLevelItem(int(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        const ProofRow &row = rows.at(i);
        auto *item = ui->proofView->topLevelItem(i);
        if (!item)
            item = new QTreeWidgetItem(ui->proofView);
        const bool isWaiting = isFirst || row.state == ProofRow::State::Waiting;
        const QString word = isFirst ? tr("Waiting") : proofStateWord(row.state);
        item->setText(0, proofName(row, wanted));
        item->setText(1, word);
        item->setText(2, proofText(row));
        item->setToolTip(2, proofText(row).toHtmlEscaped()); // tips guess markup (T-20)
        item->setIcon(0, isWaiting ? waitingIcon() : resultIcon(proofSeverity(row.state)));
        item->setData(0, Qt::AccessibleTextRole, word + QStringLiteral(". ") + item->text(0));
    }
    showRow();
    showNext();
    showWhen();
    layout()->activate(); // before the first picture: the texts below the list now need their lines
    Q_EMIT changed();
}

/// The first that has not arrived, unless the user looks at another.
void ProofPage::selectOpenRow()
{
    for (int i = 0; i < m_rows.size() && !ui->proofView->currentItem(); ++i) {
        if (m_rows.at(i).state != ProofRow::State::Seen)
            ui->proofView->setCurrentItem(ui->proofView->topLevelItem(i));
    }
}

/// The whole of what the list has no room for.
void ProofPage::showRow()
{
    const QTreeWidgetItem *item = ui->proofView->currentItem();
    ui->rowLabel->setText(item ? item->text(2) : QString());
    ui->rowLabel->setVisible(!ui->rowLabel->text().isEmpty());
}

void ProofPage::showNext()
{
    const ComeBack back = comeBack(m_session.wanted(), m_session.kept().testingSince,
                                   m_session.kept().cachedUntil, m_session.now());
    ui->nextLabel->setText(
            m_rows.isEmpty() ? QString() : proofNext(m_session.wanted(), m_rows, back, locale()));
}

void ProofPage::showWhen()
{
    const auto time = [this](const QDateTime &at) {
        return locale().toString(at.toLocalTime().time(), QLocale::ShortFormat);
    };
    QStringList parts;
    if (m_session.isLooking())
        parts << tr("Looking now…");
    else if (m_session.survey().at.isValid())
        parts << tr("Looked at %1, asking %2.")
                         .arg(time(m_session.survey().at), isolated(m_session.survey().resolver));
    if (m_nextLook.isActive())
        parts << tr("Looks again at %1.")
                         .arg(time(m_session.now().addMSecs(m_nextLook.remainingTime())));
    ui->statusLabel->setText(joined(parts));
    ui->progressBar->setVisible(m_session.isLooking());
}
