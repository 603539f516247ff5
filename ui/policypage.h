// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 2: mode, how long it is remembered, and the mail servers the policy allows.

#include "assistantpage.h"
#include "mail/policy.h"

#include <array>
#include <memory>

class QRadioButton;
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
    [[nodiscard]] QList<Issue> issues() const;
    [[nodiscard]] std::array<std::pair<QRadioButton *, Policy::Mode>, 3> modes() const;
    void setMode(Policy::Mode mode);
    void showChoices();
    void showAdvice();
    void showReadiness();

    std::unique_ptr<Ui::PolicyPage> ui;
    Session &m_session;
};
