// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A DNS made of data. Names nobody described do not exist; a described name without the asked type
// has no data. Fill it before the code under test runs; asking is safe from any thread.
//
//     FakeResolver dns;
//     dns.mx("shop.example", {{10, "mx.shop.example"}});
//     dns.a("mx.shop.example", {"192.0.2.1"});
//     dns.fails("_mta-sts.shop.example", RecordType::TXT);

#include "dns/record.h"
#include "dns/resolver.h"

#include <QStringList>

#include <map>
#include <optional>
#include <set>
#include <thread>
#include <vector>

class FakeResolver : public Resolver
{
public:
    using Key = std::pair<QByteArray, RecordType>;
    using Flag = std::optional<Security>; // nothing: the default security at the time of asking

    FakeResolver() = default;
    ~FakeResolver() override; // queries still held or delayed end as Failed
    [[nodiscard]] PendingAnswer start(const QByteArray &name, RecordType type) override;
    [[nodiscard]] QString description() const override;

    void setDefaultSecurity(Security security); // Insecure unless set
    /// A pause before every answer, for tests that want several look-ups under way.
    void setDelay(int milliseconds);
    /// Nothing is answered until release().
    void hold();
    void release();

    void txt(const QByteArray &name, const QList<QByteArray> &texts, Flag security = {});
    void mx(const QByteArray &name, const QList<MxRecord> &hosts, Flag security = {});
    void a(const QByteArray &name, const QStringList &addresses, Flag security = {});
    void aaaa(const QByteArray &name, const QStringList &addresses, Flag security = {});
    void tlsa(const QByteArray &name, const QList<TlsaRecord> &records, Flag security = {});
    void caa(const QByteArray &name, const QList<CaaRecord> &records, Flag security = {});
    void ns(const QByteArray &name, const QList<QByteArray> &hosts, Flag security = {});
    void rootKey(Flag security); // what rootKeyIsSecure() will see
    /// Every type asked at `name` is answered by `target`, with target as the canonical name.
    void alias(const QByteArray &name, const QByteArray &target, Flag security = {});
    void noName(const QByteArray &name, Flag security = {});
    void noData(const QByteArray &name, RecordType type, Flag security = {});
    void fails(const QByteArray &name, RecordType type,
               const QString &why = QStringLiteral("SERVFAIL"));
    void failsAll(const QByteArray &name, const QString &why = QStringLiteral("SERVFAIL"));
    void bogus(const QByteArray &name, RecordType type,
               const QString &why = QStringLiteral("signature expired"));
    /// Wire records as they are, for what the helpers cannot say.
    void records(const QByteArray &name, RecordType type, const QList<QByteArray> &rdata,
                 Flag security = {});
    void remove(const QByteArray &name);
    /// Only the first `count` records arrive, and the answer says so: more than the limit of the type.
    void cut(const QByteArray &name, RecordType type, int count);

    [[nodiscard]] QList<Key> asked() const;
    [[nodiscard]] qsizetype timesAsked(const QByteArray &name, RecordType type) const;

    [[nodiscard]] static QByteArray wireName(const QByteArray &name);

private:
    struct Entry
    {
        DnsAnswer answer;
        Flag security;
    };
    struct Alias
    {
        QByteArray target;
        Flag security;
    };
    [[nodiscard]] DnsAnswer answerTo(const QByteArray &name, RecordType type) const;
    void put(const QByteArray &name, RecordType type, DnsAnswer answer, Flag security);

    mutable std::mutex m_mutex;
    std::map<Key, Entry> m_entries;
    std::map<QByteArray, Alias> m_aliases;
    std::map<QByteArray, Entry> m_wholeNames; // noName, failsAll
    QList<Key> m_asked;
    Security m_default = Security::Insecure;
    int m_delayMs = 0;
    bool m_held = false;
    std::vector<std::pair<PendingAnswer, Key>> m_waiting;
    std::vector<std::thread> m_delayed;
};
