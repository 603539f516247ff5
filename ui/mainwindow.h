// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window: start page, check page, assistant; one is shown. Check and assistant are made when they
// are first asked for. Remembers its size, and nothing about domains.

#include "session.h"
#include "steps.h"

#include <QMainWindow>

class CheckPage;
class QStackedWidget;
class SendersPage;
class StartPage;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(EngineMaker makeEngine, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;
    [[nodiscard]] Session &session() { return m_session; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void showStart();
    void showCheck();
    void showSenders();
    void showAssistant(Step at = Step::Domain);
    [[nodiscard]] CheckPage *checkPage();
    [[nodiscard]] AssistantView *assistant();

    EngineMaker m_makeEngine;
    Session m_session;
    QSettings &m_settings;
    QStackedWidget *m_stack;
    StartPage *m_start;
    CheckPage *m_check = nullptr;
    SendersPage *m_senders = nullptr;
    AssistantView *m_assistant = nullptr;
};
