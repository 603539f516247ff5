// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The practice service, and what the real client of Cloudflare makes of it.

#include "mail/workerscript.h"
#include "practice/service.h"
#include "provider/catalogue.h"

#include <QTest>

#include <algorithm>

inline const QByteArray Domain = "practice.example";
inline const QByteArray Sts = "_mta-sts.practice.example";
inline const QByteArray Tls = "_smtp._tls.practice.example";
inline const QByteArray Tlsa = "_25._tcp.mx1.practice.example";
inline const QByteArray Aliased = "_mta-sts.aliased.practice.example";
inline const QByteArray Host = "mta-sts.practice.example";
inline const QByteArray Foreign = "google-site-verification=x";
inline const QByteArray Policy =
        "version: STSv1\r\nmode: testing\r\nmx: mx1.practice.example\r\nmax_age: 86400\r\n";
inline const QByteArray OtherPolicy =
        "version: STSv1\r\nmode: enforce\r\nmx: mx1.practice.example\r\nmax_age: 604800\r\n";

inline DnsRecord text(const QByteArray &name, const QByteArray &data, int ttl = 3600)
{
    return {name, RecordType::TXT, ttl, data};
}

/// One of every type that a zone may hold.
inline QList<DnsRecord> zoneRecords()
{
    return {{Domain, RecordType::MX, 3600, "10 mx1.practice.example"},
            {Domain, RecordType::CAA, 3600, "0 issue \"ca.example\""},
            {"mx1.practice.example", RecordType::A, 3600, "127.0.0.1"},
            {"mx1.practice.example", RecordType::AAAA, 3600, "::1"},
            text(Tls, Foreign, 300),
            {Aliased, RecordType::CNAME, 3600, "elsewhere.example.net"},
            {"_25._tcp.mx2.practice.example", RecordType::TLSA, 3600,
             "3 1 1 " + QByteArray(64, 'c')}};
}

inline QList<QByteArray> sorted(QList<QByteArray> list)
{
    std::sort(list.begin(), list.end());
    return list;
}

/// The service, and what the program has in hand to talk to it.
struct Account
{
    explicit Account(const QList<DnsRecord> &records = zoneRecords())
        : service(thread, Domain, records,
                  [this](const PracticeServiceState &state) { told.append(state); })
        , token(service.token())
    {
        const auto zones = provider()->zones(Sts, cancel);
        if (zones && !zones->isEmpty())
            zone = zones->first();
    }
    // A new client each time: one of them asks no more than a few times a second (PUSH-16).
    std::unique_ptr<Provider> provider() const
    {
        return makeProvider(*providerInfo("cloudflare"), service.address().toString(),
                            Secret(QByteArray(token)))
                .value();
    }
    std::unique_ptr<PolicyHost> host() const
    {
        return makePolicyHost(*providerInfo("cloudflare"), service.address().toString(),
                              Secret(QByteArray(token)))
                .value();
    }
    QList<ZoneRecord> read(const QList<QByteArray> &names) const
    {
        return provider()->records(zone, names, cancel).value();
    }
    SetChange change(const QByteArray &name, RecordType type, const QList<DnsRecord> &after) const
    {
        SetChange made{name, type, {}, after};
        for (const ZoneRecord &record : read({name})) {
            if (record.record.type == type)
                made.before.append(record);
        }
        return made;
    }
    Result<void> apply(const QList<SetChange> &changes) const
    {
        return provider()->apply(zone, changes, cancel);
    }
    /// As the client reads it; and it must be what state() says too.
    QList<QByteArray> dataAt(const QByteArray &name, RecordType type) const
    {
        QList<QByteArray> asked, kept;
        for (const ZoneRecord &record : read({name})) {
            if (record.record.type == type)
                asked.append(record.record.data);
        }
        for (const DnsRecord &record : service.state().records) {
            if (record.name == name && record.type == type)
                kept.append(record.data);
        }
        return sorted(asked) == sorted(kept) ? sorted(asked)
                                             : QList<QByteArray>{"the state says otherwise"};
    }
    HostState look(const QByteArray &policy = Policy) const
    {
        return host()->look(zone, Host, policy, cancel).value();
    }
    Result<void> publish(const HostState &shown, const QByteArray &policy = Policy) const
    {
        return host()->publish(zone, Host, policy, shown, cancel);
    }
    QByteArray servedPolicy() const
    {
        const auto policies = policiesOfWorker(service.state().policyScript);
        return policies && policies->size() == 1 && policies->first().host == Host
                       ? policies->first().text
                       : QByteArray();
    }

    QList<PracticeServiceState> told; // touched in the server thread, read while it is idle
    ServerThread thread;
    PracticeService service;
    QByteArray token; // of the service, unless a test sets another
    Zone zone;
    Cancel cancel;
};

inline Error errorOf(const Result<void> &result)
{
    return result ? Error{Error::Kind::Unexpected, QStringLiteral("no error"), {}} : result.error();
}
