// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/deliverysteps.h"

#include "deploy/recordchanges.h"
#include "dns/presentation.h"

namespace {

using Kind = DeliveryStep::Kind;

DeliveryStep step(Kind kind, const QByteArray &code, const QByteArray &copy = {})
{
    DeliveryStep made;
    made.kind = kind;
    made.code = code;
    made.copy = copy;
    return made;
}

bool isLive(const DnsRecord &record, const Deployment &wanted, const LiveState &live)
{
    if (record.type == RecordType::CNAME)
        return record.name == wanted.policyHost() && live.policyHostKnown &&
               live.policyHostAlias == record.data;
    if (record.name == wanted.domain.child("_smtp._tls"))
        return live.tlsRptKnown && live.tlsRptText == record.data;
    return live.stsKnown && live.stsText == record.data;
}

DeliveryStep recordStep(const DnsRecord &record, const Deployment &wanted, const LiveState &live)
{
    QByteArray code = "record";
    if (record.name == wanted.domain.child("_smtp._tls"))
        code = "reports";
    else if (record.name == wanted.policyHost())
        code = "alias";
    DeliveryStep made = step(Kind::Record, code, zoneLine(record));
    made.record = record;
    made.isLive = isLive(record, wanted, live);
    return made;
}

DeliveryStep lookStep(const Deployment &wanted)
{
    return step(Kind::Look, "look",
                "curl -v https://" + wanted.policyHost() + "/.well-known/mta-sts.txt");
}

} // namespace

QList<DeliveryStep> deliverySteps(const Deployment &wanted, const LiveState &live)
{
    QList<DeliveryStep> steps;
    if (!wanted.isAliased()) {
        DeliveryStep host = step(Kind::Host, "host", wanted.policyHost());
        host.host = hostRecord(wanted, live);
        const bool served = live.policyKnown && live.policyBody;
        // A file that is read from there proves the name and the host, not the certificate; the
        // next look does that.
        host.isLive = served && host.host->standing == HostRecord::Standing::There;
        DeliveryStep file = step(Kind::File, "file", wanted.policyText);
        file.isLive = served && *live.policyBody == wanted.policyText;
        steps << host;
        if (!wanted.isDelegated())
            steps << file;
        steps << lookStep(wanted);
    }
    for (const DnsRecord &record : wanted.records) {
        const DeliveryStep one = recordStep(record, wanted, live);
        if (wanted.isAliased() && one.code == "record")
            steps << lookStep(wanted); // the provider's certificate must be there first
        steps << one;
    }
    for (const DnsRecord &record : wanted.tlsa) { // DANE-34
        DeliveryStep tlsa = step(Kind::Record, "tlsa", zoneLine(record));
        tlsa.record = record;
        tlsa.isLive = holdsRecord(live.tlsa, record);
        steps << tlsa;
    }
    for (const DnsRecord &record : wanted.tlsaGone) {
        DeliveryStep gone = step(Kind::Record, "tlsa-gone", zoneLine(record));
        gone.record = record;
        steps << gone;
    }
    if (!wanted.isDelegated() && wanted.policy.mode == Policy::Mode::None)
        steps << step(Kind::Wait, "wait");
    return steps;
}
