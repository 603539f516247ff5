// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nextsteps.h"

#include "hostingwords.h"
#include "plainlabel.h"
#include "texts.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>

NextSteps::NextSteps(QWidget *parent)
    : QWidget(parent)
    , m_rows(nullptr)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    QLabel *heading = plainLabel(tr("Then, in this order:"), this);
    heading->setObjectName(QStringLiteral("stepsHeading"));
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    layout->addWidget(heading);
}

void NextSteps::show(const QList<DeliveryStep> &steps, const Deployment &wanted,
                     const QList<QByteArray> &done)
{
    // Ticking must not take the focus away: rows are made anew only when they say something else.
    QByteArray shown;
    for (const DeliveryStep &step : steps)
        shown += step.code + '\0' + step.copy + '\0' + deliveryWords(step, wanted).text.toUtf8() +
                 (step.isLive ? '1' : '0');
    if (m_rows && shown == m_shown)
        return;
    m_shown = shown;
    delete m_rows;
    m_rows = new QWidget(this);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins({});
    m_grid->setColumnStretch(0, 1);
    for (int i = 0; i < steps.size(); ++i)
        addStep(i, steps.at(i), wanted, done.contains(steps.at(i).code));
    layout()->addWidget(m_rows);
    m_rows->show(); // at once: the page may have the focus to give
}

void NextSteps::addStep(int row, const DeliveryStep &step, const Deployment &wanted, bool isDone)
{
    const StepWords words = deliveryWords(step, wanted);
    const QString name = QString::fromLatin1(step.code);
    const QString title = tr("%1. %2").arg(row + 1).arg(words.title);
    auto *box = new QCheckBox(step.isLive ? tr("%1 (live already)").arg(title) : title, m_rows);
    box->setObjectName(name + QStringLiteral("Check"));
    box->setChecked(isDone || step.isLive);
    box->setAccessibleDescription(words.text);
    QLabel *text = plainLabel(words.text, m_rows);
    text->setObjectName(name + QStringLiteral("Text"));
    text->setIndent(fontMetrics().height() * 2);
    m_grid->addWidget(box, 2 * row, 0);
    m_grid->addWidget(text, 2 * row + 1, 0, 1, 2);
    connect(box, &QCheckBox::clicked, this,
            [this, code = step.code](bool done) { Q_EMIT ticked(code, done); });
    if (step.copy.isEmpty())
        return;
    auto *copy = new QPushButton(tr("Copy"), m_rows);
    copy->setObjectName(name + QStringLiteral("CopyButton"));
    copy->setAccessibleName(tr("Copy for: %1").arg(words.title));
    copy->setAutoDefault(true);
    m_grid->addWidget(copy, 2 * row, 1, Qt::AlignTop);
    connect(copy, &QPushButton::clicked, this, [content = step.copy] {
        QString shown = QString::fromUtf8(content);
        shown.remove(QLatin1Char('\r'));
        QGuiApplication::clipboard()->setText(shown);
    });
}
