// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What to do with the saved files, in order: each step with what to copy, to be ticked when it is done.

#include "deploy/deliverysteps.h"

#include <QWidget>

class QGridLayout;

class NextSteps : public QWidget
{
    Q_OBJECT
public:
    explicit NextSteps(QWidget *parent = nullptr);
    /// `done`: codes of the steps that were ticked. What is live already says so by itself.
    void show(const QList<DeliveryStep> &steps, const Deployment &wanted,
              const QList<QByteArray> &done);

Q_SIGNALS:
    void ticked(const QByteArray &code, bool done);

private:
    void addStep(int row, const DeliveryStep &step, const Deployment &wanted, bool isDone);

    QWidget *m_rows; // made anew when the steps change
    QGridLayout *m_grid = nullptr;
    QByteArray m_shown;
};
