// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "historydialog.h"

#include "plainlabel.h"
#include "publishwords.h"
#include "texts.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

HistoryDialog::HistoryDialog(const QString &journals, const DomainName &domain, QWidget *parent)
    : QDialog(parent)
    , m_records(journalsOf(journals, domain))
    , m_view(new QTreeWidget(this))
    , m_undo(new QPushButton(tr("&Show what undo changes…"), this))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("Published for %1").arg(isolated(domain.display())));
    QLabel *about = plainLabel(
            m_records.isEmpty()
                    ? tr("Nothing was published for %1 from this computer.")
                              .arg(isolated(domain.display()))
                    : tr("What was published for %1 from this computer. Undo puts back what was "
                         "replaced, as far as nobody has changed it since; you see every change "
                         "before it is made.")
                              .arg(isolated(domain.display())),
            this);
    m_view->setObjectName(QStringLiteral("historyView"));
    m_view->setAccessibleName(tr("Published"));
    m_view->setRootIsDecorated(false);
    m_view->setAllColumnsShowFocus(true);
    m_view->setHeaderLabels({tr("When"), tr("Where"), tr("What"), tr("How it ended")});
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setStretchLastSection(false); // wider ones are scrolled to
    for (const JournalRecord &record : std::as_const(m_records))
        addRow(record);
    m_view->setCurrentItem(m_view->topLevelItem(0));
    m_view->setVisible(!m_records.isEmpty());
    m_undo->setObjectName(QStringLiteral("undoHistoryButton"));
    m_undo->setVisible(!m_records.isEmpty());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeHistoryButton"));
    buttons->addButton(m_undo, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_view);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_view, &QTreeWidget::currentItemChanged, this, &HistoryDialog::showButtons);
    connect(m_view, &QTreeWidget::itemActivated, this, &HistoryDialog::undo);
    connect(m_undo, &QPushButton::clicked, this, &HistoryDialog::undo);
    showButtons();
    const int letter = fontMetrics().averageCharWidth();
    resize(100 * letter, m_records.isEmpty() ? 0 : 50 * letter);
}

void HistoryDialog::addRow(const JournalRecord &record)
{
    auto *item = new QTreeWidgetItem(m_view);
    item->setText(0, locale().toString(record.at.toLocalTime(), QLocale::ShortFormat));
    item->setText(1, serviceName({record.provider, {}, {}, {}}));
    item->setText(2, historyContent(record));
    item->setText(3, historyEnd(record));
}

void HistoryDialog::showButtons()
{
    const int row = m_view->indexOfTopLevelItem(m_view->currentItem());
    m_undo->setEnabled(row >= 0);
}

void HistoryDialog::undo()
{
    const int row = m_view->indexOfTopLevelItem(m_view->currentItem());
    if (row < 0)
        return;
    const QString journal = m_records.at(row).path;
    accept();
    Q_EMIT undoAsked(journal);
}

QString historyEnd(const JournalRecord &record)
{
    if (record.isFinished())
        return HistoryDialog::tr("Done");
    return record.notes.contains("unknown") ? HistoryDialog::tr("Not known")
                                            : HistoryDialog::tr("Stopped half-way");
}

QString historyContent(const JournalRecord &record)
{
    const int records = int(record.sets.size());
    const bool writesFile = record.host && record.host->isWrite();
    if (!writesFile)
        return HistoryDialog::tr("%n record(s)", nullptr, records);
    return records == 0 ? HistoryDialog::tr("The policy file")
                        : HistoryDialog::tr("The policy file and %n record(s)", nullptr, records);
}
