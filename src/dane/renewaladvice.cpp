// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/renewaladvice.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

namespace {

const QDate Checked(2026, 11, 26);
constexpr char UsualHook[] = "/usr/local/sbin/tlsa-deploy-hook.sh";
constexpr char CaddyStorage[] = "/var/lib/caddy/.local/share/caddy/"; // of its packages

// Programs that put a new key in place at once: the deploy hook is the gate in front of the mail server.
QString gateText()
{
    return QCoreApplication::translate(
            "Renewal", "Make a new key. The deploy hook refuses it, and the mail server stays with "
                       "its copies of the old files (set INSTALL_CERT and INSTALL_KEY in the "
                       "hook). Publish the record of the new key beside the old one.");
}

QString passText()
{
    return QCoreApplication::translate(
            "Renewal", "Two TTLs later: run the hook once more. It copies the files and reloads.");
}

RenewalStep command(const QString &text, const QByteArray &line)
{
    return {text, line, {}, {}};
}

RenewalStep fileLine(const QString &text, const QString &file, const QByteArray &line)
{
    return {text, {}, file, line};
}

RenewalAdvice certbot(const QByteArray &host, const QByteArray &hook)
{
    RenewalAdvice advice;
    advice.tool = RenewalTool::Certbot;
    advice.name = QStringLiteral("Certbot");
    advice.keep = {
            command(QCoreApplication::translate(
                            "Renewal", "Keep the key from now on, without a renewal (Certbot 2.3 "
                                       "or later)."),
                    "certbot reconfigure --cert-name " + host + " --reuse-key"),
            fileLine(QCoreApplication::translate(
                             "Renewal", "The same by hand, in the section [renewalparams]."),
                     QStringLiteral("/etc/letsencrypt/renewal/%1.conf")
                             .arg(QString::fromLatin1(host)),
                     "reuse_key = True"),
    };
    advice.change = {
            command(gateText(),
                    "certbot renew --cert-name " + host + " --force-renewal --new-key --reuse-key"),
            command(passText(), "RENEWED_LINEAGE=/etc/letsencrypt/live/" + host + ' ' + hook)};
    advice.hook = {
            command(QCoreApplication::translate("Renewal", "For this certificate alone."),
                    "certbot reconfigure --cert-name " + host + " --deploy-hook " + hook),
            fileLine(QCoreApplication::translate(
                             "Renewal", "Or for every certificate: a link in this folder. Name the "
                                        "certificate in CERTIFICATE of the script then."),
                     QStringLiteral("/etc/letsencrypt/renewal-hooks/deploy/"),
                     "tlsa-deploy-hook.sh -> " + hook),
    };
    advice.cautions = {
            QCoreApplication::translate(
                    "Renewal", "Without these options Certbot makes a new key at each renewal."),
            QCoreApplication::translate(
                    "Renewal", "A later “certbot certonly” without --reuse-key drops the setting."),
            QCoreApplication::translate(
                    "Renewal", "The new certificate lies under /etc/letsencrypt/live before the "
                               "hook runs. When the hook refuses, Certbot shows its words, takes "
                               "nothing back, and ends without an error. Let the mail server read "
                               "copies that the hook makes, and have somebody read the words."),
    };
    advice.since = QStringLiteral("--reuse-key 0.25.0 (2018-06), --new-key 1.26.0 (2022-04), "
                                  "reconfigure 2.3.0 (2023-02)");
    advice.source = QStringLiteral("https://github.com/certbot/certbot/blob/main/certbot/"
                                   "CHANGELOG.md; source of 5.6.0");
    advice.checked = Checked;
    return advice;
}

RenewalAdvice acmeSh(const QByteArray &host, const QByteArray &hook)
{
    RenewalAdvice advice;
    advice.tool = RenewalTool::AcmeSh;
    advice.name = QStringLiteral("acme.sh");
    advice.keepsKeyByDefault = true;
    advice.keep = {fileLine(
            QCoreApplication::translate(
                    "Renewal", "Keys are kept. This line must not be in the file; it is there when "
                               "--always-force-new-domain-key was given once. (The folder ends in "
                               "_ecc for EC keys.)"),
            QStringLiteral("~/.acme.sh/%1_ecc/%1.conf").arg(QString::fromLatin1(host)),
            "Le_ForceNewDomainKey='1'")};
    const QByteArray folder = "~/.acme.sh/" + host + "_ecc/" + host;
    advice.change = {
            command(QCoreApplication::translate(
                            "Renewal", "Make the next key where acme.sh takes it from (versions "
                                       "from the end of 2022), and publish its record."),
                    "(umask 077; openssl ecparam -name prime256v1 -genkey -noout -out " + folder +
                            ".key.next)"),
            command(QCoreApplication::translate("Renewal", "Two TTLs later: renew with that key."),
                    "acme.sh --renew -d " + host + " --ecc --force --always-force-new-domain-key"),
            fileLine(QCoreApplication::translate(
                             "Renewal", "Then take this line out again, so that the key is kept."),
                     QString::fromLatin1(folder) + QStringLiteral(".conf"),
                     "Le_ForceNewDomainKey='1'"),
    };
    advice.hook = {command(
            QCoreApplication::translate(
                    "Renewal", "The command is kept and run after each renewal. It gets the paths "
                               "of chain and key as words."),
            "acme.sh --install-cert -d " + host + " --ecc --reloadcmd '" + hook +
                    " \"$CERT_FULLCHAIN_PATH\" \"$CERT_KEY_PATH\"'")};
    advice.cautions = {
            QCoreApplication::translate(
                    "Renewal", "“acme.sh --issue --force” makes a new key, and so does another "
                               "--keylength."),
            QCoreApplication::translate(
                    "Renewal", "With --fullchain-file and --key-file the files are in place before "
                               "the command runs. Leave these options out and let the hook copy "
                               "the files."),
            QCoreApplication::translate(
                    "Renewal",
                    "When the hook refuses, acme.sh says “Reload error” and ends with an "
                    "error, but the renewal counts as made: run the hook by hand "
                    "later."),
    };
    advice.since = QStringLiteral("--always-force-new-domain-key 2017-07, .key.next 2022-10");
    advice.source = QStringLiteral("https://github.com/acmesh-official/acme.sh/wiki/tlsa-next-key; "
                                   "source of 3.1.4");
    advice.checked = Checked;
    return advice;
}

RenewalAdvice lego(const QByteArray &host, const QByteArray &hook)
{
    RenewalAdvice advice;
    advice.tool = RenewalTool::Lego;
    advice.name = QStringLiteral("lego");
    advice.keep = {
            command(QCoreApplication::translate("Renewal", "lego 5: with your other options."),
                    "lego run -d " + host + " --reuse-key"),
            fileLine(QCoreApplication::translate(
                             "Renewal", "lego 5 with a configuration file: under the certificate."),
                     QStringLiteral(".lego.yml"), "renew:\n  reuseKey: true"),
            command(QCoreApplication::translate("Renewal", "lego 4: with your other options."),
                    "lego -d " + host + " renew --reuse-key"),
    };
    advice.change = {
            command(gateText() + QLatin1Char(' ') +
                            QCoreApplication::translate(
                                    "Renewal", "(lego 5; in lego 4 a renewal without the option.)"),
                    "lego run -d " + host + " --renew-force --deploy-hook=" + hook),
            command(passText(), hook + " .lego/certificates/" + host + ".crt .lego/certificates/" +
                                        host + ".key")};
    advice.hook = {
            command(QCoreApplication::translate("Renewal", "lego 5."),
                    "lego run -d " + host + " --reuse-key --deploy-hook=" + hook),
            command(QCoreApplication::translate("Renewal", "lego 4."),
                    "lego -d " + host + " renew --reuse-key --renew-hook=" + hook),
    };
    advice.cautions = {
            QCoreApplication::translate(
                    "Renewal", "Without the option lego makes a new key at each renewal. It has to "
                               "stand in the line of every timer."),
            QCoreApplication::translate(
                    "Renewal", "The new files lie in the folder of lego before the hook runs. Let "
                               "the mail server read copies that the hook makes."),
            QCoreApplication::translate(
                    "Renewal", "lego ends a hook after two minutes. lego 5 reports a hook that "
                               "refuses as a failure."),
    };
    advice.since = QStringLiteral("--reuse-key 0.2.0 (2016-01); run and --deploy-hook instead of "
                                  "renew and --renew-hook 5.0.0 (2026-05)");
    advice.source =
            QStringLiteral("https://go-acme.github.io/lego/advanced/hooks/; source of 5.3.1 "
                           "and 4.25.1");
    advice.checked = Checked;
    return advice;
}

RenewalAdvice caddy(const QByteArray &host, const QByteArray &hook)
{
    RenewalAdvice advice;
    advice.tool = RenewalTool::Caddy;
    advice.name = QStringLiteral("Caddy");
    advice.keep = {
            fileLine(QCoreApplication::translate(
                             "Renewal", "In the site whose certificate the mail server uses."),
                     QStringLiteral("/etc/caddy/Caddyfile"),
                     host + " {\n\ttls {\n\t\treuse_private_keys\n\t}\n}"),
            fileLine(QCoreApplication::translate(
                             "Renewal", "The same in JSON, in the policy under tls, automation, "
                                        "policies."),
                     QStringLiteral("caddy.json"),
                     "{\"subjects\": [\"" + host + "\"], \"reuse_private_keys\": true}"),
    };
    const QByteArray files = CaddyStorage +
                             QByteArray("certificates/"
                                        "acme-v02.api.letsencrypt.org-directory/") +
                             host + '/' + host;
    advice.change = {fileLine(gateText() + QLatin1Char(' ') +
                                      QCoreApplication::translate(
                                              "Renewal", "(Take this line out for one renewal.)"),
                              QStringLiteral("/etc/caddy/Caddyfile"), "reuse_private_keys"),
                     command(passText(), hook + ' ' + files + ".crt " + files + ".key")};
    advice.hook = {fileLine(
            QCoreApplication::translate(
                    "Renewal", "Caddy itself has no hooks. With the plugin "
                               "github.com/mholt/caddy-events-exec, built in by xcaddy, in the "
                               "global options; without it run the hook from a timer, with the "
                               "paths of certificate and key as words."),
            QStringLiteral("/etc/caddy/Caddyfile"),
            "{\n\tevents {\n\t\ton cert_obtained exec " + hook + ' ' + CaddyStorage +
                    "{event.data.certificate_path} " + CaddyStorage +
                    "{event.data.private_key_path}\n\t}\n}")};
    advice.cautions = {
            QCoreApplication::translate(
                    "Renewal", "Without the option Caddy makes a new key for each certificate. Its "
                               "source calls the option temporary: read the release notes before "
                               "an update."),
            QCoreApplication::translate(
                    "Renewal", "The plugin is experimental, is not from the makers of Caddy as "
                               "such, and nobody waits for what the hook says."),
    };
    advice.since = QStringLiteral("reuse_private_keys 2.8.0 (2024-05)");
    advice.source = QStringLiteral("https://caddyserver.com/docs/caddyfile/directives/tls; "
                                   "https://github.com/mholt/caddy-events-exec");
    advice.checked = Checked;
    return advice;
}

} // namespace

QList<RenewalAdvice> renewalAdvice(const DomainName &host, const QString &hookPath)
{
    // It goes into command lines: nothing that a shell would read as more than a word.
    static const QRegularExpression plain(
            QRegularExpression::anchoredPattern(QStringLiteral("/[A-Za-z0-9._/+-]+")));
    const QByteArray hook =
            plain.match(hookPath).hasMatch() ? hookPath.toLatin1() : QByteArray(UsualHook);
    return {certbot(host.ascii(), hook), acmeSh(host.ascii(), hook), lego(host.ascii(), hook),
            caddy(host.ascii(), hook)};
}

QByteArray tlsaDeployHook(const QList<DomainName> &servers)
{
    QFile file(QStringLiteral(":/dane/tlsa-deploy-hook.sh"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray names;
    for (const DomainName &server : servers)
        names += (names.isEmpty() ? "" : " ") + server.ascii();
    return file.readAll().replace("${MAIL_SERVERS-}", "${MAIL_SERVERS-" + names + '}');
}
