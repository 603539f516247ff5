// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/policyfetchverdict.h"

#include "base/limits.h"
#include "base/printable.h"
#include "check/servercertificate.h"

#include <QLocale>

#include <algorithm>

namespace {

using Outcome = PolicyHostOutcome;

constexpr qint64 DaySeconds = 86400;

QString shownDay(const QDateTime &when)
{
    return when.toUTC().date().toString(Qt::ISODate);
}

QString shownSeconds(qint64 milliseconds)
{
    return QLocale::c().toString(static_cast<double>(milliseconds) / 1000, 'f', 1);
}

class Judge
{
public:
    Judge(const PolicyFetch &fetch, const PolicyHostView &view)
        : m_fetch(fetch)
        , m_view(view)
        , m_host(printable(view.host))
    {
    }

    FetchVerdict run()
    {
        m_verdict.outcome = Outcome::Policy;
        const bool isInspected = m_fetch.tls.pkix.looked && m_fetch.tls.pkix.localRoot;
        if (isInspected) {
            // What a middlebox on our side answers says nothing about what senders get (STS-47).
            note("STS-47.local", Severity::Warning, Outcome::Unknown,
                 {m_host, printable(m_fetch.tls.pkix.error)});
            return m_verdict;
        }
        judgeEnd();
        if (!m_fetch.tls.chain.isEmpty())
            judgeCertificate();
        return m_verdict;
    }

private:
    void note(const QByteArray &id, Severity severity, Outcome atBest,
              const QStringList &values = {});
    void judgeEnd();
    void judgeHandshake();
    void judgeAnswer();
    void judgeMediaType();
    void judgeCertificate();
    void judgeName(const Certificate &leaf);
    void judgeDates(const Certificate &leaf);
    void judgeTrust();
    [[nodiscard]] bool isOurClockWrong(const Certificate &leaf) const;

    const PolicyFetch &m_fetch;
    const PolicyHostView &m_view;
    const QString m_host;
    FetchVerdict m_verdict;
};

// Outcomes only get worse: Policy, PolicyWithError, Unknown, NoPolicy.
int rank(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Policy:
    case Outcome::NotDiscovered:
        return 0;
    case Outcome::PolicyWithError:
        return 1;
    case Outcome::Unknown:
        return 2;
    case Outcome::NoPolicy:
        return 3;
    }
    return 3;
}

void Judge::note(const QByteArray &id, Severity severity, Outcome atBest, const QStringList &values)
{
    m_verdict.issues.append({id, severity, values});
    if (rank(atBest) > rank(m_verdict.outcome))
        m_verdict.outcome = atBest;
}

void Judge::judgeEnd()
{
    const QString address = m_fetch.address.toString();
    switch (m_fetch.end) {
    case PolicyFetch::End::NotTried:
    case PolicyFetch::End::Cancelled:
        return note("STS-45.untried", Severity::Unknown, Outcome::Unknown, {m_host, address});
    case PolicyFetch::End::NoConnection:
        return note("STS-45.unreachable", Severity::Error, Outcome::NoPolicy,
                    {m_host, address, m_fetch.problem});
    case PolicyFetch::End::TlsFailed:
        return judgeHandshake();
    case PolicyFetch::End::HttpBroken:
        if (m_fetch.http2Only)
            return note("STS-58.http2", Severity::Warning, Outcome::Unknown, {m_host});
        return note("STS-50.broken", Severity::Error, Outcome::NoPolicy, {m_fetch.problem});
    case PolicyFetch::End::TooLarge:
        return note("STS-55.answer", Severity::Error, Outcome::NoPolicy, {m_fetch.problem});
    case PolicyFetch::End::TimedOut:
        return note("STS-54", Severity::Error, Outcome::NoPolicy,
                    {m_host, QString::number(m_fetch.tookMs / 1000)});
    case PolicyFetch::End::Answered:
        return judgeAnswer();
    }
}

void Judge::judgeHandshake()
{
    if (m_fetch.http2Only)
        return note("STS-58.http2", Severity::Warning, Outcome::Unknown, {m_host});
    const bool wantsCertificate =
            m_fetch.tls.peerSentAlert && m_fetch.tls.alert.contains(QLatin1String("certificate"));
    note(wantsCertificate ? "STS-58.client" : "STS-58.tls", Severity::Error, Outcome::NoPolicy,
         {m_host, m_fetch.tls.alert});
}

void Judge::judgeAnswer()
{
    const int status = m_fetch.status;
    const QString number = QString::number(status);
    const bool isRedirect =
            status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (isRedirect) // RFC 8461 3.3: HTTP 3xx redirects MUST NOT be followed
        return note("STS-51", Severity::Error, Outcome::NoPolicy, {printable(m_fetch.location)});
    if (status != 200)
        note("STS-50", Severity::Error, Outcome::NoPolicy, {number});
    if (status == 304)
        note("STS-52", Severity::Error, Outcome::NoPolicy, {number});
    if (status != 200)
        return;
    judgeMediaType();
    const QByteArray &protocol = m_fetch.tls.protocol;
    if (protocol == "TLSv1" || protocol == "TLSv1.1" || protocol == "SSLv3")
        note("STS-58.old", Severity::Error, Outcome::NoPolicy, {m_host, printable(protocol)});
    if (m_fetch.tookMs > Limits::PolicyFetchMs)
        note("STS-54", Severity::Error, Outcome::NoPolicy,
             {m_host, QString::number(m_fetch.tookMs / 1000)});
    else if (m_fetch.tookMs > Limits::PolicyFetchWarnMs)
        note("STS-54.slow", Severity::Warning, Outcome::Policy,
             {m_host, shownSeconds(m_fetch.tookMs)});
    if (m_fetch.body.size() > Limits::PolicyBodyWarn)
        note("STS-55.large", Severity::Warning, Outcome::Policy,
             {QString::number(m_fetch.body.size())});
    if (m_fetch.http2Only)
        note("STS-58.http2", Severity::Warning, Outcome::Policy, {m_host});
    if (!m_fetch.contentEncoding.isEmpty())
        note("STS-59.encoding", Severity::Warning, Outcome::Policy,
             {printable(m_fetch.contentEncoding)});
}

// RFC 8461 3.2: text/plain; the comparison ends at the parameters, not at the first 10 letters.
void Judge::judgeMediaType()
{
    if (!m_fetch.hasContentType || m_fetch.contentType.trimmed().isEmpty())
        return note("STS-53.missing", Severity::Error, Outcome::PolicyWithError);
    const QList<QByteArray> parts = m_fetch.contentType.split(';');
    if (parts.first().trimmed().toLower() != "text/plain")
        return note("STS-53", Severity::Error, Outcome::PolicyWithError,
                    {printable(m_fetch.contentType)});
    for (const QByteArray &part : parts.mid(1)) {
        const QByteArray parameter = part.trimmed().toLower();
        if (!parameter.startsWith("charset="))
            continue;
        const QByteArray charset = parameter.mid(8).replace('"', "").trimmed();
        if (charset != "utf-8" && charset != "us-ascii" && charset != "utf8")
            note("STS-53.charset", Severity::Warning, Outcome::Policy, {printable(charset)});
    }
}

void Judge::judgeCertificate()
{
    const PkixVerdict &pkix = m_fetch.tls.pkix;
    if (!pkix.looked)
        return note("STS-47.unknown", Severity::Unknown, Outcome::Unknown, {m_host});
    const Certificate &leaf = m_fetch.tls.chain.first();
    if (!pkix.nameMatches)
        judgeName(leaf);
    if (pkix.expired || pkix.notYetValid)
        judgeDates(leaf);
    else if (!pkix.trusted)
        judgeTrust();
    if (pkix.weak) {
        const Certificate weak = weakestOf(m_fetch.tls);
        note(weak == leaf ? "TLS-19.web" : "TLS-19.web-issuer", Severity::Error, Outcome::NoPolicy,
             {m_host, printable(weak.keyType), QString::number(weak.keyBits),
              printable(weak.signatureAlgorithm), weak.subject});
    }
    if (!pkix.isValid())
        return;
    if (m_fetch.at.isValid() && endsSoon(leaf, m_fetch.at)) // STS-92
        note("STS-92.soon", Severity::Warning, Outcome::Policy, {m_host, shownDay(leaf.notAfter)});
}

void Judge::judgeName(const Certificate &leaf)
{
    const QString names =
            leaf.dnsNames.isEmpty() ? leaf.commonName : leaf.dnsNames.join(QStringLiteral(", "));
    note(leaf.dnsNames.isEmpty() ? "STS-46.cn" : "STS-46", Severity::Error, Outcome::NoPolicy,
         {m_host, printable(names)});
    const DnsAnswer &answer = m_view.a.isAlias() ? m_view.a : m_view.aaaa;
    // RFC 8461 8.2: an alias does not change the name that is to be certified.
    if (answer.isAlias())
        note("STS-60", Severity::Error, Outcome::NoPolicy,
             {m_host, printable(answer.canonicalName)});
    const QByteArray domain = m_view.host.mid(m_view.host.indexOf('.') + 1);
    if (namesHost(leaf, domain) || namesHost(leaf, "www." + domain))
        note("STS-61", Severity::Info, Outcome::Policy, {m_host, printable(domain)});
}

// T-17: a server's Date that is days off ours, and at which the certificate would be fine.
bool Judge::isOurClockWrong(const Certificate &leaf) const
{
    const QDateTime &theirs = m_fetch.serverDate;
    return theirs.isValid() && qAbs(theirs.secsTo(m_fetch.at)) > DaySeconds &&
           leaf.notBefore <= theirs && theirs <= leaf.notAfter;
}

void Judge::judgeDates(const Certificate &leaf)
{
    if (isOurClockWrong(leaf))
        return note("STS-47.clock", Severity::Warning, Outcome::Unknown,
                    {shownDay(m_fetch.at), shownDay(m_fetch.serverDate)});
    if (m_fetch.tls.pkix.expired)
        note("STS-47.expired", Severity::Error, Outcome::NoPolicy,
             {m_host, shownDay(leaf.notAfter)});
    else
        note("STS-47.early", Severity::Error, Outcome::NoPolicy,
             {m_host, shownDay(leaf.notBefore)});
}

void Judge::judgeTrust()
{
    const PkixVerdict &pkix = m_fetch.tls.pkix;
    const QByteArray id = pkix.selfSigned   ? "STS-47.self"
                          : pkix.incomplete ? "STS-47.chain"
                                            : "STS-47.trust";
    note(id, Severity::Error, Outcome::NoPolicy, {m_host, printable(pkix.error)});
}

} // namespace

FetchVerdict judgeFetch(const PolicyFetch &fetch, const PolicyHostView &view)
{
    return Judge(fetch, view).run();
}
