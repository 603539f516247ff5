// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The assistant's steps at the side: every one in its place, with its state as sign and spoken word.
// A click, Enter or Space chooses one that has been reached.

#include <QListWidget>

class StepsList : public QListWidget
{
    Q_OBJECT
public:
    struct Step
    {
        QString title;
        QString skipped; // why it does not apply, as a few words; empty where it does
    };
    explicit StepsList(QWidget *parent = nullptr);
    /// `here` is the step that is shown, `reached` the furthest that was.
    void showSteps(const QList<Step> &steps, int here, int reached);

Q_SIGNALS:
    void chosen(int step);

private:
    void showStep(QListWidgetItem *item, const Step &step, int here, int reached);
};
