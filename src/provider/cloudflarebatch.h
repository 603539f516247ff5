// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Changes of whole sets as operations on single records, which Cloudflare's API knows.

#include "provider/provider.h"

#include <QJsonArray>

namespace Cloudflare {

struct Batch
{
    QJsonArray deletes, patches, posts; // done in this order, in one transaction
    [[nodiscard]] bool isEmpty() const
    {
        return deletes.isEmpty() && patches.isEmpty() && posts.isEmpty();
    }
    [[nodiscard]] QByteArray json() const;
};

/// What stays as it is needs nothing; else a record is changed in place, so that it keeps its comment,
/// and only what is over goes or comes. Refused: a record cannot be written.
[[nodiscard]] Result<Batch> batchOf(const QList<SetChange> &changes);
/// The set is in `records` as it is wanted; what the service keeps for itself does not count.
[[nodiscard]] bool stands(const SetChange &change, const QList<ZoneRecord> &records);

} // namespace Cloudflare
