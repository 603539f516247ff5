// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/bundle.h"

#include "base/template.h"
#include "deploy/hostrecord.h"
#include "deploy/recordtexts.h"
#include "dns/presentation.h"
#include "mail/workerscript.h"

#include <QFile>

#include <algorithm>

namespace {

using Values = QHash<QByteArray, QByteArray>;

/// The templates are compiled in and every one is filled in the tests, so a fault here can only be
/// ours; a half-filled server configuration must never reach a user.
QByteArray must(const Result<QByteArray> &filled)
{
    if (!filled)
        qFatal("%s: %s", qPrintable(filled.error().what), qPrintable(filled.error().detail));
    return *filled;
}

QByteArray fromTemplate(const char *name, const Values &values)
{
    QFile file(QStringLiteral(":/kit/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("template %s is missing", name);
    return must(fillTemplate(file.readAll(), values));
}

Values serverValues(const Deployment &deployment, const ServerSetup &setup)
{
    const QByteArray host = deployment.policyHost();
    const auto orDefault = [](const QString &given, const QByteArray &standard) {
        return given.isEmpty() ? standard : given.toUtf8();
    };
    const QByteArray live = "/etc/letsencrypt/live/" + host;
    return {{"DOMAIN", deployment.domain.ascii()},
            {"POLICY_HOST", host},
            {"PORT", QByteArray::number(setup.port)},
            {"ROOT", orDefault(setup.documentRoot, "/var/www/" + host)},
            {"CERTIFICATE", orDefault(setup.certificate, live + "/fullchain.pem")},
            {"CERTIFICATE_KEY", orDefault(setup.certificateKey, live + "/privkey.pem")}};
}

BundleFile caddyFile(const Deployment &deployment, const ServerSetup &setup)
{
    const Values server = serverValues(deployment, setup);
    QByteArray site = deployment.policyHost();
    if (setup.port != 443)
        site += ':' + server.value("PORT");
    QByteArray tls;
    if (!setup.certificate.isEmpty())
        tls = "\ttls \"" + server.value("CERTIFICATE") + "\" \"" + server.value("CERTIFICATE_KEY") +
              "\"\n";
    return {QStringLiteral("caddy/Caddyfile"),
            fromTemplate("Caddyfile", {{"DOMAIN", server.value("DOMAIN")},
                                       {"ROOT", server.value("ROOT")},
                                       {"SITE", site},
                                       {"TLS", tls}})};
}

BundleFile workerHowto(const Deployment &deployment)
{
    return {QStringLiteral("cloudflare-worker/howto.txt"),
            fromTemplate("worker-howto.txt",
                         {{"DOMAIN", deployment.domain.ascii()},
                          {"POLICY_HOST", deployment.policyHost()},
                          {"WORKER_NAME", workerName(deployment.domain.ascii())},
                          {"COMPATIBILITY_DATE", WorkerCompatibilityDate}})};
}

/// The folder to upload, with what its host needs beside the policy, and how.
QList<BundleFile> staticSite(const Deployment &deployment, Hosting hosting)
{
    const bool github = hosting == Hosting::GithubPages;
    const bool netlify = hosting == Hosting::Netlify;
    const QString folder = github    ? QStringLiteral("github-pages/")
                           : netlify ? QStringLiteral("netlify/")
                                     : QStringLiteral("cloudflare-pages/");
    const QString site = folder + QStringLiteral("site/");
    const char *howto = github    ? "github-howto.txt"
                        : netlify ? "netlify-howto.txt"
                                  : "pages-howto.txt";
    QList<BundleFile> files{
            {site + QStringLiteral(".well-known/mta-sts.txt"), deployment.policyText}};
    if (github) {
        files << BundleFile{site + QStringLiteral(".nojekyll"),
                            "GitHub Pages leaves out .well-known without this file.\n"}
              << BundleFile{site + QStringLiteral("CNAME"), deployment.policyHost() + '\n'};
    } else {
        files << BundleFile{site + QStringLiteral("_headers"),
                            fromTemplate("static-headers.txt", {})};
    }
    if (hosting == Hosting::CloudflarePages)
        files << BundleFile{site + QStringLiteral("404.html"), fromTemplate("404.html", {})};
    files << BundleFile{folder + QStringLiteral("howto.txt"),
                        fromTemplate(howto, {{"DOMAIN", deployment.domain.ascii()},
                                             {"POLICY_HOST", deployment.policyHost()}})};
    return files;
}

QList<BundleFile> hostFiles(const Deployment &deployment, Hosting hosting, const ServerSetup &setup)
{
    switch (hosting) {
    case Hosting::GithubPages:
    case Hosting::Netlify:
    case Hosting::CloudflarePages:
        return staticSite(deployment, hosting);
    case Hosting::CloudflareWorker:
        return {serverFile(deployment, hosting, setup), workerHowto(deployment)};
    case Hosting::Nginx:
    case Hosting::Apache:
    case Hosting::Caddy:
        return {serverFile(deployment, hosting, setup)};
    case Hosting::Delegated:
    case Hosting::FilesOnly:
    case Hosting::Undecided:
        break;
    }
    return {};
}

QByteArray serverStep(Hosting hosting)
{
    constexpr std::pair<Hosting, const char *> Steps[] = {
            {Hosting::CloudflareWorker, "Cloudflare: follow cloudflare-worker/howto.txt"},
            {Hosting::Nginx, "nginx: follow the first lines of nginx/mta-sts.conf"},
            {Hosting::Apache, "Apache: follow the first lines of apache/mta-sts.conf"},
            {Hosting::Caddy, "Caddy: follow the first lines of caddy/Caddyfile"},
            {Hosting::GithubPages, "GitHub Pages: follow github-pages/howto.txt"},
            {Hosting::Netlify, "Netlify: follow netlify/howto.txt"},
            {Hosting::CloudflarePages, "Cloudflare Pages: follow cloudflare-pages/howto.txt"}};
    for (const auto &[known, step] : Steps) {
        if (known == hosting)
            return QByteArray("  ") + step + ".\n";
    }
    return "  Copy .well-known/mta-sts.txt to the server, at that very path below its root.\n";
}

/// The third record, told as far as it is known.
QByteArray hostStep(const Deployment &deployment, const QList<Hosting> &hostings)
{
    const Hosting hosting = hostings.size() == 1 ? hostings.constFirst() : Hosting::FilesOnly;
    const QByteArray target = aliasTarget(hosting);
    if (!target.isEmpty())
        return "  Publish CNAME " + deployment.policyHost() + "\n      " + target +
               "\n  with your own name in the place of the capitals.";
    if (hosting == Hosting::CloudflareWorker)
        return "  Cloudflare makes the DNS record and the certificate of " +
               deployment.policyHost() + "\n  when you add it as custom domain of the Worker.";
    return "  Make " + deployment.policyHost() +
           " lead to your server: add A and AAAA records with its\n"
           "  addresses, or a CNAME to its name. It is the record that is forgotten most.";
}

/// TLS-RPT first, so that the first trouble is reported; the record that makes senders look last.
QByteArray dnsSteps(const Deployment &deployment)
{
    QByteArray steps;
    for (const DnsRecord &record : deployment.records) {
        const bool last = record.name == deployment.domain.child("_mta-sts");
        steps += QByteArray(last ? "  Last" : "  First") + " publish " + typeName(record.type) +
                 ' ' + record.name + "\n      " + record.data + '\n';
    }
    for (const DnsRecord &record : deployment.tlsa)
        steps += "  When all that stands, publish TLSA " + record.name + "\n      " + record.data +
                 '\n';
    for (const DnsRecord &record : deployment.tlsaGone)
        steps += "  Then take out TLSA " + record.name + "\n      " + record.data + '\n';
    return steps;
}

BundleFile readme(const Deployment &deployment, const QList<Hosting> &hostings,
                  const QList<BundleFile> &files)
{
    QByteArray contents;
    for (const BundleFile &file : files)
        contents += "  " + file.path.toLatin1() + '\n';
    if (deployment.isDelegated())
        return {QStringLiteral("README.txt"),
                fromTemplate(deployment.isAliased() ? "readme-delegated.txt"
                                                    : "readme-passed-on.txt",
                             {{"DOMAIN", deployment.domain.ascii()},
                              {"POLICY_HOST", deployment.policyHost()},
                              {"CONTENTS", contents},
                              {"DNS_STEPS", dnsSteps(deployment).chopped(1)}})};
    QByteArray steps;
    for (const Hosting hosting : hostings)
        steps += serverStep(hosting);
    const QByteArray mode = modeName(deployment.policy.mode);
    const QByteArray stage = "stage-" + mode + ".txt";
    return {QStringLiteral("README.txt"),
            fromTemplate("readme.txt", {{"DOMAIN", deployment.domain.ascii()},
                                        {"POLICY_HOST", deployment.policyHost()},
                                        {"MODE", mode},
                                        {"MAX_AGE", QByteArray::number(deployment.policy.maxAge)},
                                        {"ID", deployment.id},
                                        {"CONTENTS", contents},
                                        {"HOST_STEPS", hostStep(deployment, hostings)},
                                        {"SERVER_STEPS", steps.chopped(1)},
                                        {"DNS_STEPS", dnsSteps(deployment).chopped(1)},
                                        {"STAGE", fromTemplate(stage.constData(), {})}})};
}

bool isPlain(const QString &name)
{
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') ||
               u == u'.' || u == u'-' || u == u'_';
    });
}

/// Devices on Windows, whatever follows the first dot.
bool isReserved(const QString &stem)
{
    for (const char *device : {"con", "prn", "aux", "nul"}) {
        if (stem == QLatin1String(device))
            return true;
    }
    return stem.size() == 4 && stem.at(3) >= QLatin1Char('0') && stem.at(3) <= QLatin1Char('9') &&
           (stem.startsWith(QLatin1String("com")) || stem.startsWith(QLatin1String("lpt")));
}

} // namespace

QByteArray zoneText(const Deployment &deployment)
{
    QByteArray lines;
    for (const DnsRecord &record : deployment.records)
        lines += zoneLine(record) + '\n';
    if (!deployment.tlsa.isEmpty())
        lines += "\n; Last of all, and only while the servers show these keys (RFC 7671 8.1):\n";
    for (const DnsRecord &record : deployment.tlsa)
        lines += zoneLine(record) + '\n';
    for (const DnsRecord &record : deployment.tlsaGone)
        lines += "; to be taken out: " + zoneLine(record) + '\n';
    QByteArray note = "; Publish _mta-sts last, when https://" + deployment.policyHost() +
                      "/.well-known/mta-sts.txt answers.\n";
    if (!deployment.isAliased())
        note = "; Not in this file: " + deployment.policyHost() +
               " must lead to the server of the policy\n"
               "; (A and AAAA, or CNAME; a Cloudflare custom domain makes its own record).\n" +
               note;
    return fromTemplate(
            "zone.txt",
            {{"DOMAIN", deployment.domain.ascii()}, {"NOTE", note}, {"LINES", lines.chopped(1)}});
}

BundleFile serverFile(const Deployment &deployment, Hosting hosting, const ServerSetup &setup)
{
    switch (hosting) {
    case Hosting::CloudflareWorker:
        return {QStringLiteral("cloudflare-worker/worker.js"),
                must(workerScript({{deployment.policyHost(), deployment.policyText}}))};
    case Hosting::Nginx:
        return {QStringLiteral("nginx/mta-sts.conf"),
                fromTemplate("nginx.conf", serverValues(deployment, setup))};
    case Hosting::Apache:
        return {QStringLiteral("apache/mta-sts.conf"),
                fromTemplate("apache.conf", serverValues(deployment, setup))};
    case Hosting::Caddy:
        return caddyFile(deployment, setup);
    default: // no single file makes these
        break;
    }
    return {};
}

QList<BundleFile> bundle(const Deployment &deployment, std::optional<Hosting> hosting,
                         const ServerSetup &setup)
{
    QList<Hosting> hostings = hosting ? QList<Hosting>{*hosting} : allHostings();
    if (!hosting) // the other way is not one of several side by side
        hostings.removeAll(Hosting::Delegated);
    QList<BundleFile> files = {
            {QStringLiteral("dns/zone.txt"), zoneText(deployment)},
            {QStringLiteral("dns/records.csv"), recordsCsv(deployment)},
            {QStringLiteral("dns/records.txt"), recordsTable(deployment)},
    };
    if (deployment.isWorker() && deployment.isDelegated())
        files += hostFiles(deployment, Hosting::CloudflareWorker, setup);
    if (!deployment.isDelegated()) {
        files.prepend({QStringLiteral(".well-known/mta-sts.txt"), deployment.policyText});
        for (const Hosting one : hostings)
            files += hostFiles(deployment, one, setup);
    }
    files.append(readme(deployment, hostings, files));
    return files;
}

QString bundleFolder(const DomainName &domain)
{
    return QStringLiteral("mta-sts-") + QString::fromLatin1(domain.ascii());
}

bool isBundlePath(const QString &path)
{
    const QStringList parts = path.split(QLatin1Char('/'));
    return std::all_of(parts.begin(), parts.end(), [](const QString &part) {
        return isPlain(part) && !part.isEmpty() && !part.endsWith(QLatin1Char('.')) &&
               !isReserved(part.section(QLatin1Char('.'), 0, 0).toLower());
    });
}
