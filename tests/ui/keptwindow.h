// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window with kept domains, closed and opened again at will.

#include "keptfixture.h"
#include "windowtest.h"

#include <QAbstractButton>

struct KeptWindow
{
    QTemporaryDir folder;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<MainWindow> window;

    explicit KeptWindow(const QList<KeptDomain> &all = {})
    {
        keepIn(folder.filePath(QStringLiteral("domains")), all);
        open();
    }
    void open()
    {
        window.reset();
        settings = std::make_unique<QSettings>(folder.filePath(QStringLiteral("window.ini")),
                                               QSettings::IniFormat);
        window = std::make_unique<MainWindow>([](const QSettings &) { return fakeEngine(); },
                                              *settings);
        window->resize(window->minimumSize());
        window->show();
        QTRY_VERIFY(window->keptDomains().isLoaded());
    }
    void close()
    {
        window->close();
        window.reset();
        settings.reset();
    }
    template <class Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (Widget *widget : window->findChildren<Widget *>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(window.get()))
                return widget;
        qFatal("%s is not shown", name);
    }
    [[nodiscard]] bool isShown(const char *name) const
    {
        for (const QWidget *widget : window->findChildren<QWidget *>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(window.get()))
                return true;
        return false;
    }
    void type(const QString &text) const { find<QLineEdit>("domainEdit")->setText(text); }
    void press(const char *name) const { find<QAbstractButton>(name)->click(); }
    void check(const QString &domain) const
    {
        type(domain);
        press("checkButton");
        QTRY_VERIFY(!window->session().isLooking());
    }
    [[nodiscard]] QList<KeptDomain> files() const
    {
        return DomainStore(folder.filePath(QStringLiteral("domains"))).load().domains;
    }
};
