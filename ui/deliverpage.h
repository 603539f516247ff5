// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 7: the files in a folder, and what to do with them, in order.

#include "assistantpage.h"
#include "deploy/bundle.h"

#include <memory>

class QSettings;
class Session;
namespace Ui {
class DeliverPage;
}

class DeliverPage : public AssistantPage
{
    Q_OBJECT
public:
    DeliverPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~DeliverPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool isCommit() const override { return !m_saved; }
    [[nodiscard]] bool goOn() override;
    [[nodiscard]] bool isBackOffered() const override;
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] QString shownTarget() const;
    void forget();
    void compare();
    [[nodiscard]] QList<BundleFile> wantedFiles() const;
    void saved();

    std::unique_ptr<Ui::DeliverPage> ui;
    Session &m_session;
    bool m_saved = false;
    bool m_isWithout = false; // everything was copied by hand
};
