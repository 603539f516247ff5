// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/reportjson.h"

#include "base/printable.h"
#include "check/danestate.h"
#include "check/policyhost.h"
#include "check/trustjson.h"
#include "check/words.h"

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

void writeCertificate(JsonWriter &json, const TlsFacts &tls)
{
    if (tls.chain.isEmpty()) {
        json.null("certificate");
        return;
    }
    const Certificate &leaf = tls.chain.first();
    const auto seen = [&](bool value) {
        return tls.pkix.looked ? std::optional<bool>(value) : std::nullopt;
    };
    json.beginObject("certificate")
            .value("subject", leaf.subject)
            .value("names", leaf.dnsNames)
            .value("issuer", leaf.issuer)
            .value("notBefore", leaf.notBefore.toString(Qt::ISODate))
            .value("notAfter", leaf.notAfter.toString(Qt::ISODate))
            .value("trusted", seen(tls.pkix.trusted))
            .value("nameMatches", seen(tls.pkix.nameMatches))
            .value("error", tls.pkix.error)
            .endObject();
}

/// Nothing while it was not seen: no answer is not "no encryption" (DNS-1, TLS-3).
std::optional<bool> offersStartTls(const SmtpFacts &facts)
{
    const QByteArray seen = startTlsWord(facts);
    return seen == "unknown" ? std::nullopt : std::optional<bool>(seen == "offered");
}

void writeAddress(JsonWriter &json, const Survey &survey, const MailHost &host,
                  const AddressLook &look)
{
    const SmtpFacts &facts = look.smtp;
    json.beginObject()
            .value("address", look.address.toString())
            .value("reached", facts.tookConnection())
            .value("greeting", facts.greeting)
            .value("startTls", offersStartTls(facts))
            .value("tls", facts.tls.protocol)
            .value("cipher", facts.tls.cipher);
    writeCertificate(json, facts.tls);
    json.value("dane", daneWordOf(survey, host, look)).endObject();
}

void writeHost(JsonWriter &json, const Survey &survey, const MailHost &host,
               const std::optional<Policy> &policy)
{
    json.beginObject()
            .value("host", host.name)
            .value("preference", host.preference)
            .value("security", securityWord(host.a))
            .value("covered",
                   policy ? std::optional<bool>(anyMatches(policy->mx, host.name)) : std::nullopt);
    json.beginArray("addresses");
    for (const AddressLook &look : host.addresses)
        writeAddress(json, survey, host, look);
    json.endArray().beginArray("tlsa");
    // RFC 7672 2.2.2: those where an alias of the server leads come first.
    const bool isAtAlias = host.tlsaAtAlias && host.tlsaAtAlias->isFound() &&
                           host.tlsaAtAlias->security == Security::Secure;
    if (const auto &answer = isAtAlias ? host.tlsaAtAlias : host.tlsa) {
        for (const TlsaRecord &record : tlsaRecords(*answer))
            json.value(nullptr, tlsaToText(record));
    }
    json.endArray().endObject();
}

std::optional<QString> recordText(const std::optional<DnsAnswer> &answer)
{
    if (!answer || !answer->isFound())
        return std::nullopt;
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

void writePolicy(JsonWriter &json, const Survey &survey, const PolicyHostJudgement &judgement,
                 const std::optional<Policy> &policy)
{
    const PolicyFetch *fetch = shownFetch(survey, judgement.body);
    if (!fetch) {
        json.null("policy");
        return;
    }
    json.beginObject("policy")
            .value("status", fetch->status)
            .value("contentType", fetch->hasContentType
                                          ? std::optional<QString>(printable(fetch->contentType))
                                          : std::nullopt)
            .value("body", QString::fromUtf8(fetch->body))
            .value("mode",
                   policy ? std::optional<QByteArray>(modeName(policy->mode)) : std::nullopt)
            .value("maxAge", policy ? std::optional(policy->maxAge) : std::nullopt);
    json.beginArray("mx");
    if (policy) {
        for (const MxPattern &pattern : policy->mx)
            json.value(nullptr, pattern.text());
    }
    json.endArray().endObject();
}

void writeObserved(JsonWriter &json, const Survey &survey)
{
    const PolicyHostJudgement judgement = judgePolicyHost(survey);
    const std::optional<Policy> policy =
            judgement.reading ? judgement.reading->policy : std::nullopt;
    json.beginObject("observed").beginArray("mx");
    for (const MailHost &host : survey.hosts)
        writeHost(json, survey, host, policy);
    json.endArray()
            .value("stsRecord", recordText(survey.sts))
            .value("tlsRptRecord", recordText(survey.tlsRpt));
    writePolicy(json, survey, judgement, policy);
    json.value("dnssec", securityWord(survey.mx));
    writeTrust(json, trustChains(survey));
    json.value("resolver", survey.resolver).endObject();
}

} // namespace

void writeFindings(JsonWriter &json, const char *name, const QList<Finding> &findings)
{
    json.beginArray(name);
    for (const Finding &finding : findings) {
        const Words words = wordsFor(finding);
        json.beginObject()
                .value("rule", finding.rule())
                .value("id", finding.id)
                .value("values", finding.values)
                .value("severity", severityName(finding.severity))
                .value("group", groupName(finding.group))
                .value("subject", finding.subject)
                .value("title", words.title)
                .value("detail", finding.evidence)
                .value("why", words.why)
                .value("fix", words.fix)
                .value("reference", words.reference)
                .endObject();
    }
    json.endArray();
}

QByteArray checkJson(const Survey &survey, const Report &report)
{
    JsonWriter json;
    json.beginObject()
            .value("schema", QByteArrayLiteral("mta-sts-check/1"))
            .value("domain", survey.domain.ascii())
            .value("unicode", survey.domain.display())
            .value("checkedAt", survey.at.toString(Qt::ISODate))
            .value("tookMs", survey.tookMs)
            .value("program", QByteArrayLiteral("mta-sts " ASSISTANT_VERSION))
            .value("cancelled", survey.cancelled)
            .value("port25", port25Word(survey.port25))
            .value("verdict", verdictName(report.verdict))
            .value("mtaSts", stsWord(report.sts))
            .value("dane", daneWord(report.dane))
            .value("tlsRpt", tlsRptWord(report.tlsRpt));
    writeFindings(json, "findings", report.findings);
    writeObserved(json, survey);
    return json.endObject().text();
}
