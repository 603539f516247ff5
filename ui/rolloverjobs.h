// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work behind the window for a change of keys: read what is kept, look, keep what was seen. Blocking,
// for a worker thread.

#include "push/rolloverrun.h"

#include <functional>

struct NetworkOptions;

using RolloverDoor = std::function<RolloverLook(const QByteArray &host, const Cancel &)>;
/// At port 25, and at the zone's own name servers.
[[nodiscard]] RolloverDoor rolloverDoor(const NetworkOptions &options, quint16 dnsPort = 53);

struct RolloverShown
{
    std::optional<RollTold> told; // nothing, and no error: no change is under way
    std::optional<Error> error;
    bool canBegin = false; // no change is under way; not known where what is kept cannot be read
    bool isKept = false;   // there is something to forget, readable or not
};

/// One look at the change of keys that is kept for `host` in `folder`. `nextFile`: one begins, with the key
/// in that file; empty: none does. It is refused while a change is under way. What a cancelled look saw is not
/// kept, and nothing is returned of it.
[[nodiscard]] RolloverShown rollOn(const RolloverDoor &look, const QString &folder,
                                   const QByteArray &host, const QString &nextFile,
                                   const Cancel &cancel);
[[nodiscard]] Result<bool> forgetRollover(const QString &folder, const QByteArray &host);
