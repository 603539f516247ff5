// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"
#include "dane/rollover_p.h"

namespace {

using namespace Rollover;
using Chain = QList<Certificate>;

QString textOf(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
}

class Judgement
{
public:
    Judgement(const KeptRollover &kept, const RolloverSight &seen, const QDateTime &now)
        : m_kept(noted(kept, seen))
        , m_seen(seen)
        , m_now(now)
        , m_host(printable(kept.host, 255))
    {
    }

    RolloverState run()
    {
        for (const SeenAddress &address : m_seen.addresses)
            judgeAddress(address);
        tellEarlySwitch();
        tellStrangers();
        m_state.step = m_isBroken ? RolloverStep::Broken : step();
        tellProgress();
        tellUnseen();
        return m_state;
    }

private:
    void add(const QByteArray &id, Severity severity, const QStringList &values)
    {
        const Issue issue{id, severity, values};
        if (!m_state.issues.contains(issue))
            m_state.issues.append(issue);
    }

    void breakBy(const char *id, const QStringList &values)
    {
        add(id, Severity::Error, values);
        m_isBroken = true;
    }

    // What senders meet now: this address with the set of each name server.
    void judgeAddress(const SeenAddress &address)
    {
        if (!address.known)
            return;
        const Shows shows = shownAt(m_kept, address);
        for (const SeenNameServer &server : m_seen.nameServers) {
            if (!server.known || server.records.isEmpty())
                continue;
            const PublishingVerdict verdict = judgePublishing(
                    {server.records, address.chains, {}, address.startTls, m_kept.host});
            if (hasError(verdict.issues, "DANE-13"))
                breakBy("DANE-13", {m_host});
            for (const Issue &issue : verdict.issues) {
                if (issue.rule() == "DANE-27" || issue.severity == Severity::Warning)
                    add(issue.id, issue.severity, issue.values);
            }
            for (const Chain &chain : address.chains) {
                if (!chain.isEmpty() && hasError(judgePublishing(server.records, chain), "DANE-28"))
                    tellRefused(address, chain);
            }
        }
        if (shows == Shows::Other && !m_kept.oldKey.isEmpty())
            add("DANE-32.planless", Severity::Warning, {m_host, printable(address.address)});
    }

    void tellRefused(const SeenAddress &address, const Chain &chain)
    {
        const TlsaRecord needed{3, 1, 1, tlsaData(chain.first(), 1, 1)};
        const QStringList values{printable(address.address),
                                 QString::fromLatin1(tlsaToText(needed))};
        if (!m_kept.nextKey.isEmpty() && keyOf(m_kept, chain) == Shows::Old)
            breakBy("DANE-32.gone", values);
        else
            breakBy("DANE-32.refused", values);
    }

    // RFC 7671 8.1: until two TTLs have passed, caches may hold a set without the next key.
    void tellEarlySwitch()
    {
        const bool isShown = anyChain(m_kept, m_seen, Shows::Next);
        if (m_kept.nextKey.isEmpty() || m_kept.switched.isValid() || !isShown)
            return;
        const QDateTime end = m_kept.published.isValid() ? cachesExpireAt(m_kept)
                                                         : m_now.addSecs(2 * qint64(m_kept.ttl));
        if (m_kept.published.isValid() && m_now >= end)
            return;
        breakBy("DANE-32.early", {m_host, textOf(end)});
        m_state.earliest = end;
    }

    void tellStrangers()
    {
        if (m_kept.oldKey.isEmpty() && m_kept.nextKey.isEmpty())
            return;
        for (const SeenNameServer &server : m_seen.nameServers) {
            for (const TlsaRecord &record : server.records) {
                const bool isOurs = m_kept.oldKey.contains(record) ||
                                    m_kept.nextKey.contains(record) ||
                                    m_kept.staying.contains(record);
                if (server.known && !isOurs)
                    add("DANE-32", Severity::Info, {printable(tlsaToText(record), 80)});
            }
        }
        if (m_seen.validated == TlsaAnswer::Insecure)
            add("DANE-2", Severity::Error, {m_host});
    }

    RolloverStep step()
    {
        if (m_kept.nextKey.isEmpty())
            return RolloverStep::None;
        if (m_kept.removed.isValid())
            return RolloverStep::Done;
        if (m_kept.switched.isValid())
            return RolloverStep::RemoveOld;
        if (!m_kept.published.isValid())
            return RolloverStep::PublishNext;
        m_state.earliest = cachesExpireAt(m_kept);
        // That time has passed is not enough: the records must be seen to be still there.
        if (m_now < m_state.earliest || !areServersKnown(m_seen))
            return RolloverStep::WaitForCaches;
        return anyChain(m_kept, m_seen, Shows::Next) ? RolloverStep::VerifyAll
                                                     : RolloverStep::Switch;
    }

    void tellProgress()
    {
        QStringList behind;
        for (const SeenNameServer &server : m_seen.nameServers) {
            if (server.known && !coversNext(m_kept, server.records))
                behind.append(printable(server.name, 255));
        }
        if (!m_kept.nextKey.isEmpty() && !behind.isEmpty() &&
            (m_isBroken || behind.size() < m_seen.nameServers.size()))
            add("DANE-32.servers", Severity::Warning, {m_host, behind.join(QLatin1Char(' '))});
        QStringList old;
        for (const SeenAddress &address : m_seen.addresses) {
            const Shows shows = shownAt(m_kept, address);
            if (shows == Shows::Old || shows == Shows::Both)
                old.append(printable(address.address));
        }
        if (m_state.step == RolloverStep::VerifyAll && !old.isEmpty())
            add("DANE-32.verify", Severity::Warning, {m_host, old.join(QLatin1Char(' '))});
    }

    void tellUnseen()
    {
        QStringList unseen;
        if (m_seen.validated == TlsaAnswer::Failed || m_seen.validated == TlsaAnswer::Unknown)
            unseen.append(QStringLiteral("DNSSEC"));
        for (const SeenNameServer &server : m_seen.nameServers) {
            if (!server.known)
                unseen.append(printable(server.name, 255));
        }
        for (const SeenAddress &address : m_seen.addresses) {
            if (isUnseen(address))
                unseen.append(printable(address.address));
        }
        const bool isBlind = m_seen.nameServers.isEmpty() || m_seen.addresses.isEmpty();
        const bool isDone = m_state.step == RolloverStep::Done;
        m_state.isOfBefore = isDone && (isBlind || !unseen.isEmpty());
        if (!isDone && (isBlind || !unseen.isEmpty()))
            add("DANE-32.unseen", Severity::Unknown,
                {m_host,
                 unseen.isEmpty() ? QStringLiteral("TLSA") : unseen.join(QLatin1Char(' '))});
    }

    const KeptRollover m_kept;
    const RolloverSight &m_seen;
    const QDateTime m_now;
    const QString m_host;
    bool m_isBroken = false;
    RolloverState m_state;
};

} // namespace

RolloverState rolloverAt(const KeptRollover &kept, const RolloverSight &seen, const QDateTime &now)
{
    return Judgement(kept, seen, now).run();
}
