// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The MX set and the addresses of its hosts: RFC 5321 5.1, RFC 7505.
#include "check/judges.h"

namespace {

constexpr Group G = Group::Dns;

void judgeNullMx(const Context &context, const QList<MxRecord> &records, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString domain = survey.domain.display();
    const auto null = std::find_if(records.begin(), records.end(),
                                   [](const MxRecord &record) { return record.host.isEmpty(); });
    if (null == records.end())
        return;
    if (records.size() > 1) {
        findings.add("NMX-2", Severity::Error, G, domain, {domain});
        return;
    }
    // NMX-5: what is not looked at, and why.
    findings.add("NMX-1", Severity::Info, G, domain, {domain});
    // RFC 7505 4.2: not for a domain that mail is sent from; then SPF and DMARC should say so too.
    findings.add("NMX-4", Severity::Info, G, domain, {domain});
    if (null->preference != 0)
        findings.add("NMX-3", Severity::Warning, G, domain, {QString::number(null->preference)});
    if (context.hasStsRecord() || context.policy)
        findings.add("STS-73", Severity::Warning, Group::Policy, domain, {domain});
}

bool isAddressText(const QByteArray &name)
{
    return !QHostAddress(QString::fromLatin1(name)).isNull();
}

void judgeHostName(const MailHost &host, Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    if (isAddressText(host.name))
        findings.add("DNS-11.address", Severity::Error, G, name, {name});
    else if (host.name == "localhost" || host.name.endsWith(".localhost"))
        findings.add("DNS-11.localhost", Severity::Error, G, name, {name});
    else if (!host.name.contains('.'))
        findings.add("STS-44.host", Severity::Warning, G, name, {name});
    if (host.expandedName() != host.name)
        findings.add("DNS-11.alias", Severity::Warning, G, name,
                     {name, QString::fromLatin1(host.expandedName())});
}

void judgeAddresses(const Survey &survey, const MailHost &host, Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    if (!host.a || !host.aaaa) {
        if (survey.finished)
            findings.add("DNS-1", Severity::Unknown, G, name, {QStringLiteral("A"), name});
        return;
    }
    // One failure is enough to tell, the one that says something before the one that does not.
    const bool isAaaaFirst = !isFaultOfDomain(*host.a) && isFaultOfDomain(*host.aaaa);
    if (judgeFailedLookup(isAaaaFirst ? *host.aaaa : *host.a, G, name, findings) ||
        judgeFailedLookup(*host.aaaa, G, name, findings))
        return;
    QStringList shown;
    for (const QHostAddress &address : addresses(*host.a) + addresses(*host.aaaa))
        shown.append(address.toString());
    if (!shown.isEmpty())
        findings.add("DNS-12.ok", Severity::Ok, G, name, {name, QString::number(shown.size())},
                     shown.join(QStringLiteral(", ")));
    else if (!survey.implicitMx)
        findings.add("DNS-12", Severity::Error, G, name, {name});
}

void judgeImplicitMx(const Context &context, Findings &findings)
{
    const MailHost &host = context.survey.hosts.first();
    const QString domain = context.survey.domain.display();
    if (!host.a || !host.aaaa || !host.a->isKnown() || !host.aaaa->isKnown())
        return; // judgeAddresses tells
    if (host.a->isFound() || host.aaaa->isFound())
        findings.add("STS-72", Severity::Warning, G, domain, {domain});
    else
        findings.add("NMX-6", Severity::Info, G, domain, {domain});
}

} // namespace

void judgeMx(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString domain = survey.domain.display();
    if (!survey.mx) {
        if (survey.finished)
            findings.add("DNS-1", Severity::Unknown, G, domain, {QStringLiteral("MX"), domain});
        return;
    }
    if (judgeFailedLookup(*survey.mx, G, domain, findings))
        return;
    if (survey.mx->status == AnswerStatus::NoName) {
        findings.add("DNS-1.noname", Severity::Error, G, domain, {domain});
        return;
    }
    const QList<MxRecord> records = mailExchangers(*survey.mx);
    QStringList shown;
    for (const MxRecord &record : records)
        shown.append(QStringLiteral("%1 %2").arg(QString::number(record.preference),
                                                 QString::fromLatin1(record.host + '.')));
    if (survey.mx->isFound() && records.isEmpty())
        findings.add("DNS-14.mx", Severity::Error, G, domain, {domain});
    const auto isNull = [](const MxRecord &record) { return record.host.isEmpty(); };
    if (!records.isEmpty() && std::none_of(records.begin(), records.end(), isNull))
        findings.add("DNS-11.ok", Severity::Ok, G, domain,
                     {domain, QString::number(records.size())}, shown.join(QStringLiteral(", ")));
    if (survey.mx->cut)
        findings.add("DNS-14.cut", Severity::Unknown, G, domain,
                     {QString::number(Limits::MxRecords)});
    judgeNullMx(context, records, findings);
    if (survey.implicitMx && !survey.hosts.isEmpty())
        judgeImplicitMx(context, findings);
    for (const MailHost &host : survey.hosts) {
        judgeHostName(host, findings);
        judgeAddresses(survey, host, findings);
    }
}
