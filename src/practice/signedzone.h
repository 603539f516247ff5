// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One zone as its name servers have it, signed with NSEC (RFC 4034 4) or unsigned. Names asked for are in
// lower case and within the zone.

#include "practice/signingkey.h"

#include <QList>

/// The records of one name and type, and the signatures over them. They live as long as their zone.
struct RecordSet
{
    QList<const ldns_rr *> records;
    QList<const ldns_rr *> signatures;
    [[nodiscard]] bool isEmpty() const { return records.isEmpty(); }
};

class SignedZone
{
public:
    /// Seconds; of every record that comes without a TTL. Short: what is changed is seen at once.
    static constexpr int DefaultTtl = 5;
    enum class Signatures { Valid, Expired };

    /// `lines`: one record a line in zone-file form, relative to the zone, or a comment; no directives
    /// and no parentheses. SOA, NS and addresses of name servers are added where there are none.
    /// Wildcards are names like any other. `key`: null for an unsigned zone, else used until this
    /// returns. Malformed: with the line.
    [[nodiscard]] static Result<SignedZone> make(const QByteArray &name, const QByteArray &lines,
                                                 const SigningKey *key,
                                                 Signatures signatures = Signatures::Valid);

    [[nodiscard]] const ldns_rdf *apex() const { return m_apex.get(); }
    [[nodiscard]] RecordSet set(const ldns_rdf *owner, ldns_rr_type type) const;
    /// Also where only names below it have records (RFC 8020).
    [[nodiscard]] bool hasName(const ldns_rdf *owner) const;
    /// The data are those of a zone below this one; the DS of a delegation is of this one.
    [[nodiscard]] bool isDelegated(const ldns_rdf *owner, ldns_rr_type type) const;
    /// NSEC records that prove that there is no such type at the name, or no such name (RFC 4035
    /// 3.1.3); none in an unsigned zone.
    [[nodiscard]] QList<RecordSet> denial(const ldns_rdf *owner) const;

private:
    Result<void> readLines(const QByteArray &lines);
    void addLine(const QByteArray &line);
    Result<void> add(LdnsRecord record);
    void complete();
    Result<void> sign(const SigningKey &key, Signatures signatures);
    [[nodiscard]] RecordSet nsecAtOrBefore(const ldns_rdf *name) const;

    LdnsName m_apex;
    LdnsRecords m_records; // owns; the zone only arranges them
    std::unique_ptr<ldns_dnssec_zone, LdnsFree> m_zone;
};
