// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window's menu, and the dialogs that it opens.
#include "aboutdialog.h"
#include "checkpage.h"
#include "help.h"
#include "mainwindow.h"
#include "settingsdialog.h"
#include "startpage.h"

#include <QMenu>
#include <QSettings>

void MainWindow::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("mainMenu"));
    const auto add = [&](const QString &text, const QKeySequence &keys, auto &&does) {
        QAction *action = menu->addAction(text);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, does);
        addAction(action); // the keys work on every page
        return action;
    };
    QAction *open = menu->addAction(tr("&Open a saved result…"));
    open->setObjectName(QStringLiteral("openAction"));
    open->setShortcut(QKeySequence::Open); // the check page has the key itself
    open->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_start->addAction(open);
    connect(open, &QAction::triggered, this, [this] { checkPage()->askForResult(); });
    QAction *practice = menu->addAction(tr("Try with a &practice domain"), this, [this] {
        if (m_practice)
            openPracticeDialog();
        else
            startPractice();
    });
    practice->setObjectName(QStringLiteral("practiceAction"));
    add(tr("&Settings…"), Qt::CTRL | Qt::Key_Comma, &MainWindow::openSettings)
            ->setObjectName(QStringLiteral("settingsAction"));
    menu->addSeparator();
    menu->addAction(tr("&Help"), this, [this] {
            showHelp(this);
        })->setObjectName(QStringLiteral("helpAction")); // offerHelp() has the key
    add(tr("&About MTA-STS Assistant"), {}, &MainWindow::openAbout)
            ->setObjectName(QStringLiteral("aboutAction"));
    menu->addSeparator();
    add(tr("&Quit"), Qt::CTRL | Qt::Key_Q, &MainWindow::close)
            ->setObjectName(QStringLiteral("quitAction"));
    m_start->setMenu(menu);
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDataFolder(m_kept.folder());
    dialog->setTokens(m_publisher.tokens());
    connect(dialog, &SettingsDialog::accepted, this, [this] {
        renewEngine();
        if (!m_settings.value(RememberKey, true).toBool())
            m_settings.remove(LastDomainKey);
    });
    connect(dialog, &SettingsDialog::forgetAllAsked, this, [this] {
        m_settings.remove(LastDomainKey);
        m_kept.forgetAll();
    });
    connect(&m_kept, &KeptDomains::allForgotten, dialog, [dialog](int failed) {
        if (failed > 0)
            dialog->tellForgotten(Severity::Warning,
                                  tr("%n file(s) could not be deleted.", nullptr, failed));
        else
            dialog->tellForgotten(Severity::Ok, tr("All domains were forgotten."));
    });
    dialog->open();
}

void MainWindow::openAbout()
{
    auto *dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}
