// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The parts of the plan as a list, in the order of work.

#include "draft.h"

#include <QTreeWidget>

class PlanView : public QTreeWidget
{
    Q_OBJECT
public:
    explicit PlanView(QWidget *parent = nullptr);
    /// Rows keep their place, so that the selection stays where the user put it; at first the part that
    /// changes something is selected.
    void show(const QList<PlanPart> &parts);
    [[nodiscard]] int currentPart() const; // -1: none
};
