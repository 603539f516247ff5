// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/serverthread.h"

#include <QCoreApplication>
#include <QEvent>

#include <future>

namespace {

class Work : public QEvent
{
public:
    explicit Work(const std::function<void()> &what)
        : QEvent(User)
        , m_what(what)
    {
    }
    std::future<void> done() { return m_done.get_future(); }
    void work()
    {
        m_what();
        m_done.set_value();
    }

private:
    const std::function<void()> &m_what; // lives until it is done: its owner waits for it
    std::promise<void> m_done;
};

} // namespace

class ServerThread::Inside : public QObject
{
protected:
    void customEvent(QEvent *event) override { static_cast<Work *>(event)->work(); }
};

ServerThread::ServerThread(ServerLimits limits)
    : m_limits(limits)
    , m_inside(std::make_unique<Inside>())
{
    m_inside->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("practice"));
    m_thread.start();
}

ServerThread::~ServerThread()
{
    m_thread.quit();
    m_thread.wait();
}

void ServerThread::run(const std::function<void()> &work)
{
    auto *event = new Work(work);
    const std::future<void> done = event->done();
    QCoreApplication::postEvent(m_inside.get(), event); // which owns it now
    done.wait();
}
