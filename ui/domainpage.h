// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 1: the domain, its mail servers, and what is set up already.

#include "assistantpage.h"

#include <QTimer>

#include <memory>

class Session;
namespace Ui {
class DomainPage;
}

class DomainPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit DomainPage(Session &session, QWidget *parent = nullptr);
    ~DomainPage() override;
    void enter() override;
    void leave() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] bool goOn() override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    void act(); // the banner's button
    void lookUp();
    void lookUpQuietly();
    void showFound();
    void showStatus();
    void showBanner();

    static constexpr int TypingPauseMs = 600; // then it looks up by itself
    std::unique_ptr<Ui::DomainPage> ui;
    Session &m_session;
    QTimer m_pause; // typing has stopped
};
