// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicedialog.h"

#include "plainlabel.h"
#include "practicerun.h"
#include "texts.h"

#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>

namespace {

constexpr int IdRole = Qt::UserRole;

} // namespace

PracticeDialog::PracticeDialog(PracticeRun &run, QWidget *parent)
    : QDialog(parent)
    , m_run(run)
    , m_stage(new QComboBox(this))
    , m_view(new QTreeWidget(this))
    , m_count(plainLabel({}, this))
{
    setObjectName(QStringLiteral("practiceDialog"));
    setWindowTitle(tr("Break something"));
    m_stage->setObjectName(QStringLiteral("stageCombo"));
    m_view->setObjectName(QStringLiteral("accidentsView"));
    m_view->setAccessibleName(tr("What goes wrong"));
    m_view->setHeaderHidden(true);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setStretchLastSection(false); // wider ones are scrolled to
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_count->setObjectName(QStringLiteral("accidentsCount"));
    fillStages();
    fillAccidents();
    auto *stageLabel = plainLabel(tr("&Start over with:"), this);
    stageLabel->setWordWrap(false);
    stageLabel->setBuddy(m_stage);
    auto *stageRow = new QHBoxLayout;
    stageRow->addWidget(stageLabel);
    stageRow->addWidget(m_stage, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closePracticeButton"));
    QPushButton *mendButton =
            buttons->addButton(tr("&Mend everything"), QDialogButtonBox::ActionRole);
    mendButton->setObjectName(QStringLiteral("mendButton"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(
            plainLabel(tr("Tick what goes wrong, check the domain, and read what is found and "
                          "how it is mended. Nothing of this is real."),
                       this));
    layout->addLayout(stageRow);
    layout->addLayout(tokenRow());
    layout->addWidget(m_view);
    layout->addWidget(m_count);
    layout->addWidget(buttons);
    connect(m_stage, &QComboBox::activated, this, &PracticeDialog::startOver);
    connect(m_view, &QTreeWidget::itemChanged, this, &PracticeDialog::take);
    connect(mendButton, &QPushButton::clicked, this, &PracticeDialog::mend);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&run, &PracticeRun::happened, this, &PracticeDialog::showCount);
    showCount();
    const int letter = fontMetrics().averageCharWidth();
    resize(90 * letter, 60 * letter);
}

void PracticeDialog::fillStages()
{
    using Practice::Stage;
    m_stage->addItem(tr("mail, and no protection yet"), int(Stage::Bare));
    m_stage->addItem(tr("a policy in mode testing, reports and DANE"), int(Stage::Testing));
    m_stage->addItem(tr("a policy in mode enforce, reports and DANE"), int(Stage::Enforce));
    m_stage->setPlaceholderText(tr("as it is"));
    m_stage->setCurrentIndex(-1);
}

/// The token, as a service shows one that was just made.
QHBoxLayout *PracticeDialog::tokenRow()
{
    auto *edit = new QLineEdit(QString::fromLatin1(m_run.token()), this);
    edit->setObjectName(QStringLiteral("practiceTokenEdit"));
    edit->setReadOnly(true);
    auto *label = plainLabel(tr("&Token of its DNS service:"), this);
    label->setWordWrap(false);
    label->setBuddy(edit);
    auto *copy = new QPushButton(tr("C&opy"), this);
    copy->setObjectName(QStringLiteral("copyPracticeTokenButton"));
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromLatin1(m_run.token()));
        m_count->setText(tr("The token is in the clipboard."));
    });
    setTabOrder(m_stage, edit); // as they stand
    setTabOrder(edit, copy);
    setTabOrder(copy, m_view);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(edit, 1);
    row->addWidget(copy);
    return row;
}

void PracticeDialog::fillAccidents()
{
    for (const Practice::Accident &accident : Practice::accidents()) {
        auto *item = new QTreeWidgetItem(m_view);
        item->setText(0, QCoreApplication::translate("Practice", accident.title));
        item->setData(0, IdRole, QByteArray(accident.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isOn = m_run.situation().accidents.contains(accident.id);
        item->setCheckState(0, isOn ? Qt::Checked : Qt::Unchecked);
    }
    m_view->setCurrentItem(m_view->topLevelItem(0));
}

void PracticeDialog::take()
{
    QSet<QByteArray> ids;
    for (int i = 0; i < m_view->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = m_view->topLevelItem(i);
        if (item->checkState(0) == Qt::Checked)
            ids.insert(item->data(0, IdRole).toByteArray());
    }
    m_run.setAccidents(ids);
    showCount();
}

void PracticeDialog::startOver()
{
    m_run.startOver(Practice::Stage(m_stage->currentData().toInt()));
    untick(); // how many are left is known when it has happened
}

void PracticeDialog::mend()
{
    untick();
    take();
}

void PracticeDialog::untick()
{
    const QSignalBlocker blocker(m_view);
    for (int i = 0; i < m_view->topLevelItemCount(); ++i)
        m_view->topLevelItem(i)->setCheckState(0, Qt::Unchecked);
}

void PracticeDialog::showCount()
{
    const int count = int(m_run.situation().accidents.size());
    m_count->setText(count == 0 ? tr("Everything is as it should be.")
                                : tr("%n thing(s) broken.", nullptr, count));
}
