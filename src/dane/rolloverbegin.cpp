// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rolloverbegin.h"

#include "base/printable.h"

#include <algorithm>

namespace {

constexpr quint8 DaneTa = 2, DaneEe = 3, PublicKey = 1, Sha256 = 1;

using Chain = QList<Certificate>;
using Chains = QList<Chain>;
using Records = QList<TlsaRecord>;

/// "RSA" of "RSA 2048": keys of one kind take each other's place.
QString familyOf(const QString &kind)
{
    return kind.section(QLatin1Char(' '), 0, 0);
}

QString familyOf(const Chain &chain)
{
    return familyOf(kindOfKey(chain.constFirst().publicKey));
}

bool isKeyOf(const SourceKey &key, const Chain &chain)
{
    return chain.constFirst().publicKey == key.publicKey;
}

/// By the judge of published sets, one record and one chain at a time.
bool fits(const TlsaRecord &record, const Chain &chain)
{
    return judgePublishing({{record}, {chain}, {}, true}).ok;
}

bool fitsAny(const TlsaRecord &record, const Chains &chains)
{
    return std::any_of(chains.cbegin(), chains.cend(),
                       [&](const Chain &chain) { return fits(record, chain); });
}

class Beginning
{
public:
    explicit Beginning(const RolloverWish &wish)
        : m_wish(wish)
        , m_host(printable(wish.host, 255))
    {
    }

    RolloverBeginning run()
    {
        collect();
        if (canBegin() && choose() && isNew())
            plan();
        return m_begun;
    }

private:
    bool refuse(const char *id, Severity severity, const QStringList &values)
    {
        m_begun.issues.append({id, severity, values});
        return false;
    }

    void collect()
    {
        for (const SeenAddress &address : m_wish.seen.addresses) {
            for (const Chain &chain : address.chains) {
                if (!chain.isEmpty() && !m_current.contains(chain))
                    m_current.append(chain);
            }
        }
        for (const SeenNameServer &server : m_wish.seen.nameServers) {
            for (const TlsaRecord &record : server.records) {
                if (whyUnusable(record).isEmpty() && !m_published.contains(record))
                    m_published.append(record);
            }
        }
    }

    // As without a plan: what is refused or unseen now would be counted from a wrong start.
    bool canBegin()
    {
        KeptRollover none;
        none.host = m_wish.host;
        none.port = m_wish.port;
        const RolloverState state = rolloverAt(none, m_wish.seen, m_wish.seen.at);
        for (const Issue &issue : state.issues) {
            if (issue.severity == Severity::Error || issue.severity == Severity::Unknown)
                m_begun.issues.append(issue);
        }
        if (m_begun.issues.isEmpty() && m_published.isEmpty())
            return refuse("DANE-32.none", Severity::Error, {m_host});
        if (m_wish.seen.validated == TlsaAnswer::Insecure)
            return refuse("DANE-2", Severity::Error, {m_host});
        return m_begun.issues.isEmpty();
    }

    bool choose()
    {
        for (const SourceKey &key : m_wish.next) {
            if (key.isIssuer)
                return refuse("DANE-29.issuer", Severity::Error, {key.names.value(0)});
            const auto isSameFamily = [&](const SourceKey &other) {
                return familyOf(other.kind) == familyOf(key.kind);
            };
            if (std::count_if(m_wish.next.cbegin(), m_wish.next.cend(), isSameFamily) > 1)
                return refuse("DANE-32.several", Severity::Error, {key.kind});
            if (key.hasCertificate() && !namesHost(key.chain.constFirst(), m_wish.host))
                m_begun.issues.append({"DANE-18", Severity::Warning, {m_host}});
            if (!chooseReplaced(key))
                return false;
        }
        return !m_wish.next.isEmpty();
    }

    bool chooseReplaced(const SourceKey &key)
    {
        Chains family, named;
        QStringList families;
        for (const Chain &chain : std::as_const(m_current)) {
            if (familyOf(chain) == familyOf(key.kind))
                family.append(chain);
            if (!families.contains(familyOf(chain)))
                families.append(familyOf(chain));
            if (chain.constFirst().sha256() == m_wish.replaces)
                named.append(chain);
        }
        if (!m_wish.replaces.isEmpty() && named.isEmpty())
            return refuse("DANE-32.replaced", Severity::Error,
                          {m_host, fingerprintText(m_wish.replaces)});
        if (!named.isEmpty())
            family = named;
        if (family.isEmpty() && families.size() > 1)
            return refuse("DANE-32.which", Severity::Error,
                          {m_host, families.join(QLatin1Char(' ')), key.kind});
        if (family.isEmpty())
            family = m_current;
        for (const Chain &chain : std::as_const(family)) {
            // It may be shown at some address already; that is then not what goes.
            if (!isKeyOf(key, chain) && !m_goes.contains(chain))
                m_goes.append(chain);
        }
        return true;
    }

    /// Another certificate of the same key goes with it; what is left stays.
    bool isNew()
    {
        for (const Chain &chain : std::as_const(m_current)) {
            const bool goes = std::any_of(m_goes.cbegin(), m_goes.cend(), [&](const Chain &other) {
                return other.constFirst().publicKey == chain.constFirst().publicKey;
            });
            const bool isNext =
                    std::any_of(m_wish.next.cbegin(), m_wish.next.cend(),
                                [&](const SourceKey &key) { return isKeyOf(key, chain); });
            if (goes && !m_goes.contains(chain))
                m_goes.append(chain);
            if (!goes && !isNext)
                m_stays.append(chain);
        }
        if (m_goes.isEmpty())
            return refuse("DANE-32.same", Severity::Info, {});
        return true;
    }

    /// An issuer's record is about whoever it signs: it goes only where the next certificate is at hand
    /// and is of somebody else.
    bool isOfIssuerThatStays(const TlsaRecord &record) const
    {
        return record.usage == DaneTa &&
               std::any_of(m_wish.next.cbegin(), m_wish.next.cend(), [&](const SourceKey &key) {
                   return !key.hasCertificate() || fits(record, key.chain);
               });
    }

    /// RFC 7671 9: senders look at the strongest digest alone, so the next key has each that is there.
    QList<quint8> digests() const
    {
        QList<quint8> all{Sha256};
        for (const TlsaRecord &record : m_published) {
            if (record.usage == DaneEe && record.selector == PublicKey && record.matching != 0 &&
                !all.contains(record.matching))
                all.append(record.matching);
        }
        return all;
    }

    void plan()
    {
        KeptRollover kept;
        kept.host = m_wish.host;
        kept.port = m_wish.port;
        kept.started = m_wish.seen.at;
        for (const SeenNameServer &server : m_wish.seen.nameServers)
            kept.ttl = std::max(kept.ttl, server.ttl);
        for (const SourceKey &key : m_wish.next) {
            Certificate
                    bare; // a request has no more than the key, which is all that selector 1 asks
            bare.publicKey = key.publicKey;
            for (const quint8 digest : digests())
                kept.nextKey.append({DaneEe, PublicKey, digest, tlsaData(bare, PublicKey, digest)});
        }
        for (const TlsaRecord &record : std::as_const(m_published)) {
            if (kept.nextKey.contains(record))
                continue;
            if (fitsAny(record, m_stays) ||
                (fitsAny(record, m_goes) && isOfIssuerThatStays(record)))
                kept.staying.append(record);
            else if (fitsAny(record, m_goes))
                kept.oldKey.append(record);
        }
        const bool isNextCovered =
                kept.oldKey.isEmpty() && !kept.staying.isEmpty() &&
                std::all_of(m_wish.next.cbegin(), m_wish.next.cend(), [&](const SourceKey &key) {
                    return key.hasCertificate() &&
                           judgePublishing({kept.staying, {key.chain}, {}, true}).ok;
                });
        if (isNextCovered)
            m_begun.issues.append({"DANE-32.covered", Severity::Info, {m_host}});
        else
            m_begun.kept = kept;
    }

    const RolloverWish &m_wish;
    const QString m_host;
    Chains m_current, m_goes, m_stays;
    Records m_published; // usable ones, at any name server
    RolloverBeginning m_begun;
};

} // namespace

RolloverBeginning beginRollover(const RolloverWish &wish)
{
    return Beginning(wish).run();
}
