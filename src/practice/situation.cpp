// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/situation.h"

#include "dns/presentation.h"

using namespace Practice;

Published Practice::publishedAt(Stage stage)
{
    if (stage == Stage::Bare)
        return {};
    const Scene scene = protectedScene(stage == Stage::Testing ? "testing" : "enforce");
    return {scene.sts, scene.tlsRpt, scene.host->text};
}

Scene Situation::scene() const
{
    Scene scene = bareScene();
    scene.aheadSeconds = aheadSeconds;
    scene.sts = published.sts;
    scene.tlsRpt = published.tlsRpt;
    if (published.policy)
        scene.host =
                PolicyServer{.text = *published.policy, .isReachable = published.hasCertificate};
    for (MailServer &server : scene.servers)
        server.tlsa = hasDane ? QList<TlsaWish>{TlsaWish()} : QList<TlsaWish>();
    for (const DnsRecord &record : published.tlsa)
        scene.lines.append(relativeName(record.name, Domain) + " IN TLSA " + record.data);
    for (const Accident &accident : Practice::accidents()) {
        if (accidents.contains(accident.id))
            accident.happen(scene);
    }
    if (!published.policy)
        scene.host.reset(); // a policy host that was never made cannot break
    return scene;
}
