// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflarebatch.h"

#include "base/printable.h"
#include "dns/presentation.h"
#include "provider/cloudflareapi.h"

#include <algorithm>

namespace {

QString idOf(const ZoneRecord &record)
{
    return QString::fromLatin1(record.handle);
}

/// False when a record cannot be written.
bool add(Cloudflare::Batch &batch, const SetChange &change)
{
    QList<ZoneRecord> before = change.before;
    before.removeIf([](const ZoneRecord &record) { return record.isReadOnly; });
    QList<DnsRecord> missing;
    for (const DnsRecord &after : change.after) {
        const auto same = std::find_if(before.begin(), before.end(), [&](const ZoneRecord &old) {
            return old.record.data == after.data;
        });
        if (same == before.end()) {
            missing.append(after);
            continue;
        }
        if (same->record.ttl != after.ttl)
            batch.patches.append(
                    QJsonObject{{QStringLiteral("id"), idOf(*same)},
                                {QStringLiteral("type"), QString::fromLatin1(typeName(after.type))},
                                {QStringLiteral("ttl"), after.ttl}});
        before.erase(same);
    }
    for (const DnsRecord &after : std::as_const(missing)) {
        auto object = Cloudflare::recordJson(after);
        if (!object)
            return false;
        if (before.isEmpty()) {
            batch.posts.append(*object);
            continue;
        }
        object->insert(QStringLiteral("id"), idOf(before.takeFirst()));
        batch.patches.append(*object);
    }
    for (const ZoneRecord &old : std::as_const(before))
        batch.deletes.append(QJsonObject{{QStringLiteral("id"), idOf(old)}});
    return true;
}

} // namespace

QByteArray Cloudflare::Batch::json() const
{
    QJsonObject object;
    for (const auto &[key, list] : {std::pair<const char *, const QJsonArray &>{"deletes", deletes},
                                    {"patches", patches},
                                    {"posts", posts}}) {
        if (!list.isEmpty())
            object.insert(QLatin1String(key), list);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Cloudflare::Batch> Cloudflare::batchOf(const QList<SetChange> &changes)
{
    Batch batch;
    for (const SetChange &change : changes) {
        if (!add(batch, change))
            return failed(
                    Error::Kind::Refused,
                    QStringLiteral("a record of %1 cannot be written").arg(printable(change.name)));
    }
    return batch;
}

bool Cloudflare::stands(const SetChange &change, const QList<ZoneRecord> &records)
{
    QList<QByteArray> there, wanted;
    for (const ZoneRecord &record : records) {
        if (record.record.name == change.name && record.record.type == change.type &&
            !record.isReadOnly)
            there.append(record.record.data);
    }
    for (const DnsRecord &record : change.after)
        wanted.append(record.data);
    std::sort(there.begin(), there.end());
    std::sort(wanted.begin(), wanted.end());
    return there == wanted;
}
