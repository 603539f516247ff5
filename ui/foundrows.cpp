// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "foundrows.h"

#include "base/printable.h"
#include "deploy/hostingoptions.h"
#include "deploy/proposal.h"
#include "mail/policy.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"
#include "preset/mailprovider.h"
#include "serverstate.h"
#include "survey/survey.h"
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

struct FoundRows
{
    Q_DECLARE_TR_FUNCTIONS(FoundRows)
};

QString shown(const QByteArray &name)
{
    return isolated(printable(name));
}

/// A row without an answer: on its way, or not tested once nobody is looking any more.
FoundRow open(const Survey &survey, const QString &name, const QString &doing, bool looking,
              const QString &why = {})
{
    if (looking && why.isEmpty())
        return {name, doing, std::nullopt, {}};
    QString reason = isolated(why);
    if (survey.cancelled && why.isEmpty())
        reason = FoundRows::tr("stopped");
    return {name,
            reason.isEmpty() ? FoundRows::tr("Not tested")
                             : FoundRows::tr("Not tested: %1").arg(reason),
            Severity::Unknown,
            {}};
}

FoundRow hostRow(const Survey &survey, const MailHost &host, bool looking)
{
    using Kind = ServerState::Kind;
    const ServerState state = serverState(survey, host, looking);
    FoundRow row{shown(host.name), state.text, std::nullopt, {}};
    switch (state.kind) {
    case Kind::Waiting:
        break;
    case Kind::NotTested:
        row.result = Severity::Unknown;
        break;
    case Kind::NoEncryption:
    case Kind::Mismatch:
        row.result = Severity::Warning;
        break;
    case Kind::Matches:
        row.result = Severity::Ok;
        break;
    }
    return row;
}

bool hasNoAddress(const Survey &survey)
{
    return survey.implicitMx && survey.hosts.size() == 1 && survey.hosts.constFirst().a &&
           survey.hosts.constFirst().aaaa && survey.hosts.constFirst().a->isAbsent() &&
           survey.hosts.constFirst().aaaa->isAbsent();
}

FoundRow serversRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Mail servers (MX)");
    if (survey.nullMx)
        return {name,
                FoundRows::tr("None: this domain says that it receives no mail"),
                Severity::Warning,
                {}};
    if (survey.mx && survey.mx->security == Security::Bogus)
        return {name,
                FoundRows::tr("The DNSSEC signatures do not hold: %1").arg(survey.mx->why),
                Severity::Error,
                {}};
    if (survey.mx && !survey.mx->isKnown())
        return open(survey, name, {}, false, survey.mx->why);
    if (!survey.hostsKnown)
        return open(survey, name, FoundRows::tr("Looking up…"), looking);
    if (survey.mx && survey.mx->status == AnswerStatus::NoName)
        return {name, FoundRows::tr("None: the domain does not exist"), Severity::Error, {}};
    if (hasNoAddress(survey))
        return {name, FoundRows::tr("None: no MX record and no address"), Severity::Warning, {}};
    if (survey.implicitMx)
        return {name,
                FoundRows::tr("No MX record: other servers try the domain itself"),
                Severity::Warning,
                {}};
    const int count = int(survey.hosts.size());
    if (count == 0)
        return {name, FoundRows::tr("The MX records cannot be read"), Severity::Error, {}};
    QString text = FoundRows::tr("%n server(s)", nullptr, count);
    text = FoundRows::tr("%1: %2", "2 servers: mx1.example.org and 1 more")
                   .arg(text, count == 1 ? shown(survey.hosts.constFirst().name)
                                         : FoundRows::tr("%1 and %n more", nullptr, count - 1)
                                                   .arg(shown(survey.hosts.constFirst().name)));
    if (survey.mx && survey.mx->cut)
        return {name,
                FoundRows::tr("%1. There are more than are looked at.").arg(text),
                Severity::Unknown,
                {}};
    return {name, text, Severity::Ok, {}};
}

/// All mail servers in one line; each of them below it.
FoundRow encryptionRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Encryption (port 25)");
    if (!survey.hostsKnown)
        return open(survey, name, FoundRows::tr("Waiting for the mail servers"), looking);
    if (survey.hosts.isEmpty() || hasNoAddress(survey))
        return {name, FoundRows::tr("No mail server to connect to"), Severity::Unknown, {}};
    FoundRow row{name, {}, Severity::Ok, {}};
    int done = 0;
    QString waitsFor;
    for (const MailHost &host : survey.hosts) {
        row.parts << hostRow(survey, host, looking);
        const FoundRow &part = row.parts.constLast();
        done += part.result ? 1 : 0;
        if (!part.result && waitsFor.isEmpty())
            waitsFor = part.name;
        if (part.result && severityRank(*part.result) < severityRank(*row.result)) {
            row.result = part.result;
            row.text =
                    FoundRows::tr("%1: %2", "mail server: what was seen").arg(part.name, part.text);
        }
    }
    if (!waitsFor.isEmpty()) {
        row.result.reset();
        row.text = FoundRows::tr("Connecting to %1 (%2 of %3 done)…")
                           .arg(waitsFor, QLocale().toString(done),
                                QLocale().toString(survey.hosts.size()));
    } else if (*row.result == Severity::Ok) {
        row.text = FoundRows::tr("Every server encrypts, and the certificates match");
    }
    return row;
}

FoundRow providerRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Mail provider");
    if (!survey.hostsKnown)
        return open(survey, name, FoundRows::tr("Waiting for the mail servers"), looking);
    const std::optional<MailProvider> provider = recogniseMailProvider(mailServerNames(survey));
    if (!provider)
        return {name,
                FoundRows::tr("None that is known: the names are used as they are"),
                Severity::Info,
                {}};
    return {name, provider->name, Severity::Info, {}};
}

FoundRow dnsHostRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("DNS service");
    if (!survey.ns)
        return open(survey, name, FoundRows::tr("Looking up…"), looking);
    if (!survey.ns->isKnown())
        return open(survey, name, {}, false, survey.ns->why);
    const std::optional<DnsHost> host = dnsHost(survey);
    return {name,
            host ? FoundRows::tr("%1: the records go into its panel").arg(host->name)
                 : FoundRows::tr("Not recognised: the records go where your DNS is run"),
            Severity::Info,
            {}};
}

FoundRow dnssecRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("DNSSEC");
    const Security security = survey.mx ? survey.mx->security : Security::Unknown;
    switch (security) {
    case Security::Secure:
        return {name, FoundRows::tr("Signed"), Severity::Ok, {}};
    case Security::Insecure:
        return {name,
                FoundRows::tr("Not signed: MTA-STS works without it, DANE does not"),
                Severity::Info,
                {}};
    case Security::Bogus:
        return {name,
                FoundRows::tr(
                        "The signatures do not hold: validating mail servers cannot reach you"),
                Severity::Error,
                {}};
    case Security::Unknown:
        break;
    }
    return open(survey, name, FoundRows::tr("Validating…"), looking);
}

FoundRow recordRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("MTA-STS record");
    if (!survey.sts)
        return open(survey, name, FoundRows::tr("Looking up…"), looking);
    if (!survey.sts->isKnown())
        return open(survey, name, {}, false, survey.sts->why);
    const StsReading reading = readStsRecords(texts(*survey.sts));
    if (reading.outcome == RecordOutcome::None)
        return {name, FoundRows::tr("Not set up yet"), Severity::Info, {}};
    if (reading.outcome != RecordOutcome::Valid)
        return {name,
                FoundRows::tr("There, but other servers cannot use it"),
                Severity::Warning,
                {}};
    const QString id = shown(reading.id);
    return {name,
            survey.sts->isAlias() ? FoundRows::tr("Set up by an alias (CNAME) to %1")
                                            .arg(shown(survey.sts->canonicalName))
                                  : FoundRows::tr("Set up, id %1").arg(id),
            Severity::Ok,
            {}};
}

FoundRow policyRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Policy file");
    if (!survey.policyDone)
        return open(survey, name, FoundRows::tr("Fetching…"), looking);
    for (const PolicyFetch &fetch : survey.fetches) {
        const auto policy = fetch.status == 200 ? readPolicy(fetch.body).policy : std::nullopt;
        if (policy)
            return {name,
                    FoundRows::tr("There, mode “%1”")
                            .arg(QString::fromLatin1(modeName(policy->mode))),
                    Severity::Ok,
                    {}};
    }
    const auto absent = [](const std::optional<DnsAnswer> &answer) {
        return answer && answer->isAbsent();
    };
    if (absent(survey.policyA) && absent(survey.policyAaaa))
        return {name, FoundRows::tr("Not there yet"), Severity::Info, {}};
    if (survey.fetches.isEmpty())
        return open(survey, name, {}, false);
    const QString why = survey.fetches.constFirst().problem;
    return {name,
            why.isEmpty() ? FoundRows::tr("Cannot be used by other servers")
                          : FoundRows::tr("Cannot be read: %1").arg(why),
            Severity::Warning,
            {}};
}

FoundRow reportsRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("TLS reports");
    if (!survey.tlsRpt)
        return open(survey, name, FoundRows::tr("Looking up…"), looking);
    if (!survey.tlsRpt->isKnown())
        return open(survey, name, {}, false, survey.tlsRpt->why);
    const TlsRptReading reading = readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii());
    if (reading.outcome == RecordOutcome::None)
        return {name, FoundRows::tr("Not set up yet"), Severity::Info, {}};
    if (reading.outcome != RecordOutcome::Valid)
        return {name,
                FoundRows::tr("There, but other servers cannot use it"),
                Severity::Warning,
                {}};
    return {name,
            FoundRows::tr("Set up, to %1").arg(shown(reading.rua.join(", "))),
            Severity::Ok,
            {}};
}

} // namespace

QList<FoundRow> foundRows(const Survey &survey, bool looking)
{
    return {serversRow(survey, looking), providerRow(survey, looking),  dnsHostRow(survey, looking),
            dnssecRow(survey, looking),  recordRow(survey, looking),    policyRow(survey, looking),
            reportsRow(survey, looking), encryptionRow(survey, looking)};
}
