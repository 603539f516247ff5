// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks at the keys that mail servers show, each server in a worker, side by side. What was seen is kept
// until it is looked at anew or another domain comes.

#include "dane/liveserverkeys.h"

#include <QFutureWatcher>
#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <functional>

struct NetworkOptions;

using ServerKeysDoor = std::function<LiveServerKeys(const QByteArray &host, const Cancel &)>;
/// At port 25, as the options lead there.
[[nodiscard]] ServerKeysDoor serverKeysDoor(const NetworkOptions &options);

class KeyLook : public QObject
{
    Q_OBJECT
public:
    explicit KeyLook(QObject *parent = nullptr);
    ~KeyLook() override; // cancels, and waits (a cancel takes less than 100 ms)

    /// Those of these servers that were not looked at yet. Without a door nothing is.
    void look(const ServerKeysDoor &door, const QList<QByteArray> &hosts);
    void forget(); // what was seen, and what is under way
    [[nodiscard]] bool isLooking() const { return !m_running.isEmpty(); }
    [[nodiscard]] const LiveServerKeys *seen(const QByteArray &host) const; // nullptr: not yet

Q_SIGNALS:
    void changed();

private:
    using Watcher = QFutureWatcher<LiveServerKeys>;
    void take(const QByteArray &host, Watcher *watcher);

    QHash<QByteArray, LiveServerKeys> m_seen;
    QHash<QByteArray, Watcher *> m_running;
    Cancel m_cancel;
    QThreadPool m_pool;
};
