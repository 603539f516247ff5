// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 6: everything that is to be published, in the order of work, against what is live now. Looks anew
// whenever it is entered, because somebody else may have changed something meanwhile.

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
    void takeSurvey();
    void showPlan();
    void showPart();
    void showBanner(int changes);
    void act();

    std::unique_ptr<Ui::ReviewPage> ui;
    Session &m_session;
    QList<PlanPart> m_parts;
    std::optional<LiveState> m_before; // what was live when the user decided
    bool m_isAnew = false;             // the survey is of the look that this page began
    bool m_isEqual = false;            // nothing is left to do
};
