// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "testline.h"

#include "banner.h"

#include <QPushButton>
#include <QtConcurrentRun>

TestLine::TestLine(QPushButton *button, Banner *banner, QObject *parent)
    : QObject(parent)
    , m_button(button)
    , m_banner(banner)
    , m_idleText(button->text())
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &TestLine::ended);
}

TestLine::~TestLine()
{
    m_cancel.cancel();
}

void TestLine::toggle(const NetworkTests::Test &test, const NetworkOptions &options)
{
    if (m_watcher.isRunning()) {
        m_cancel.cancel();
        return;
    }
    m_cancel = Cancel();
    m_button->setText(tr("St&op"));
    m_banner->tell(Severity::Info, tr("Testing…"));
    m_watcher.setFuture(QtConcurrent::run(
            [test, options, cancel = m_cancel] { return test(options, cancel); }));
}

void TestLine::forget()
{
    m_cancel.cancel();
    m_watcher.setFuture({}); // a late answer speaks of other fields
    m_button->setText(m_idleText);
    m_banner->clear();
}

void TestLine::ended()
{
    if (m_watcher.future().resultCount() == 0)
        return;
    m_button->setText(m_idleText);
    const TestResult result = m_watcher.result();
    m_banner->tell(result.severity, result.sentence);
}
