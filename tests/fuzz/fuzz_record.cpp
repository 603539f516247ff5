// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Record data and answer packets as a hostile name server could send them.
#include "dns/presentation.h"
#include "dns/trustanchor.h"
#include "dns/unboundanswer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    static constexpr RecordType Types[] = {RecordType::A,  RecordType::AAAA, RecordType::MX,
                                           RecordType::NS, RecordType::TXT,  RecordType::TLSA,
                                           RecordType::CAA};
    DnsAnswer answer;
    answer.status = AnswerStatus::Found;
    answer.type = Types[data[0] % std::size(Types)];
    const QByteArray octets(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    answer.rdata = {octets};
    for (const QByteArray &text : texts(answer))
        (void)quotedTxt(text);
    for (const MxRecord &record : mailExchangers(answer))
        (void)isLegalName(record.host);
    (void)addresses(answer);
    (void)targets(answer);
    (void)tlsaRecords(answer);
    (void)caaRecords(answer);
    (void)isLegalName(octets);
    (void)aliasesInPacket(octets);
    (void)readTrustAnchors(octets);
    return 0;
}
