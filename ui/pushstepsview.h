// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The steps of a push as a list: state, time and details of each, as they are told.

#include "pushparts.h"

#include <QElapsedTimer>
#include <QTreeWidget>

class PushStepsView : public QTreeWidget
{
    Q_OBJECT
public:
    explicit PushStepsView(QWidget *parent = nullptr);
    void begin(const Plan &plan); // the clock of the first step starts
    /// `isRunning`: what has not begun is still to come. Returns how many steps are done.
    int show(const QList<PushEvent> &events, bool isRunning);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] bool showStep(QTreeWidgetItem *item, const std::optional<PushEvent> &last,
                                bool isRunning);

    QList<PushEvent::Step> m_steps; // of the rows
    QElapsedTimer m_timer;
};
