// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/rfc2136.h"

#include "base/printable.h"
#include "dns/presentation.h"

#include <QRandomGenerator>

namespace {

/// What may stand at a name that we care for; a server need not answer ANY (RFC 8482).
constexpr RecordType Types[] = {RecordType::CNAME, RecordType::TXT, RecordType::TLSA, RecordType::A,
                                RecordType::AAAA,  RecordType::MX,  RecordType::CAA};

struct ListFree
{
    void operator()(ldns_rr_list *list) const { ldns_rr_list_deep_free(list); }
};
using RecordList = std::unique_ptr<ldns_rr_list, ListFree>;

/// A record without data: "this set", in prerequisites and deletions (RFC 2136 2.4.3, 2.5.2).
ldns_rr *setOnly(const QByteArray &name, RecordType type, ldns_rr_class ofClass)
{
    ldns_rr *rr = ldns_rr_new();
    ldns_rr_set_owner(rr, nameData(name));
    ldns_rr_set_type(rr, ldns_rr_type(quint16(type)));
    ldns_rr_set_class(rr, ofClass);
    ldns_rr_set_ttl(rr, 0);
    return rr;
}

/// Null when the data are not what the type can hold.
ldns_rr *fullRecord(const DnsRecord &record)
{
    ldns_rr *rr = nullptr;
    if (ldns_rr_new_frm_str(&rr, zoneLine(record).constData(), 0, nullptr, nullptr) !=
        LDNS_STATUS_OK)
        return nullptr;
    return rr;
}

/// RFC 2136 2.4: exactly this set, or no such set.
bool addPrerequisites(const SetChange &change, ldns_rr_list *list)
{
    if (change.before.isEmpty())
        return ldns_rr_list_push_rr(list, setOnly(change.name, change.type, LDNS_RR_CLASS_NONE));
    for (const ZoneRecord &before : change.before) {
        ldns_rr *rr = fullRecord(before.record);
        if (!rr)
            return false;
        ldns_rr_set_ttl(rr, 0); // RFC 2136 2.4.2
        ldns_rr_list_push_rr(list, rr);
    }
    return true;
}

bool addUpdates(const SetChange &change, ldns_rr_list *list)
{
    if (!change.before.isEmpty())
        ldns_rr_list_push_rr(list, setOnly(change.name, change.type, LDNS_RR_CLASS_ANY));
    for (const DnsRecord &after : change.after) {
        ldns_rr *rr = fullRecord(after);
        if (!rr)
            return false;
        ldns_rr_list_push_rr(list, rr);
    }
    return true;
}

Result<void> outcomeOf(const ldns_pkt *answer)
{
    switch (ldns_pkt_get_rcode(answer)) {
    case LDNS_RCODE_NOERROR:
        return {};
    case LDNS_RCODE_NXRRSET:
    case LDNS_RCODE_YXRRSET:
    case LDNS_RCODE_NXDOMAIN:
    case LDNS_RCODE_YXDOMAIN:
        return failed(
                Error::Kind::Refused,
                QStringLiteral(
                        "the records have changed since they were read; nothing was written"));
    case LDNS_RCODE_REFUSED:
    case LDNS_RCODE_NOTAUTH:
        return failed(Error::Kind::Refused,
                      QStringLiteral("the name server does not let this key change these records"));
    case LDNS_RCODE_SERVFAIL:
        return failed(Error::Kind::Network,
                      QStringLiteral("the name server has a fault of its own"));
    default:
        return failed(Error::Kind::Refused, QStringLiteral("the name server refused the change"),
                      QStringLiteral("RCODE %1").arg(int(ldns_pkt_get_rcode(answer))));
    }
}

class Rfc2136 : public Provider
{
public:
    Rfc2136(ServerAddress server, TsigKey key)
        : m_exchange(std::move(server), std::move(key))
    {
    }

    ProviderTraits traits() const override { return {.isAtomic = true}; } // RFC 2136 3.7

    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override
    {
        const auto answer = m_exchange.ask(dnsQuestion(name, RecordType::SOA), cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        const ldns_pkt *packet = answer->get();
        QList<Zone> zones;
        if (!ldns_pkt_aa(packet))
            return zones;
        // RFC 2308 3: where the name is no apex, the SOA of its zone comes along.
        for (const ldns_rr_list *list : {ldns_pkt_answer(packet), ldns_pkt_authority(packet)}) {
            for (size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
                const ldns_rr *rr = ldns_rr_list_rr(list, i);
                const QByteArray owner = ownerOf(rr);
                if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_SOA && isWithin(name, owner))
                    zones.append({owner, owner, {}});
            }
        }
        return zones;
    }

    Result<QList<ZoneRecord>> records(const Zone &, const QList<QByteArray> &names,
                                      const Cancel &cancel) override
    {
        QList<ZoneRecord> found;
        for (const QByteArray &name : names) {
            for (const RecordType type : Types) {
                const auto there = recordsAt(name, type, cancel);
                if (!there)
                    return there;
                found += *there;
            }
        }
        return found;
    }

    Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                       const Cancel &cancel) override
    {
        const RecordList prerequisites(ldns_rr_list_new());
        const RecordList updates(ldns_rr_list_new());
        for (const SetChange &change : changes) {
            if (!addPrerequisites(change, prerequisites.get()) ||
                !addUpdates(change, updates.get()))
                return failed(Error::Kind::Refused,
                              QStringLiteral("a record of %1 cannot be written")
                                      .arg(printable(change.name)));
        }
        Packet update(ldns_update_pkt_new(nameData(zone.name), LDNS_RR_CLASS_IN,
                                          prerequisites.get(), updates.get(), nullptr));
        if (!update)
            return failed(Error::Kind::Unexpected,
                          QStringLiteral("the update could not be written"));
        ldns_pkt_set_random_id(update.get());
        const Cancel sent; // what is sent is waited for
        if (cancel.isCancelled())
            return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
        const auto answer = m_exchange.ask(std::move(update), sent);
        if (!answer)
            return tl::unexpected(answer.error());
        return outcomeOf(answer->get());
    }

private:
    Result<QList<ZoneRecord>> ask(const QByteArray &name, RecordType type, const Cancel &cancel)
    {
        const auto answer = m_exchange.ask(dnsQuestion(name, type), cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        const ldns_pkt_rcode code = ldns_pkt_get_rcode(answer->get());
        if (code != LDNS_RCODE_NOERROR && code != LDNS_RCODE_NXDOMAIN)
            return failed(Error::Kind::Refused,
                          QStringLiteral("the name server does not tell what stands at %1")
                                  .arg(printable(name)));
        QList<ZoneRecord> records;
        for (const DnsRecord &record : answersAt(answer->get(), name, type))
            records.append({record, {}, false});
        return records;
    }

    /// What a wildcard answers for a name does not stand there (RFC 4592), and cannot be replaced.
    Result<QList<ZoneRecord>> recordsAt(const QByteArray &name, RecordType type,
                                        const Cancel &cancel)
    {
        auto there = ask(name, type, cancel);
        const qsizetype dot = name.indexOf('.');
        if (!there || there->isEmpty() || dot < 0)
            return there;
        const QByteArray nobody = "x-" +
                                  QByteArray::number(QRandomGenerator::global()->generate64(), 36) +
                                  name.mid(dot);
        auto anywhere = ask(nobody, type, cancel);
        if (!anywhere)
            return anywhere;
        for (ZoneRecord &record : *anywhere)
            record.record.name = name;
        return *anywhere == *there ? QList<ZoneRecord>() : there;
    }

    TsigExchange m_exchange;
};

} // namespace

std::unique_ptr<Provider> rfc2136(ServerAddress server, TsigKey key)
{
    return std::make_unique<Rfc2136>(std::move(server), std::move(key));
}
