// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 4: where the policy file will live, the best for this domain first. One click chooses and goes
// on; what has several forms opens below, with what is needed there.

#include "assistantpage.h"
#include "deploy/hostingoptions.h"

#include <memory>

class QCommandLinkButton;
class Session;
namespace Ui {
class HostingPage;
}

class HostingPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit HostingPage(Session &session, QWidget *parent = nullptr);
    ~HostingPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] bool goOn() override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] QCommandLinkButton *button(HostingGroup::Kind kind) const;
    [[nodiscard]] const HostingGroup *chosenGroup() const;
    void choose(HostingGroup::Kind kind);
    void setHosting(Hosting hosting);
    void showGroups();
    void showGroup(const HostingGroup &group);

    std::unique_ptr<Ui::HostingPage> ui;
    Session &m_session;
    QList<HostingGroup> m_groups;
};
