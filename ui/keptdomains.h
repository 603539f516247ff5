// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The domains the user keeps, in memory; the files behind them are read and written in a worker, in
// the order of what was asked. What cannot be written stays in memory, is told, and can be tried again.

#include "store/domainstore.h"

#include <QFutureWatcher>
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

class KeptDomains : public QObject
{
    Q_OBJECT
public:
    using Change = std::function<KeptDomain(KeptDomain)>; // pure

    explicit KeptDomains(const QString &folder, QObject *parent = nullptr);
    ~KeptDomains() override; // after everything that is due was written
    [[nodiscard]] const QString &folder() const { return m_folder; }

    void load(); // loaded() follows
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] QList<KeptDomain> all() const { return m_domains.values(); }
    [[nodiscard]] bool contains(const DomainName &domain) const;
    /// What is remembered; nothing but the name for one that is not kept.
    [[nodiscard]] KeptDomain find(const DomainName &domain) const;

    /// Keeps the domain if it was not yet. Before everything is loaded the change waits for that.
    void change(const DomainName &domain, const Change &change);
    void forget(const DomainName &domain);
    void discardDraft(const DomainName &domain);
    void undo(); // the last of what was forgotten or discarded
    [[nodiscard]] bool canUndo() const { return m_lastForgotten || m_lastDraft; }
    void forgetAll();
    void retry(); // what could not be written

Q_SIGNALS:
    void loaded(const QStringList &setAside, const QList<Error> &errors);
    void changed(const DomainName &domain); // or new
    void forgotten(const DomainName &domain);
    void draftDiscarded(const DomainName &domain);
    void allForgotten(int failed); // files that could not be deleted
    /// The first of each batch; nothing is lost while the program runs.
    void notWritten(const DomainName &domain, const Error &error);
    void written(); // everything is on the disk

private:
    struct Task
    {
        enum class Kind { Save, Forget, PutBack } kind = Kind::Save;
        KeptDomain kept;
        std::shared_ptr<QByteArray> octets; // of the forgotten file
    };
    struct Done
    {
        Task task;
        Result<void> result;
    };
    [[nodiscard]] static QList<Done> work(const DomainStore &store, const QList<Task> &tasks);
    void remove(const DomainName &domain);
    void enqueue(Task task);
    void startWork();
    void takeWork();
    void takeLoaded();

    QString m_folder;
    QHash<DomainName, KeptDomain> m_domains;
    QList<std::function<void()>> m_waiting; // for the files to be loaded
    QList<Task> m_due;
    QList<Task> m_failed;
    std::optional<Task> m_lastForgotten;
    std::optional<KeptDomain> m_lastDraft; // the domain as it was; only one of both is there
    int m_forgettingAll = 0;               // files still to be deleted
    int m_notForgotten = 0;
    bool m_isLoaded = false;
    QThreadPool m_pool; // one thread: in order
    QTimer m_pause;
    QFutureWatcher<DomainStore::Loaded> m_loader;
    QFutureWatcher<QList<Done>> m_worker;
};
