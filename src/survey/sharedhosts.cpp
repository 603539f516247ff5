// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/sharedhosts.h"

#include <QHash>

#include <condition_variable>
#include <mutex>

using namespace std::chrono_literals;

struct SharedHosts::Private
{
    struct Entry
    {
        bool done = false;
        SmtpFacts facts;
    };
    std::mutex mutex;
    std::condition_variable ready;
    QHash<QByteArray, std::shared_ptr<Entry>> entries;
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
            if (known->done)
                return known->facts;
            if (cancel.isCancelled()) {
                SmtpFacts stopped;
                stopped.end = SmtpFacts::End::Cancelled;
                return stopped;
            }
            d->ready.wait_for(lock, std::chrono::milliseconds(CancelSliceMs));
        }
        entry = std::make_shared<Private::Entry>();
        d->entries.insert(key, entry);
    }
    SmtpFacts facts = probe();
    const std::lock_guard lock(d->mutex);
    entry->facts = facts;
    entry->done = true;
    // A stopped look says nothing: the next who asks looks again.
    if (facts.end == SmtpFacts::End::Cancelled && d->entries.value(key) == entry)
        d->entries.remove(key);
    d->ready.notify_all();
    return facts;
}

void SharedHosts::clear()
{
    const std::lock_guard lock(d->mutex);
    d->entries.removeIf([](const auto &item) { return item.value()->done; });
}
