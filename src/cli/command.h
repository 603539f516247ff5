// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The commands of `mta-sts`. Each takes the words after its name and returns the exit status.

#include "base/cancel.h"

#include <QStringList>

enum ExitStatus {
    ExitOk = 0,
    ExitErrors = 1,  // some finding is an error
    ExitUnknown = 2, // no error seen, but something that decides could not be looked at
    ExitChanges = 3, // `plan`: there is something to change
    ExitRefused = 4, // `push`, `remove`: a guard, or something that stands in the way
    ExitUsage = 64,
    ExitFault = 70,
    ExitInterrupted = 130,
};

/// Arguments after the command's name; `cancel` is stopped by an interrupt.
struct Invocation
{
    QStringList arguments; // the command's name first, as QCommandLineParser wants it
    Cancel cancel;
};

int checkCommand(const Invocation &invocation);
int lintCommand(const Invocation &invocation);
int tlsaCommand(const Invocation &invocation);
int tlsaMakeCommand(const Invocation &invocation);
int tlsaRollCommand(const Invocation &invocation);
int tlsaHookCommand(const Invocation &invocation);
int tlsaPublishCommand(const Invocation &invocation);
int dnssecCommand(const Invocation &invocation);
int exportCommand(const Invocation &invocation);
int planCommand(const Invocation &invocation);
int pushCommand(const Invocation &invocation);
int removeCommand(const Invocation &invocation);
int tokenCommand(const Invocation &invocation);
