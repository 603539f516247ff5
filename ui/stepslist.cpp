// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stepslist.h"

#include "texts.h"

#include <QShortcut>

StepsList::StepsList(QWidget *parent)
    : QListWidget(parent)
{
    viewport()->setAutoFillBackground(false);
    connect(this, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT chosen(row(item)); });
    // "activated" would also come from the click, on systems with single clicks.
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
        connect(new QShortcut(key, this, {}, {}, Qt::WidgetShortcut), &QShortcut::activated, this,
                [this] { Q_EMIT chosen(currentRow()); });
}

void StepsList::showSteps(const QList<Step> &steps, int here, int reached)
{
    while (count() < steps.size())
        addItem(QString());
    QFont bold = font();
    bold.setBold(true);
    int width = 0;
    for (int i = 0; i < count(); ++i) {
        showStep(item(i), steps.at(i), here, reached);
        const QStringList lines = item(i)->text().split(QLatin1Char('\n'));
        for (const QString &line : lines)
            width = qMax(width, QFontMetrics(bold).horizontalAdvance(line));
    }
    setFixedWidth(width + 56);
}

void StepsList::showStep(QListWidgetItem *item, const Step &step, int here, int reached)
{
    const int number = row(item);
    const bool isHere = number == here;
    const bool isDone = number < reached && step.skipped.isEmpty();
    const bool isOpen = number <= reached && step.skipped.isEmpty();
    QFont letters = font();
    letters.setBold(isHere);
    item->setFont(letters);
    item->setIcon(isDone && !isHere ? resultIcon(Severity::Ok) : QIcon());
    QString text = (isHere ? QStringLiteral("▸ ") : QString()) + step.title;
    QString spoken = step.title;
    if (!step.skipped.isEmpty()) {
        text = QStringLiteral("– ") + step.title + QLatin1Char('\n') + step.skipped;
        spoken = tr("%1, left out: %2").arg(step.title, step.skipped);
    } else if (isHere) {
        spoken = tr("%1, current step").arg(step.title);
    } else if (isDone) {
        spoken = tr("%1, done").arg(step.title);
    }
    item->setText(text);
    item->setData(Qt::AccessibleTextRole, spoken);
    item->setToolTip(step.skipped);
    item->setFlags(isOpen ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
    const int lines = step.skipped.isEmpty() ? 1 : 2;
    item->setSizeHint({0, QFontMetrics(letters).height() * (lines * 5 + 3) / 5});
}
