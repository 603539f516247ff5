// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistantview.h"

#include "texts.h"
#include "ui_assistantview.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QTextBrowser>

AssistantView::AssistantView(QList<Step> steps, QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::AssistantView>())
    , m_steps(std::move(steps))
    , m_pages(m_steps.size(), nullptr)
{
    ui->setupUi(this);
    prepareForm(this);
    ui->stepsList->viewport()->setAutoFillBackground(false);
    for (const Step &step : std::as_const(m_steps))
        ui->stepsList->addItem(step.title);
    connect(ui->nextButton, &QPushButton::clicked, this, &AssistantView::next);
    connect(ui->backButton, &QPushButton::clicked, this, &AssistantView::back);
    // A shortcut, because lists and fields take arrow keys for themselves.
    connect(new QShortcut(Qt::ALT | Qt::Key_Left, this, {}, {}, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, &AssistantView::back);
    connect(ui->cancelButton, &QPushButton::clicked, this, &AssistantView::closed);
}

AssistantView::~AssistantView() = default;

AssistantPage *AssistantView::page() const
{
    return m_current < 0 ? nullptr : m_pages.at(m_current);
}

void AssistantView::enter(int step)
{
    go(step);
}

void AssistantView::leave()
{
    if (AssistantPage *shown = page())
        shown->leave();
    m_current = -1;
}

void AssistantView::go(int step)
{
    if (AssistantPage *shown = page())
        shown->leave();
    m_current = step;
    if (!m_pages.at(step)) {
        // A page that does not fit (large print, small screen) can be scrolled, never cut.
        auto *area = new QScrollArea(ui->pages);
        area->setWidgetResizable(true);
        area->setFrameShape(QFrame::NoFrame);
        area->setFocusPolicy(Qt::NoFocus);
        area->viewport()->setAutoFillBackground(false);
        AssistantPage *made = m_steps.at(step).make();
        prepareForm(made);
        area->setWidget(made);
        made->setAutoFillBackground(false);
        ui->pages->insertWidget(ui->pages->count(), area);
        m_pages[step] = made;
        connect(made, &AssistantPage::changed, this, &AssistantView::showState);
    }
    ui->pages->setCurrentWidget(page()->parentWidget()->parentWidget());
    page()->enter();
    showSteps();
    showState();
    page()->firstField()->setFocus();
    Q_EMIT stepChanged(step);
}

void AssistantView::next()
{
    if (!page()->goOn()) {
        showState();
        return;
    }
    if (m_current + 1 < m_steps.size())
        go(m_current + 1);
    else
        Q_EMIT closed();
}

void AssistantView::back()
{
    if (m_current > 0 && page()->isBackOffered())
        go(m_current - 1);
}

void AssistantView::showState()
{
    if (sender() && sender() != page() && qobject_cast<AssistantPage *>(sender()))
        return; // news for a page that is not shown
    const bool loading = page()->state() == AssistantPage::State::Loading;
    ui->nextButton->setText(page()->nextText());
    ui->nextButton->setEnabled(!loading);
    const QString reason = page()->reason();
    if (ui->reasonLabel->text() != reason)
        ui->reasonLabel->setText(reason);
    ui->backButton->setVisible(m_current > 0);
    ui->backButton->setEnabled(page()->isBackOffered());
}

void AssistantView::showSteps()
{
    int width = 0;
    for (int i = 0; i < ui->stepsList->count(); ++i) {
        QListWidgetItem *item = ui->stepsList->item(i);
        const bool done = i < m_current;
        const bool here = i == m_current;
        QFont font = ui->stepsList->font();
        font.setBold(true);
        width = qMax(width, QFontMetrics(font).horizontalAdvance(item->text()));
        font.setBold(here);
        item->setFont(font);
        item->setIcon(done ? resultIcon(Severity::Ok) : QIcon());
        item->setText((here ? QStringLiteral("▸ ") : QString()) + m_steps.at(i).title);
        item->setForeground(palette().brush(done || here ? QPalette::Active : QPalette::Disabled,
                                            QPalette::WindowText));
        QString spoken = m_steps.at(i).title;
        if (done)
            spoken = tr("%1, done").arg(m_steps.at(i).title);
        else if (here)
            spoken = tr("%1, current step").arg(m_steps.at(i).title);
        item->setData(Qt::AccessibleTextRole, spoken);
        item->setSizeHint({0, QFontMetrics(font).height() * 8 / 5});
    }
    ui->stepsList->setFixedWidth(width + 56);
}

void AssistantView::keyPressEvent(QKeyEvent *event)
{
    const QWidget *focus = window()->focusWidget();
    const bool inList = qobject_cast<const QAbstractItemView *>(focus) ||
                        qobject_cast<const QPlainTextEdit *>(focus) ||
                        qobject_cast<const QTextBrowser *>(focus);
    if (event->matches(QKeySequence::Cancel))
        Q_EMIT closed();
    else if (event->matches(QKeySequence::Refresh))
        page()->refresh();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !inList &&
             ui->nextButton->isEnabled())
        next();
    else
        QWidget::keyPressEvent(event);
}
