// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkall.h"

#include "draft.h"
#include "keptdomains.h"

#include <QtConcurrentRun>

namespace {

constexpr int AtATime = 8;

} // namespace

CheckAll::CheckAll(KeptDomains &kept, QObject *parent)
    : QObject(parent)
    , m_kept(kept)
{
    m_pool.setMaxThreadCount(AtATime);
    for (int i = 0; i < AtATime; ++i) {
        m_lanes.push_back(std::make_unique<Lane>());
        Lane *lane = m_lanes.back().get();
        connect(&lane->watcher, &QFutureWatcherBase::finished, this, [this, lane] { take(*lane); });
    }
}

CheckAll::~CheckAll()
{
    m_cancel.cancel();
    m_waiting.clear();
    m_pool.waitForDone();
}

void CheckAll::start(const QList<DomainName> &domains)
{
    if (isRunning() || domains.isEmpty())
        return;
    m_cancel = Cancel();
    m_waiting = domains;
    m_total = int(domains.size());
    m_done = m_unanswered = 0;
    for (const DomainName &domain : domains)
        Q_EMIT queued(domain);
    for (const auto &lane : m_lanes)
        startNext(*lane);
    Q_EMIT progressed();
}

void CheckAll::stop()
{
    m_cancel.cancel();
    const auto waiting = std::exchange(m_waiting, {});
    for (const DomainName &domain : waiting)
        Q_EMIT left(domain);
}

void CheckAll::startNext(Lane &lane)
{
    if (m_waiting.isEmpty())
        return;
    lane.domain = m_waiting.takeFirst();
    ++m_running;
    Q_EMIT began(lane.domain);
    lane.watcher.setFuture(
            QtConcurrent::run(&m_pool, [engine = m_engine, domain = lane.domain, cancel = m_cancel,
                                        lastSeen = m_kept.find(lane.domain).lastSeen()] {
                Outcome outcome;
                outcome.survey = engine.look(domain, cancel, [](const Survey &) {});
                outcome.survey.finished = true;
                outcome.report = engine.judge(outcome.survey, lastSeen);
                return outcome;
            }));
}

void CheckAll::take(Lane &lane)
{
    const Outcome outcome = lane.watcher.result();
    // Forgotten meanwhile: it must not come back by itself.
    if (m_kept.contains(lane.domain))
        m_kept.change(lane.domain, [outcome](const KeptDomain &kept) {
            return afterCheck(kept, outcome.survey, outcome.report);
        });
    m_unanswered += nothingAnswered(outcome.survey);
    --m_running;
    ++m_done;
    Q_EMIT left(lane.domain);
    startNext(lane);
    Q_EMIT progressed();
    if (!isRunning())
        Q_EMIT ended(m_unanswered);
}
