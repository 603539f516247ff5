// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/authoritative.h"

#include "provider/dnsconnection.h"
#include "provider/ldnstext.h"

Result<QList<DnsRecord>> askNameServerRecords(const ServerAddress &server, const QByteArray &name,
                                              RecordType type, const Cancel &cancel)
{
    const Packet question = dnsQuestion(name, type);
    const QByteArray wire = question ? wireOf(question.get()) : QByteArray();
    if (wire.isEmpty())
        return failed(Error::Kind::Unexpected, QStringLiteral("the question could not be written"));
    DnsConnection connection(server);
    const Result<QByteArray> carried =
            connection.exchange(wire, DnsConnection::Repeat::Allowed, cancel);
    if (!carried)
        return tl::unexpected(carried.error());
    const Result<Packet> read = answerFromWire(*carried, question.get());
    if (!read)
        return tl::unexpected(read.error());
    const ldns_pkt *answer = read->get();
    const ldns_pkt_rcode code = ldns_pkt_get_rcode(answer);
    if (!ldns_pkt_aa(answer) || (code != LDNS_RCODE_NOERROR && code != LDNS_RCODE_NXDOMAIN))
        return failed(Error::Kind::Refused,
                      QStringLiteral("the name server does not answer for this zone"));
    return answersAt(answer, name, type);
}

Result<QList<QByteArray>> askNameServer(const ServerAddress &server, const QByteArray &name,
                                        RecordType type, const Cancel &cancel)
{
    const Result<QList<DnsRecord>> records = askNameServerRecords(server, name, type, cancel);
    if (!records)
        return tl::unexpected(records.error());
    QList<QByteArray> data;
    for (const DnsRecord &record : *records)
        data.append(record.data);
    return data;
}
