// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 8: what a service will be told, the telling of it, and what came of it. Nothing is sent before the
// button that says how many changes it makes.

#include "assistantpage.h"
#include "publisher.h"
#include "pushparts.h"

#include <memory>

class QSettings;
namespace Ui {
class PublishPage;
}

class PublishPage : public AssistantPage
{
    Q_OBJECT
public:
    PublishPage(Session &session, Publisher &publisher, QSettings &settings,
                QWidget *parent = nullptr);
    ~PublishPage() override;
    void enter() override;
    void leave() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool isCommit() const override { return !isOver(); }
    [[nodiscard]] bool goOn() override;
    [[nodiscard]] bool isBackOffered() const override;
    [[nodiscard]] bool mayClose() override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] bool isPublishing() const;
    [[nodiscard]] bool isOver() const; // nothing is left to do here
    [[nodiscard]] bool isUndo() const;
    [[nodiscard]] bool isBlocked() const;
    void showFace(QWidget *face);
    void plan();
    void compare(const QString &title, const QString &subtitle);
    void showPlan();
    void showPart();
    void showPlanBanner();
    [[nodiscard]] bool isNewlyEnforced() const;
    void ask();
    void publish(const QList<Finding> &overridden);
    void showSteps();
    void showOutcome();
    void showButtons();
    void askToStop();
    void undo();

    std::unique_ptr<Ui::PublishPage> ui;
    Session &m_session;
    Publisher &m_publisher;
    QList<PlanPart> m_parts;
    bool m_isWaiting = false; // a look goes before the plan
    using Task = Publisher::Prepared::Task;
    Task m_task = Task::Publish; // of that plan
};
