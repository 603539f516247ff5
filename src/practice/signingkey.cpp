// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/signingkey.h"

Result<SigningKey> SigningKey::make(const QByteArray &zone)
{
    LdnsName owner = ldnsName(zone);
    if (!owner)
        return failed(Error::Kind::Malformed, QStringLiteral("a zone needs a domain name"));
    SigningKey made;
    ldns_key *key = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256, 256);
    if (!key)
        return failed(Error::Kind::Unexpected, QStringLiteral("a DNSSEC key could not be made"));
    made.m_list.reset(ldns_key_list_new());
    ldns_key_list_push_key(made.m_list.get(), key);
    ldns_key_set_pubkey_owner(key, owner.release());
    ldns_key_set_flags(key, LDNS_KEY_ZONE_KEY | LDNS_KEY_SEP_KEY); // alone for everything (CSK)
    ldns_key_set_keytag(key, ldns_calc_keytag(made.record().get()));
    return made;
}

LdnsRecord SigningKey::record() const
{
    LdnsRecord record(ldns_key2rr(ldns_key_list_key(m_list.get(), 0)));
    ldns_rr_set_ttl(record.get(), 0);
    return record;
}

LdnsRecord SigningKey::digest() const
{
    return LdnsRecord(ldns_key_rr2ds(record().get(), LDNS_SHA256));
}
