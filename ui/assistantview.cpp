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
    connect(ui->nextButton, &QPushButton::clicked, this, &AssistantView::next);
    connect(ui->backButton, &QPushButton::clicked, this, &AssistantView::back);
    connect(ui->stepsList, &StepsList::chosen, this, &AssistantView::goTo);
    // Shortcuts, because lists and fields take these keys for themselves.
    const auto shortcut = [this](const QKeySequence &keys, auto slot) {
        connect(new QShortcut(keys, this, {}, {}, Qt::WidgetWithChildrenShortcut),
                &QShortcut::activated, this, slot);
    };
    shortcut(Qt::ALT | Qt::Key_Left, &AssistantView::back);
    connect(ui->cancelButton, &QPushButton::clicked, this, &AssistantView::close);
}

AssistantView::~AssistantView() = default;

AssistantPage *AssistantView::page() const
{
    return m_current < 0 ? nullptr : m_pages.at(m_current);
}

void AssistantView::enter(int step)
{
    const Step &wanted = m_steps.at(step);
    const bool isOpen = (!wanted.canOpen || wanted.canOpen()) && skipReason(step).isEmpty();
    go(isOpen ? step : 0);
}

void AssistantView::leave()
{
    if (AssistantPage *shown = page())
        shown->leave();
    m_current = -1;
}

void AssistantView::startOver()
{
    m_reached = qMax(m_current, 0);
    if (page())
        showSteps();
}

AssistantPage *AssistantView::makePage(int step)
{
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
    connect(made, &AssistantPage::changed, this, &AssistantView::showState);
    connect(made, &AssistantPage::checkAsked, this, &AssistantView::checkAsked);
    connect(made, &AssistantPage::nextAsked, this, [this, made] {
        if (made == page())
            next();
    });
    return made;
}

void AssistantView::go(int step)
{
    if (AssistantPage *shown = page())
        shown->leave();
    m_current = step;
    m_reached = qMax(m_reached, step);
    if (!m_pages.at(step))
        m_pages[step] = makePage(step);
    ui->pages->setCurrentWidget(page()->parentWidget()->parentWidget());
    page()->enter();
    showSteps();
    showState();
    page()->firstField()->setFocus();
    Q_EMIT stepChanged(step);
}

/// A step of the list was chosen. Back is always free; forward only as far as one has been, and only
/// when this page has what it needs.
void AssistantView::goTo(int step)
{
    if (step < 0 || step == m_current || step > m_reached || !skipReason(step).isEmpty() ||
        !page()->isBackOffered())
        return;
    if (step > m_current && page()->state() != AssistantPage::State::Ready) {
        showState();
        return;
    }
    go(step);
}

void AssistantView::next()
{
    if (!page()->goOn()) {
        showState();
        return;
    }
    const int following = neighbour(m_current, 1);
    if (following >= 0)
        go(following);
    else
        Q_EMIT closed();
}

void AssistantView::back()
{
    const int before = neighbour(m_current, -1);
    if (before >= 0 && page()->isBackOffered())
        go(before);
}

bool AssistantView::mayClose() const
{
    return !page() || page()->mayClose();
}

void AssistantView::close()
{
    if (mayClose())
        Q_EMIT closed();
}

QString AssistantView::skipReason(int step) const
{
    const Step &asked = m_steps.at(step);
    return asked.skipReason ? asked.skipReason() : QString();
}

int AssistantView::neighbour(int step, int direction) const
{
    for (int i = step + direction; i >= 0 && i < m_steps.size(); i += direction) {
        if (skipReason(i).isEmpty())
            return i;
    }
    return -1;
}

void AssistantView::showState()
{
    if (sender() && sender() != page() && qobject_cast<AssistantPage *>(sender()))
        return; // news for a page that is not shown
    if (!page())
        return;
    const bool loading = page()->state() == AssistantPage::State::Loading;
    ui->nextButton->setText(page()->nextText());
    ui->nextButton->setEnabled(!loading);
    const QString reason = page()->reason();
    if (ui->reasonLabel->text() != reason)
        ui->reasonLabel->setText(reason);
    ui->backButton->setVisible(m_current > 0);
    ui->backButton->setEnabled(page()->isBackOffered());
    showSteps(); // a choice may have made a step needless
}

void AssistantView::showSteps()
{
    QList<StepsList::Step> steps;
    for (int i = 0; i < m_steps.size(); ++i)
        steps.append({m_steps.at(i).title, skipReason(i)});
    ui->stepsList->showSteps(steps, m_current, m_reached);
}

void AssistantView::keyPressEvent(QKeyEvent *event)
{
    const QWidget *focus = window()->focusWidget();
    const bool inList = qobject_cast<const QAbstractItemView *>(focus) ||
                        qobject_cast<const QPlainTextEdit *>(focus) ||
                        qobject_cast<const QTextBrowser *>(focus);
    if (event->matches(QKeySequence::Cancel))
        close();
    else if (event->matches(QKeySequence::Refresh))
        page()->refresh();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !inList &&
             ui->nextButton->isEnabled())
        next();
    else
        QWidget::keyPressEvent(event);
}
