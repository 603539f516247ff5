// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The assistant's shell: the steps, one page of them, and Cancel, Back, Next. Pages are made when they
// are first shown. The list keeps every step in its place; one that was reached can be gone to again.

#include "assistantpage.h"

#include <functional>
#include <memory>

namespace Ui {
class AssistantView;
}

class AssistantView : public QWidget
{
    Q_OBJECT
public:
    struct Step
    {
        QString title;
        std::function<AssistantPage *()> make;
        /// Whether what the step needs is there; none: always. Asked when it is opened from outside.
        std::function<bool()> canOpen = {};
        /// Why the step cannot apply now, as a few words; empty where it does. Asked of the step and
        /// not of its page, because a page that is skipped is never made.
        std::function<QString()> skipReason = {};
    };
    explicit AssistantView(QList<Step> steps, QWidget *parent = nullptr);
    ~AssistantView() override;
    /// Opens a step from outside. One whose needs are not met leads to the first one, which says what
    /// is missing.
    void enter(int step = 0);
    void leave();
    /// Another domain: no step counts as done any more.
    void startOver();
    [[nodiscard]] AssistantPage *page() const; // the one that is shown
    [[nodiscard]] int step() const { return m_current; }
    [[nodiscard]] bool mayClose() const; // the page that is shown agrees

Q_SIGNALS:
    void closed(); // cancelled, or done
    void stepChanged(int step);
    void checkAsked(); // by a page

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void go(int step);
    void goTo(int step);
    void next();
    void back();
    void close();
    void showState();
    void showSteps();
    [[nodiscard]] QString skipReason(int step) const;
    [[nodiscard]] int neighbour(int step, int direction) const; // that is not skipped; -1: none
    [[nodiscard]] AssistantPage *makePage(int step);

    std::unique_ptr<Ui::AssistantView> ui;
    QList<Step> m_steps;
    QList<AssistantPage *> m_pages; // nullptr until first shown
    int m_current = -1;
    int m_reached = 0; // the furthest step that was shown for this domain
};
