// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ldns's packets and records as this program has them.

#include "base/error.h"
#include "dns/record.h"

#include <ldns/ldns.h>

#include <memory>

struct PacketFree
{
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
};
using Packet = std::unique_ptr<ldns_pkt, PacketFree>;

[[nodiscard]] Packet dnsQuestion(const QByteArray &name, RecordType type); // without recursion
[[nodiscard]] ldns_rdf *nameData(const QByteArray &name);                  // the caller's to free
[[nodiscard]] QByteArray ownerOf(const ldns_rr *rr);                       // as normalName()
/// Wire form; empty when it cannot be written.
[[nodiscard]] QByteArray wireOf(const ldns_pkt *packet);
/// Malformed when it is no answer to `question`.
[[nodiscard]] Result<Packet> answerFromWire(const QByteArray &wire, const ldns_pkt *question);
/// The records of the answer section that stand at `name` itself; aliases count only as CNAME.
[[nodiscard]] QList<DnsRecord> answersAt(const ldns_pkt *answer, const QByteArray &name,
                                         RecordType type);
