// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/bundle.h"

#include "deploy/template.h"
#include "deploy/workerscript.h"

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
    QByteArray name = deployment.domain.ascii();
    name.replace('.', '-');
    return {QStringLiteral("cloudflare-worker/howto.txt"),
            fromTemplate("worker-howto.txt", {{"DOMAIN", deployment.domain.ascii()},
                                              {"POLICY_HOST", deployment.policyHost()},
                                              {"WORKER_NAME", name.left(50)},
                                              {"COMPATIBILITY_DATE", WorkerCompatibilityDate}})};
}

QByteArray serverStep(Hosting hosting)
{
    switch (hosting) {
    case Hosting::CloudflareWorker:
        return "  Cloudflare: follow cloudflare-worker/howto.txt.\n";
    case Hosting::Nginx:
        return "  nginx: follow the first lines of nginx/mta-sts.conf.\n";
    case Hosting::Apache:
        return "  Apache: follow the first lines of apache/mta-sts.conf.\n";
    case Hosting::Caddy:
        return "  Caddy: follow the first lines of caddy/Caddyfile.\n";
    case Hosting::FilesOnly:
        break;
    }
    return "  Copy .well-known/mta-sts.txt to the server, at that very path below its root.\n";
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
    return steps;
}

BundleFile readme(const Deployment &deployment, const QList<Hosting> &hostings,
                  const QList<BundleFile> &files)
{
    QByteArray steps;
    for (const Hosting hosting : hostings)
        steps += serverStep(hosting);
    QByteArray contents;
    for (const BundleFile &file : files)
        contents += "  " + file.path.toLatin1() + '\n';
    const QByteArray mode = modeName(deployment.policy.mode);
    const QByteArray stage = "stage-" + mode + ".txt";
    return {QStringLiteral("README.txt"),
            fromTemplate("readme.txt", {{"DOMAIN", deployment.domain.ascii()},
                                        {"POLICY_HOST", deployment.policyHost()},
                                        {"MODE", mode},
                                        {"MAX_AGE", QByteArray::number(deployment.policy.maxAge)},
                                        {"ID", deployment.id},
                                        {"CONTENTS", contents},
                                        {"SERVER_STEPS", steps.chopped(1)},
                                        {"DNS_STEPS", dnsSteps(deployment).chopped(1)},
                                        {"STAGE", fromTemplate(stage.constData(), {})}})};
}

/// RFC 4180 quoting; a leading character that a spreadsheet takes for a formula gets an apostrophe
/// (T-25). Names and values of ours never start with one, so nothing that is pasted changes.
QByteArray csvField(QByteArray field)
{
    if (!field.isEmpty() && QByteArray("=+-@\t\r").contains(field.at(0)))
        field.prepend('\'');
    return '"' + field.replace('"', "\"\"") + '"';
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
    return fromTemplate("zone.txt", {{"DOMAIN", deployment.domain.ascii()},
                                     {"POLICY_HOST", deployment.policyHost()},
                                     {"LINES", lines.chopped(1)}});
}

QByteArray recordsCsv(const Deployment &deployment)
{
    QByteArray csv = "name,full name,type,ttl,value\r\n";
    for (const DnsRecord &record : deployment.records) {
        const QList<QByteArray> fields = {relativeName(record.name, deployment.domain.ascii()),
                                          record.name, typeName(record.type),
                                          QByteArray::number(record.ttl), record.data};
        QByteArrayList quoted;
        for (const QByteArray &field : fields)
            quoted.append(csvField(field));
        csv += quoted.join(',') + "\r\n";
    }
    return csv;
}

QByteArray recordsTable(const Deployment &deployment)
{
    QByteArray text = "Records to type into the panel of " + deployment.domain.ascii() + "\n\n";
    for (const DnsRecord &record : deployment.records) {
        text += "Name       " + relativeName(record.name, deployment.domain.ascii()) + '\n';
        text += "Full name  " + record.name + '\n';
        text += "Type       " + typeName(record.type) + '\n';
        text += "TTL        " + QByteArray::number(record.ttl) + '\n';
        text += "Value      " + record.data + "\n\n";
    }
    return text;
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
    case Hosting::FilesOnly:
        break;
    }
    return {};
}

QList<BundleFile> bundle(const Deployment &deployment, std::optional<Hosting> hosting,
                         const ServerSetup &setup)
{
    const QList<Hosting> hostings = hosting ? QList<Hosting>{*hosting} : allHostings();
    QList<BundleFile> files = {
            {QStringLiteral(".well-known/mta-sts.txt"), deployment.policyText},
            {QStringLiteral("dns/zone.txt"), zoneText(deployment)},
            {QStringLiteral("dns/records.csv"), recordsCsv(deployment)},
            {QStringLiteral("dns/records.txt"), recordsTable(deployment)},
    };
    for (const Hosting one : hostings) {
        const BundleFile file = serverFile(deployment, one, setup);
        if (!file.path.isEmpty())
            files.append(file);
        if (one == Hosting::CloudflareWorker)
            files.append(workerHowto(deployment));
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
