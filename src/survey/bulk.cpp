// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/bulk.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace std::chrono_literals;

namespace {

constexpr int StalledAfterMs =
        2000; // longer than any busy domain takes: it waits for a dead server
constexpr int MostThreads = 1000;
constexpr int GiveBackMs = 1000;

class Bulk
{
public:
    Bulk(const std::function<std::optional<DomainName>()> &next, int jobs,
         const LookOptions &options, const Doors &doors, const Cancel &cancel,
         const std::function<void(const Survey &)> &onFinished)
        : m_next(next)
        , m_jobs(jobs)
        , m_options(options)
        , m_doors(doors)
        , m_cancel(cancel)
        , m_onFinished(onFinished)
    {
        m_options.overlap = LookOptions::Overlap::BetweenDomains;
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        m_memory.start();
        while (!m_listIsOver && !m_cancel.isCancelled()) {
            reap(lock);
            if (hasPlace()) {
                Worker &worker = m_workers.emplace_back();
                worker.thread = std::thread([this, &worker] { work(worker); });
            } else {
                m_news.wait_for(lock, 50ms);
                giveMemoryBack(lock);
            }
        }
        while (!m_workers.empty()) {
            reap(lock);
            if (!m_workers.empty())
                m_news.wait_for(lock, 50ms);
        }
    }

private:
    /// A thread that looks at domain after domain: making one for each would cost more than its waits.
    struct Worker
    {
        std::thread thread;
        bool isLooking = false;
        bool hasEnded = false;
        QElapsedTimer since; // the start of its look
    };

    void work(Worker &worker)
    {
        while (const std::optional<DomainName> domain = takeNext()) {
            {
                const std::lock_guard lock(m_mutex);
                worker.isLooking = true;
                worker.since.start();
                if (int(m_workers.size()) < m_jobs)
                    m_news.notify_one();
            }
            const Survey survey = look(*domain, m_options, m_doors, m_cancel);
            {
                const std::lock_guard lock(m_finishedMutex);
                m_onFinished(survey);
            }
            const std::lock_guard lock(m_mutex);
            worker.isLooking = false;
            if (busy() > m_jobs) // one that seemed to wait for a dead server goes on
                break;
        }
        const std::lock_guard lock(m_mutex);
        worker.hasEnded = true;
        m_news.notify_one();
    }

    std::optional<DomainName> takeNext()
    {
        const std::lock_guard lock(m_nextMutex);
        std::optional<DomainName> domain;
        if (!m_listIsOver && !m_cancel.isCancelled())
            domain = m_next();
        if (!domain)
            m_listIsOver = true;
        return domain;
    }

    int busy() const
    {
        return int(std::count_if(m_workers.begin(), m_workers.end(), [](const Worker &worker) {
            return !worker.hasEnded &&
                   !(worker.isLooking && worker.since.hasExpired(StalledAfterMs));
        }));
    }

    /// Not while somebody still waits for a domain to look at: the list may come slowly.
    bool hasPlace() const
    {
        const bool isAwaited =
                std::any_of(m_workers.begin(), m_workers.end(), [](const Worker &worker) {
                    return !worker.isLooking && !worker.hasEnded;
                });
        return !isAwaited && busy() < m_jobs && int(m_workers.size()) < MostThreads;
    }

    void reap(std::unique_lock<std::mutex> &lock)
    {
        std::list<Worker> ended;
        for (auto worker = m_workers.begin(); worker != m_workers.end();) {
            const auto next = std::next(worker);
            if (worker->hasEnded)
                ended.splice(ended.end(), m_workers, worker);
            worker = next;
        }
        if (ended.empty())
            return;
        lock.unlock();
        for (Worker &worker : ended)
            worker.thread.join();
        lock.lock();
    }

    /// Hundreds of threads leave holes between what is kept, which glibc does not give back by itself.
    void giveMemoryBack(std::unique_lock<std::mutex> &lock)
    {
        if (!m_memory.hasExpired(GiveBackMs))
            return;
        m_memory.start();
#ifdef __GLIBC__
        lock.unlock();
        malloc_trim(0);
        lock.lock();
#endif
    }

    const std::function<std::optional<DomainName>()> m_next;
    const int m_jobs;
    LookOptions m_options;
    const Doors m_doors;
    const Cancel m_cancel;
    const std::function<void(const Survey &)> m_onFinished;
    std::mutex m_nextMutex; // for calls of m_next
    std::atomic<bool> m_listIsOver = false;
    std::mutex m_mutex; // guards m_workers
    std::condition_variable m_news;
    std::list<Worker> m_workers;
    QElapsedTimer m_memory;     // since the last giveMemoryBack()
    std::mutex m_finishedMutex; // for calls of m_onFinished
};

} // namespace

void lookAtMany(const std::function<std::optional<DomainName>()> &next, int jobs,
                const LookOptions &options, const Doors &doors, const Cancel &cancel,
                const std::function<void(const Survey &)> &onFinished)
{
    Bulk(next, jobs > 0 ? jobs : defaultJobs(), options, doors, cancel, onFinished).run();
}

int defaultJobs()
{
    return 64 * int(std::max(1U, std::thread::hardware_concurrency()));
}
