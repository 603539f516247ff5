// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "assistantview.h"
#include "checkpage.h"
#include "help.h"
#include "historydialog.h"
#include "publishquestions.h"
#include "resultopener.h"
#include "senderspage.h"
#include "startpage.h"
#include "steps.h"

#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QShowEvent>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTimer>

namespace {

constexpr QSize FirstSize(960, 640);
constexpr QSize LeastSize(860, 560);

/// Of what this computer keeps: domains, journals, the list of accounts.
QString stateFolder(const QSettings &settings)
{
    return settings.format() == QSettings::IniFormat
                   ? QFileInfo(settings.fileName()).path()
                   : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

} // namespace

MainWindow::MainWindow(EngineMaker makeEngine, QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_makeEngine(std::move(makeEngine))
    , m_session(m_makeEngine(settings))
    , m_settings(settings)
    , m_kept(QDir(stateFolder(settings)).filePath(QStringLiteral("domains")))
    , m_checkAll(m_kept)
    , m_keeper(m_session, m_kept, settings)
    , m_publisher(m_session, stateFolder(settings))
    , m_stack(new QStackedWidget(this))
    , m_start(new StartPage(m_kept, m_checkAll, settings, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("MTA-STS Assistant"));
    m_checkAll.setEngine(m_session.engine());
    m_stack->setObjectName(QStringLiteral("views"));
    m_stack->addWidget(m_start);
    setCentralWidget(m_stack);
    setMinimumSize(LeastSize);
    setAcceptDrops(true);
    if (!restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(FirstSize);
    connect(&m_publisher, &Publisher::published, &m_session, &Session::outdate);
    connect(m_start, &StartPage::checkAsked, this, &MainWindow::checkDomain);
    connect(m_start, &StartPage::setupAsked, this, &MainWindow::setUpDomain);
    connect(m_start, &StartPage::sendersAsked, this, [this](const DomainName &domain) {
        take(domain, Session::Aim::SetUp);
        showCheck(); // what they do is worked out from a check of today
        showSenders();
    });
    connect(m_start, &StartPage::practiceAsked, this, &MainWindow::startPractice);
    connect(m_start, &StartPage::removalAsked, this, &MainWindow::askToRemove);
    connect(m_start, &StartPage::historyAsked, this, &MainWindow::showHistory);
    connect(m_start, &StartPage::daneAsked, this, [this](const DomainName &domain) {
        take(domain, Session::Aim::SetUp);
        showAssistant(Step::Dane);
    });
    makeMenu();
    offerHelp(this);
    const auto last = DomainName::fromAscii(m_settings.value(LastDomainKey).toByteArray());
    m_start->show(last.value_or(DomainName()));
    m_start->focusField();
}

MainWindow::~MainWindow() = default;

/// Nothing is read before the first window stands.
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!m_kept.isLoaded() && !event->spontaneous())
        QTimer::singleShot(0, &m_kept, &KeptDomains::load);
}

void MainWindow::renewEngine()
{
    m_session.setEngine(m_makeEngine(m_settings));
    m_checkAll.setEngine(m_session.engine());
    m_publisher.setDoors(m_session.engine().publish);
}

void MainWindow::rememberLast(const DomainName &domain)
{
    if (m_settings.value(RememberKey, true).toBool() || m_kept.find(domain).isSetUp)
        m_settings.setValue(LastDomainKey, domain.ascii());
}

void MainWindow::checkDomain(const DomainName &domain)
{
    take(domain, Session::Aim::SetUp);
    if (!m_session.isLooking())
        m_session.outdate(); // whoever asks wants what stands now
    showCheck();
}

/// At the step where it was left, as long as that is known.
void MainWindow::setUpDomain(const DomainName &domain)
{
    Step at = Step::Domain;
    if (!domain.isEmpty()) {
        take(domain, Session::Aim::SetUp);
        at = stepFromName(m_kept.find(domain).draftStep).value_or(Step::Domain);
    }
    showAssistant(at);
}

void MainWindow::take(const DomainName &domain, Session::Aim aim)
{
    m_session.setDomain(domain);
    m_session.setAim(aim);
    rememberLast(domain);
}

void MainWindow::askToRemove(const DomainName &domain)
{
    QMessageBox *box = removeQuestion(m_kept.find(domain), m_session.now(), this);
    connect(box, &QMessageBox::accepted, this, [this, domain] {
        take(domain, Session::Aim::Remove);
        showAssistant(Step::Publish);
    });
    box->open();
}

void MainWindow::showHistory(const DomainName &domain)
{
    auto *dialog = new HistoryDialog(m_publisher.journals(), domain, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HistoryDialog::undoAsked, this, [this, domain](const QString &journal) {
        take(domain, Session::Aim::Undo);
        m_publisher.setUndone(journal);
        showAssistant(Step::Publish);
    });
    dialog->open();
}

void MainWindow::showStart()
{
    m_session.stop();
    m_keeper.setPlace(DomainKeeper::Place::Elsewhere);
    m_stack->setCurrentWidget(m_start);
    m_start->show(m_session.domain(), m_session.takeTyped());
    m_start->enter();
    m_start->focusField();
}

void MainWindow::showCheck()
{
    m_keeper.setPlace(DomainKeeper::Place::Check);
    m_session.setAim(Session::Aim::SetUp);
    m_stack->setCurrentWidget(checkPage());
    checkPage()->enter();
}

void MainWindow::showAssistant(Step at)
{
    if (at == Step::Dane)
        m_session.askForDane();
    m_stack->setCurrentWidget(assistant());
    if (at == Step::Review && m_publisher.isReady())
        at = Step::Publish;
    else if (at == Step::Publish && !m_publisher.isReady())
        at = Step::Service; // a token is asked for first
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
        connect(m_check, &CheckPage::resultOpened, this, [this] {
            m_keeper.setPlace(DomainKeeper::Place::Check);
            m_stack->setCurrentWidget(m_check);
        });
        connect(m_check, &CheckPage::networkChanged, this, &MainWindow::renewEngine);
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
    m_senders->enter(checkPage()->isSaved() ? SendersPage::Source::File
                                            : SendersPage::Source::Session);
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
        m_assistant =
                new AssistantView(assistantSteps(m_session, m_publisher, m_settings), m_stack);
        m_stack->addWidget(m_assistant);
        connect(m_assistant, &AssistantView::closed, this, [this] {
            m_assistant->leave();
            showStart();
        });
        connect(m_assistant, &AssistantView::stepChanged, this, [this](int step) {
            m_keeper.setPlace(DomainKeeper::Place::Assistant, stepName(Step(step)));
        });
        connect(m_assistant, &AssistantView::checkAsked, this, [this] {
            m_assistant->leave();
            showCheck();
        });
        for (const auto signal : {&Session::domainChanged, &Session::aimChanged})
            connect(&m_session, signal, m_assistant, &AssistantView::startOver);
        for (const auto signal : {&KeptDomains::forgotten, &KeptDomains::draftDiscarded})
            connect(&m_kept, signal, m_assistant, [this](const DomainName &domain) {
                if (domain == m_session.domain())
                    m_assistant->startOver();
            });
    }
    return m_assistant;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool isInAssistant = m_assistant && m_stack->currentWidget() == m_assistant;
    if (isInAssistant && !m_assistant->mayClose()) {
        event->ignore();
        return;
    }
    if (isInAssistant)
        m_assistant->leave(); // the page that is shown hands over what was typed
    m_session.stop();
    m_checkAll.stop();
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_start->remember();
    if (m_check)
        m_settings.setValue(QStringLiteral("check/splitter"), m_check->splitterState());
    QMainWindow::closeEvent(event);
}
