// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Break something: how far the practice domain is set up, what time it is there, and what goes wrong.
// Each change counts at once, and what comes of it is shown beside it.

#include "base/cancel.h"
#include "practicesight.h"

#include <QDialog>
#include <QFutureWatcher>
#include <QThreadPool>

class AccidentsView;
class DetailView;
class PracticeRun;
class QBoxLayout;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

class PracticeDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PracticeDialog(PracticeRun &run, QWidget *parent = nullptr);
    ~PracticeDialog() override; // waits for the look, which a cancel ends
    void focusToken();

private:
    void prepareStages();
    [[nodiscard]] QBoxLayout *clockRow();
    [[nodiscard]] QBoxLayout *tokenRow();
    [[nodiscard]] QFormLayout *settings();
    [[nodiscard]] QWidget *accidents();
    void take();
    void mend();
    void takeHappened();
    void look();
    void explain();
    void showCount();

    PracticeRun &m_run;
    QComboBox *m_stage;
    QComboBox *m_clock;
    QPushButton *m_turn;
    QLabel *m_time;
    QLineEdit *m_token;
    QPushButton *m_copy;
    QLineEdit *m_filter;
    AccidentsView *m_view;
    DetailView *m_detail;
    QLabel *m_count;
    PracticeSight m_sight;
    bool m_isStale = false; // something was changed that has not happened yet
    bool m_isDue = false;   // or that happened while a look was under way
    Cancel m_cancel;
    QThreadPool m_pool;
    QFutureWatcher<PracticeSight> m_watcher;
};
