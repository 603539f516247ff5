// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Before a secret is read: what is in memory stays there (T-2).

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

/// No core file of this process, and nobody else of this user looks into it.
inline void forbidCoreDumps()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#if defined(Q_OS_LINUX) && !defined(ASSISTANT_SANITIZED) // LeakSanitizer must look into it
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
