// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/dnsanswer.h"

namespace {

constexpr int MostAliases = 16;
constexpr qsizetype LeastDatagram = 512; // RFC 1035 2.3.4
constexpr quint16 MostDatagram = 1232;   // DNS flag day 2020
constexpr qsizetype MostMessage = 65535;

QByteArray wireOf(const ldns_pkt *packet)
{
    uint8_t *octets = nullptr;
    size_t size = 0;
    if (ldns_pkt2wire(&octets, packet, &size) != LDNS_STATUS_OK)
        return {};
    const std::unique_ptr<uint8_t, decltype(&std::free)> owned(octets, &std::free);
    return QByteArray(reinterpret_cast<const char *>(octets), qsizetype(size));
}

LdnsPacket packetFrom(const QByteArray &wire)
{
    ldns_pkt *read = nullptr;
    const ldns_status status = ldns_wire2pkt(
            &read, reinterpret_cast<const uint8_t *>(wire.constData()), size_t(wire.size()));
    LdnsPacket packet(read);
    return status == LDNS_STATUS_OK ? std::move(packet) : LdnsPacket();
}

/// QTYPEs that stand for no set of records: transfers and ANY (RFC 1035 3.2.3), and signatures, which
/// come with what they sign.
bool isAskable(ldns_rr_type type)
{
    return (type < 128 || type > 255) && type != LDNS_RR_TYPE_RRSIG && type != LDNS_RR_TYPE_OPT;
}

/// One answer in the making.
class Reply
{
public:
    Reply(const ZoneTree &zones, const ldns_pkt *question)
        : m_zones(zones)
        , m_asked(question)
        , m_packet(blank())
    {
    }

    void find();
    [[nodiscard]] QByteArray wire(DnsTransport transport);

private:
    [[nodiscard]] const ldns_rr *question() const
    {
        return ldns_rr_list_rr(ldns_pkt_question(m_asked), 0);
    }
    [[nodiscard]] LdnsPacket blank() const;
    [[nodiscard]] qsizetype room(DnsTransport transport) const;
    void end(ldns_pkt_rcode code) { ldns_pkt_set_rcode(m_packet.get(), code); }
    void follow(LdnsName name, ldns_rr_type type);
    void deny(const SignedZone &zone, const ldns_rdf *name);
    void push(ldns_pkt_section section, const RecordSet &set);

    const ZoneTree &m_zones;
    const ldns_pkt *m_asked;
    LdnsPacket m_packet;
};

LdnsPacket Reply::blank() const
{
    LdnsPacket packet(ldns_pkt_new());
    ldns_pkt_set_id(packet.get(), ldns_pkt_id(m_asked));
    ldns_pkt_set_opcode(packet.get(), ldns_pkt_get_opcode(m_asked));
    ldns_pkt_set_qr(packet.get(), true);
    ldns_pkt_set_ra(packet.get(), true);
    ldns_pkt_set_rd(packet.get(), ldns_pkt_rd(m_asked));
    ldns_pkt_set_cd(packet.get(), ldns_pkt_cd(m_asked));
    ldns_pkt_set_aa(packet.get(), !ldns_pkt_rd(m_asked)); // the zone's own name server was meant
    if (ldns_pkt_edns(m_asked)) {                         // RFC 6891 7: only who speaks it hears it
        ldns_pkt_set_edns_udp_size(packet.get(), MostDatagram);
        ldns_pkt_set_edns_do(packet.get(), ldns_pkt_edns_do(m_asked));
    }
    ldns_pkt_push_rr(packet.get(), LDNS_SECTION_QUESTION, ldns_rr_clone(question()));
    return packet;
}

void Reply::find()
{
    const ldns_rr_type type = ldns_rr_get_type(question());
    if (ldns_pkt_get_opcode(m_asked) != LDNS_PACKET_QUERY || !isAskable(type))
        end(LDNS_RCODE_NOTIMPL);
    else if (ldns_rr_get_class(question()) != LDNS_RR_CLASS_IN)
        end(LDNS_RCODE_REFUSED);
    else
        follow(lowerCase(ldns_rr_owner(question())), type);
}

void Reply::follow(LdnsName name, ldns_rr_type type)
{
    const bool isOfChain = type == LDNS_RR_TYPE_DS || type == LDNS_RR_TYPE_DNSKEY;
    for (int aliases = 0; aliases <= MostAliases; ++aliases) {
        const SignedZone &zone = type == LDNS_RR_TYPE_DS ? m_zones.zoneAbove(name.get())
                                                         : m_zones.zoneOf(name.get());
        // A failing apex must not take the chain of trust of its whole zone with it.
        if ((m_zones.isFailing(name.get()) && !isOfChain) || m_zones.isRefused(name.get(), type) ||
            zone.isDelegated(name.get(), type))
            break;
        const RecordSet found = zone.set(name.get(), type);
        push(LDNS_SECTION_ANSWER, found);
        if (!found.isEmpty())
            return;
        const RecordSet alias = zone.set(name.get(), LDNS_RR_TYPE_CNAME);
        if (alias.isEmpty()) {
            deny(zone, name.get());
            return;
        }
        push(LDNS_SECTION_ANSWER, alias);
        name = lowerCase(ldns_rr_rdf(alias.records.first(), 0));
    }
    m_packet = blank();
    end(LDNS_RCODE_SERVFAIL);
}

/// RFC 2308 2: the SOA says for how long; the NSEC records say why to believe it.
void Reply::deny(const SignedZone &zone, const ldns_rdf *name)
{
    if (!zone.hasName(name))
        end(LDNS_RCODE_NXDOMAIN);
    push(LDNS_SECTION_AUTHORITY, zone.set(zone.apex(), LDNS_RR_TYPE_SOA));
    if (!ldns_pkt_edns_do(m_asked) || m_zones.isUnproven(name))
        return;
    const QList<RecordSet> proofs = zone.denial(name);
    for (const RecordSet &proof : proofs)
        push(LDNS_SECTION_AUTHORITY, proof);
}

void Reply::push(ldns_pkt_section section, const RecordSet &set)
{
    for (const ldns_rr *record : set.records)
        ldns_pkt_push_rr(m_packet.get(), section, ldns_rr_clone(record));
    if (!ldns_pkt_edns_do(m_asked)) // RFC 4035 3.2.1
        return;
    for (const ldns_rr *signature : set.signatures)
        ldns_pkt_push_rr(m_packet.get(), section, ldns_rr_clone(signature));
}

qsizetype Reply::room(DnsTransport transport) const
{
    if (transport == DnsTransport::Tcp)
        return MostMessage;
    return qBound<qsizetype>(LeastDatagram, ldns_pkt_edns_udp_size(m_asked), MostDatagram);
}

QByteArray Reply::wire(DnsTransport transport)
{
    const QByteArray whole = wireOf(m_packet.get());
    if (!whole.isEmpty() && whole.size() <= room(transport))
        return whole;
    m_packet = blank();
    if (transport == DnsTransport::Udp)
        ldns_pkt_set_tc(m_packet.get(), true);
    else
        end(LDNS_RCODE_SERVFAIL);
    return wireOf(m_packet.get());
}

} // namespace

QByteArray dnsAnswer(const ZoneTree &zones, const QByteArray &message, DnsTransport transport)
{
    const LdnsPacket question = packetFrom(message);
    if (!question || ldns_pkt_qr(question.get()) ||
        ldns_rr_list_rr_count(ldns_pkt_question(question.get())) != 1)
        return {};
    Reply reply(zones, question.get());
    reply.find();
    return reply.wire(transport);
}
