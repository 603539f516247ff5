// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "danerows.h"

#include "base/printable.h"
#include "dane/sharedtlsa.h"
#include "deploy/recordchanges.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

using Runner = ServerDane::Runner;
using State = LiveHostDane::State;

struct Page
{
    Q_DECLARE_TR_FUNCTIONS(DanePage)
};

void takeOut(QList<DnsRecord> &list, const DnsRecord &record)
{
    list.removeIf([&](const DnsRecord &other) {
        return other.name == record.name && other.data == record.data;
    });
}

class Rows
{
public:
    Rows(const DaneKeys &keys, const Choices &choices, const QDateTime &now)
        : m_keys(keys)
        , m_choices(choices)
        , m_now(now)
    {
    }

    void add(ServerDane server)
    {
        if (server.runner == Runner::Provider || !server.isSigned())
            return;
        const bool wasSeen = server.wasLookedAt && server.isComplete();
        if (!wasSeen) // what a file says stands in for what could not be seen
            server.keys += m_keys.files.value(server.host);
        const QList<SourceKey> next = m_keys.next.value(server.host);
        const TlsaMaking making = tlsaFor(server, next, m_keys.issuer, m_now);
        if (wasSeen) {
            m_makings.append(making);
            m_hosts.append(server.host);
        }
        for (const MadeTlsa &made : making.records)
            addMade(server, made);
        for (const TlsaRecord &record : making.alsoFit)
            addRecord(server, record, DaneRow::Use::Current, true);
        // Before the server was seen, nobody can say what fits nothing.
        for (const TlsaRecord &record : making.superfluous)
            addRecord(server, record, wasSeen ? DaneRow::Use::Superfluous : DaneRow::Use::Chosen,
                      true);
        for (const Issue &issue : making.issues + making.publishedIssues) {
            if (!m_made.issues.contains(issue))
                m_made.issues.append(issue);
        }
        if (wasSeen)
            judge(server);
    }

    /// What was ticked and is made of nothing that is seen now, at whatever server: it must not be published
    /// out of sight.
    void addChosen()
    {
        for (const DnsRecord &record : m_choices.tlsa) {
            const bool isShown =
                    std::any_of(m_made.rows.begin(), m_made.rows.end(), [&](const DaneRow &row) {
                        return holdsRecord({record}, row.record);
                    });
            if (isShown)
                continue;
            DaneRow row;
            row.use = DaneRow::Use::Chosen;
            row.record = record;
            row.isConfirmed = row.isTicked = true;
            row.isOwn = isWithin(record.name, m_choices.domain.ascii());
            m_made.rows.append(row);
        }
    }

    void addSharing()
    {
        for (const QList<qsizetype> &group : sharingServers(m_makings)) {
            QList<QByteArray> hosts;
            for (const qsizetype at : group)
                hosts.append(m_hosts.at(at));
            m_made.sharing.append(hosts);
        }
    }

    [[nodiscard]] DaneRows taken() const { return m_made; }

private:
    static bool isPublished(const ServerDane &server, const TlsaRecord &record)
    {
        return server.published && server.published->contains(record);
    }

    void addMade(const ServerDane &server, const MadeTlsa &made)
    {
        DaneRow row;
        row.use = made.why == TlsaReason::Next ? DaneRow::Use::Next : DaneRow::Use::Current;
        row.record = dnsRecord(made);
        row.of = made.of;
        row.isPublished = isPublished(server, made.record);
        // What was ticked was confirmed, and it is this very key.
        row.isConfirmed = row.use == DaneRow::Use::Next ||
                          m_keys.confirmed.contains(made.of.fingerprint) ||
                          holdsRecord(m_choices.tlsa, row.record);
        put(server, row);
    }

    void addRecord(const ServerDane &server, const TlsaRecord &record, DaneRow::Use use,
                   bool isPublished)
    {
        DaneRow row;
        row.use = use;
        row.record = {tlsaOwner(server.host, 25), RecordType::TLSA, 3600, tlsaToText(record)};
        row.isPublished = isPublished;
        put(server, row);
    }

    /// The set as it would stand, against the keys that are shown: RFC 7671 8.
    void judge(const ServerDane &server)
    {
        const QByteArray owner = tlsaOwner(server.host, 25);
        bool isChanged = false;
        PublishingInput input;
        input.host = server.host;
        for (const DaneRow &row : std::as_const(m_made.rows)) {
            if (row.record.name != owner)
                continue;
            const bool goes = row.use == DaneRow::Use::Superfluous && row.isTicked;
            const bool comes = row.isTicked && !row.isPublished;
            isChanged = isChanged || goes || comes;
            const auto read = readTlsa(row.record.data).record;
            if (read && (comes || (row.isPublished && !goes)))
                input.records.append(*read);
        }
        for (const SourceKey &key : server.keys)
            input.chains.append(key.chain);
        if (!isChanged || input.records.isEmpty())
            return;
        for (const Issue &issue : judgePublishing(input).issues) {
            if (issue.severity == Severity::Error)
                m_made.errors.append(issue);
        }
    }

    void put(const ServerDane &server, DaneRow row)
    {
        row.isOwn = server.runner == Runner::Own;
        row.isTicked = holdsRecord(row.use == DaneRow::Use::Superfluous ? m_choices.tlsaGone
                                                                        : m_choices.tlsa,
                                   row.record);
        m_made.rows.append(row);
    }

    const DaneKeys &m_keys;
    const Choices &m_choices;
    const QDateTime m_now;
    QList<TlsaMaking> m_makings; // of servers that were seen
    QList<QByteArray> m_hosts;   // theirs
    DaneRows m_made;
};

} // namespace

DaneRows daneRows(const QList<ServerDane> &servers, const DaneKeys &keys, const Choices &choices,
                  const QDateTime &now)
{
    Rows rows(keys, choices, now);
    for (const ServerDane &server : servers)
        rows.add(server);
    rows.addChosen();
    rows.addSharing();
    return rows.taken();
}

Choices ticked(Choices choices, const DaneRow &row, bool isOn)
{
    QList<DnsRecord> &list = row.use == DaneRow::Use::Superfluous ? choices.tlsaGone : choices.tlsa;
    takeOut(list, row.record);
    if (isOn)
        list.append(row.record);
    return choices;
}

Choices withoutStaleRemovals(Choices choices, const QList<ServerDane> &servers,
                             const DaneRows &rows)
{
    choices.tlsaGone.removeIf([&](const DnsRecord &record) {
        const bool wasSeen =
                std::any_of(servers.begin(), servers.end(), [&](const ServerDane &server) {
                    return server.wasLookedAt && tlsaOwner(server.host, 25) == record.name;
                });
        return wasSeen && std::none_of(rows.rows.begin(), rows.rows.end(), [&](const DaneRow &row) {
                   return row.use == DaneRow::Use::Superfluous && holdsRecord({record}, row.record);
               });
    });
    return choices;
}

QString daneSkipped(const QList<ServerDane> &servers)
{
    bool isUnsigned = false;
    bool isAllOfProvider = !servers.isEmpty();
    for (const ServerDane &server : servers) {
        const bool isProvider = server.runner == Runner::Provider;
        isAllOfProvider = isAllOfProvider && isProvider;
        if (!isProvider && (server.isSigned() || server.state == State::Fails))
            return {};
        isUnsigned = isUnsigned || (!isProvider && server.state == State::Unsigned);
    }
    if (isAllOfProvider)
        return Page::tr("run by others");
    return isUnsigned ? Page::tr("needs DNSSEC") : Page::tr("not tested");
}
