// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "assistantview.h"
#include "checkpage.h"
#include "help.h"
#include "resultopener.h"
#include "senderspage.h"
#include "startpage.h"
#include "steps.h"

#include <QDropEvent>
#include <QSettings>
#include <QStackedWidget>

namespace {

constexpr QSize FirstSize(960, 640);
constexpr QSize LeastSize(860, 560);

} // namespace

MainWindow::MainWindow(EngineMaker makeEngine, QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_makeEngine(std::move(makeEngine))
    , m_session(m_makeEngine(settings))
    , m_settings(settings)
    , m_stack(new QStackedWidget(this))
    , m_start(new StartPage(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("MTA-STS Assistant"));
    m_stack->setObjectName(QStringLiteral("views"));
    m_stack->addWidget(m_start);
    setCentralWidget(m_stack);
    setMinimumSize(LeastSize);
    setAcceptDrops(true);
    if (!restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(FirstSize);
    connect(m_start, &StartPage::checkAsked, this, [this](const DomainName &domain) {
        m_session.setDomain(domain);
        showCheck();
    });
    connect(m_start, &StartPage::setupAsked, this, [this](const DomainName &domain) {
        if (!domain.isEmpty())
            m_session.setDomain(domain);
        showAssistant();
    });
    offerHelp(this);
    m_start->focusField();
}

MainWindow::~MainWindow() = default;

void MainWindow::showStart()
{
    m_session.stop();
    m_stack->setCurrentWidget(m_start);
    m_start->show(m_session.domain());
    m_start->focusField();
}

void MainWindow::showCheck()
{
    m_stack->setCurrentWidget(checkPage());
    checkPage()->enter();
}

void MainWindow::showAssistant(Step at)
{
    m_stack->setCurrentWidget(assistant());
    assistant()->enter(int(at));
}

CheckPage *MainWindow::checkPage()
{
    if (!m_check) {
        m_check = new CheckPage(m_session, m_settings, m_stack);
        m_stack->addWidget(m_check);
        m_check->restoreSplitter(m_settings.value(QStringLiteral("check/splitter")).toByteArray());
        connect(m_check, &CheckPage::closed, this, &MainWindow::showStart);
        connect(m_check, &CheckPage::setupAsked, this, [this] { showAssistant(); });
        connect(m_check, &CheckPage::fixAsked, this, &MainWindow::showAssistant);
        connect(m_check, &CheckPage::sendersAsked, this, &MainWindow::showSenders);
        connect(m_check, &CheckPage::resultOpened, this,
                [this] { m_stack->setCurrentWidget(m_check); });
        connect(m_check, &CheckPage::networkChanged, this,
                [this] { m_session.setEngine(m_makeEngine(m_settings)); });
    }
    return m_check;
}

void MainWindow::showSenders()
{
    if (!m_senders) {
        m_senders = new SendersPage(m_session, m_stack);
        m_stack->addWidget(m_senders);
        connect(m_senders, &SendersPage::closed, this, [this] {
            m_stack->setCurrentWidget(checkPage());
            checkPage()->resume();
        });
    }
    m_stack->setCurrentWidget(m_senders);
    m_senders->enter(checkPage()->cachedPolicy());
}

/// A saved result may be dropped anywhere in the window.
void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedResult(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (const QString path = droppedResult(event->mimeData()); !path.isEmpty())
        checkPage()->openResult(path);
}

AssistantView *MainWindow::assistant()
{
    if (!m_assistant) {
        m_assistant = new AssistantView(assistantSteps(m_session, m_settings), m_stack);
        m_stack->addWidget(m_assistant);
        connect(m_assistant, &AssistantView::closed, this, [this] {
            m_assistant->leave();
            showStart();
        });
        connect(m_assistant, &AssistantView::checkAsked, this, [this] {
            m_assistant->leave();
            showCheck();
        });
        connect(&m_session, &Session::domainChanged, m_assistant, &AssistantView::startOver);
    }
    return m_assistant;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_session.stop();
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (m_check)
        m_settings.setValue(QStringLiteral("check/splitter"), m_check->splitterState());
    QMainWindow::closeEvent(event);
}
