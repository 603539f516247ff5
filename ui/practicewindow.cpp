// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicewindow.h"

#include "banner.h"
#include "checkpage.h"
#include "language.h"
#include "mainwindow.h"
#include "practicedialog.h"
#include "practicerun.h"
#include "startpage.h"
#include "texts.h"

#include <QDir>
#include <QFutureWatcher>
#include <QMessageBox>
#include <QPointer>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QtConcurrentRun>
#include <QTemporaryDir>

namespace {

/// All that a practice window needs, as long as it is open.
class Practising : public QObject
{
public:
    Practising(const QString &folder, const QString &language,
               std::function<void(const QString &)> failed)
        : m_settings(QDir(folder.isEmpty() ? m_folder.path() : folder)
                             .filePath(QStringLiteral("window.ini")),
                     QSettings::IniFormat)
        , m_failed(std::move(failed))
    {
        if (!language.isEmpty())
            m_settings.setValue(LanguageKey, language);
        connect(&m_started, &QFutureWatcherBase::finished, this, &Practising::open);
        m_started.setFuture(QtConcurrent::run([this] { return m_run.start(); }));
    }
    ~Practising() override { m_started.waitForFinished(); }

private:
    Engine engine()
    {
        Engine engine = m_run.engine();
        engine.publish.openTokenPage = [this](const QUrl &) { Q_EMIT m_run.tokenAsked(); };
        return engine;
    }
    void open()
    {
        if (const Result<void> started = m_started.result(); !started) {
            m_failed(phrase(started.error()));
            deleteLater();
            return;
        }
        auto *window = new MainWindow([this](const QSettings &) { return engine(); }, m_settings);
        window->setAttribute(Qt::WA_DeleteOnClose);
        window->setPractice(m_run);
        connect(window, &QObject::destroyed, this, &QObject::deleteLater);
        window->show();
    }

    QTemporaryDir m_folder;
    QSettings m_settings;
    std::function<void(const QString &)> m_failed;
    PracticeRun m_run;
    QFutureWatcher<Result<void>> m_started;
};

} // namespace

void openPracticeWindow(const QString &folder, const QString &language,
                        const std::function<void(const QString &)> &failed)
{
    new Practising(folder, language, failed); // is its own owner
}

void MainWindow::startPractice()
{
    openPracticeWindow({}, m_settings.value(LanguageKey).toString(),
                       [window = QPointer<MainWindow>(this)](const QString &why) {
                           auto *box = new QMessageBox(QMessageBox::Warning, tr("Practice"), why,
                                                       QMessageBox::Ok, window);
                           box->setTextFormat(Qt::PlainText);
                           box->setAttribute(Qt::WA_DeleteOnClose);
                           box->open();
                       });
}

void MainWindow::setPractice(PracticeRun &run)
{
    m_practice = &run;
    // A key of its own: every letter of the button means something else on some page.
    const QKeySequence key(Qt::Key_F8);
    connect(new QShortcut(key, this), &QShortcut::activated, this,
            [this] { openPracticeDialog(); });
    auto *bar = new Banner(this);
    bar->setObjectName(QStringLiteral("practiceBar"));
    bar->tell(Severity::Warning,
              tr("Practice: %1 and its mail servers are inside this program. Other domains do not "
                 "exist here, and nothing leaves this computer.")
                      .arg(QString::fromLatin1(Practice::Domain)),
              tr("Break something… (%1)").arg(key.toString(QKeySequence::NativeText)));
    setMenuWidget(bar);
    setWindowTitle(tr("Practice"));
    m_start->hidePractice();
    m_start->show(DomainName::parse(QString::fromLatin1(Practice::Domain)).domain);
    m_start->focusField();
    connect(bar, &Banner::acted, this, [this] { openPracticeDialog(); });
    connect(&run, &PracticeRun::tokenAsked, this, [this] { openPracticeDialog()->focusToken(); });
    connect(&run, &PracticeRun::happened, this, [this] {
        if (m_check && m_stack->currentWidget() == m_check)
            m_session.look(); // one under way saw what was before
        m_start->takeTime();
    });
}

PracticeDialog *MainWindow::openPracticeDialog()
{
    auto *dialog = new PracticeDialog(*m_practice, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}
