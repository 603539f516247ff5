// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/scenezone.h"

#include "dns/presentation.h"

using namespace Practice;

namespace {

constexpr int Ttl = 5; // seconds: what is changed is seen at once

QByteArray line(const QByteArray &name, RecordType type, const QByteArray &data)
{
    return zoneLine({name, type, Ttl, data}) + '\n';
}

PracticeZone::Signing signingOf(Scene::Signing signing)
{
    switch (signing) {
    case Scene::Signing::Unsigned:
        return PracticeZone::Signing::Unsigned;
    case Scene::Signing::Broken:
        return PracticeZone::Signing::WrongDs;
    case Scene::Signing::Signed:
        break;
    }
    return PracticeZone::Signing::Signed;
}

Result<QByteArray> zoneLines(const Scene &scene, Identities &identities)
{
    QByteArray lines;
    // The DNS service of the practice has Cloudflare's API, so it is to be recognised as that.
    for (const char *server : {"ada.ns.cloudflare.com.", "bob.ns.cloudflare.com."})
        lines += QByteArray("@ IN NS ") + server + '\n';
    for (qsizetype i = 0; i < scene.mx.size(); ++i)
        lines += line(Domain, RecordType::MX,
                      QByteArray::number(10 * (i + 1)) + ' ' + scene.mx.at(i));
    for (qsizetype i = 0; i < scene.servers.size() && i < MostServers; ++i) {
        const MailServer &server = scene.servers.at(i);
        lines += line(server.name, RecordType::A, addressOf(FirstMailHost + int(i)));
        for (const TlsaWish &wish : server.tlsa) {
            const auto data = identities.tlsaOf(server, wish);
            if (!data)
                return tl::unexpected(data.error());
            lines += line("_25._tcp." + server.name, RecordType::TLSA, *data);
        }
    }
    if (const auto &host = scene.host; host && !host->isGone) {
        const QByteArray name = "mta-sts." + Domain;
        const bool isAlias = !host->alias.isEmpty();
        if (isAlias)
            lines += line(name, RecordType::CNAME, host->alias);
        lines += line(isAlias ? host->alias : name, RecordType::A, addressOf(1));
    }
    for (const QByteArray &text : scene.sts)
        lines += line("_mta-sts." + Domain, RecordType::TXT, text);
    for (const QByteArray &text : scene.tlsRpt)
        lines += line("_smtp._tls." + Domain, RecordType::TXT, text);
    for (const QByteArray &more : scene.lines)
        lines += more + '\n';
    return lines;
}

} // namespace

QByteArray Practice::addressOf(int last)
{
    return "127.0.0." + QByteArray::number(last);
}

Result<QList<PracticeZone>> Practice::zonesOf(const Scene &scene, Identities &identities)
{
    auto lines = zoneLines(scene, identities);
    if (!lines)
        return tl::unexpected(lines.error());
    const QByteArray elsewhere = addressOf(FirstMailHost + MostServers);
    QList<PracticeZone> zones{{ControlZone, line(ControlHost, RecordType::A, elsewhere)}};
    if (scene.isRegistered)
        zones.append({Domain, *lines, signingOf(scene.signing), scene.failing, scene.unproven,
                      scene.hasTlsaAnswers});
    return zones;
}
