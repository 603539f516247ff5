// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The steps of the assistant, in order. A new page is one line in steps.cpp.

#include "assistantview.h"

class Publisher;
class QSettings;
class Session;

/// In this order; a page's place in the list is its number.
enum class Step {
    Domain,
    Policy,
    Reports,
    Dane,
    Hosting,
    Service,
    Review,
    Deliver,
    Publish,
    Proof
};

[[nodiscard]] QList<AssistantView::Step> assistantSteps(Session &session, Publisher &publisher,
                                                        QSettings &settings);

/// "policy": how a step is called in a file.
[[nodiscard]] QByteArray stepName(Step step);
[[nodiscard]] std::optional<Step> stepFromName(const QByteArray &name);
