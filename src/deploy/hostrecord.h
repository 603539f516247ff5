// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The record that people forget: the one that makes mta-sts.<domain> lead to the host of the policy
// file. Its value comes from that host, so it is described, never made. Pure.

#include "deploy/deployment.h"

struct HostRecord
{
    enum class Kind {
        Addresses, // A and AAAA of a server, or an alias of its name
        Alias,     // CNAME to `target`
        ByHost,    // the hosting service makes it by itself
    };
    enum class Standing {
        Unknown,   // could not be looked up
        Missing,   // the name does not exist
        There,     // it leads somewhere; for an alias: to the service that is wanted
        Elsewhere, // the alias is wanted, and the name leads to something else
    };
    Kind kind = Kind::Addresses;
    Standing standing = Standing::Unknown;
    QByteArray name;           // mta-sts.example.com
    QByteArray target;         // of an alias, "OWNER.github.io": capitals stand for the user's own
    QList<QByteArray> leadsTo; // what stands there now: the end of the alias, then the addresses
};

/// None for a delegated policy, whose aliases are records like the others.
[[nodiscard]] std::optional<HostRecord> hostRecord(const Deployment &wanted, const LiveState &live);
/// "OWNER.github.io", "SITE.netlify.app", "PROJECT.pages.dev"; empty for every other hosting.
[[nodiscard]] QByteArray aliasTarget(Hosting hosting);
/// The service whose names these targets are: "github.io"; empty as above.
[[nodiscard]] QByteArray aliasService(Hosting hosting);
