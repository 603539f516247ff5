// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records as zone files, panels and the services of providers write them. TXT quoting lives here and
// nowhere else.

#include "dns/record.h"

[[nodiscard]] QByteArray typeName(RecordType type); // "TXT"
/// Nothing for a type that the program knows nothing of.
[[nodiscard]] std::optional<RecordType> typeFromName(const QByteArray &name);
/// \DDD (RFC 1035 5.1).
[[nodiscard]] QByteArray escapedOctet(char octet);

/// RFC 1035 3.3.14: character-strings of at most 255 octets, quoted, " and \ escaped, others \DDD.
[[nodiscard]] QByteArray quotedTxt(const QByteArray &text);
/// The octets of one or more quoted character-strings, joined. Nothing when quotes or escapes are
/// broken, or when the text is not quoted at all.
[[nodiscard]] std::optional<QByteArray> unquotedTxt(const QByteArray &quoted);

/// The data of a record in a zone file: TXT quoted, host names with the final dot.
[[nodiscard]] QByteArray dataText(const DnsRecord &record);
/// The other way: as DnsRecord has it. TXT joined (raw text, as older records of some services come,
/// is taken as it is), names in lower case without final dot, TLSA in lower case without groups.
[[nodiscard]] QByteArray dataFromText(RecordType type, const QByteArray &text);
/// BIND form: "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=1\"".
[[nodiscard]] QByteArray zoneLine(const DnsRecord &record);
/// Name as a panel wants it: relative to the zone, "@" at the apex.
[[nodiscard]] QByteArray relativeName(const QByteArray &name, const QByteArray &zone);
