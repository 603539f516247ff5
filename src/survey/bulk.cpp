// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/bulk.h"

#include <QElapsedTimer>

#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

namespace {

constexpr int StalledAfterMs =
        2000; // longer than any busy domain takes: it waits for a dead server
constexpr int MostThreads = 1000;

class Bulk
{
public:
    Bulk(int jobs, const LookOptions &options, const Doors &doors, const Cancel &cancel,
         const std::function<void(const Survey &)> &onFinished)
        : m_jobs(jobs)
        , m_options(options)
        , m_doors(doors)
        , m_cancel(cancel)
        , m_onFinished(onFinished)
    {
        m_options.overlap = LookOptions::Overlap::BetweenDomains;
    }

    void run(const std::function<std::optional<DomainName>()> &next)
    {
        while (!m_cancel.isCancelled()) {
            const std::optional<DomainName> domain = next();
            if (!domain)
                break;
            waitForPlace();
            const std::lock_guard lock(m_mutex);
            m_tasks.emplace_back();
            const auto task = std::prev(m_tasks.end());
            task->since.start();
            task->thread = std::thread([this, task, name = *domain] { work(task, name); });
        }
        std::unique_lock lock(m_mutex);
        while (!m_tasks.empty()) {
            reap(lock);
            if (!m_tasks.empty())
                m_ended.wait_for(lock, 50ms);
        }
    }

private:
    struct Task
    {
        std::thread thread;
        QElapsedTimer since;
        bool ended = false;
    };

    void work(std::list<Task>::iterator task, const DomainName &domain)
    {
        const Survey survey = look(domain, m_options, m_doors, m_cancel);
        {
            const std::lock_guard lock(m_finishedMutex);
            m_onFinished(survey);
        }
        const std::lock_guard lock(m_mutex);
        task->ended = true;
        m_ended.notify_one();
    }

    void waitForPlace()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            reap(lock);
            int busy = 0;
            for (const Task &task : m_tasks)
                busy += !task.since.hasExpired(StalledAfterMs);
            if ((busy < m_jobs && int(m_tasks.size()) < MostThreads) || m_cancel.isCancelled())
                return;
            m_ended.wait_for(lock, 50ms);
        }
    }

    void reap(std::unique_lock<std::mutex> &lock)
    {
        std::list<Task> ended;
        for (auto task = m_tasks.begin(); task != m_tasks.end();) {
            const auto next = std::next(task);
            if (task->ended)
                ended.splice(ended.end(), m_tasks, task);
            task = next;
        }
        if (ended.empty())
            return;
        lock.unlock();
        for (Task &task : ended)
            task.thread.join();
        lock.lock();
    }

    const int m_jobs;
    LookOptions m_options;
    const Doors m_doors;
    const Cancel m_cancel;
    const std::function<void(const Survey &)> m_onFinished;
    std::mutex m_mutex; // guards m_tasks
    std::condition_variable m_ended;
    std::list<Task> m_tasks;
    std::mutex m_finishedMutex;
};

} // namespace

void lookAtMany(const std::function<std::optional<DomainName>()> &next, int jobs,
                const LookOptions &options, const Doors &doors, const Cancel &cancel,
                const std::function<void(const Survey &)> &onFinished)
{
    Bulk(jobs > 0 ? jobs : defaultJobs(), options, doors, cancel, onFinished).run(next);
}

int defaultJobs()
{
    return 64 * int(std::max(1U, std::thread::hardware_concurrency()));
}
