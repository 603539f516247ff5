// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// STARTTLS of every address of every mail server: RFC 3207, RFC 8461 4.2, 7.2. Which addresses could
// be reached decides between "the server" and "this network" (TLS-22, TLS-28).
#include "check/judges.h"
#include "check/servercertificate.h"

namespace {

constexpr Group G = Group::Mx;
using End = SmtpFacts::End;

bool wasReached(const AddressLook &look)
{
    return look.smtp.tookConnection();
}

/// True when the address was not looked at, with the reason as a finding.
bool judgeSkipped(const MailHost &host, const AddressLook &look, Findings &findings)
{
    using Skip = AddressLook::Skip;
    const QString subject = subjectOf(host, look);
    const QStringList values{QString::fromLatin1(host.name), look.address.toString()};
    switch (look.skip) {
    case Skip::No:
        return false;
    case Skip::Private:
        findings.add("TLS-31", Severity::Error, G, subject, values);
        break;
    case Skip::NoIpv6:
        findings.add("TLS-29", Severity::Unknown, G, subject, values);
        break;
    case Skip::SmtpOff:
        findings.add("TLS-22.off", Severity::Unknown, G, subject, values);
        break;
    case Skip::TooMany:
        findings.add("TLS-1.cut", Severity::Unknown, G, subject, values);
        break;
    }
    return true;
}

void judgeUnreached(const Survey &survey, const MailHost &host, const AddressLook &look,
                    Findings &findings)
{
    const QString subject = subjectOf(host, look);
    const QStringList values{QString::fromLatin1(host.name), look.address.toString()};
    const bool otherAddress = std::any_of(host.addresses.begin(), host.addresses.end(), wasReached);
    const bool otherHost =
            std::any_of(survey.hosts.begin(), survey.hosts.end(), [](const MailHost &other) {
                return std::any_of(other.addresses.begin(), other.addresses.end(), wasReached);
            });
    if (otherAddress)
        findings.add("TLS-28", Severity::Warning, G, subject, values, look.smtp.problem);
    else if (otherHost)
        findings.add("TLS-28.host", Severity::Warning, G, subject, values, look.smtp.problem);
    else if (!survey.finished)
        return; // whether port 25 is blocked here is not known yet
    else if (survey.port25 == Port25::Open)
        findings.add("TLS-28.all", Severity::Error, G, subject, values, look.smtp.problem);
    else if (survey.port25 == Port25::NoNetwork)
        findings.add("TLS-22.nonetwork", Severity::Unknown, G, subject, values, look.smtp.problem);
    else
        findings.add(survey.port25 == Port25::Blocked ? "TLS-22" : "TLS-22.unsure",
                     Severity::Unknown, G, subject, values, look.smtp.problem);
}

/// A dialogue that ended early says nothing of what would have come: what the probe warns of is then
/// something not seen (TLS-3, TLS-21, TLS-23), and no fault of the domain.
QList<Issue> issuesOf(const SmtpFacts &facts)
{
    QList<Issue> issues = facts.issues;
    const bool isEarly = facts.end == End::TimedOut || facts.end == End::TemporaryRefusal ||
                         facts.end == End::PermanentRefusal || facts.end == End::RefusesUs ||
                         facts.end == End::Closed;
    for (Issue &issue : issues) {
        const bool isEnd = issue.rule() == "TLS-3" || issue.id == "TLS-21" ||
                           issue.rule() == "TLS-22" || issue.rule() == "TLS-23";
        if (isEarly && isEnd && issue.severity == Severity::Warning)
            issue.severity = Severity::Unknown;
    }
    return issues;
}

bool hasRule(const SmtpFacts &facts, const QByteArray &rule)
{
    return std::any_of(facts.issues.begin(), facts.issues.end(),
                       [&](const Issue &issue) { return issue.rule() == rule; });
}

/// The dialogue's own issues have their severities; an end without one gets its sentence here.
void judgeDialogue(const MailHost &host, const AddressLook &look, Findings &findings)
{
    const QString subject = subjectOf(host, look);
    const SmtpFacts &facts = look.smtp;
    const QStringList values{QString::fromLatin1(host.name), facts.problem};
    const QString evidence = facts.problem.isEmpty() ? facts.greeting : facts.problem;
    const QList<Issue> issues = issuesOf(facts);
    findings.add(issues, G, subject, evidence);
    const auto isVerdict = [](const Issue &issue) {
        return issue.severity == Severity::Error || issue.severity == Severity::Unknown;
    };
    const bool isJudged = std::any_of(issues.begin(), issues.end(), isVerdict);
    switch (facts.end) {
    case End::Done:
        if (!isJudged && !isOldTls(facts.tls.protocol)) // STS-76 tells
            findings.add("STS-77.ok", Severity::Ok, G, subject,
                         {values.first(), QString::fromLatin1(facts.tls.protocol)}, facts.greeting);
        return;
    case End::NoStartTls:
        if (hasRule(facts, "TLS-24")) // the firewall may be on this side
            findings.add("TLS-24.unseen", Severity::Unknown, G, subject, values, evidence);
        else if (!isJudged)
            findings.add("STS-77.end", Severity::Error, G, subject, values, evidence);
        return;
    case End::TlsFailed:
        if (!isJudged)
            findings.add("STS-77.handshake", Severity::Error, G, subject,
                         {values.first(), facts.tls.alert}, facts.tls.alert);
        return;
    case End::StartTlsRefused:
        if (!isJudged)
            findings.add("TLS-8.end", Severity::Error, G, subject, values, evidence);
        return;
    case End::Injection:
        if (!isJudged)
            findings.add("TLS-9.end", Severity::Error, G, subject, values, evidence);
        return;
    default:
        if (!isJudged)
            findings.add("TLS-3.unfinished", Severity::Unknown, G, subject, values, evidence);
    }
}

void judgeWithoutSni(const MailHost &host, const AddressLook &look, Findings &findings)
{
    if (!look.smtp.tls.established || !look.withoutSni)
        return;
    const SmtpFacts &plain = *look.withoutSni;
    // STS-75, DANE-25: absent SNI must be answered with some certificate.
    if (plain.end == End::TlsFailed && plain.tls.peerSentAlert)
        findings.add("STS-75", Severity::Error, G, subjectOf(host, look),
                     {QString::fromLatin1(host.name)}, plain.tls.alert);
}

} // namespace

void judgeMailHosts(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    if (!survey.hostsKnown) {
        if (survey.finished && survey.mx && survey.mx->isKnown())
            findings.add("TLS-22.unsure", Severity::Unknown, G, survey.domain.display(), {}, {});
        return;
    }
    for (const MailHost &host : survey.hosts) {
        for (const AddressLook &look : host.addresses) {
            if (judgeSkipped(host, look, findings))
                continue;
            const bool isCut = look.smtp.end == End::Cancelled || look.smtp.end == End::NotTried;
            if (!look.done || isCut) {
                if (survey.finished)
                    findings.add("TLS-3.stopped", Severity::Unknown, G, subjectOf(host, look),
                                 {QString::fromLatin1(host.name)});
                // The certificate is known before the server has said all.
                judgeServerCertificate(context, host, look, subjectOf(host, look), findings);
                continue;
            }
            if (!wasReached(look)) {
                judgeUnreached(survey, host, look, findings);
                continue;
            }
            judgeDialogue(host, look, findings);
            judgeServerCertificate(context, host, look, subjectOf(host, look), findings);
            judgeWithoutSni(host, look, findings);
        }
    }
}
