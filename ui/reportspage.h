// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 3: where reports about failures go.

#include "assistantpage.h"

#include <QList>

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
    [[nodiscard]] QWidget *firstField() override;

private:
    void showChoices();
    void showAdvice();
    void addAddress();
    void removeAddress();
    void setWanted(bool wanted);
    void setAddresses(const QList<QByteArray> &addresses);

    std::unique_ptr<Ui::ReportsPage> ui;
    Session &m_session;
    QList<QByteArray> m_unwanted; // kept while the box is not ticked
};
