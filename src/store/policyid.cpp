// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/policyid.h"

#include "mail/stsrecord.h"

void takeId(Choices &choices, const KeptDomain &kept, const LiveState &live, const QDateTime &now)
{
    const QByteArray digest = policyDigest(choices);
    if (kept.draft && kept.draft->delivery.digest == digest)
        choices.delivery = kept.draft->delivery;
    else if (kept.sameId)
        choices.delivery = {newStsId(now, live.stsId), digest, {}};
}
