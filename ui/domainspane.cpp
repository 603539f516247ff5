// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainspane.h"

#include "checkall.h"
#include "domainsmodel.h"
#include "domainstates.h"
#include "texts.h"
#include "ui_domainspane.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QSortFilterProxyModel>

namespace {

constexpr int FilterFromRows = 8;
const auto ColumnsKey = QStringLiteral("start/columns");

} // namespace

DomainsPane::DomainsPane(KeptDomains &kept, CheckAll &checkAll, QSettings &settings,
                         QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DomainsPane>())
    , m_kept(kept)
    , m_checkAll(checkAll)
    , m_settings(settings)
    , m_model(new DomainsModel(kept, this, [&checkAll] { return checkAll.now(); }))
    , m_sorted(new QSortFilterProxyModel(this))
{
    ui->setupUi(this);
    prepareForm(this);
    prepareView();
    addActions();
    connect(ui->filterEdit, &QLineEdit::textChanged, this, &DomainsPane::filter);
    connect(ui->checkAllButton, &QPushButton::clicked, this, &DomainsPane::toggleCheckAll);

    const auto mark = [this](DomainsModel::Checking checking) {
        return [this, checking](const DomainName &domain) {
            m_model->setChecking(domain, checking);
        };
    };
    connect(&checkAll, &CheckAll::queued, this, mark(DomainsModel::Checking::Waiting));
    connect(&checkAll, &CheckAll::began, this, mark(DomainsModel::Checking::Running));
    connect(&checkAll, &CheckAll::left, this, mark(DomainsModel::Checking::No));
    connect(&checkAll, &CheckAll::progressed, this, &DomainsPane::showChecking);
    connect(&checkAll, &CheckAll::ended, this, &DomainsPane::showChecking);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &DomainsPane::showRows); // the proxy tells too early
    connect(m_sorted, &QAbstractItemModel::dataChanged, this, &DomainsPane::showSelected);
    connect(ui->domainsView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DomainsPane::showSelected);
    showRows();
    showChecking();
}

DomainsPane::~DomainsPane() = default;

void DomainsPane::prepareView()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(DomainsModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterRole(DomainsModel::FilterRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(DomainsModel::Domain);
    QTreeView *view = ui->domainsView;
    view->setModel(m_sorted);
    view->header()->setStretchLastSection(false);
    showHeadings(view->header());
    if (!view->header()->restoreState(m_settings.value(ColumnsKey).toByteArray())) {
        view->sortByColumn(DomainsModel::State, Qt::AscendingOrder);
        fitColumns();
        connect(&m_kept, &KeptDomains::loaded, this, &DomainsPane::fitColumns);
    }
    view->header()->setSectionResizeMode(DomainsModel::Next, QHeaderView::Stretch);
    view->setCurrentIndex(m_sorted->index(0, 0));
}

/// As wide as their texts, the name at most 24 letters: what to do next takes the rest.
void DomainsPane::fitColumns()
{
    QTreeView *view = ui->domainsView;
    const int letter = view->fontMetrics().averageCharWidth();
    for (const int column :
         {DomainsModel::Domain, DomainsModel::State, DomainsModel::Mode, DomainsModel::Checked}) {
        view->resizeColumnToContents(column);
        view->setColumnWidth(
                column, qBound(9 * letter, view->columnWidth(column) + 2 * letter, 30 * letter));
    }
}

/// The buttons below the list, the same in its context menu, and the keys.
void DomainsPane::addActions()
{
    QTreeView *view = ui->domainsView;
    const auto act = [&](QPushButton *button, auto &&does) {
        auto *action = new QAction(view);
        connect(action, &QAction::triggered, this, does);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        view->addAction(action);
        return action;
    };
    QAction *check = act(ui->checkRowButton, [this] { Q_EMIT checkAsked(selected()); });
    check->setText(ui->checkRowButton->text());
    act(ui->setupRowButton, [this] {
        Q_EMIT setupAsked(selected());
    })->setObjectName(QStringLiteral("setupAction"));
    QAction *senders = act(ui->sendersRowButton, [this] { Q_EMIT sendersAsked(selected()); });
    senders->setText(ui->sendersRowButton->text());
    QAction *discard = act(ui->discardRowButton, [this] { m_kept.discardDraft(selected()); });
    discard->setText(ui->discardRowButton->text());
    discard->setObjectName(QStringLiteral("discardAction"));
    QAction *forget = act(ui->forgetRowButton, [this] { m_kept.forget(selected()); });
    forget->setText(ui->forgetRowButton->text());
    forget->setShortcut(QKeySequence::Delete);
    forget->setShortcutContext(Qt::WidgetShortcut);
    auto *more = new QMenu(ui->moreRowButton);
    const auto actMore = [&](const QString &text, const QString &name, auto &&does) {
        QAction *action = more->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, does);
        view->addAction(action);
    };
    actMore(tr("&Remove MTA-STS…"), QStringLiteral("removeAction"),
            [this] { Q_EMIT removalAsked(selected()); });
    actMore(tr("Published from &here…"), QStringLiteral("historyAction"),
            [this] { Q_EMIT historyAsked(selected()); });
    actMore(tr("&DANE…"), QStringLiteral("daneAction"), [this] { Q_EMIT daneAsked(selected()); });
    ui->moreRowButton->setMenu(more);
    connect(view, &QAbstractItemView::activated, check, &QAction::trigger);
    connect(new QShortcut(QKeySequence::Copy, view, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, [view] {
                QGuiApplication::clipboard()->setText(
                        view->currentIndex().data(DomainsModel::CopyRole).toString());
            });
}

DomainName DomainsPane::selected() const
{
    return m_model->domain(m_sorted->mapToSource(ui->domainsView->currentIndex()));
}

void DomainsPane::refresh()
{
    m_model->setNow(m_checkAll.now());
}

void DomainsPane::remember()
{
    m_settings.setValue(ColumnsKey, ui->domainsView->header()->saveState());
}

void DomainsPane::filter(const QString &text)
{
    m_sorted->setFilterFixedString(text.trimmed());
    showRows();
}

void DomainsPane::showRows()
{
    const bool isLong = m_model->rowCount() >= FilterFromRows;
    ui->filterEdit->setVisible(isLong);
    if (!isLong && !ui->filterEdit->text().isEmpty())
        ui->filterEdit->clear(); // a filter that cannot be seen must not hide anything
    if (!ui->domainsView->currentIndex().isValid())
        ui->domainsView->setCurrentIndex(m_sorted->index(0, 0));
    showSelected();
}

void DomainsPane::showSelected()
{
    const DomainName domain = selected();
    const bool isSomething = !domain.isEmpty();
    for (QPushButton *button : {ui->checkRowButton, ui->setupRowButton, ui->sendersRowButton,
                                ui->moreRowButton, ui->forgetRowButton})
        button->setEnabled(isSomething);
    showDiscard();
    const auto actions = ui->domainsView->actions();
    for (QAction *action : actions)
        action->setEnabled(isSomething);
    if (!isSomething) {
        ui->selectedLabel->setText(m_sorted->rowCount() == 0 ? tr("No domain matches the filter.")
                                                             : QString());
        return;
    }
    const NextStep step = m_model->step(m_sorted->mapToSource(ui->domainsView->currentIndex()));
    const bool isBegun = step.act == NextStep::Act::Continue || step.act == NextStep::Act::Publish;
    const QString setup = isBegun ? tr("Contin&ue…") : tr("Set &up…");
    ui->setupRowButton->setText(setup);
    ui->domainsView->findChild<QAction *>(QStringLiteral("setupAction"))->setText(setup);
    ui->selectedLabel->setText(
            tr("%1: %2").arg(isolated(domain.display()), nextStepText(step, m_checkAll.now())));
}

/// Offered only where there is a draft that this program may change.
void DomainsPane::showDiscard()
{
    const KeptDomain kept = m_kept.find(selected());
    const bool isOffered = kept.draft && !kept.isFromNewer;
    const bool hadFocus = ui->discardRowButton->hasFocus();
    ui->discardRowButton->setVisible(isOffered);
    ui->domainsView->findChild<QAction *>(QStringLiteral("discardAction"))->setVisible(isOffered);
    if (hadFocus && !isOffered)
        ui->domainsView->setFocus();
}

void DomainsPane::showChecking()
{
    const bool isRunning = m_checkAll.isRunning();
    ui->checkAllButton->setText(isRunning ? tr("St&op") : tr("Check &all"));
    ui->progressLabel->setText(
            isRunning ? tr("%1 of %n domain(s) checked", nullptr, m_checkAll.total())
                                .arg(QLocale().toString(m_checkAll.done()))
                      : QString());
}

void DomainsPane::toggleCheckAll()
{
    if (m_checkAll.isRunning()) {
        m_checkAll.stop();
        return;
    }
    QList<DomainName> domains; // as they stand on the screen
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        domains.append(m_model->domain(m_sorted->mapToSource(m_sorted->index(row, 0))));
    m_checkAll.start(domains);
}
