// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Owners for what ldns hands out, and names as ldns has them. ldns compares names octet by octet, so
// every name here is in lower case.

#include <QByteArray>

#include <ldns/ldns.h>

#include <memory>

struct LdnsFree
{
    void operator()(ldns_rdf *data) const { ldns_rdf_deep_free(data); }
    void operator()(ldns_rr *record) const { ldns_rr_free(record); }
    void operator()(ldns_rr_list *list) const { ldns_rr_list_deep_free(list); } // and its records
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
    void operator()(ldns_key_list *list) const { ldns_key_list_free(list); } // and its keys
    void operator()(ldns_dnssec_zone *zone) const
    {
        ldns_dnssec_zone_free(zone);
    } // not its records
};
using LdnsName = std::unique_ptr<ldns_rdf, LdnsFree>;
using LdnsRecord = std::unique_ptr<ldns_rr, LdnsFree>;
using LdnsRecords = std::unique_ptr<ldns_rr_list, LdnsFree>;
using LdnsPacket = std::unique_ptr<ldns_pkt, LdnsFree>;

/// From presentation form, absolute with or without the final dot. Null when it is no name.
[[nodiscard]] LdnsName ldnsName(const QByteArray &text);
[[nodiscard]] LdnsName lowerCase(const ldns_rdf *name);
/// The name without its first label; of the root the root.
[[nodiscard]] LdnsName nameAbove(const ldns_rdf *name);
[[nodiscard]] bool isAtOrBelow(const ldns_rdf *name, const ldns_rdf *ancestor);
[[nodiscard]] QByteArray nameText(const ldns_rdf *name); // as normalName()
/// One line of a zone file, without its end.
[[nodiscard]] QByteArray recordLine(const ldns_rr *record);
