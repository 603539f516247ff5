// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where somebody who practises has got to: what is published, and what has gone wrong.

#include "dns/record.h"
#include "practice/accidents.h"

#include <QSet>

namespace Practice {

/// What the DNS service of the practice has been told to publish.
struct Published
{
    QList<QByteArray> sts, tlsRpt;    // texts
    std::optional<QByteArray> policy; // octets that the policy host serves; empty: there is none
    bool hasCertificate = true;       // the host has one; a new host waits for it
    QList<DnsRecord> tlsa = {};
    friend bool operator==(const Published &, const Published &) = default;
};

/// From where one can start.
enum class Stage { Bare, Testing, Enforce };
[[nodiscard]] Published publishedAt(Stage stage);

struct Situation
{
    Published published;
    bool hasDane = false;
    QSet<QByteArray> accidents = {}; // ids
    qint64 aheadSeconds = 0;         // so far the clock was turned forward
    /// The accidents happen in the order of their table, whatever the order in which they were chosen.
    [[nodiscard]] Scene scene() const;
    friend bool operator==(const Situation &, const Situation &) = default;
};

} // namespace Practice
