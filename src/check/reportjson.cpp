// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/reportjson.h"

#include "base/printable.h"
#include "check/danestate.h"
#include "check/policyhost.h"
#include "check/trustjson.h"
#include "check/words.h"

#include <QJsonArray>

namespace {

QString word(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

} // namespace

QString stsWord(Report::Sts state)
{
    switch (state) {
    case Report::Sts::Absent:
        return QStringLiteral("absent");
    case Report::Sts::Broken:
        return QStringLiteral("broken");
    case Report::Sts::None:
        return QStringLiteral("none");
    case Report::Sts::Testing:
        return QStringLiteral("testing");
    case Report::Sts::Enforce:
        return QStringLiteral("enforce");
    case Report::Sts::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString daneWord(Report::Dane state)
{
    switch (state) {
    case Report::Dane::Absent:
        return QStringLiteral("absent");
    case Report::Dane::Some:
        return QStringLiteral("some");
    case Report::Dane::All:
        return QStringLiteral("all");
    case Report::Dane::Broken:
        return QStringLiteral("broken");
    case Report::Dane::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString tlsRptWord(Report::TlsRpt state)
{
    switch (state) {
    case Report::TlsRpt::Absent:
        return QStringLiteral("absent");
    case Report::TlsRpt::Present:
        return QStringLiteral("present");
    case Report::TlsRpt::Broken:
        return QStringLiteral("broken");
    case Report::TlsRpt::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString port25Word(Port25 port)
{
    switch (port) {
    case Port25::Open:
        return QStringLiteral("open");
    case Port25::Blocked:
        return QStringLiteral("blocked");
    case Port25::NoNetwork:
        return QStringLiteral("no-network");
    case Port25::NotTested:
        break;
    }
    return QStringLiteral("not-tested");
}

namespace {

QString securityWord(const std::optional<DnsAnswer> &answer)
{
    switch (answer ? answer->security : Security::Unknown) {
    case Security::Secure:
        return QStringLiteral("secure");
    case Security::Insecure:
        return QStringLiteral("insecure");
    case Security::Bogus:
        return QStringLiteral("bogus");
    case Security::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QJsonValue certificateJson(const TlsFacts &tls)
{
    if (tls.chain.isEmpty())
        return {};
    const Certificate &leaf = tls.chain.first();
    const auto seen = [&](bool value) {
        return tls.pkix.looked ? QJsonValue(value) : QJsonValue();
    };
    return QJsonObject{{QStringLiteral("subject"), leaf.subject},
                       {QStringLiteral("names"), QJsonArray::fromStringList(leaf.dnsNames)},
                       {QStringLiteral("issuer"), leaf.issuer},
                       {QStringLiteral("notBefore"), leaf.notBefore.toString(Qt::ISODate)},
                       {QStringLiteral("notAfter"), leaf.notAfter.toString(Qt::ISODate)},
                       {QStringLiteral("trusted"), seen(tls.pkix.trusted)},
                       {QStringLiteral("nameMatches"), seen(tls.pkix.nameMatches)},
                       {QStringLiteral("error"), tls.pkix.error}};
}

/// Null while it was not seen: no answer is not "no encryption" (DNS-1, TLS-3).
QJsonValue startTlsJson(const SmtpFacts &facts)
{
    const QByteArray seen = startTlsWord(facts);
    return seen == "unknown" ? QJsonValue() : QJsonValue(seen == "offered");
}

QJsonObject addressJson(const Survey &survey, const MailHost &host, const AddressLook &look)
{
    const SmtpFacts &facts = look.smtp;
    return {{QStringLiteral("address"), look.address.toString()},
            {QStringLiteral("reached"), facts.tookConnection()},
            {QStringLiteral("greeting"), facts.greeting},
            {QStringLiteral("startTls"), startTlsJson(facts)},
            {QStringLiteral("tls"), word(facts.tls.protocol)},
            {QStringLiteral("cipher"), word(facts.tls.cipher)},
            {QStringLiteral("certificate"), certificateJson(facts.tls)},
            {QStringLiteral("dane"), word(daneWordOf(survey, host, look))}};
}

QJsonObject hostJson(const Survey &survey, const MailHost &host,
                     const std::optional<Policy> &policy)
{
    QJsonArray list, tlsa;
    for (const AddressLook &look : host.addresses)
        list.append(addressJson(survey, host, look));
    // RFC 7672 2.2.2: those where an alias of the server leads come first.
    const bool isAtAlias = host.tlsaAtAlias && host.tlsaAtAlias->isFound() &&
                           host.tlsaAtAlias->security == Security::Secure;
    if (const auto &answer = isAtAlias ? host.tlsaAtAlias : host.tlsa) {
        for (const TlsaRecord &record : tlsaRecords(*answer))
            tlsa.append(word(tlsaToText(record)));
    }
    return {{QStringLiteral("host"), word(host.name)},
            {QStringLiteral("preference"), host.preference},
            {QStringLiteral("security"), securityWord(host.a)},
            {QStringLiteral("covered"),
             policy ? QJsonValue(anyMatches(policy->mx, host.name)) : QJsonValue()},
            {QStringLiteral("addresses"), list},
            {QStringLiteral("tlsa"), tlsa}};
}

QJsonValue recordJson(const std::optional<DnsAnswer> &answer)
{
    if (!answer || !answer->isFound())
        return {};
    QStringList all;
    for (const QByteArray &text : texts(*answer))
        all.append(printable(text));
    return all.join(QLatin1Char('\n'));
}

/// The fetch that gave the policy; else the first that was answered.
const PolicyFetch *shownFetch(const Survey &survey, const std::optional<QByteArray> &body)
{
    const PolicyFetch *first = nullptr;
    for (const PolicyFetch &fetch : survey.fetches) {
        if (fetch.end != PolicyFetch::End::Answered)
            continue;
        if (body && fetch.body == *body)
            return &fetch;
        if (!first)
            first = &fetch;
    }
    return first;
}

QJsonValue policyJson(const Survey &survey, const PolicyHostJudgement &judgement)
{
    const PolicyFetch *fetch = shownFetch(survey, judgement.body);
    if (!fetch)
        return {};
    const std::optional<Policy> policy =
            judgement.reading ? judgement.reading->policy : std::nullopt;
    QJsonArray mx;
    if (policy) {
        for (const MxPattern &pattern : policy->mx)
            mx.append(word(pattern.text()));
    }
    return QJsonObject{
            {QStringLiteral("status"), fetch->status},
            {QStringLiteral("contentType"),
             fetch->hasContentType ? QJsonValue(printable(fetch->contentType)) : QJsonValue()},
            {QStringLiteral("body"), QString::fromUtf8(fetch->body)},
            {QStringLiteral("mode"),
             policy ? QJsonValue(word(modeName(policy->mode))) : QJsonValue()},
            {QStringLiteral("maxAge"), policy ? QJsonValue(policy->maxAge) : QJsonValue()},
            {QStringLiteral("mx"), mx}};
}

} // namespace

QJsonObject findingJson(const Finding &finding)
{
    const Words words = wordsFor(finding);
    return {{QStringLiteral("rule"), word(finding.rule())},
            {QStringLiteral("id"), word(finding.id)},
            {QStringLiteral("values"), QJsonArray::fromStringList(finding.values)},
            {QStringLiteral("severity"), word(severityName(finding.severity))},
            {QStringLiteral("group"), word(groupName(finding.group))},
            {QStringLiteral("subject"), finding.subject},
            {QStringLiteral("title"), words.title},
            {QStringLiteral("detail"), finding.evidence},
            {QStringLiteral("why"), words.why},
            {QStringLiteral("fix"), words.fix},
            {QStringLiteral("reference"), words.reference}};
}

QJsonObject checkJson(const Survey &survey, const Report &report)
{
    QJsonArray findings, mx;
    for (const Finding &finding : report.findings)
        findings.append(findingJson(finding));
    const PolicyHostJudgement judgement = judgePolicyHost(survey);
    const std::optional<Policy> policy =
            judgement.reading ? judgement.reading->policy : std::nullopt;
    for (const MailHost &host : survey.hosts)
        mx.append(hostJson(survey, host, policy));
    const QJsonObject observed{{QStringLiteral("mx"), mx},
                               {QStringLiteral("stsRecord"), recordJson(survey.sts)},
                               {QStringLiteral("tlsRptRecord"), recordJson(survey.tlsRpt)},
                               {QStringLiteral("policy"), policyJson(survey, judgement)},
                               {QStringLiteral("dnssec"), securityWord(survey.mx)},
                               {QStringLiteral("trust"), trustJson(trustChains(survey))},
                               {QStringLiteral("resolver"), survey.resolver}};
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-check/1")},
            {QStringLiteral("domain"), word(survey.domain.ascii())},
            {QStringLiteral("unicode"), survey.domain.display()},
            {QStringLiteral("checkedAt"), survey.at.toString(Qt::ISODate)},
            {QStringLiteral("tookMs"), survey.tookMs},
            {QStringLiteral("program"), QStringLiteral("mta-sts " ASSISTANT_VERSION)},
            {QStringLiteral("cancelled"), survey.cancelled},
            {QStringLiteral("port25"), port25Word(survey.port25)},
            {QStringLiteral("verdict"), word(verdictName(report.verdict))},
            {QStringLiteral("mtaSts"), stsWord(report.sts)},
            {QStringLiteral("dane"), daneWord(report.dane)},
            {QStringLiteral("tlsRpt"), tlsRptWord(report.tlsRpt)},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("observed"), observed}};
}
