// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A deployment as files to carry elsewhere: the policy, the DNS lines, configuration of the server, and
// the order of the steps. Pure; writebundle.h is what writes.

#include "deploy/deployment.h"

struct BundleFile
{
    QString path; // relative, "/" between folders, names by the allow-list of isBundlePath()
    QByteArray content;
    friend bool operator==(const BundleFile &, const BundleFile &) = default;
};

/// What stands in the server's configuration and is not ours to decide.
struct ServerSetup
{
    int port = 443;
    QString documentRoot;   // empty: /var/www/mta-sts.<domain>
    QString certificate;    // empty: the path certbot uses; Caddy gets its own
    QString certificateKey; // the same
};

/// All files for one hosting, or for every hosting side by side when none is given. A delegated
/// deployment has DNS files only, whatever hosting is given.
[[nodiscard]] QList<BundleFile> bundle(const Deployment &deployment,
                                       std::optional<Hosting> hosting = std::nullopt,
                                       const ServerSetup &setup = {});

/// Folder name for a domain, legal and not reserved on every system: "mta-sts-example.com" (T-35).
[[nodiscard]] QString bundleFolder(const DomainName &domain);

/// Relative, no "." or ".." parts, only letters, digits, dot, hyphen and underscore (T-35).
[[nodiscard]] bool isBundlePath(const QString &path);

// Parts that are shown or copied alone.
[[nodiscard]] QByteArray zoneText(const Deployment &deployment);
/// The configuration of a server or the Worker script; empty for a hosting
/// that needs no such file or more than one.
[[nodiscard]] BundleFile serverFile(const Deployment &deployment, Hosting hosting,
                                    const ServerSetup &setup = {});
