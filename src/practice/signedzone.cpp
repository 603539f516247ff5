// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/signedzone.h"

#include "base/printable.h"

#include <QDateTime>

#include <algorithm>

namespace {

constexpr qsizetype MostText = 1048576;

RecordSet taken(const ldns_dnssec_rrs *records, const ldns_dnssec_rrs *signatures)
{
    RecordSet set;
    for (; records; records = records->next)
        set.records.append(records->rr);
    for (; signatures; signatures = signatures->next)
        set.signatures.append(signatures->rr);
    return set;
}

const ldns_dnssec_name *nameAt(const ldns_rbnode_t *node)
{
    return static_cast<const ldns_dnssec_name *>(node->data);
}

QByteArray ttl()
{
    return QByteArray::number(SignedZone::DefaultTtl);
}

} // namespace

Result<SignedZone> SignedZone::make(const QByteArray &name, const QByteArray &lines,
                                    const SigningKey *key, Signatures signatures)
{
    SignedZone zone;
    zone.m_apex = ldnsName(name);
    if (!zone.m_apex || lines.size() > MostText)
        return failed(Error::Kind::Malformed, QStringLiteral("this is no zone"));
    zone.m_records.reset(ldns_rr_list_new());
    zone.m_zone.reset(ldns_dnssec_zone_new());
    if (const auto done = zone.readLines(lines); !done)
        return tl::unexpected(done.error());
    zone.complete();
    if (!key)
        return zone;
    if (const auto done = zone.sign(*key, signatures); !done)
        return tl::unexpected(done.error());
    return zone;
}

Result<void> SignedZone::readLines(const QByteArray &lines)
{
    LdnsName previous; // of a line that starts with a blank (RFC 1035 5.1)
    const QList<QByteArray> all = lines.split('\n');
    for (const QByteArray &line : all) {
        if (line.trimmed().isEmpty() || line.trimmed().startsWith(';'))
            continue;
        ldns_rdf *owner = previous.release();
        ldns_rr *read = nullptr;
        const ldns_status status =
                ldns_rr_new_frm_str(&read, line.constData(), DefaultTtl, m_apex.get(), &owner);
        previous.reset(owner);
        const auto done = status == LDNS_STATUS_OK
                                  ? add(LdnsRecord(read))
                                  : failed(Error::Kind::Malformed,
                                           QString::fromLatin1(ldns_get_errorstr_by_id(status)));
        if (!done)
            return failed(Error::Kind::Malformed, done.error().what, printable(line));
    }
    return {};
}

/// For lines of this program, which hold.
void SignedZone::addLine(const QByteArray &line)
{
    ldns_rr *read = nullptr;
    if (ldns_rr_new_frm_str(&read, line.constData(), DefaultTtl, m_apex.get(), nullptr) ==
        LDNS_STATUS_OK)
        (void)add(LdnsRecord(read));
}

Result<void> SignedZone::add(LdnsRecord record)
{
    ldns_dname2canonical(ldns_rr_owner(record.get()));
    if (!isAtOrBelow(ldns_rr_owner(record.get()), apex()))
        return failed(Error::Kind::Malformed, QStringLiteral("the name is not in the zone"));
    ldns_rr *rr = record.release();
    ldns_rr_list_push_rr(m_records.get(), rr);
    if (ldns_dnssec_zone_add_rr(m_zone.get(), rr) != LDNS_STATUS_OK)
        return failed(Error::Kind::Malformed, QStringLiteral("the record cannot be in a zone"));
    return {};
}

void SignedZone::complete()
{
    if (!m_zone->soa) // RFC 2308 4: its last number is how long an absence is believed
        addLine("@ " + ttl() + " IN SOA ns hostmaster 1 3600 600 86400 " + ttl());
    if (set(apex(), LDNS_RR_TYPE_NS).isEmpty())
        addLine("@ " + ttl() + " IN NS ns");
    const RecordSet servers = set(apex(), LDNS_RR_TYPE_NS);
    for (const ldns_rr *server : servers.records) {
        const LdnsName host = lowerCase(ldns_rr_rdf(server, 0));
        if (isAtOrBelow(host.get(), apex()) && set(host.get(), LDNS_RR_TYPE_A).isEmpty() &&
            set(host.get(), LDNS_RR_TYPE_AAAA).isEmpty())
            addLine(nameText(host.get()) + ". " + ttl() + " IN A 127.0.0.1");
    }
}

Result<void> SignedZone::sign(const SigningKey &key, Signatures signatures)
{
    constexpr qint64 Day = 86400;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    // Who practises can turn the clock forward by ten years; zones are signed anew in the meantime.
    const qint64 end = signatures == Signatures::Valid ? now + 4000 * Day : now - 30 * Day;
    ldns_key *raw = ldns_key_list_key(key.list(), 0);
    ldns_key_set_inception(raw, quint32(std::min(now, end) - 90 * Day));
    ldns_key_set_expiration(raw, quint32(end));
    LdnsRecord published = key.record();
    ldns_rr_set_ttl(published.get(), DefaultTtl);
    if (const auto done = add(std::move(published)); !done)
        return done;
    const ldns_status status =
            ldns_dnssec_zone_sign(m_zone.get(), m_records.get(), key.list(),
                                  &ldns_dnssec_default_replace_signatures, nullptr);
    if (status != LDNS_STATUS_OK || set(apex(), LDNS_RR_TYPE_SOA).signatures.isEmpty())
        return failed(Error::Kind::Unexpected, QStringLiteral("the zone could not be signed"));
    return {};
}

RecordSet SignedZone::set(const ldns_rdf *owner, ldns_rr_type type) const
{
    if (type == LDNS_RR_TYPE_NSEC) { // which ldns keeps beside the others
        const RecordSet nsec = nsecAtOrBefore(owner);
        const bool isHere = !nsec.isEmpty() &&
                            ldns_dname_compare(ldns_rr_owner(nsec.records.first()), owner) == 0;
        return isHere ? nsec : RecordSet();
    }
    const ldns_dnssec_rrsets *found = ldns_dnssec_zone_find_rrset(m_zone.get(), owner, type);
    return found ? taken(found->rrs, found->signatures) : RecordSet();
}

bool SignedZone::hasName(const ldns_rdf *owner) const
{
    ldns_rbnode_t *node = nullptr;
    if (ldns_rbtree_find_less_equal(m_zone->names, owner, &node))
        return true;
    // In canonical order the names below one follow it (RFC 4034 6.1).
    const ldns_rbnode_t *next = node ? ldns_rbtree_next(node) : nullptr;
    return next && next != LDNS_RBTREE_NULL &&
           ldns_dname_is_subdomain(static_cast<const ldns_rdf *>(next->key), owner);
}

bool SignedZone::isDelegated(const ldns_rdf *owner, ldns_rr_type type) const
{
    LdnsName name = type == LDNS_RR_TYPE_DS ? nameAbove(owner) : LdnsName(ldns_rdf_clone(owner));
    while (ldns_dname_label_count(name.get()) > ldns_dname_label_count(apex())) {
        if (!set(name.get(), LDNS_RR_TYPE_NS).isEmpty())
            return true;
        name = nameAbove(name.get());
    }
    return false;
}

RecordSet SignedZone::nsecAtOrBefore(const ldns_rdf *name) const
{
    ldns_rbnode_t *node = nullptr;
    (void)ldns_rbtree_find_less_equal(m_zone->names, name, &node);
    while (node && node != LDNS_RBTREE_NULL && !nameAt(node)->nsec) // addresses below a delegation
        node = ldns_rbtree_previous(node);
    if (!node || node == LDNS_RBTREE_NULL)
        return {};
    RecordSet set = taken(nullptr, nameAt(node)->nsec_signatures);
    set.records.append(nameAt(node)->nsec);
    return set;
}

QList<RecordSet> SignedZone::denial(const ldns_rdf *owner) const
{
    const RecordSet atName = nsecAtOrBefore(owner);
    if (atName.isEmpty())
        return {};
    if (hasName(owner))
        return {atName};
    LdnsName encloser = nameAbove(owner);
    while (!hasName(encloser.get()))
        encloser = nameAbove(encloser.get());
    // RFC 4035 3.1.3.2: nor is there a wildcard that could have been the answer.
    const LdnsName label = ldnsName("*");
    const LdnsName wildcard(ldns_dname_cat_clone(label.get(), encloser.get()));
    const RecordSet atWildcard = nsecAtOrBefore(wildcard.get());
    if (atWildcard.records == atName.records)
        return {atName};
    return {atName, atWildcard};
}
