// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "language.h"
#include "mainwindow.h"
#include "practicewindow.h"
#include "scrollareaaccess.h"
#include "visibleboxes.h"

#include <QAccessible>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <QSettings>
#include <QStyle>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace {

/// Qt 6.4 does not tell the accessibility bus object names: for tests that drive the window by them.
class NamesForTests : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *object, QEvent *event) override
    {
        auto *widget = event->type() == QEvent::Polish ? qobject_cast<QWidget *>(object) : nullptr;
        if (widget && !widget->objectName().isEmpty() && widget->accessibleDescription().isEmpty())
            widget->setAccessibleDescription(QLatin1Char('#') + widget->objectName());
        return false;
    }
};

/// A window whose title is the program's name does not say it twice, if both are in one language.
void speak(const QString &language)
{
    useLanguage(language);
    QGuiApplication::setApplicationDisplayName(
            QCoreApplication::translate("Program", "MTA-STS Assistant"));
}

} // namespace

void Program::prepare()
{
    QCoreApplication::setApplicationName(QStringLiteral("mta-sts-assistant"));
    QCoreApplication::setOrganizationName(QStringLiteral("mta-sts-assistant"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ASSISTANT_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.mta_sts_assistant"));
    // The first window does not wait for the reading of four pictures.
    QTimer::singleShot(0, qApp, [] {
        QIcon icon;
        for (const int size : {16, 32, 48, 128})
            icon.addFile(QStringLiteral(":/icons/app/%1.png").arg(size));
        QGuiApplication::setWindowIcon(icon);
    });
    speak({});
    QAccessible::installFactory(accessibleScrollArea);
    if (QApplication::style()->name() == QLatin1String("fusion"))
        QApplication::setStyle(new VisibleBoxes);
    if (qEnvironmentVariableIsSet("MTASTS_UI_IDS"))
        qApp->installEventFilter(new NamesForTests(qApp));
}

QString Program::description()
{
    return QCoreApplication::translate(
            "Program", "Sets up and checks MTA-STS, TLS-RPT and DANE for a mail domain.");
}

void Program::addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("state-dir"),
                      QCoreApplication::translate("Program", "Keep settings in this folder."),
                      QStringLiteral("FOLDER")});
}

/// Of the user, or of one folder.
static std::unique_ptr<QSettings> settingsIn(const QString &folder)
{
    if (folder.isEmpty())
        return std::make_unique<QSettings>();
    return std::make_unique<QSettings>(QDir(folder).filePath(QStringLiteral("window.ini")),
                                       QSettings::IniFormat);
}

int Program::practise(const QCommandLineParser &parser)
{
    const QString folder = parser.value(QStringLiteral("state-dir"));
    const QString language = settingsIn(folder)->value(LanguageKey).toString();
    if (!language.isEmpty())
        speak(language);
    openPracticeWindow(folder, language, [](const QString &why) {
        std::fprintf(stderr, "mta-sts-assistant: %s\n", qPrintable(why));
        QCoreApplication::exit(69);
    });
    return QApplication::exec();
}

int Program::run(const QCommandLineParser &parser, EngineMaker makeEngine)
{
    const std::unique_ptr<QSettings> settings =
            settingsIn(parser.value(QStringLiteral("state-dir")));
    const QString language = settings->value(LanguageKey).toString();
    if (!language.isEmpty())
        speak(language);
    MainWindow window(std::move(makeEngine), *settings);
    window.show();
    return QApplication::exec();
}
