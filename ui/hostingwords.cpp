// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostingwords.h"

#include "base/printable.h"
#include "dns/presentation.h"
#include "texts.h"

#include <QCoreApplication>

namespace {

class Hostings
{
    Q_DECLARE_TR_FUNCTIONS(Hostings)
};

QString word(const QByteArray &technical)
{
    return isolated(printable(technical));
}

QString certificateNote(const Deployment &wanted)
{
    if (wanted.isWorker())
        return Hostings::tr(
                "Cloudflare gets the certificate by itself when you add the custom domain.");
    switch (wanted.hosting) {
    case Hosting::GithubPages:
    case Hosting::Netlify:
        return Hostings::tr(
                "The host gets the certificate by itself when the alias is there. If you "
                "have CAA records, they must admit letsencrypt.org.");
    case Hosting::CloudflarePages:
        return Hostings::tr(
                "The host gets the certificate by itself when the custom domain is added. "
                "If you have CAA records, they must admit letsencrypt.org, pki.goog and "
                "ssl.com.");
    case Hosting::Caddy:
        return Hostings::tr(
                "Caddy gets the certificate by itself. If you have CAA records, they must "
                "admit its authority.");
    case Hosting::Delegated:
        return Hostings::tr(
                "Your provider gets the certificate by itself when the aliases are there.");
    default:
        return Hostings::tr(
                       "It needs a public certificate for exactly %1. A certificate for %2 or www "
                       "alone does not do.")
                .arg(word(wanted.policyHost()), isolated(wanted.domain.display()));
    }
}

QString foundThere(const HostRecord &record)
{
    QStringList names;
    for (const QByteArray &name : record.leadsTo.mid(0, 4))
        names.append(word(name));
    return names.join(QStringLiteral(", "));
}

QString toAdd(const HostRecord &record)
{
    switch (record.kind) {
    case HostRecord::Kind::Alias:
        return Hostings::tr(
                       "Add a CNAME record for %1 with the value %2; the word in capitals stands "
                       "for your own name there.")
                .arg(word(record.name), word(record.target));
    case HostRecord::Kind::ByHost:
        return Hostings::tr("Cloudflare adds the record for %1 by itself with the custom domain.")
                .arg(word(record.name));
    case HostRecord::Kind::Addresses:
        break;
    }
    return Hostings::tr(
                   "Add A and AAAA records for %1 with the addresses of the server, or a CNAME "
                   "record with its name.")
            .arg(word(record.name));
}

} // namespace

HostingWords hostingWords(const HostingGroup &group)
{
    switch (group.kind) {
    case HostingGroup::Kind::Worker:
        return {Hostings::tr("Cloudflare &Worker"),
                Hostings::tr(
                        "Needs the domain's DNS at Cloudflare, which makes record and certificate. "
                        "With a token the assistant does it all; by hand you get the script and "
                        "the steps for the dashboard.")};
    case HostingGroup::Kind::WebServer:
        return {Hostings::tr("My &own web server"),
                Hostings::tr(
                        "Needs a web server that is reachable from everywhere, and a certificate. "
                        "You get the configuration for nginx, Apache or Caddy.")};
    case HostingGroup::Kind::StaticSite:
        return {Hostings::tr("A &static site host"),
                Hostings::tr(
                        "GitHub Pages, Netlify or Cloudflare Pages. Needs an account there. You "
                        "get the folder to upload and the record to add.")};
    case HostingGroup::Kind::Provider:
        if (group.isPassedOn)
            return {Hostings::tr("&Leave it to %1").arg(group.whose),
                    Hostings::tr("Needs the domain's DNS at Cloudflare: one alias, and a small "
                                 "Worker that passes the provider's file on. The provider then "
                                 "decides the policy, its strictness included.")};
        return {Hostings::tr("&Leave it to %1").arg(group.whose),
                Hostings::tr("Needs two aliases in DNS, no file and no certificate of yours. The "
                             "provider then decides the policy, its strictness included.")};
    case HostingGroup::Kind::ByHand:
        break;
    }
    return {Hostings::tr("Somewhere &else, by hand"),
            Hostings::tr(
                    "Needs any web server with a certificate. You get just the file and the DNS "
                    "records.")};
}

QString hostingWhy(const HostingGroup &group)
{
    switch (group.why) {
    case HostingGroup::Why::Served:
        return Hostings::tr("Recommended: the policy host leads there today (%1).")
                .arg(isolated(group.whose));
    case HostingGroup::Why::DnsHost:
        return Hostings::tr("Recommended: the DNS of this domain is at %1.")
                .arg(isolated(group.whose));
    case HostingGroup::Why::Provider:
        return Hostings::tr("Recommended: %1 runs your mail servers and offers it.")
                .arg(isolated(group.whose));
    case HostingGroup::Why::No:
        break;
    }
    return {};
}

QString hostingLabel(Hosting hosting)
{
    switch (hosting) {
    case Hosting::CloudflareWorker:
        return Hostings::tr("Cloudflare Worker");
    case Hosting::Nginx:
        return QStringLiteral("nginx");
    case Hosting::Apache:
        return QStringLiteral("Apache");
    case Hosting::Caddy:
        return QStringLiteral("Caddy");
    case Hosting::GithubPages:
        return QStringLiteral("GitHub Pages");
    case Hosting::Netlify:
        return QStringLiteral("Netlify");
    case Hosting::CloudflarePages:
        return QStringLiteral("Cloudflare Pages");
    case Hosting::Delegated:
        return Hostings::tr("Mail provider");
    case Hosting::FilesOnly:
        return Hostings::tr("By hand");
    case Hosting::Undecided:
        break;
    }
    return Hostings::tr("Not chosen yet");
}

QString hostRecordText(const HostRecord &record)
{
    switch (record.standing) {
    case HostRecord::Standing::There:
        if (record.kind == HostRecord::Kind::ByHost)
            return Hostings::
                    tr("%1 exists and leads to %2. If that is not the Worker, remove the record "
                       "first: a custom domain cannot be added beside it.")
                            .arg(word(record.name), foundThere(record));
        return Hostings::tr("%1 exists and leads to %2. Make sure that this is the host you mean.")
                .arg(word(record.name), foundThere(record));
    case HostRecord::Standing::Elsewhere:
        return Hostings::
                tr("%1 leads to %2 today. Replace that by a CNAME record with the value %3; the "
                   "word in capitals stands for your own name there.")
                        .arg(word(record.name), foundThere(record), word(record.target));
    case HostRecord::Standing::Unknown:
        return joined({Hostings::tr("It is not known whether %1 exists.").arg(word(record.name)),
                       toAdd(record)});
    case HostRecord::Standing::Missing:
        break;
    }
    return joined({Hostings::tr("%1 does not exist yet.").arg(word(record.name)), toAdd(record)});
}

QStringList hostingNotes(const Deployment &wanted, const LiveState &live)
{
    QStringList notes;
    if (const auto record = hostRecord(wanted, live))
        notes << hostRecordText(*record);
    notes << certificateNote(wanted);
    if (wanted.isDelegated())
        notes << Hostings::tr(
                "Before you move your mail to another provider, publish a policy of your "
                "own, or mail is lost while the old one is remembered.");
    else
        notes << Hostings::tr(
                "There must be no redirect at this address: mail servers do not follow "
                "one. Browser checks and bot rules must not apply to it either.");
    return notes;
}

StepWords deliveryWords(const DeliveryStep &step, const Deployment &wanted)
{
    switch (step.kind) {
    case DeliveryStep::Kind::Host:
        return {Hostings::tr("Make the policy host reachable"),
                joined({hostRecordText(*step.host), certificateNote(wanted)})};
    case DeliveryStep::Kind::File:
        return {Hostings::tr("Put the policy file there"),
                Hostings::tr("It must be read at %1, as text/plain and without a redirect.")
                        .arg(word("https://" + wanted.policyHost() + "/.well-known/mta-sts.txt"))};
    case DeliveryStep::Kind::Look:
        return {Hostings::tr("Look at it as mail servers do"),
                Hostings::tr(
                        "Go on only when the answer has status 200, a good certificate and the "
                        "text of the policy. The next page looks by itself.")};
    case DeliveryStep::Kind::Wait:
        return {Hostings::tr("Then wait, and delete nothing"),
                Hostings::tr(
                        "Keep file, certificate and record until every mail server has forgotten "
                        "the old policy. Delete the record first and the host last.")};
    case DeliveryStep::Kind::Record:
        break;
    }
    const QString type = QString::fromLatin1(typeName(step.record->type));
    const QString record = Hostings::tr("The %1 record %2 with the value %3.")
                                   .arg(type, word(step.record->name), word(step.record->data));
    if (step.code == "reports")
        return {Hostings::tr("Publish the record for reports"),
                joined({record,
                        Hostings::tr("It asks for reports, so that the first trouble is told.")})};
    if (step.code == "alias")
        return {Hostings::tr("Publish the alias of the policy host"),
                joined({record, Hostings::tr("No other record may stand beside it.")})};
    if (step.code == "tlsa")
        return {Hostings::tr("When all that stands, publish the TLSA record"),
                joined({record,
                        Hostings::tr("Senders that check DANE insist on it from then on.")})};
    if (step.code == "tlsa-gone")
        return {Hostings::tr("Then take out the TLSA record that fits no key"),
                Hostings::tr("The %1 record %2 with the value %3.")
                        .arg(type, word(step.record->name), word(step.record->data))};
    return {Hostings::tr("Last, publish the _mta-sts record"),
            joined({record,
                    Hostings::tr("It makes mail servers look for the policy. There must be only "
                                 "one of its kind.")})};
}
