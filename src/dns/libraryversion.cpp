// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/libraryversion.h"

#include <unbound.h>

QString unboundVersion()
{
    return QString::fromLatin1(ub_version());
}
