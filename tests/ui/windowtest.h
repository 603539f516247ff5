// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The whole window on a world of data, and how a test takes hold of it.

#include "fakeengine.h"
#include "fakeservice.h"
#include "mainwindow.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

struct WindowTest
{
    explicit WindowTest(Engine engine = fakeEngine())
        : settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
        , window(std::make_unique<MainWindow>(
                  [engine = withService(std::move(engine))](const QSettings &) { return engine; },
                  settings))
    {
        window->resize(window->minimumSize());
        window->show();
    }
    /// The shown widget of this name.
    template <class Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        const auto all = window->findChildren<Widget *>(QString::fromLatin1(name));
        for (Widget *widget : all)
            if (widget->isVisibleTo(window.get()))
                return widget;
        qFatal("%s is not shown", name);
    }
    [[nodiscard]] bool isShown(const char *name) const
    {
        const auto all = window->findChildren<QWidget *>(QString::fromLatin1(name));
        return std::any_of(all.begin(), all.end(),
                           [&](QWidget *w) { return w->isVisibleTo(window.get()); });
    }
    void press(const char *button) const { find<QPushButton>(button)->click(); }
    void type(const char *edit, const QString &text) const
    {
        auto *field = find<QLineEdit>(edit);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    [[nodiscard]] QString label(const char *name) const { return find<QLabel>(name)->text(); }
    [[nodiscard]] bool isIdle() const { return !window->session().isLooking(); }

    FakeService service; // what is published through, unless the engine brings its own
    QTemporaryDir folder;
    QSettings settings;
    std::unique_ptr<MainWindow> window;

private:
    [[nodiscard]] Engine withService(Engine engine)
    {
        if (!engine.publish.open)
            engine.publish = service.doors();
        return engine;
    }
};
