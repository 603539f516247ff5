// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The publisher's side of DANE (RFC 7671 8): do the records cover what the server shows, for every
// kind of sender, and what comes next in a change of keys.
#include "base/printable.h"
#include "net/dane.h"
#include "net/openssl.h"

#include <openssl/err.h>

#include <algorithm>

namespace {

constexpr quint8 Sha256 = 1;
constexpr quint8 Sha512 = 2;

QString comboName(const TlsaRecord &record)
{
    return QStringLiteral("%1 %2 %3").arg(record.usage).arg(record.selector).arg(record.matching);
}

bool isSameCombo(const TlsaRecord &a, const TlsaRecord &b)
{
    return a.usage == b.usage && a.selector == b.selector && a.matching == b.matching;
}

/// A chain with the certificates that lead up from its leaf; what else is sent along is no issuer.
class Path
{
public:
    explicit Path(const QList<Certificate> &chain)
        : m_sent(x509Stack(chain))
    {
        if (chain.isEmpty() || !m_sent)
            return;
        QList<qsizetype> left;
        for (qsizetype i = 1; i < chain.size(); ++i)
            left.append(i);
        for (qsizetype at = 0; at >= 0;) {
            m_path.append(chain.at(at));
            m_top = sk_X509_value(m_sent.get(), static_cast<int>(at));
            at = -1;
            for (const qsizetype i : std::as_const(left)) {
                X509 *issuer = sk_X509_value(m_sent.get(), static_cast<int>(i));
                if (X509_check_issued(issuer, m_top) == X509_V_OK && issuer != m_top) {
                    at = i;
                    left.removeOne(i);
                    break;
                }
            }
        }
        ERR_clear_error();
    }

    bool matches(const TlsaRecord &record) const
    {
        for (qsizetype i = 0; i < m_path.size(); ++i) {
            const bool isPlace = record.usage == 3 ? i == 0 : i > 0;
            if (isPlace && tlsaData(m_path.at(i), record.selector, record.matching) == record.data)
                return true;
        }
        return record.usage == 2 && record.matching == 0 && isSignedBy(record);
    }

private:
    // RFC 7671 5.2.3: full data stand for an anchor that the server need not send.
    bool isSignedBy(const TlsaRecord &record) const
    {
        using KeyPointer = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
        const X509Pointer anchor = record.selector == 0 ? x509FromDer(record.data) : nullptr;
        const auto *at = reinterpret_cast<const unsigned char *>(record.data.constData());
        const KeyPointer key(
                anchor ? X509_get_pubkey(anchor.get())
                       : d2i_PUBKEY(nullptr, &at, static_cast<long>(record.data.size())));
        const bool isIssuer = key && m_top && X509_verify(m_top, key.get()) == 1;
        ERR_clear_error();
        return isIssuer;
    }

    X509StackPointer m_sent;
    QList<Certificate> m_path;
    X509 *m_top = nullptr;
};

class Publishing
{
public:
    explicit Publishing(const PublishingInput &input)
        : m_host(printable(input.host))
        , m_planned(input.planned)
        , m_startTls(input.startTls)
        , m_hasPlan(!input.planned.isEmpty())
    {
        for (const int i : usableRecords(input.records))
            m_records.append(input.records.at(i));
        for (const QList<Certificate> &chain : input.chains) {
            if (!chain.isEmpty())
                m_chains.emplace_back(chain);
        }
    }

    PublishingVerdict run()
    {
        if (!m_startTls && !m_records.isEmpty()) // RFC 7672 2.2: no clear text with TLSA
            add("DANE-13", Severity::Error, {m_host});
        if (m_startTls && !m_records.isEmpty() && !m_chains.empty()) {
            judgeChains();
            judgeCombos();
            judgeDigests();
            judgeWhole();
            judgeRollover();
        }
        m_verdict.ok = !hasError();
        return m_verdict;
    }

private:
    void add(const char *id, Severity severity, const QStringList &values)
    {
        m_verdict.issues.append({id, severity, values});
    }

    // With and without SHA2-512, which senders need not know (RFC 6698 6).
    bool passes(const Path &path, bool knowsSha512) const
    {
        QList<int> usable;
        for (int i = 0; i < m_records.size(); ++i) {
            if (knowsSha512 || m_records.at(i).matching != Sha512)
                usable.append(i);
        }
        const QList<int> considered = strongestRecords(m_records, usable);
        return considered.isEmpty() ||
               std::any_of(considered.cbegin(), considered.cend(),
                           [&](int i) { return path.matches(m_records.at(i)); });
    }

    bool isInUse(const TlsaRecord &record) const
    {
        return std::any_of(m_chains.cbegin(), m_chains.cend(),
                           [&](const Path &path) { return path.matches(record); });
    }

    void judgeChains()
    {
        for (const Path &path : m_chains)
            m_good += passes(path, true) && passes(path, false) ? 1 : 0;
        m_passes = m_good == m_chains.size();
    }

    bool hasError() const
    {
        return std::any_of(m_verdict.issues.cbegin(), m_verdict.issues.cend(),
                           [](const Issue &issue) { return issue.severity == Severity::Error; });
    }

    // RSA and ECDSA side by side. A chain without a match is never passed over, whatever the others of
    // these rules have found.
    void judgeWhole()
    {
        if (!m_passes && ((m_chains.size() > 1 && m_good > 0) || !hasError()))
            add("DANE-38", Severity::Error, {m_host});
    }

    void judgeCombos()
    {
        QList<TlsaRecord> seen;
        for (const TlsaRecord &record : std::as_const(m_records)) {
            const auto isThis = [&](const TlsaRecord &other) { return isSameCombo(other, record); };
            if (std::any_of(seen.cbegin(), seen.cend(), isThis))
                continue;
            seen.append(record);
            // RFC 7671 8: each combination has to match what is in use now.
            const bool matches =
                    std::any_of(m_records.cbegin(), m_records.cend(), [&](const TlsaRecord &other) {
                        return isThis(other) && isInUse(other);
                    });
            if (!matches && m_passes)
                add("DANE-28.redundant", Severity::Warning, {comboName(record), m_host});
            else if (!matches)
                add("DANE-28", Severity::Error, {comboName(record), m_host});
        }
    }

    // RFC 7671 9: where several digests are published, each covers the same keys. Of keys that no server
    // shows only the number can be compared.
    void judgeDigests()
    {
        for (quint8 usage = 2; usage <= 3; ++usage) {
            for (quint8 selector = 0; selector <= 1; ++selector) {
                const QList<TlsaRecord> first = recordsOf({usage, selector, Sha256, {}});
                const QList<TlsaRecord> second = recordsOf({usage, selector, Sha512, {}});
                if (!first.isEmpty() && !second.isEmpty() &&
                    (first.size() != second.size() || !coverTheSame(first, second)))
                    add("DANE-27", Severity::Error,
                        {QStringLiteral("%1 %2").arg(usage).arg(selector), m_host});
            }
        }
    }

    QList<TlsaRecord> recordsOf(const TlsaRecord &combo) const
    {
        QList<TlsaRecord> records;
        std::copy_if(m_records.cbegin(), m_records.cend(), std::back_inserter(records),
                     [&](const TlsaRecord &record) { return isSameCombo(record, combo); });
        return records;
    }

    bool coverTheSame(const QList<TlsaRecord> &first, const QList<TlsaRecord> &second) const
    {
        const auto matchesAny = [](const Path &path, const QList<TlsaRecord> &records) {
            return std::any_of(records.cbegin(), records.cend(),
                               [&](const TlsaRecord &record) { return path.matches(record); });
        };
        return std::all_of(m_chains.cbegin(), m_chains.cend(), [&](const Path &path) {
            return matchesAny(path, first) == matchesAny(path, second);
        });
    }

    void judgeRollover()
    {
        if (!m_passes)
            return;
        bool hasPlanned = false;
        for (const TlsaRecord &record : std::as_const(m_records)) {
            const bool isNext = m_hasPlan && m_planned.matches(record);
            hasPlanned = hasPlanned || isNext;
            const bool comboInUse =
                    std::any_of(m_records.cbegin(), m_records.cend(), [&](const TlsaRecord &other) {
                        return isSameCombo(other, record) && isInUse(other);
                    });
            if (isNext || isInUse(record) || !comboInUse)
                continue;
            // A key that is no longer used should not stay valid (RFC 7671 8.1).
            add("DANE-32", Severity::Info, {printable(tlsaToText(record), 80)});
            m_verdict.next = RolloverStep::RemoveOld;
        }
        if (m_hasPlan)
            m_verdict.next = hasPlanned ? RolloverStep::Switch : RolloverStep::PublishNext;
    }

    const QString m_host;
    QList<TlsaRecord> m_records; // the usable ones
    std::vector<Path> m_chains;
    Path m_planned;
    bool m_startTls;
    bool m_hasPlan;
    bool m_passes = false;
    size_t m_good = 0; // chains that every sender takes
    PublishingVerdict m_verdict;
};

} // namespace

PublishingVerdict judgePublishing(const PublishingInput &input)
{
    return Publishing(input).run();
}

QList<Issue> judgePublishing(const QList<TlsaRecord> &records, const QList<Certificate> &chain,
                             const QByteArray &host)
{
    return judgePublishing(PublishingInput{records, {chain}, {}, true, host}).issues;
}

QByteArray rolloverStepName(RolloverStep step)
{
    switch (step) {
    case RolloverStep::None:
        break;
    case RolloverStep::PublishNext:
        return "publish the next record beside the current one";
    case RolloverStep::Switch:
        return "wait two TTLs, then switch the key";
    case RolloverStep::RemoveOld:
        return "remove the old record after verifying every address";
    case RolloverStep::WaitForCaches:
        return "wait until every cache has both records";
    case RolloverStep::VerifyAll:
        return "verify the new key on every address";
    case RolloverStep::Done:
        return "done";
    case RolloverStep::Broken:
        return "broken";
    }
    return {};
}
