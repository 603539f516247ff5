// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/publishedtlsa.h"

#include "base/printable.h"
#include "dns/record.h"

PublishedTlsa publishedTlsa(const QByteArray &owner, const QByteArray &host, Resolver &validating,
                            const Cancel &cancel)
{
    const DnsAnswer answer = validating.lookup(owner, RecordType::TLSA, cancel);
    const QString name = printable(host);
    PublishedTlsa live;
    if (answer.security == Security::Bogus) {
        live.issues.append({"DANE-10", Severity::Error, {name}});
        return live;
    }
    if (!answer.isKnown()) {
        live.issues.append(
                {"DNS-1", Severity::Unknown, {QStringLiteral("TLSA"), printable(owner)}});
        return live;
    }
    live.records = tlsaRecords(answer);
    live.isAlias = answer.isAlias();
    if (answer.security == Security::Secure)
        return live;
    // DNS-15: over a path that strips signatures everything looks unsigned.
    if (answer.security == Security::Unknown || !rootKeyIsSecure(validating, cancel))
        live.issues.append({"DANE-1", Severity::Unknown, {}});
    else if (answer.isFound()) // RFC 6698 4.1
        live.issues.append({"DANE-2", Severity::Error, {name}});
    else
        live.issues.append({"DANE-5", Severity::Warning, {name}});
    return live;
}

QList<Issue> mailDomainIssues(const QByteArray &host, Resolver &validating, const Cancel &cancel)
{
    QStringList others;
    for (const MxRecord &mx : mailExchangers(validating.lookup(host, RecordType::MX, cancel))) {
        if (mx.host == host)
            return {};
        if (!mx.host.isEmpty())
            others.append(printable(mx.host));
    }
    if (others.isEmpty())
        return {};
    return {{"DANE-42.domain", Severity::Warning, {printable(host), others.join(u' ')}}};
}
