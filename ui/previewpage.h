// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 4: the policy file and the records, each against what is live, each with a copy button.

#include "assistantpage.h"
#include "draft.h"

#include <memory>

class Session;
namespace Ui {
class PreviewPage;
}

class PreviewPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit PreviewPage(Session &session, QWidget *parent = nullptr);
    ~PreviewPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    void showPreview();
    void showParts(const QList<PreviewPart> &parts);
    void showBanner(const QList<PreviewPart> &parts);
    void copyAll();
    void tellCopied();

    std::unique_ptr<Ui::PreviewPage> ui;
    Session &m_session;
    QList<PreviewPart> m_parts;
};
