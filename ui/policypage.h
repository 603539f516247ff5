// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 2: mode, how long it is remembered, and the mail servers the policy allows.

#include "assistantpage.h"
#include "mail/policy.h"

#include <memory>

class Session;
namespace Ui {
class PolicyPage;
}

class PolicyPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit PolicyPage(Session &session, QWidget *parent = nullptr);
    ~PolicyPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] bool goOn() override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] QList<Issue> refusals() const;
    void showChoices();
    void showPatterns();
    void showAdvice();
    void setMode(Policy::Mode mode);
    void setAge();
    void addPattern();
    void removePattern();

    std::unique_ptr<Ui::PolicyPage> ui;
    Session &m_session;
};
