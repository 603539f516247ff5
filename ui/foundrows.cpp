// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "foundrows.h"

#include "base/printable.h"
#include "mail/policy.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"
#include "preset/dnshost.h"
#include "preset/mailprovider.h"
#include "survey/survey.h"
#include "texts.h"

#include <QCoreApplication>

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
FoundRow open(const QString &name, const QString &doing, bool looking, const QString &why = {})
{
    if (looking && why.isEmpty())
        return {name, doing, std::nullopt, {}};
    return {name,
            why.isEmpty() ? FoundRows::tr("Not tested") : FoundRows::tr("Not tested: %1").arg(why),
            Severity::Unknown,
            {}};
}

FoundRow hostRow(const MailHost &host, bool looking)
{
    const QString name = shown(host.name);
    if (!host.done)
        return open(name, FoundRows::tr("Connecting…"), looking);
    bool certified = true;
    int encrypted = 0;
    QString why;
    for (const AddressLook &look : host.addresses) {
        if (look.skip != AddressLook::Skip::No)
            continue;
        const SmtpFacts &smtp = look.smtp;
        if (smtp.end == SmtpFacts::End::NoStartTls || smtp.end == SmtpFacts::End::StartTlsRefused)
            return {name, FoundRows::tr("Offers no encryption (STARTTLS)"), Severity::Warning, {}};
        if (smtp.tls.established) {
            ++encrypted;
            certified = certified && smtp.tls.pkix.isValid();
        } else {
            why = smtp.problem.isEmpty() ? FoundRows::tr("no connection") : smtp.problem;
        }
    }
    if (encrypted == 0 || !why.isEmpty())
        return open(name, {}, false, why);
    if (!certified)
        return {name,
                FoundRows::tr("Encrypts, but its certificate does not verify"),
                Severity::Warning,
                {}};
    return {name, FoundRows::tr("Encrypts, certificate matches"), Severity::Ok, {}};
}

FoundRow serversRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Mail servers (MX)");
    if (survey.nullMx)
        return {name,
                FoundRows::tr("None: this domain says that it receives no mail"),
                Severity::Warning,
                {}};
    if (survey.mx && !survey.mx->isKnown())
        return open(name, {}, false, survey.mx->why);
    if (!survey.hostsKnown)
        return open(name, FoundRows::tr("Looking up…"), looking);
    FoundRow row{name, {}, Severity::Ok, {}};
    for (const MailHost &host : survey.hosts)
        row.parts << hostRow(host, looking);
    row.text = survey.implicitMx
                       ? FoundRows::tr("No MX record: other servers try the domain itself")
                       : FoundRows::tr("%n server(s)", nullptr, int(survey.hosts.size()));
    if (survey.implicitMx)
        row.result = Severity::Warning;
    return row;
}

FoundRow providerRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("Mail provider");
    if (!survey.hostsKnown)
        return open(name, FoundRows::tr("Waiting for the mail servers"), looking);
    QList<QByteArray> hosts;
    for (const MailHost &host : survey.hosts)
        hosts << host.name;
    const std::optional<MailProvider> provider = recogniseMailProvider(hosts);
    if (!provider)
        return {name,
                FoundRows::tr("None that is known: the names are used as they are"),
                Severity::Info,
                {}};
    return {name,
            FoundRows::tr("%1: the names that it recommends are filled in").arg(provider->name),
            Severity::Info,
            {}};
}

FoundRow dnsHostRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("DNS service");
    if (!survey.ns)
        return open(name, FoundRows::tr("Looking up…"), looking);
    if (!survey.ns->isKnown())
        return open(name, {}, false, survey.ns->why);
    const std::optional<DnsHost> host = recogniseDnsHost(targets(*survey.ns));
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
        return {name, FoundRows::tr("The signatures do not hold"), Severity::Error, {}};
    case Security::Unknown:
        break;
    }
    return open(name, FoundRows::tr("Validating…"), looking);
}

FoundRow recordRow(const Survey &survey, bool looking)
{
    const QString name = FoundRows::tr("MTA-STS record");
    if (!survey.sts)
        return open(name, FoundRows::tr("Looking up…"), looking);
    if (!survey.sts->isKnown())
        return open(name, {}, false, survey.sts->why);
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
        return open(name, FoundRows::tr("Fetching…"), looking);
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
        return open(name, {}, false);
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
        return open(name, FoundRows::tr("Looking up…"), looking);
    if (!survey.tlsRpt->isKnown())
        return open(name, {}, false, survey.tlsRpt->why);
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
    return {serversRow(survey, looking), providerRow(survey, looking), dnsHostRow(survey, looking),
            recordRow(survey, looking),  policyRow(survey, looking),   reportsRow(survey, looking),
            dnssecRow(survey, looking)};
}
