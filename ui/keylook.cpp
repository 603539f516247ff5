// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keylook.h"

#include "survey/network.h"

#include <QtConcurrentRun>

namespace {

constexpr int AtOnce = 8;

} // namespace

ServerKeysDoor serverKeysDoor(const NetworkOptions &options)
{
    return [options](const QByteArray &host, const Cancel &cancel) {
        Network network(options);
        const Doors doors = network.doors();
        const LiveServer server = liveServer(host, 25, options.look);
        const Cancel whole = cancel.until(QDeadlineTimer(options.look.timeoutMs));
        return lookAtServerKeys(server, doors.validating, doors.smtp, whole);
    };
}

KeyLook::KeyLook(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(AtOnce);
}

KeyLook::~KeyLook()
{
    m_cancel.cancel();
    m_pool.waitForDone();
}

void KeyLook::look(const ServerKeysDoor &door, const QList<QByteArray> &hosts)
{
    if (!door)
        return;
    for (const QByteArray &host : hosts) {
        if (m_seen.contains(host) || m_running.contains(host))
            continue;
        auto *watcher = new Watcher(this);
        m_running.insert(host, watcher);
        connect(watcher, &QFutureWatcherBase::finished, this,
                [this, host, watcher] { take(host, watcher); });
        watcher->setFuture(QtConcurrent::run(
                &m_pool, [door, host, cancel = m_cancel] { return door(host, cancel); }));
    }
}

void KeyLook::forget()
{
    m_cancel.cancel();
    m_cancel = Cancel();
    for (Watcher *watcher : std::as_const(m_running))
        watcher->deleteLater();
    m_running.clear();
    m_seen.clear();
}

const LiveServerKeys *KeyLook::seen(const QByteArray &host) const
{
    const auto found = m_seen.constFind(host);
    return found == m_seen.constEnd() ? nullptr : &*found;
}

void KeyLook::take(const QByteArray &host, Watcher *watcher)
{
    if (m_running.value(host) != watcher)
        return; // of before forget()
    m_running.remove(host);
    m_seen.insert(host, watcher->result());
    watcher->deleteLater();
    Q_EMIT changed();
}
