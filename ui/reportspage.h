// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 3: where reports about failures go.

#include "addressesmodel.h"
#include "assistantpage.h"

#include <memory>

class Session;
namespace Ui {
class ReportsPage;
}

class ReportsPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit ReportsPage(Session &session, QWidget *parent = nullptr);
    ~ReportsPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] bool goOn() override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    void setAddresses();
    void showChoices();
    void showAdvice();

    AddressesModel m_addresses; // outlives the view; keeps the rows while the box is not ticked
    std::unique_ptr<Ui::ReportsPage> ui;
    Session &m_session;
};
