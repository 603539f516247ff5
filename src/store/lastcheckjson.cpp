// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lastcheckjson.h"

#include "base/printable.h"
#include "store/jsonfields.h"

#include <algorithm>
#include <array>

namespace {

template <class Value>
struct Word
{
    Value value;
    const char *word;
};

constexpr std::array<Word<Report::Sts>, 6> StsWords{{{Report::Sts::Unknown, "unknown"},
                                                     {Report::Sts::Absent, "absent"},
                                                     {Report::Sts::Broken, "broken"},
                                                     {Report::Sts::None, "none"},
                                                     {Report::Sts::Testing, "testing"},
                                                     {Report::Sts::Enforce, "enforce"}}};
constexpr std::array<Word<Report::Dane>, 5> DaneWords{{{Report::Dane::Unknown, "unknown"},
                                                       {Report::Dane::Absent, "absent"},
                                                       {Report::Dane::Some, "some"},
                                                       {Report::Dane::All, "all"},
                                                       {Report::Dane::Broken, "broken"}}};
constexpr std::array<Word<Report::TlsRpt>, 4> TlsRptWords{{{Report::TlsRpt::Unknown, "unknown"},
                                                           {Report::TlsRpt::Absent, "absent"},
                                                           {Report::TlsRpt::Present, "present"},
                                                           {Report::TlsRpt::Broken, "broken"}}};

template <class Words, class Value>
QString wordOf(const Words &words, Value value)
{
    for (const auto &pair : words) {
        if (pair.value == value)
            return QString::fromLatin1(pair.word);
    }
    return QStringLiteral("unknown");
}

/// The first of the table, "unknown", for whatever else stands there.
template <class Words>
auto valueOf(const Words &words, const QJsonValue &json)
{
    for (const auto &pair : words) {
        if (json.toString() == QLatin1String(pair.word))
            return pair.value;
    }
    return words.front().value;
}

template <class Value, class Name>
std::optional<Value> named(const QJsonValue &json, std::initializer_list<Value> all, Name name)
{
    for (const Value value : all) {
        if (json.toString() == QString::fromLatin1(name(value)))
            return value;
    }
    return std::nullopt;
}

int countFrom(const QJsonValue &json)
{
    return std::clamp(json.toInt(), 0, 1000000);
}

QJsonObject findingJson(const Finding &finding)
{
    return {{QStringLiteral("id"), QString::fromLatin1(finding.id)},
            {QStringLiteral("severity"), QString::fromLatin1(severityName(finding.severity))},
            {QStringLiteral("group"), QString::fromLatin1(groupName(finding.group))},
            {QStringLiteral("subject"), finding.subject},
            {QStringLiteral("values"), QJsonArray::fromStringList(finding.values)}};
}

std::optional<Finding> findingFrom(const QJsonObject &json)
{
    Finding finding;
    finding.id = json[QStringLiteral("id")].toString().left(40).toLatin1();
    finding.severity =
            named(json[QStringLiteral("severity")],
                  {Severity::Ok, Severity::Info, Severity::Warning, Severity::Error}, severityName)
                    .value_or(Severity::Unknown);
    finding.group = named(json[QStringLiteral("group")],
                          {Group::Dns, Group::Record, Group::Host, Group::Policy, Group::Mx,
                           Group::Dane, Group::Report, Group::Caa},
                          groupName)
                            .value_or(Group::Input);
    finding.subject = printable(json[QStringLiteral("subject")].toString());
    const QJsonArray values = json[QStringLiteral("values")].toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(values.size(), 9); ++i)
        finding.values.append(printable(values.at(i).toString()));
    return finding.id.isEmpty() ? std::nullopt : std::optional(finding);
}

QJsonObject certificateJson(const KeptCertificate &certificate)
{
    return {{QStringLiteral("host"), QString::fromLatin1(certificate.host)},
            {QStringLiteral("notBefore"), timeJson(certificate.notBefore)},
            {QStringLiteral("notAfter"), timeJson(certificate.notAfter)}};
}

} // namespace

QJsonObject lastCheckJson(const LastCheck &check)
{
    QJsonArray certificates;
    for (const KeptCertificate &certificate : check.certificates)
        certificates.append(certificateJson(certificate));
    return {{QStringLiteral("at"), timeJson(check.at)},
            {QStringLiteral("verdict"), QString::fromLatin1(verdictName(check.verdict))},
            {QStringLiteral("mtaSts"), wordOf(StsWords, check.sts)},
            {QStringLiteral("dane"), wordOf(DaneWords, check.dane)},
            {QStringLiteral("tlsRpt"), wordOf(TlsRptWords, check.tlsRpt)},
            {QStringLiteral("problems"), check.problems},
            {QStringLiteral("warnings"), check.warnings},
            {QStringLiteral("notTested"), check.notTested},
            {QStringLiteral("worst"),
             check.worst ? QJsonValue(findingJson(*check.worst)) : QJsonValue()},
            {QStringLiteral("mx"), namesJson(check.mx)},
            {QStringLiteral("certificates"), certificates}};
}

std::optional<LastCheck> lastCheckFrom(const QJsonObject &json)
{
    LastCheck check;
    check.at = timeFrom(json[QStringLiteral("at")]);
    if (!check.at.isValid())
        return std::nullopt;
    check.verdict = named(json[QStringLiteral("verdict")],
                          {Verdict::Ok, Verdict::Warning, Verdict::Error, Verdict::NotDeployed},
                          verdictName)
                            .value_or(Verdict::Unknown);
    check.sts = valueOf(StsWords, json[QStringLiteral("mtaSts")]);
    check.dane = valueOf(DaneWords, json[QStringLiteral("dane")]);
    check.tlsRpt = valueOf(TlsRptWords, json[QStringLiteral("tlsRpt")]);
    check.problems = countFrom(json[QStringLiteral("problems")]);
    check.warnings = countFrom(json[QStringLiteral("warnings")]);
    check.notTested = countFrom(json[QStringLiteral("notTested")]);
    check.worst = findingFrom(json[QStringLiteral("worst")].toObject());
    check.mx = namesFrom(json[QStringLiteral("mx")]);
    const QJsonArray certificates = json[QStringLiteral("certificates")].toArray();
    for (const QJsonValue &one : certificates) {
        const QByteArray host = one[QStringLiteral("host")].toString().toLatin1();
        const QDateTime notAfter = timeFrom(one[QStringLiteral("notAfter")]);
        if (notAfter.isValid() && check.certificates.size() < KeptLimits::Names)
            check.certificates.append({host, timeFrom(one[QStringLiteral("notBefore")]), notAfter});
    }
    return check;
}
