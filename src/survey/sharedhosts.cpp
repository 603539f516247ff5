// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/sharedhosts.h"

#include <QHash>

#include <condition_variable>
#include <list>
#include <mutex>

using namespace std::chrono_literals;

struct SharedHosts::Private
{
    struct Entry
    {
        bool done = false;
        SmtpFacts facts;
        std::list<QByteArray>::iterator use; // its place in uses
    };
    // Servers that many domains share come again and again; ten thousand that do not would only fill
    // the memory, so the ones used longest ago are forgotten.
    static constexpr qsizetype MostEntries = 1024;
    void forgetOldest()
    {
        for (auto old = uses.begin(); entries.size() > MostEntries && old != uses.end();) {
            const bool isDone = entries.value(*old)->done;
            if (isDone)
                entries.remove(*old);
            old = isDone ? uses.erase(old) : std::next(old);
        }
    }
    void forget(const QByteArray &key)
    {
        uses.erase(entries.value(key)->use);
        entries.remove(key);
    }

    std::mutex mutex;
    std::condition_variable ready;
    QHash<QByteArray, std::shared_ptr<Entry>> entries;
    std::list<QByteArray> uses; // keys, the one used longest ago first
};

SharedHosts::SharedHosts()
    : d(std::make_unique<Private>())
{
}
SharedHosts::~SharedHosts() = default;

static QByteArray keyOf(const SmtpTarget &target)
{
    return target.host + ' ' + target.address.toString().toLatin1() + ' ' +
           QByteArray::number(target.port) + (target.sni == SmtpTarget::Sni::Host ? " s " : " - ") +
           target.signatureAlgorithms;
}

SmtpFacts SharedHosts::factsFor(const SmtpTarget &target, const Cancel &cancel,
                                const std::function<SmtpFacts()> &probe)
{
    const QByteArray key = keyOf(target);
    std::shared_ptr<Private::Entry> entry;
    {
        std::unique_lock lock(d->mutex);
        // Whoever finds no entry, or sees one withdrawn, becomes the one who looks.
        while (const auto known = d->entries.value(key)) {
            if (known->done) {
                d->uses.splice(d->uses.end(), d->uses, known->use);
                return known->facts;
            }
            if (cancel.isCancelled()) {
                SmtpFacts stopped;
                stopped.end = SmtpFacts::End::Cancelled;
                return stopped;
            }
            d->ready.wait_for(lock, std::chrono::milliseconds(CancelSliceMs));
        }
        entry = std::make_shared<Private::Entry>();
        entry->use = d->uses.insert(d->uses.end(), key);
        d->entries.insert(key, entry);
        d->forgetOldest();
    }
    SmtpFacts facts = probe();
    const std::lock_guard lock(d->mutex);
    entry->facts = facts;
    entry->done = true;
    // A stopped look says nothing: the next who asks looks again.
    if (facts.end == SmtpFacts::End::Cancelled && d->entries.value(key) == entry)
        d->forget(key);
    d->ready.notify_all();
    return facts;
}

void SharedHosts::clear()
{
    const std::lock_guard lock(d->mutex);
    const QList<QByteArray> keys = d->entries.keys();
    for (const QByteArray &key : keys) {
        if (d->entries.value(key)->done)
            d->forget(key);
    }
}
