// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushstepsview.h"

#include "base/printable.h"
#include "publishwords.h"
#include "texts.h"

#include <QHeaderView>

namespace {

enum Column { StepColumn, StateColumn, TimeColumn, DetailColumn };

} // namespace

PushStepsView::PushStepsView(QWidget *parent)
    : QTreeWidget(parent)
{
    setRootIsDecorated(false);
    setAllColumnsShowFocus(true);
    setHeaderLabels({tr("Step"), tr("State"), tr("Time"), tr("Details")});
    for (const Column column : {StepColumn, StateColumn, TimeColumn})
        header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
}

/// Only now the headings have their font.
void PushStepsView::showEvent(QShowEvent *event)
{
    QTreeWidget::showEvent(event);
    showHeadings(header());
    header()->resizeSection(DetailColumn, header()->minimumSectionSize());
}

void PushStepsView::begin(const Plan &plan)
{
    clear();
    m_steps = stepsOf(plan);
    for (const PushEvent::Step step : std::as_const(m_steps))
        (new QTreeWidgetItem(this))->setText(StepColumn, stepWord(step, plan));
    m_timer.start();
}

int PushStepsView::show(const QList<PushEvent> &events, bool isRunning)
{
    int done = 0;
    for (int i = 0; i < m_steps.size(); ++i) {
        std::optional<PushEvent> last;
        for (const PushEvent &event : events)
            if (event.step == m_steps.at(i))
                last = event;
        done += showStep(topLevelItem(i), last, isRunning);
    }
    return done;
}

bool PushStepsView::showStep(QTreeWidgetItem *item, const std::optional<PushEvent> &last,
                             bool isRunning)
{
    const bool hasEnded = last && last->state != PushEvent::State::Started;
    const bool isDone = last && last->state == PushEvent::State::Done;
    QString word = isRunning ? tr("Waiting") : tr("Not begun");
    if (hasEnded)
        word = isDone ? tr("Done") : tr("Failed");
    else if (last)
        word = last->detail.isEmpty() ? tr("Now") : tr("Tried again soon");
    if (hasEnded && item->text(TimeColumn).isEmpty())
        item->setText(TimeColumn,
                      tr("%1 s").arg(locale().toString(double(m_timer.restart()) / 1000, 'f', 1)));
    item->setText(StateColumn, word);
    item->setIcon(StepColumn,
                  hasEnded ? resultIcon(isDone ? Severity::Ok : Severity::Error) : waitingIcon());
    const QString detail = last ? printable(last->detail) : QString();
    item->setText(DetailColumn, detail);
    item->setToolTip(DetailColumn, detail.toHtmlEscaped()); // tips guess markup (T-20)
    item->setData(StepColumn, Qt::AccessibleTextRole,
                  word + QStringLiteral(". ") + item->text(StepColumn));
    return isDone;
}
