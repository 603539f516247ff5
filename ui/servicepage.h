// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 5: who serves the DNS of the domain, recognised from its name servers, and the token with which
// the changes are made there; or by hand. The token leaves the field when the page is left.

#include "assistantpage.h"
#include "publisher.h"

#include <memory>

namespace Ui {
class ServicePage;
}

class ServicePage : public AssistantPage
{
    Q_OBJECT
public:
    ServicePage(Session &session, Publisher &publisher, QWidget *parent = nullptr);
    ~ServicePage() override;
    void enter() override;
    void leave() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool goOn() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] const ProviderInfo *service() const; // nullptr: by hand
    [[nodiscard]] bool needsHost() const;
    [[nodiscard]] std::optional<Account> keptAccount() const;
    [[nodiscard]] Account account() const; // of what is chosen and typed
    void showRecognised();
    void showService();
    void showTokens();
    void showNew();
    void showDnssec();
    void showResult();
    void forgetResult();
    void test();
    void testEnded();

    std::unique_ptr<Ui::ServicePage> ui;
    Session &m_session;
    Publisher &m_publisher;
    QList<Account> m_accounts; // of tokenCombo
    bool m_isChosen = false;   // by the user, for this domain
    bool m_goesOn = false;     // Next was pressed: on, when the test is passed
};
