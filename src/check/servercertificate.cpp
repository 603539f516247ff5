// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8461 4.2, RFC 9525 6.3; TLS-14, 17, 18, 19.
#include "check/servercertificate.h"

namespace {

constexpr Group G = Group::Mx;
constexpr qint64 SoonSeconds = qint64(14) * 86400;

QString shownDate(const QDateTime &time)
{
    return time.toUTC().date().toString(Qt::ISODate);
}

void judgeTrust(const PkixVerdict &pkix, Severity severity, const QString &name,
                const QString &subject, const QString &evidence, Findings &findings)
{
    if (pkix.localRoot)
        findings.add("STS-47.local", Severity::Unknown, G, subject, {name}, evidence);
    if (pkix.trusted)
        return;
    if (pkix.expired || pkix.notYetValid)
        return; // the date is the reason, and is told
    if (pkix.selfSigned)
        findings.add("STS-74.selfsigned", severity, G, subject, {name}, evidence);
    else if (pkix.incomplete)
        findings.add("STS-74.chain", severity, G, subject, {name}, evidence);
    else
        findings.add("STS-74.trust", severity, G, subject, {name, pkix.error}, evidence);
}

void judgeDates(const PkixVerdict &pkix, const Certificate &leaf, Severity severity,
                const QDateTime &now, const QString &name, const QString &subject,
                Findings &findings)
{
    if (pkix.expired)
        findings.add("TLS-18", severity, G, subject, {name, shownDate(leaf.notAfter)});
    else if (pkix.notYetValid)
        findings.add("TLS-18.early", severity, G, subject, {name, shownDate(leaf.notBefore)});
    else if (endsSoon(leaf, now))
        findings.add("TLS-18.soon", Severity::Warning, G, subject,
                     {name, shownDate(leaf.notAfter)});
}

} // namespace

bool isOldTls(const QByteArray &protocol)
{
    return protocol == "TLSv1" || protocol == "TLSv1.1" || protocol == "SSLv3";
}

Certificate weakestOf(const TlsFacts &tls)
{
    return certificateFromDer(tls.pkix.weakest).value_or(tls.chain.value(0));
}

bool endsSoon(const Certificate &certificate, const QDateTime &now)
{
    const qint64 lifetime = certificate.notBefore.secsTo(certificate.notAfter);
    return now.secsTo(certificate.notAfter) < std::min(SoonSeconds, lifetime / 3);
}

void judgeServerCertificate(const Context &context, const MailHost &host, const AddressLook &look,
                            const QString &subject, Findings &findings)
{
    const TlsFacts &tls = look.smtp.tls;
    if (!tls.established)
        return;
    const QString name = QString::fromLatin1(host.name);
    if (isOldTls(tls.protocol))
        findings.add("STS-76", Severity::Error, G, subject,
                     {name, QString::fromLatin1(tls.protocol)});
    if (tls.chain.isEmpty() || !tls.pkix.looked) {
        findings.add("STS-74.unknown", Severity::Unknown, G, subject, {name});
        return;
    }
    // Without MTA-STS no sender refuses for the certificate yet: then it is what to mend first.
    const bool isRefused = !context.stsIsAbsent && !context.stsIsUndecided;
    const Severity severity = isRefused ? Severity::Error : Severity::Warning;
    const PkixVerdict &pkix = tls.pkix;
    const Certificate &leaf = tls.chain.first();
    const QString names = leaf.dnsNames.join(QStringLiteral(", "));
    const QString evidence = QStringLiteral("%1; %2; %3").arg(leaf.subject, names, leaf.issuer);
    judgeTrust(pkix, severity, name, subject, evidence, findings);
    judgeDates(pkix, leaf, severity, context.survey.at, name, subject, findings);
    if (!pkix.nameMatches)
        findings.add(leaf.dnsNames.isEmpty() ? "TLS-17.cn" : "STS-74.name", severity, G, subject,
                     {name, names.isEmpty() ? leaf.commonName : names}, evidence);
    if (pkix.weak) {
        const Certificate weak = weakestOf(tls);
        const QString how =
                QStringLiteral("%1 %2, %3")
                        .arg(QString::fromLatin1(weak.keyType), QString::number(weak.keyBits),
                             QString::fromLatin1(weak.signatureAlgorithm));
        findings.add(weak == leaf ? "TLS-19" : "TLS-19.issuer", severity, G, subject,
                     {name, how, weak.subject}, evidence);
    }
    if (pkix.isValid())
        findings.add("STS-74.ok", Severity::Ok, G, subject, {name, shownDate(leaf.notAfter)},
                     evidence);
}
