// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A service in memory whose every call can be made to go wrong, before its effect or after it.

#include "provider/provider.h"

#include <functional>

class FakeProvider : public Provider
{
public:
    enum class Trouble { None, BeforeEffect, AfterEffect, Refuse, Silent, HalfDone };

    QList<ZoneRecord> held;
    Trouble trouble = Trouble::None; // of the next apply()
    bool cannotRead = false;         // from the next apply() on
    bool isAtomic = true;
    int applied = 0, read = 0;
    std::function<void()> onRead; // before the answer is made

    ProviderTraits traits() const override { return {.isAtomic = isAtomic, .minimumTtl = 60}; }
    Result<QList<Zone>> zones(const QByteArray &, const Cancel &) override
    {
        return QList<Zone>{{"example.com", "example.com", {}}};
    }
    Result<QList<ZoneRecord>> records(const Zone &, const QList<QByteArray> &names,
                                      const Cancel &) override
    {
        ++read;
        if (onRead)
            onRead();
        if (cannotRead && applied > 0)
            return failed(Error::Kind::Network, QStringLiteral("cut"));
        QList<ZoneRecord> found;
        for (const ZoneRecord &record : held) {
            if (names.contains(record.record.name))
                found.append(record);
        }
        return found;
    }
    Result<void> apply(const Zone &, const QList<SetChange> &changes, const Cancel &) override
    {
        ++applied;
        if (trouble == Trouble::Refuse)
            return failed(Error::Kind::Refused, QStringLiteral("no"));
        if (trouble == Trouble::BeforeEffect)
            return failed(Error::Kind::Timeout, QStringLiteral("no answer"));
        if (trouble == Trouble::Silent)
            return {};
        for (const SetChange &change : changes) {
            held.removeIf([&](const ZoneRecord &r) {
                return r.record.name == change.name && r.record.type == change.type &&
                       !r.isReadOnly;
            });
            for (const DnsRecord &record : change.after)
                held.append({record, {}, false});
            if (trouble == Trouble::HalfDone)
                return failed(Error::Kind::Network, QStringLiteral("cut"));
        }
        if (trouble == Trouble::AfterEffect)
            return failed(Error::Kind::Timeout, QStringLiteral("no answer"));
        return {};
    }
};
