// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dane.h"

#include "base/printable.h"
#include "net/daneopenssl.h"

#include <openssl/err.h>

#include <algorithm>

namespace {

constexpr quint8 DaneEe = 3;

void setNames(X509_VERIFY_PARAM *how, const QList<QByteArray> &names)
{
    // RFC 7672 3.2.3: the common name counts where there is no DNS-ID; "*" is one whole label.
    X509_VERIFY_PARAM_set_hostflags(how, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    bool any = false;
    for (const QByteArray &name : names) {
        if (name.isEmpty() || name.startsWith('.')) // a leading dot would mean any subdomain
            continue;
        any = X509_VERIFY_PARAM_add1_host(how, name.constData(),
                                          static_cast<size_t>(name.size())) == 1 ||
              any;
    }
    if (!any) // without a name OpenSSL would check none
        X509_VERIFY_PARAM_set1_host(how, "no-reference-name.invalid", 0);
}

// X509_V_OK, or why this record alone does not authenticate the chain. One record at a time: any one
// is enough (RFC 7671 8), and each is told its own reason.
int authenticate(const TlsaRecord &record, STACK_OF(X509) * sent, const DaneInput &input)
{
    const SslPointer ssl = sslHolding(record);
    const X509StorePointer noRoots(X509_STORE_new());
    const X509StoreContextPointer context(X509_STORE_CTX_new());
    if (!ssl || !noRoots || !context ||
        X509_STORE_CTX_init(context.get(), noRoots.get(), sk_X509_value(sent, 0), sent) != 1 ||
        X509_STORE_CTX_set_default(context.get(), "ssl_server") != 1)
        return X509_V_ERR_UNSPECIFIED;
    X509_VERIFY_PARAM *how = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_auth_level(how, 0); // weak keys are told apart (TLS-19)
    X509_VERIFY_PARAM_set_time(how, static_cast<time_t>(input.now.toSecsSinceEpoch()));
    setNames(how, input.names);
    X509_STORE_CTX_set0_dane(context.get(), SSL_get0_dane(ssl.get()));
    const bool good = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (good)
        return X509_V_OK;
    return error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error;
}

QString shown(const TlsaRecord &record)
{
    return printable(tlsaToText(record), 80);
}

class Judge
{
public:
    explicit Judge(const DaneInput &input)
        : m_input(input)
    {
    }

    DaneVerdict run()
    {
        if (m_input.answer != TlsaAnswer::Secure || m_input.records.isEmpty()) {
            judgeAnswer();
            return m_verdict;
        }
        m_verdict.usable = usableRecords(m_input.records);
        m_verdict.considered = strongestRecords(m_input.records, m_verdict.usable);
        tellUnusable();
        if (!m_input.startTls) {
            // RFC 7672 2.2: with any secure TLSA record, usable or not, never clear text.
            add("DANE-13", Severity::Error, {host()});
            m_verdict.result = DaneResult::Fail;
        } else if (m_verdict.usable.isEmpty()) {
            m_verdict.result = DaneResult::EncryptUnauthenticated;
        } else {
            judgeRecords();
        }
        advise();
        return m_verdict;
    }

private:
    void add(const char *id, Severity severity, const QStringList &values)
    {
        m_verdict.issues.append({id, severity, values});
    }

    QString host() const { return printable(m_input.names.value(0)); }

    void judgeAnswer()
    {
        switch (m_input.answer) {
        case TlsaAnswer::Secure: // RFC 7672 2.2: a secure denial, the host has not opted in
            m_verdict.result = DaneResult::NotApplicable;
            add("DANE-11", Severity::Info, {host()});
            break;
        case TlsaAnswer::Insecure: // RFC 6698 4.1: as if not published
            m_verdict.result = DaneResult::NotApplicable;
            if (!m_input.records.isEmpty())
                add("DANE-2", Severity::Error, {host()});
            break;
        case TlsaAnswer::Failed: // RFC 7672 2.1.2
            m_verdict.result = DaneResult::Unreachable;
            add("DANE-10", Severity::Error, {host()});
            break;
        case TlsaAnswer::Unknown:
            add("DANE-1", Severity::Unknown, {});
            break;
        }
    }

    void tellUnusable()
    {
        for (int i = 0; i < m_input.records.size(); ++i) {
            if (m_verdict.usable.contains(i))
                continue;
            QList<Issue> why = whyUnusable(m_input.records.at(i));
            if (why.isEmpty()) // of the right shape, but OpenSSL cannot read it
                why.append({"DANE-16.full", Severity::Error, {}});
            for (Issue &issue : why) {
                // RFC 7672 3.1.3: left out beside usable ones, so no sender stumbles over it.
                if (!m_verdict.usable.isEmpty() && issue.rule() != "DANE-16")
                    issue.severity = Severity::Warning;
                m_verdict.issues.append(issue);
            }
        }
        if (m_verdict.usable.isEmpty())
            add("DANE-12", Severity::Error, {host()});
    }

    void judgeRecords()
    {
        const X509StackPointer sent = x509Stack(m_input.chain);
        if (m_input.chain.isEmpty() || !sent)
            return;                      // TLS is offered, the certificate was not seen
        QList<QPair<int, int>> failures; // record, error
        for (const int i : std::as_const(m_verdict.considered)) {
            const int error = authenticate(m_input.records.at(i), sent.get(), m_input);
            if (error != X509_V_OK)
                failures.append({i, error});
            else if (m_verdict.matched < 0)
                m_verdict.matched = i;
        }
        const bool passed = m_verdict.matched >= 0;
        m_verdict.result = passed ? DaneResult::Authenticated : DaneResult::Fail;
        for (const auto &[i, error] : std::as_const(failures))
            tellFailure(m_input.records.at(i), error, passed ? Severity::Warning : Severity::Error);
        if (passed)
            tellMatched(m_input.records.at(m_verdict.matched));
        m_verdict.issues += judgePublishing(m_input.records, m_input.chain, m_input.names.value(0));
    }

    // Index of the certificate as sent that the record's data fits; -1 if none.
    qsizetype positionOf(const TlsaRecord &record) const
    {
        for (qsizetype i = 0; i < m_input.chain.size(); ++i) {
            if (tlsaData(m_input.chain.at(i), record.selector, record.matching) == record.data)
                return i;
        }
        return -1;
    }

    void tellFailure(const TlsaRecord &record, int error, Severity severity)
    {
        const qsizetype at = positionOf(record);
        const QString reason = printable(QByteArray(X509_verify_cert_error_string(error)));
        if (record.usage == DaneEe) {
            if (at > 0) // RFC 7672 3.1.1: the leaf only
                add("DANE-17", severity, {shown(record)});
        } else if (at == 0) { // RFC 7671 5.2: an anchor is an issuer
            add("DANE-20.leaf", severity, {shown(record)});
        } else if (error == X509_V_ERR_HOSTNAME_MISMATCH) {
            add("DANE-21", severity, {names()});
        } else if (at > 0 || record.matching == 0) { // not an issuer of the leaf, dates, purpose
            add("DANE-20", severity, {shown(record), reason});
        } else if (severity == Severity::Error) { // else an anchor kept for later (DANE-45)
            add("DANE-24", severity, {shown(record)});
        }
    }

    void tellMatched(const TlsaRecord &record)
    {
        const Certificate &leaf = m_input.chain.constFirst();
        if (record.usage == DaneEe) {
            // RFC 7672 3.1.1: dates do not count, but Exchange Online is not so lenient.
            if (leaf.notAfter < m_input.now)
                add("DANE-19", Severity::Warning, {});
            else if (leaf.notBefore > m_input.now)
                add("DANE-19.early", Severity::Warning, {});
            return;
        }
        if (leaf.dnsNames.isEmpty())
            add("DANE-23", Severity::Warning, {leaf.commonName});
        // RFC 7671 5.2.3: a bare key that is not sent works with some clients only.
        const qsizetype at = positionOf(record);
        if (at < 0 && record.selector == 1)
            add("DANE-24.bare", Severity::Error, {shown(record)});
        else if (at == 0)
            add("DANE-20.leaf", Severity::Warning, {shown(record)});
    }

    void advise()
    {
        const bool compared = m_verdict.result == DaneResult::Fail && !m_input.chain.isEmpty();
        for (Issue issue : adviceOn(m_input.records)) {
            if (compared && issue.rule() == "DANE-31" && !isShown(issue.values.value(0))) {
                issue.id = "DANE-31.broken";
                issue.severity = Severity::Error;
            }
            m_verdict.issues.append(issue);
        }
    }

    // A record that a stronger digest keeps from counting can fit all the same.
    bool isShown(const QString &text) const
    {
        return std::any_of(m_input.records.cbegin(), m_input.records.cend(),
                           [&](const TlsaRecord &record) {
                               return shown(record) == text && positionOf(record) == 0;
                           });
    }

    QString names() const
    {
        QStringList all;
        for (const QByteArray &name : m_input.names)
            all.append(printable(name));
        return all.join(QLatin1String(", "));
    }

    const DaneInput &m_input;
    DaneVerdict m_verdict;
};

} // namespace

DaneVerdict judgeDane(const DaneInput &input)
{
    return Judge(input).run();
}
