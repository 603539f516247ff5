// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/tlsamaking.h"

#include "base/printable.h"

#include <algorithm>

namespace {

constexpr quint8 DaneTa = 2, DaneEe = 3, PublicKey = 1, Sha256 = 1;
constexpr quint16 Smtp = 25, Https = 443;

/// tlsaData() of selector 1 looks at the public key alone, which is all that a request has.
Certificate bare(const SourceKey &key)
{
    Certificate certificate;
    certificate.publicKey = key.publicKey;
    return certificate;
}

bool isRoot(const Certificate &certificate)
{
    return certificate.subject == certificate.issuer;
}

class Making
{
public:
    explicit Making(const TlsaWish &wish)
        : m_wish(wish)
    {
        m_made.owner = tlsaOwner(wish.host, wish.port);
    }

    TlsaMaking run()
    {
        for (const SourceKey &key : m_wish.current)
            makeCurrent(key);
        for (const SourceKey &key : m_wish.next)
            makeNext(key);
        adviseOnPort();
        if (m_wish.published)
            comparePublished(*m_wish.published);
        judge();
        chooseStep();
        return m_made;
    }

private:
    void add(const char *id, Severity severity, const QStringList &values = {})
    {
        const Issue issue{id, severity, values};
        if (!m_made.issues.contains(issue))
            m_made.issues.append(issue);
    }

    bool put(const TlsaRecord &record, TlsaReason why, const SourceKey &of)
    {
        const bool isThere =
                std::any_of(m_made.records.cbegin(), m_made.records.cend(),
                            [&record](const MadeTlsa &other) { return other.record == record; });
        if (!isThere)
            m_made.records.append({m_made.owner, record, why, of});
        return !isThere;
    }

    bool putKey(const SourceKey &key, TlsaReason why)
    {
        return put({DaneEe, PublicKey, Sha256, tlsaData(bare(key), PublicKey, Sha256)}, why, key);
    }

    void putIssuer(const Certificate &issuer, TlsaReason why)
    {
        if (const std::optional<SourceKey> key = keyOfChain({issuer}))
            put({DaneTa, PublicKey, Sha256, tlsaData(issuer, PublicKey, Sha256)}, why, *key);
    }

    void makeCurrent(const SourceKey &key)
    {
        // The file with the intermediate certificates alone is often taken for the server's.
        if (key.isIssuer) {
            add("DANE-29.issuer", Severity::Error, {key.names.value(0)});
            return;
        }
        if (key.hasCertificate()) {
            m_chains.append(key.chain);
            // RFC 7672 3.1.1: no names with 3 1 1; but then it may be the wrong file.
            if (!m_wish.wasSeen && !namesHost(key.chain.constFirst(), m_wish.host))
                add("DANE-18", Severity::Warning, {printable(m_wish.host)});
        }
        if (!m_wish.issuer) {
            putKey(key, TlsaReason::Current);
            return;
        }
        const int at = *m_wish.issuer;
        if (at < 1 || at >= key.chain.size()) { // RFC 7672 3.1.2: senders compare what is sent
            add("DANE-24.none", Severity::Error, {key.kind});
            return;
        }
        const Certificate &issuer = key.chain.at(at);
        putIssuer(issuer, TlsaReason::Issuer);
        if (isRoot(issuer) && !m_wish.wasSeen)
            add("DANE-24.root", Severity::Warning, {issuer.subject});
        add("DANE-45", Severity::Warning, {issuer.subject});
    }

    void makeNext(const SourceKey &key)
    {
        if (!m_wish.issuer) {
            if (key.isIssuer)
                add("DANE-29.issuer", Severity::Error, {key.names.value(0)});
            else if (!putKey(key, TlsaReason::Next))
                add("DANE-32.same", Severity::Info);
            return;
        }
        // DANE-45: an issuer that the authority may switch to, by itself or above the next certificate.
        const int at = key.isIssuer ? 0 : *m_wish.issuer;
        if (at < 0 || at >= key.chain.size())
            add("DANE-45.next", Severity::Warning, {key.kind});
        else
            putIssuer(key.chain.at(at), TlsaReason::Next);
    }

    void adviseOnPort()
    {
        m_made.issues += portAdvice(m_wish.host, m_wish.port);
        if (!m_wish.issuer && m_wish.next.isEmpty() && !m_made.records.isEmpty())
            add("DANE-32.alone", Severity::Info);
    }

    /// By the judge of published sets, one record and one chain at a time.
    bool fits(const TlsaRecord &record) const
    {
        if (usableRecords({record}).isEmpty())
            return false;
        const auto isOf = [&record](const SourceKey &key) {
            if (key.hasCertificate() && judgePublishing({{record}, {key.chain}, {}, true}).ok)
                return true;
            return record.usage == DaneEe && record.selector == PublicKey &&
                   tlsaData(bare(key), PublicKey, record.matching) == record.data;
        };
        return std::any_of(m_wish.current.cbegin(), m_wish.current.cend(), isOf) ||
               std::any_of(m_wish.next.cbegin(), m_wish.next.cend(), isOf);
    }

    bool isMade(const TlsaRecord &record) const
    {
        return std::any_of(m_made.records.cbegin(), m_made.records.cend(),
                           [&record](const MadeTlsa &made) { return made.record == record; });
    }

    void comparePublished(const QList<TlsaRecord> &published)
    {
        for (const TlsaRecord &record : published) {
            if (!isMade(record))
                (fits(record) ? m_made.alsoFit : m_made.superfluous).append(record);
        }
    }

    // A next key without certificate, and one in use of which only the key was given, are no chains that
    // the judge could know.
    bool isExplained(const Issue &issue) const
    {
        const auto isIt = [&issue](const MadeTlsa &made) {
            return issue.values.value(0) == printable(tlsaToText(made.record), 80);
        };
        return issue.rule() == "DANE-32" &&
               std::any_of(m_made.records.cbegin(), m_made.records.cend(), isIt);
    }

    QList<Issue> judged(const QList<TlsaRecord> &set) const
    {
        QList<Issue> told;
        for (const Issue &issue :
             judgePublishing({set, m_chains, planned(), true, m_wish.host}).issues) {
            if (!isExplained(issue))
                told.append(issue);
        }
        return told;
    }

    QList<Certificate> planned() const
    {
        for (const SourceKey &key : m_wish.next) {
            if (key.hasCertificate() && !key.isIssuer)
                return key.chain;
        }
        return {};
    }

    // What stands in the zone once the records are added and the superfluous ones are gone.
    void judge()
    {
        QList<TlsaRecord> whole = m_made.alsoFit;
        for (const MadeTlsa &made : std::as_const(m_made.records))
            whole.append(made.record);
        if (m_made.records.isEmpty())
            return;
        m_made.issues += judged(whole);
        for (const QList<Certificate> &chain : std::as_const(m_chains))
            judgeAsSender(whole, chain);
        if (m_wish.published)
            m_made.publishedIssues = judged(*m_wish.published);
    }

    /// As a sender that is shown this chain; what concerns the set as a whole is told by judged().
    void judgeAsSender(const QList<TlsaRecord> &set, const QList<Certificate> &chain)
    {
        DaneInput input;
        input.records = set;
        input.chain = chain;
        input.names = {m_wish.host};
        input.now = m_wish.now;
        for (const Issue &issue : judgeDane(input).issues) {
            const QByteArray rule = issue.rule();
            const bool isOfChain = rule == "DANE-17" || rule == "DANE-19" || rule == "DANE-20" ||
                                   rule == "DANE-21" || rule == "DANE-23" || rule == "DANE-24";
            // A record for the other kind of key fails here, and is meant to.
            if (isOfChain && !m_made.issues.contains(issue))
                m_made.issues.append(issue);
        }
    }

    void chooseStep()
    {
        QList<TlsaRecord> next;
        for (const MadeTlsa &made : std::as_const(m_made.records)) {
            if (made.why == TlsaReason::Next)
                next.append(made.record);
        }
        const QList<TlsaRecord> published = m_wish.published.value_or(QList<TlsaRecord>());
        const PublishingVerdict now = judgePublishing({published, m_chains, {}, true});
        if (next.isEmpty()) {
            m_made.step = m_made.superfluous.isEmpty() ? RolloverStep::None : now.next;
            return;
        }
        // RFC 7671 8.1: the current key first, then both for two TTLs.
        const bool hasAll =
                std::all_of(next.cbegin(), next.cend(), [&published](const TlsaRecord &record) {
                    return published.contains(record);
                });
        m_made.step = hasAll && now.ok ? RolloverStep::Switch : RolloverStep::PublishNext;
    }

    const TlsaWish &m_wish;
    QList<QList<Certificate>> m_chains; // in use, of which the certificates are at hand
    TlsaMaking m_made;
};

} // namespace

QByteArray tlsaReasonName(TlsaReason reason)
{
    switch (reason) {
    case TlsaReason::Current:
        return "current";
    case TlsaReason::Next:
        return "next";
    case TlsaReason::Issuer:
        return "issuer";
    }
    return {};
}

QList<Issue> portAdvice(const QByteArray &host, quint16 port)
{
    if (port == Smtp)
        return {};
    if (port == Https)
        return {{"DANE-40.web", Severity::Warning, {printable(host)}}};
    return {{"DANE-40", Severity::Info, {QString::number(port)}}};
}

TlsaMaking tlsaToPublish(const TlsaWish &wish)
{
    return Making(wish).run();
}

DnsRecord dnsRecord(const MadeTlsa &made, int ttl)
{
    return {made.owner, RecordType::TLSA, ttl, tlsaToText(made.record)};
}
