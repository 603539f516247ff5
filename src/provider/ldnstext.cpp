// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/ldnstext.h"

#include "dns/presentation.h"

namespace {

QByteArray textOf(const ldns_rdf *data)
{
    const std::unique_ptr<char, decltype(&std::free)> text(ldns_rdf2str(data), &std::free);
    return text ? QByteArray(text.get()) : QByteArray();
}

/// The data of a record as a zone file has them, its fields parted by blanks.
QByteArray dataOf(const ldns_rr *rr)
{
    QByteArray text;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); ++i)
        text += (i ? " " : "") + textOf(ldns_rr_rdf(rr, i));
    return text;
}

} // namespace

Packet dnsQuestion(const QByteArray &name, RecordType type)
{
    Packet packet(
            ldns_pkt_query_new(nameData(name), ldns_rr_type(quint16(type)), LDNS_RR_CLASS_IN, 0));
    if (packet)
        ldns_pkt_set_random_id(packet.get());
    return packet;
}

ldns_rdf *nameData(const QByteArray &name)
{
    return ldns_dname_new_frm_str((name + '.').constData());
}

QByteArray ownerOf(const ldns_rr *rr)
{
    return normalName(textOf(ldns_rr_owner(rr)));
}

QByteArray wireOf(const ldns_pkt *packet)
{
    uint8_t *octets = nullptr;
    size_t size = 0;
    if (ldns_pkt2wire(&octets, packet, &size) != LDNS_STATUS_OK)
        return {};
    const std::unique_ptr<uint8_t, decltype(&std::free)> owned(octets, &std::free);
    return QByteArray(reinterpret_cast<const char *>(octets), qsizetype(size));
}

Result<Packet> answerFromWire(const QByteArray &wire, const ldns_pkt *question)
{
    ldns_pkt *read = nullptr;
    const ldns_status status = ldns_wire2pkt(
            &read, reinterpret_cast<const uint8_t *>(wire.constData()), size_t(wire.size()));
    Packet answer(read);
    if (status != LDNS_STATUS_OK || !ldns_pkt_qr(answer.get()) ||
        ldns_pkt_id(answer.get()) != ldns_pkt_id(question))
        return failed(Error::Kind::Malformed,
                      QStringLiteral("the answer is no answer to the question"));
    return answer;
}

QList<DnsRecord> answersAt(const ldns_pkt *answer, const QByteArray &name, RecordType type)
{
    QList<DnsRecord> records;
    const ldns_rr_list *list = ldns_pkt_answer(answer);
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
        const ldns_rr *rr = ldns_rr_list_rr(list, i);
        if (ldns_rr_get_type(rr) == ldns_rr_type(quint16(type)) && ownerOf(rr) == name)
            records.append({name, type, int(ldns_rr_ttl(rr)), dataFromText(type, dataOf(rr))});
    }
    return records;
}
