// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "senderspage.h"

#include "base/printable.h"
#include "check/senderwords.h"
#include "session.h"
#include "texts.h"
#include "ui_senderspage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QShortcut>
#include <QtConcurrentRun>

namespace {

constexpr qsizetype MostSteps = 30;

void addReasons(QStringList &lines, const QList<Issue> &reasons)
{
    for (const Issue &reason : reasons) {
        const QString reference = reasonReference(reason);
        lines << QStringLiteral("– ") + reasonText(reason) +
                         (reference.isEmpty()
                                  ? QString()
                                  : QStringLiteral(" (") + reference + QLatin1Char(')'));
    }
}

void addOutcome(QStringList &lines, const SenderOutcome &outcome)
{
    lines << outcomeSentence(outcome);
    if (const QString meaning = outcomeMeaning(outcome); !meaning.isEmpty())
        lines << meaning;
    addReasons(lines, outcome.reasons);
    for (const SenderStep &step : outcome.steps.mid(0, MostSteps)) {
        //: a mail server, its preference, and what the sender does there
        lines << fillIn(SendersPage::tr("%1 (preference %2): %3"),
                        {isolated(printable(step.host)), QLocale().toString(step.preference),
                         stepSentence(step.delivery)});
        addReasons(lines, step.reasons);
    }
    if (outcome.steps.size() > MostSteps)
        lines << SendersPage::tr("and %n more mail server(s)", nullptr,
                                 int(outcome.steps.size() - MostSteps));
}

} // namespace

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
    connect(&m_worker, &QFutureWatcherBase::finished, this, [this] {
        m_views = m_worker.result();
        showViews();
    });
}

SendersPage::~SendersPage() = default;

void SendersPage::enter(const std::optional<CachedPolicy> &cached)
{
    const QString domain = isolated(m_session.domain().display());
    ui->titleLabel->setText(tr("What senders do with mail to %1").arg(domain));
    m_views.clear();
    showViews();
    ui->sendersView->setFocus();
    m_worker.setFuture(
            QtConcurrent::run([survey = m_session.survey(), report = m_session.report(), cached] {
                return whatSendersDo(survey, report, cached);
            }));
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
    if (row < 0)
        ui->senderDetailView->say({}, tr("Being worked out…"));
    else
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

QString senderDetails(const SenderView &view)
{
    QStringList lines{senderMethods(view.sender)};
    addOutcome(lines, view.now);
    if (view.withCached) {
        lines << cachedHeading(view.cachedUntil) + QLatin1Char(':');
        addOutcome(lines, *view.withCached);
    }
    return lines.join(QLatin1Char('\n'));
}
