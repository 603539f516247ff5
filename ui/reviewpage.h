// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 5: the policy file and the records, each against what is live, each with a copy button.

#include "assistantpage.h"
#include "draft.h"

#include <memory>

class QSettings;
class Session;
namespace Ui {
class ReviewPage;
}

class ReviewPage : public AssistantPage
{
    Q_OBJECT
public:
    ReviewPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ReviewPage() override;
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

    std::unique_ptr<Ui::ReviewPage> ui;
    Session &m_session;
    QSettings &m_settings;
    QList<PreviewPart> m_parts;
};
