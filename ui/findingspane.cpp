// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "findingspane.h"

#include "findingsfilter.h"
#include "findingsmodel.h"
#include "fixes.h"
#include "texts.h"
#include "trustpane.h"
#include "ui_findingspane.h"
#include "wholetext.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QShortcut>

FindingsPane::FindingsPane(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::FindingsPane>())
    , m_model(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
{
    ui->setupUi(this);
    prepareForm(this);
    m_filter->setSourceModel(m_model);
    ui->findingsView->setModel(m_filter);
    QHeaderView *header = ui->findingsView->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(FindingsModel::Title, QHeaderView::Stretch);
    header->setSectionResizeMode(FindingsModel::Result, QHeaderView::ResizeToContents);
    header->setResizeContentsPrecision(0); // the rows in sight: there may be thousands
    ui->splitter->setStretchFactor(0, 3);
    ui->splitter->setStretchFactor(1, 2);
    ui->splitter->setSizes({600, 360});
    new QButtonGroup(this);
    auto *group = findChild<QButtonGroup *>();
    for (QPushButton *button :
         {ui->allButton, ui->problemsButton, ui->warningsButton, ui->notTestedButton})
        group->addButton(button);
    addFilter(ui->allButton, std::nullopt);
    addFilter(ui->problemsButton, Severity::Error);
    addFilter(ui->warningsButton, Severity::Warning);
    addFilter(ui->notTestedButton, Severity::Unknown);
    connect(ui->findingsView->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_touched = m_touched || !m_selecting;
        explainSelected();
    });
    connect(m_model, &FindingsModel::removing, this, &FindingsPane::leave);
    connect(ui->copyButton, &QPushButton::clicked, this, &FindingsPane::copySelected);
    connect(ui->fixButton, &QPushButton::clicked, this, &FindingsPane::mendSelected);
    connect(ui->showAllButton, &QPushButton::clicked, this, &FindingsPane::showAll);
    connect(new QShortcut(QKeySequence::Copy, ui->findingsView, {}, {}, Qt::WidgetShortcut),
            &QShortcut::activated, this, &FindingsPane::copySelected);
    connect(new QShortcut(Qt::Key_F6, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &FindingsPane::switchPane);
    clear();
}

FindingsPane::~FindingsPane() = default;

void FindingsPane::addFilter(QPushButton *button, std::optional<Severity> only)
{
    // toggled, not clicked: screen readers toggle.
    connect(button, &QPushButton::toggled, this, [this, only](bool on) {
        if (!on)
            return;
        m_filter->only(only);
        ui->findingsView->expandAll();
    });
}

void FindingsPane::clear()
{
    m_model->clear();
    m_touched = false;
    m_domain = {};
    showFilters({});
    explainSelected();
}

void FindingsPane::begin()
{
    m_touched = false;
    m_problemTold = false;
    if (m_model->rowCount() == 0)
        ui->detailView->say({},
                            tr("Findings appear here as they arrive. Select one to read what was "
                               "seen, why it matters and what to do."));
}

void FindingsPane::showReport(const Report &report)
{
    const bool wasEmpty = m_model->rowCount() == 0;
    m_domain = report.domain;
    m_at = report.at;
    m_model->show(report);
    ui->findingsView->expandAll();
    if (wasEmpty && m_model->rowCount() > 0 && !ui->findingsView->currentIndex().isValid())
        ui->findingsView->setAccessibleDescription(tr("Arrow keys move, Control+C copies."));
    if (!m_problemTold && report.count(Severity::Error) > 0) {
        m_problemTold = true;
        announce(ui->findingsView);
    }
    explainSelected();
    showFilters(report);
}

void FindingsPane::finish()
{
    if (m_touched)
        return;
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

/// Qt leaves a row only when it is half gone, and may then look at rows that are not there (6.4, with a
/// screen reader at work): so it is left before.
void FindingsPane::leave(const QModelIndex &going)
{
    const QModelIndex row = m_filter->mapFromSource(going);
    const QModelIndex current = ui->findingsView->currentIndex().siblingAtColumn(0);
    if (!row.isValid() || (current != row && current.parent() != row))
        return;
    QModelIndex next = row.siblingAtRow(row.row() + 1);
    if (!next.isValid())
        next = row.siblingAtRow(row.row() - 1);
    if (!next.isValid())
        next = row.parent();
    const bool wasTouched = m_touched;
    ui->findingsView->setCurrentIndex(next);
    m_touched = wasTouched;
}

std::optional<Finding> FindingsPane::selected() const
{
    return m_model->finding(m_filter->mapToSource(ui->findingsView->currentIndex()));
}

void FindingsPane::explainSelected()
{
    const QModelIndex index = m_filter->mapToSource(ui->findingsView->currentIndex());
    const auto finding = m_model->finding(index);
    if (finding)
        ui->detailView->explain(*finding);
    else if (index.isValid())
        ui->detailView->say(index.siblingAtColumn(0).data().toString(),
                            tr("A group of findings. Select one of them to read what was seen, why "
                               "it matters and what to do."));
    else if (m_model->rowCount() == 0)
        ui->detailView->say({}, {});
    showTrust(finding || !index.isValid() ? finding
                                          : m_model->finding(m_model->index(0, 0, index)));
    const Fix fix = finding ? fixFor(*finding) : Fix();
    const bool hadFocus = ui->fixButton->hasFocus();
    ui->fixButton->setVisible(fix.kind != Fix::Kind::None);
    if (hadFocus && ui->fixButton->isHidden())
        ui->findingsView->setFocus();
    ui->fixButton->setText(fix.kind == Fix::Kind::Instruction ? tr("Cop&y what to do")
                                                              : tr("&Fix…"));
    ui->showAllButton->setVisible(finding && ui->detailView->isElided());
    ui->copyButton->setEnabled(index.isValid());
}

void FindingsPane::showTrust(const std::optional<Finding> &finding)
{
    const bool isWanted = finding && finding->group == Group::Dane && m_trustSource;
    if (!isWanted) {
        if (m_trust && m_trust->isAncestorOf(QApplication::focusWidget()))
            ui->findingsView->setFocus();
        if (m_trust)
            m_trust->hide();
        return;
    }
    if (!m_trust) {
        m_trust = new TrustPane(ui->detailPane);
        ui->detailLayout->insertWidget(0, m_trust);
        ui->detailLayout->setStretchFactor(ui->detailView, 1);
    }
    const bool isRow = selected().has_value();
    m_trust->showChains(m_trustSource(), isRow ? finding->subject : QString());
    QWidget *before = ui->findingsView;
    const QList<QWidget *> fields = m_trust->fields();
    for (QWidget *field : fields) {
        setTabOrder(before, field);
        before = field;
    }
    m_trust->show();
}

void FindingsPane::copySelected()
{
    const QModelIndex index = ui->findingsView->currentIndex().siblingAtColumn(0);
    if (!index.isValid())
        return;
    QGuiApplication::clipboard()->setText(index.data(FindingsModel::CopyRole).toString());
    Q_EMIT copied();
}

void FindingsPane::mendSelected()
{
    const auto finding = selected();
    if (!finding)
        return;
    if (fixFor(*finding).kind == Fix::Kind::Step) {
        Q_EMIT fixAsked(*finding);
        return;
    }
    QGuiApplication::clipboard()->setText(instructionFor(*finding, m_domain, m_at));
    Q_EMIT copied();
}

void FindingsPane::showAll()
{
    if (const auto finding = selected())
        showWholeText(wordsFor(*finding).title, finding->evidence, this);
}

void FindingsPane::showFilters(const Report &report)
{
    ui->allButton->setText(tr("All (%1)").arg(QLocale().toString(report.findings.size())));
    const auto count = [&](Severity severity) {
        return QLocale().toString(report.count(severity));
    };
    ui->problemsButton->setText(tr("Problems (%1)").arg(count(Severity::Error)));
    ui->warningsButton->setText(tr("Warnings (%1)").arg(count(Severity::Warning)));
    ui->notTestedButton->setText(tr("Not tested (%1)").arg(count(Severity::Unknown)));
}

void FindingsPane::switchPane()
{
    if (ui->findingsView->hasFocus())
        ui->detailView->setFocus();
    else
        ui->findingsView->setFocus();
}

void FindingsPane::focusFindings()
{
    ui->findingsView->setFocus();
}

QByteArray FindingsPane::splitterState() const
{
    return ui->splitter->saveState();
}

void FindingsPane::restoreSplitter(const QByteArray &state)
{
    ui->splitter->restoreState(state);
}
