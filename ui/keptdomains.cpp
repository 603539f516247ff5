// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keptdomains.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace {

constexpr int PauseMs = 300; // changes of one moment become one write

} // namespace

KeptDomains::KeptDomains(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(PauseMs);
    connect(&m_pause, &QTimer::timeout, this, &KeptDomains::startWork);
    connect(&m_loader, &QFutureWatcherBase::finished, this, &KeptDomains::takeLoaded);
    connect(&m_worker, &QFutureWatcherBase::finished, this, &KeptDomains::takeWork);
}

KeptDomains::~KeptDomains()
{
    m_pool.waitForDone();
    if (!m_due.isEmpty())
        (void)work(DomainStore(m_folder), m_due);
}

void KeptDomains::load()
{
    m_loader.setFuture(
            QtConcurrent::run(&m_pool, [folder = m_folder] { return DomainStore(folder).load(); }));
}

void KeptDomains::takeLoaded()
{
    const DomainStore::Loaded all = m_loader.result();
    for (const KeptDomain &kept : all.domains)
        m_domains.insert(kept.domain, kept);
    m_isLoaded = true;
    Q_EMIT loaded(all.setAside, all.errors);
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &act : waiting)
        act();
}

bool KeptDomains::contains(const DomainName &domain) const
{
    return m_domains.contains(domain);
}

KeptDomain KeptDomains::find(const DomainName &domain) const
{
    KeptDomain none;
    none.domain = domain;
    return m_domains.value(domain, none);
}

void KeptDomains::change(const DomainName &domain, const Change &change)
{
    if (domain.isEmpty())
        return;
    if (!m_isLoaded) {
        m_waiting.append([this, domain, change] { this->change(domain, change); });
        return;
    }
    const bool isNew = !contains(domain);
    const KeptDomain before = find(domain);
    KeptDomain after = change(before);
    if (!isNew && after == before)
        return;
    m_domains.insert(domain, after);
    // One of a newer program is shown with what is new, and its file is left as it is.
    if (!after.isFromNewer)
        enqueue({Task::Kind::Save, after, {}});
    Q_EMIT changed(domain);
}

void KeptDomains::forget(const DomainName &domain)
{
    if (!contains(domain))
        return;
    remove(domain);
    Q_EMIT forgotten(domain);
}

void KeptDomains::remove(const DomainName &domain)
{
    m_lastForgotten =
            Task{Task::Kind::PutBack, m_domains.take(domain), std::make_shared<QByteArray>()};
    m_lastDraft.reset();
    enqueue({Task::Kind::Forget, m_lastForgotten->kept, m_lastForgotten->octets});
}

void KeptDomains::discardDraft(const DomainName &domain)
{
    const KeptDomain before = find(domain);
    // The file of a newer program is left as it is: the draft would come back with it.
    if (!before.draft || before.isFromNewer)
        return;
    m_lastForgotten.reset();
    m_lastDraft = before;
    change(domain, [](KeptDomain kept) {
        kept.draft.reset();
        kept.draftStep.clear();
        return kept;
    });
    Q_EMIT draftDiscarded(domain);
}

void KeptDomains::undo()
{
    if (const auto before = std::exchange(m_lastDraft, {})) {
        change(before->domain, [before](KeptDomain kept) { // what a check has learnt since stays
            kept.draft = before->draft;
            kept.draftStep = before->draftStep;
            return kept;
        });
        return;
    }
    if (!m_lastForgotten)
        return;
    const Task task = *std::exchange(m_lastForgotten, {});
    m_domains.insert(task.kept.domain, task.kept);
    enqueue(task);
    Q_EMIT changed(task.kept.domain);
}

void KeptDomains::forgetAll()
{
    const QList<DomainName> domains = m_domains.keys();
    m_forgettingAll += int(domains.size());
    m_lastDraft.reset();
    for (const DomainName &domain : domains) {
        remove(domain);
        m_lastForgotten.reset(); // it was asked about, and is not offered to be undone
        Q_EMIT forgotten(domain);
    }
    if (domains.isEmpty())
        Q_EMIT allForgotten(0);
}

void KeptDomains::retry()
{
    for (const Task &task : std::exchange(m_failed, {}))
        enqueue(task);
}

void KeptDomains::enqueue(Task task)
{
    const auto isOfSame = [&task](const Task &other) {
        return other.kept.domain == task.kept.domain;
    };
    m_failed.removeIf(isOfSame);
    if (task.kind == Task::Kind::Save && !m_due.isEmpty()) {
        const auto last = std::find_if(m_due.rbegin(), m_due.rend(), isOfSame);
        if (last != m_due.rend() && last->kind == Task::Kind::Save) {
            *last = std::move(task);
            return;
        }
    }
    m_due.append(std::move(task));
    if (!m_pause.isActive() && !m_worker.isRunning())
        m_pause.start();
}

QList<KeptDomains::Done> KeptDomains::work(const DomainStore &store, const QList<Task> &tasks)
{
    QList<Done> done;
    for (const Task &task : tasks) {
        Result<void> result;
        if (task.kind == Task::Kind::Save ||
            (task.kind == Task::Kind::PutBack && task.octets->isEmpty())) {
            result = store.save(task.kept);
        } else if (task.kind == Task::Kind::PutBack) {
            result = store.putBack(task.kept.domain, *task.octets);
        } else if (const Result<QByteArray> octets = store.forget(task.kept.domain); octets) {
            *task.octets = *octets;
        } else {
            result = tl::unexpected(octets.error());
        }
        done.append({task, result});
    }
    return done;
}

void KeptDomains::startWork()
{
    if (m_due.isEmpty() || m_worker.isRunning())
        return;
    m_worker.setFuture(QtConcurrent::run(
            &m_pool, [store = DomainStore(m_folder), tasks = std::exchange(m_due, {})] {
                return work(store, tasks);
            }));
}

void KeptDomains::takeWork()
{
    const QList<Done> all = m_worker.result();
    std::optional<Done> first;
    for (const Done &done : all) {
        const bool isForget = done.task.kind == Task::Kind::Forget;
        if (isForget && m_forgettingAll > 0) {
            --m_forgettingAll;
            m_notForgotten += !done.result;
            if (m_forgettingAll == 0)
                Q_EMIT allForgotten(std::exchange(m_notForgotten, 0));
        }
        if (done.result)
            continue;
        if (!first)
            first = done;
        if (isForget && !contains(done.task.kept.domain)) { // it is still there
            m_domains.insert(done.task.kept.domain, done.task.kept);
            Q_EMIT changed(done.task.kept.domain);
        } else if (!isForget) {
            m_failed.append(done.task);
        }
    }
    if (first)
        Q_EMIT notWritten(first->task.kept.domain, first->result.error());
    if (!m_due.isEmpty())
        startWork();
    else if (m_failed.isEmpty())
        Q_EMIT written();
}
