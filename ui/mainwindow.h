// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window: start page, check page, assistant; one is shown. Check and assistant are made when they
// are first asked for. Domains are kept in files beside the settings where those have a folder of their
// own, else in the user's data folder.

#include "checkall.h"
#include "domainkeeper.h"
#include "keptdomains.h"
#include "publisher.h"
#include "session.h"
#include "steps.h"

#include <QMainWindow>

class CheckPage;
class PracticeDialog;
class PracticeRun;
class QStackedWidget;
class SendersPage;
class StartPage;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(EngineMaker makeEngine, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;
    /// Says so above every page, and offers to break something. The run outlives the window.
    void setPractice(PracticeRun &run);
    [[nodiscard]] Session &session() { return m_session; }
    [[nodiscard]] KeptDomains &keptDomains() { return m_kept; }
    [[nodiscard]] Publisher &publisher() { return m_publisher; }

protected:
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    static inline const auto LastDomainKey = QStringLiteral("start/lastDomain");
    static inline const auto RememberKey = QStringLiteral("privacy/rememberChecked");

    void makeMenu();
    void openSettings();
    void openAbout();
    void startPractice();
    PracticeDialog *openPracticeDialog();
    void renewEngine(); // the settings are others
    void checkDomain(const DomainName &domain);
    void setUpDomain(const DomainName &domain);
    void rememberLast(const DomainName &domain);
    void take(const DomainName &domain, Session::Aim aim);
    void askToRemove(const DomainName &domain);
    void showHistory(const DomainName &domain);
    void showStart();
    void showCheck();
    void showSenders();
    void showAssistant(Step at = Step::Domain);
    [[nodiscard]] CheckPage *checkPage();
    [[nodiscard]] AssistantView *assistant();

    EngineMaker m_makeEngine;
    Session m_session;
    QSettings &m_settings;
    KeptDomains m_kept;
    CheckAll m_checkAll;
    DomainKeeper m_keeper;
    Publisher m_publisher;
    PracticeRun *m_practice = nullptr;
    QStackedWidget *m_stack;
    StartPage *m_start;
    CheckPage *m_check = nullptr;
    SendersPage *m_senders = nullptr;
    AssistantView *m_assistant = nullptr;
};
