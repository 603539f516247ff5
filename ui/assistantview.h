// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The assistant's shell: the steps, one page of them, and Cancel, Back, Next. Pages are made when they
// are first shown.

#include "assistantpage.h"

#include <functional>
#include <memory>

class QListWidgetItem;
class QScrollArea;
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
    };
    explicit AssistantView(QList<Step> steps, QWidget *parent = nullptr);
    ~AssistantView() override;
    void enter(int step = 0);
    void leave();
    [[nodiscard]] AssistantPage *page() const; // the one that is shown
    [[nodiscard]] int step() const { return m_current; }

Q_SIGNALS:
    void closed(); // cancelled, or done
    void stepChanged(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void go(int step);
    void next();
    void back();
    void showState();
    void showSteps();

    std::unique_ptr<Ui::AssistantView> ui;
    QList<Step> m_steps;
    QList<AssistantPage *> m_pages; // nullptr until first shown
    int m_current = -1;
};
