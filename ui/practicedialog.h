// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Break something: how far the practice domain is set up, and what goes wrong there. Each change counts
// at once.

#include <QDialog>

class PracticeRun;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QTreeWidget;

class PracticeDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PracticeDialog(PracticeRun &run, QWidget *parent = nullptr);

private:
    void fillStages();
    void fillAccidents();
    [[nodiscard]] QHBoxLayout *tokenRow();
    void take();
    void startOver();
    void mend();
    void untick();
    void showCount();

    PracticeRun &m_run;
    QComboBox *m_stage;
    QTreeWidget *m_view;
    QLabel *m_count;
};
