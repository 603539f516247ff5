// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A “Test” button and the banner under it: starts a test in a worker, can stop it, says what came out.

#include "networktest.h"

#include <QFutureWatcher>
#include <QObject>

class Banner;
class QPushButton;

class TestLine : public QObject
{
    Q_OBJECT
public:
    TestLine(QPushButton *button, Banner *banner, QObject *parent);
    ~TestLine() override; // cancels, and waits for nothing
    /// Begins, or stops what is under way.
    void toggle(const NetworkTests::Test &test, const NetworkOptions &options);
    /// What was said no longer holds: the fields have changed.
    void forget();

private:
    void ended();

    QPushButton *m_button;
    Banner *m_banner;
    QString m_idleText;
    Cancel m_cancel;
    QFutureWatcher<TestResult> m_watcher;
};
