// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/recordtexts.h"

#include "deploy/hostrecord.h"
#include "dns/presentation.h"

namespace {

/// RFC 4180 quoting; a leading character that a spreadsheet takes for a formula gets an apostrophe
/// (T-25). Names and values of ours never start with one, so nothing that is pasted changes.
QByteArray csvField(QByteArray field)
{
    if (!field.isEmpty() && QByteArray("=+-@\t\r").contains(field.at(0)))
        field.prepend('\'');
    return '"' + field.replace('"', "\"\"") + '"';
}

} // namespace

QByteArray recordsCsv(const Deployment &deployment)
{
    QByteArray csv = "name,full name,type,ttl,value\r\n";
    for (const DnsRecord &record : deployment.records + deployment.tlsa) {
        const QList<QByteArray> fields = {relativeName(record.name, deployment.domain.ascii()),
                                          record.name, typeName(record.type),
                                          QByteArray::number(record.ttl), record.data};
        QByteArrayList quoted;
        for (const QByteArray &field : fields)
            quoted.append(csvField(field));
        csv += quoted.join(',') + "\r\n";
    }
    return csv;
}

QByteArray recordsTable(const Deployment &deployment)
{
    QByteArray text = "Records to type into the panel of " + deployment.domain.ascii() + "\n\n";
    for (const DnsRecord &record : deployment.records + deployment.tlsa) {
        text += "Name       " + relativeName(record.name, deployment.domain.ascii()) + '\n';
        text += "Full name  " + record.name + '\n';
        text += "Type       " + typeName(record.type) + '\n';
        text += "TTL        " + QByteArray::number(record.ttl) + '\n';
        text += "Value      " + record.data + "\n\n";
    }
    if (deployment.isAliased())
        return text;
    const QByteArray target = aliasTarget(deployment.hosting);
    text += "One more record is needed, with a value from the host of the policy file:\n\n";
    text += "Name       mta-sts\nFull name  " + deployment.policyHost() + '\n';
    if (deployment.isWorker())
        return text + "Type       made by Cloudflare with the custom domain of the Worker\n";
    if (!target.isEmpty())
        return text + "Type       CNAME\nValue      " + target +
               " (your own name for the capitals)\n";
    return text + "Type       A and AAAA, or CNAME\nValue      where your web server is\n";
}
