// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptdomain.h"

LastSeen KeptDomain::lastSeen() const
{
    return served ? LastSeen{served->id, served->body, served->at} : LastSeen{};
}

KeptDomain afterCheck(KeptDomain kept, const Survey &, const Report &)
{
    return kept;
}
