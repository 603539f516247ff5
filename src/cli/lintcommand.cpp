// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts lint policy|sts|tlsrpt|domain: judges one thing offline, on octets.
#include "base/printable.h"
#include "check/judges.h"
#include "cli/output.h"
#include "cli/textreport.h"
#include "mail/policy.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"

namespace {

constexpr qint64 MostOctets = 32 * 1024 * 1024; // enough to say "too large" of anything real

struct Lint
{
    Lint() = default;
    Lint(const QString &whichKind, const QString &whichOutcome)
        : kind(whichKind)
        , outcome(whichOutcome)
    {
    }
    QString kind;
    QString outcome;
    QJsonObject value;
    QJsonArray coverage;
    QList<Finding> findings;
};

void addFindings(Lint &lint, const QList<Issue> &issues, Group group, const QString &subject)
{
    for (const Issue &issue : issues)
        lint.findings.append(toFinding(issue, group, subject));
}

QJsonArray extensionsJson(const QList<QPair<QByteArray, QByteArray>> &extensions)
{
    QJsonArray array;
    for (const auto &[name, value] : extensions)
        array.append(QJsonArray{QString::fromUtf8(name), QString::fromUtf8(value)});
    return array;
}

Lint lintPolicy(const QByteArray &body, const QStringList &hosts)
{
    const PolicyReading reading = readPolicy(body);
    Lint lint{QStringLiteral("policy"),
              reading.policy ? QStringLiteral("accept") : QStringLiteral("reject")};
    addFindings(lint, reading.issues, Group::Policy, lint.kind);
    if (!reading.policy)
        return lint;
    const Policy &policy = *reading.policy;
    addFindings(lint, adviseOnPolicy(policy, {}), Group::Policy, lint.kind);
    QJsonArray mx;
    for (const MxPattern &pattern : policy.mx)
        mx.append(QString::fromLatin1(pattern.text()));
    lint.value = {{QStringLiteral("version"), QStringLiteral("STSv1")},
                  {QStringLiteral("mode"), QString::fromLatin1(modeName(policy.mode))},
                  {QStringLiteral("max_age"), policy.maxAge},
                  {QStringLiteral("mx"), mx},
                  {QStringLiteral("extensions"), extensionsJson(policy.extensions)}};
    for (const QString &host : hosts) {
        const bool isCovered = anyMatches(policy.mx, host.toUtf8());
        lint.coverage.append(QJsonObject{{QStringLiteral("host"), host},
                                         {QStringLiteral("covered"), isCovered}});
        addFindings(lint, {coverageOf(policy, host.toUtf8())}, Group::Policy, printable(host));
    }
    return lint;
}

Lint lintSts(const QList<QByteArray> &records)
{
    const StsReading reading = readStsRecords(records);
    Lint lint{QStringLiteral("sts"), QString::fromLatin1(recordOutcomeName(reading.outcome))};
    addFindings(lint, reading.issues, Group::Record, QStringLiteral("_mta-sts"));
    if (reading.outcome == RecordOutcome::Valid)
        lint.value = {{QStringLiteral("id"), QString::fromLatin1(reading.id)},
                      {QStringLiteral("extensions"), extensionsJson(reading.extensions)}};
    return lint;
}

Lint lintTlsRpt(const QList<QByteArray> &records)
{
    const TlsRptReading reading = readTlsRptRecords(records, {});
    Lint lint{QStringLiteral("tlsrpt"), QString::fromLatin1(recordOutcomeName(reading.outcome))};
    addFindings(lint, reading.issues, Group::Report, QStringLiteral("_smtp._tls"));
    QJsonArray rua;
    for (const QByteArray &uri : reading.rua)
        rua.append(QString::fromLatin1(uri));
    lint.value = {{QStringLiteral("rua"), rua}};
    return lint;
}

Lint lintDomain(const QString &typed)
{
    const TypedDomain read = DomainName::parse(typed);
    using Outcome = TypedDomain::Outcome;
    Lint lint{QStringLiteral("domain"), read.outcome == Outcome::Accept ? QStringLiteral("accept")
                                        : read.outcome == Outcome::Ask  ? QStringLiteral("ask")
                                                                        : QStringLiteral("reject")};
    addFindings(lint, read.issues, Group::Input, printable(typed));
    if (read.outcome != Outcome::Reject)
        lint.value = {{QStringLiteral("ascii"), QString::fromLatin1(read.domain.ascii())},
                      {QStringLiteral("display"), read.domain.display()}};
    if (!read.suggestion.isEmpty())
        lint.value.insert(QStringLiteral("suggestion"),
                          QString::fromLatin1(read.suggestion.ascii()));
    return lint;
}

void printLint(const Lint &lint, bool asJson)
{
    if (asJson) {
        QJsonObject object{{QStringLiteral("schema"), QStringLiteral("mta-sts-lint/1")},
                           {QStringLiteral("kind"), lint.kind},
                           {QStringLiteral("outcome"), lint.outcome},
                           {QStringLiteral("value"), lint.value},
                           {QStringLiteral("coverage"), lint.coverage},
                           {QStringLiteral("findings"), findingsJson(lint.findings)}};
        writeJson(object);
        return;
    }
    QString text = QStringLiteral("%1: %2\n").arg(lint.kind, lint.outcome);
    for (auto member = lint.value.begin(); member != lint.value.end(); ++member) {
        const QString value =
                member->isArray()
                        ? QStringLiteral("%1").arg(QStringList(member->toVariant().toStringList())
                                                           .join(QStringLiteral(", ")))
                        : member->toVariant().toString();
        if (!value.isEmpty())
            text += QStringLiteral("  %1: %2\n").arg(member.key(), printable(value));
    }
    writeOut((text + findingsText(lint.findings)).toUtf8());
}

} // namespace

int lintCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
            "Options", "Judges a policy file, TXT records or a typed domain, offline."));
    parser.addPositionalArgument(
            QStringLiteral("WHAT"),
            QStringLiteral("policy FILE | sts TXT... | tlsrpt TXT... | domain TEXT"),
            QStringLiteral("lint WHAT"));
    parser.addOptions({
            {QStringLiteral("mx"),
             QCoreApplication::translate(
                     "Options", "Is this mail server covered by the policy? May be given again."),
             QStringLiteral("HOST")},
            {QStringLiteral("json"), QCoreApplication::translate("Options", "One JSON document.")},
    });
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const QStringList words = parser.positionalArguments();
    const QString kind = words.value(0);
    // The words are octets, each carried as one character (main.cpp), until a kind wants text.
    QList<QByteArray> octets;
    for (const QString &word : words.mid(1))
        octets.append(word.toLatin1());
    Lint lint;
    if (kind == QLatin1String("policy") && words.size() == 2) {
        const auto body = readInput(QString::fromLocal8Bit(octets.first()), MostOctets);
        if (!body)
            return usageError(body.error().what);
        lint = lintPolicy(*body, parser.values(QStringLiteral("mx")));
    } else if (kind == QLatin1String("sts")) {
        lint = lintSts(octets);
    } else if (kind == QLatin1String("tlsrpt")) {
        lint = lintTlsRpt(octets);
    } else if (kind == QLatin1String("domain") && words.size() == 2) {
        lint = lintDomain(QString::fromUtf8(octets.first()));
    } else {
        return usageError(QStringLiteral(
                "lint wants one of: policy FILE, sts TXT..., tlsrpt TXT..., domain TEXT"));
    }
    printLint(lint, parser.isSet(QStringLiteral("json")));
    return exitStatusOf(lint.findings);
}
