// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The practice while the window runs: its world, the DNS service that can be published at, and the
// situation that both are in.

#include "practice/service.h"
#include "practice/situation.h"
#include "practice/world.h"
#include "session.h"

#include <QFutureWatcher>
#include <QMutex>
#include <QThreadPool>
#include <QTimer>

class PracticeRun : public QObject
{
    Q_OBJECT
public:
    explicit PracticeRun(QObject *parent = nullptr);
    ~PracticeRun() override;
    /// Blocks for some tens of milliseconds, before there is a window.
    [[nodiscard]] Result<void> start();
    [[nodiscard]] const Practice::World &world() const { return m_world; }
    [[nodiscard]] Practice::Situation situation() const;
    [[nodiscard]] QByteArray token() const { return m_service.token(); }
    [[nodiscard]] QDateTime now() const; // UTC, as far as the clock was turned forward
    /// The real look and judge in this Internet, at the time that it is here.
    [[nodiscard]] Engine engine() const;
    /// No token gets out of here, and none into the key store.
    [[nodiscard]] PublishDoors doors(const NetworkOptions &options) const;

    // Shown to the program a moment later: then happened() comes.
    void setAccidents(const QSet<QByteArray> &ids);
    void startOver(Practice::Stage stage); // mends everything, too
    /// Some years at most, in all. Never back: what the program remembers would be of the future.
    void turnForward(int days);

    /// How long a new policy host waits for its certificate.
    void setCertificateMs(int milliseconds) { m_certificate.setInterval(milliseconds); }

Q_SIGNALS:
    void happened();   // whoever looks from now on sees it
    void tokenAsked(); // the page of the service where one is made

private:
    void takePublished(const PracticeServiceState &state); // in the thread of the service
    void renewToken();
    void show();

    mutable QMutex m_mutex;
    Practice::Situation m_situation; // under the lock
    bool m_startsOver = false;       // so: a host that stands from the start has its certificate
    Practice::Situation m_shown;     // last by show()
    Practice::World m_world;
    ServerThread m_thread; // of the service alone: it waits until the world shows what was written
    PracticeService m_service; // before its thread goes
    QTimer m_certificate;
    QThreadPool m_pool;
    QFutureWatcher<Result<void>> m_watcher;
};
