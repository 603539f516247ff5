// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa check: would a DANE sender accept this chain?
#include "base/printable.h"
#include "check/danecauses.h"
#include "cli/output.h"
#include "cli/textreport.h"
#include "dane/livetlsa.h"
#include "dane/tlsamaking.h"
#include "dns/record.h"
#include "survey/network.h"

namespace {

constexpr qint64 MostPem = 1048576; // T-37

Result<QList<Certificate>> readChain(const QString &path)
{
    const auto pem = readInput(path, MostPem);
    if (!pem)
        return tl::unexpected(pem.error());
    // T-37: a private key has no business here, and is not kept.
    if (pem->contains("PRIVATE KEY"))
        return failed(
                Error::Kind::Refused,
                QStringLiteral("%1 holds a private key; give only the certificates").arg(path));
    const QList<Certificate> chain = certificatesFromPem(*pem);
    if (chain.isEmpty())
        return failed(Error::Kind::Malformed,
                      QStringLiteral("%1 holds no PEM certificate").arg(path));
    return chain;
}

Result<QList<TlsaRecord>> readRecords(const QStringList &words, QList<Finding> &findings)
{
    QList<TlsaRecord> records;
    for (const QString &word : words) {
        const TlsaReading reading = readTlsa(word.toLatin1());
        for (const Issue &issue : reading.issues)
            findings.append(toFinding(issue, Group::Dane, word));
        if (!reading.record)
            return failed(Error::Kind::Malformed,
                          QStringLiteral("“%1” is not TLSA data such as '3 1 1 HEX'").arg(word));
        records.append(*reading.record);
    }
    return records;
}

/// What is judged, and where it came from.
struct Subject
{
    QString name; // of the mail server, as typed
    QList<QByteArray> names;
    std::optional<LiveTlsa> live; // none: the records are those on the command line
    QList<TlsaRecord> records;
};

/// The records as senders meet them now; what stands in their way becomes findings.
void lookUp(Subject &subject, quint16 port, const NetworkOptions &options, const Cancel &cancel,
            QList<Finding> &findings)
{
    Network network(options);
    for (const QString &problem : network.problems())
        usageError(problem);
    subject.live = lookUpTlsa(subject.names.first(), port, subject.names.mid(1),
                              network.doors().validating, cancel);
    const LiveTlsa &live = *subject.live;
    subject.records = live.records;
    subject.names = live.plan.names;
    for (Issue issue : live.plan.issues) {
        // The fault may be on the way from here: senders need not meet it.
        if (issue.id == "DANE-10" && live.isFailed)
            issue = {"DANE-1.unseen", Severity::Unknown, issue.values};
        findings.append(toFinding(issue, Group::Dane, subject.name));
    }
    if (live.plan.applies == DaneApplies::Unknown && live.plan.issues.isEmpty())
        findings.append(toFinding({"DANE-1.unseen", Severity::Unknown, {subject.name}}, Group::Dane,
                                  subject.name));
    if (live.plan.applies != DaneApplies::NotApplicable)
        return;
    if (live.plan.asksTlsa && live.records.isEmpty())
        findings.append(
                toFinding({"DANE-11", Severity::Info, {subject.name}}, Group::Dane, subject.name));
    else if (live.hasNoAddress) // a wrong name, most likely: its records say nothing
        findings.append(
                toFinding({"DNS-12", Severity::Error, {subject.name}}, Group::Dane, subject.name));
}

TlsaAnswer answerOf(const Subject &subject)
{
    if (!subject.live)
        return TlsaAnswer::Secure;
    switch (subject.live->plan.applies) {
    case DaneApplies::Applies:
        return TlsaAnswer::Secure;
    case DaneApplies::NotApplicable:
        return TlsaAnswer::Insecure;
    case DaneApplies::Unreachable:
        return subject.live->isFailed ? TlsaAnswer::Unknown : TlsaAnswer::Failed;
    default:
        return TlsaAnswer::Unknown;
    }
}

/// The verdict on each chain; the first that senders do not accept, else the first. A server with two
/// kinds of key shows one or the other, so that each has to match (DANE-38).
DaneVerdict judgeChains(const Subject &subject, const QList<QList<Certificate>> &chains,
                        QList<Finding> &findings)
{
    DaneInput input;
    input.records = subject.records;
    input.names = subject.names;
    input.now = QDateTime::currentDateTimeUtc();
    input.answer = answerOf(subject);
    std::optional<DaneVerdict> worst;
    QList<Issue> issues;
    for (const QList<Certificate> &chain : chains) {
        input.chain = chain;
        DaneVerdict verdict = judgeDane(input);
        if (verdict.result == DaneResult::Fail)
            verdict.issues += mistypedSelectors(input.records, chain.first());
        if (input.answer == TlsaAnswer::Secure) // else lookUp() has told why
            issues += verdict.issues;
        if (!worst || (worst->result == DaneResult::Authenticated &&
                       verdict.result != DaneResult::Authenticated))
            worst = verdict;
    }
    if (input.answer == TlsaAnswer::Secure && chains.size() > 1)
        issues +=
                judgePublishing({subject.records, chains, {}, true, subject.names.value(0)}).issues;
    for (const Issue &issue : withoutFollowers(issues, issues, subject.records)) {
        const Finding finding = toFinding(issue, Group::Dane, subject.name);
        if (!findings.contains(finding))
            findings.append(finding);
    }
    if (worst->result == DaneResult::Authenticated)
        findings.append(
                {"DANE-26.ok", Severity::Ok, Group::Dane, subject.name, {subject.name}, {}});
    return *worst;
}

/// Where the records were found, for one who reads the text.
QString sourceLine(const Subject &subject)
{
    if (!subject.live)
        return {};
    QString line = QString::fromLatin1(subject.live->owner);
    for (const TlsaRecord &record : subject.records)
        line += QStringLiteral("\n  ") + printable(tlsaToText(record), 160);
    return line + QLatin1Char('\n');
}

void print(const Subject &subject, const DaneVerdict &verdict, const QList<Finding> &findings,
           bool asJson)
{
    const QString result = QString::fromLatin1(daneResultName(verdict.result));
    if (!asJson) {
        writeOut((sourceLine(subject) + result + QLatin1Char('\n') + findingsText(findings))
                         .toUtf8());
        return;
    }
    QJsonArray usable;
    for (const int index : verdict.usable)
        usable.append(index);
    QJsonObject object{{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa/1")},
                       {QStringLiteral("result"), result},
                       {QStringLiteral("usable"), usable},
                       {QStringLiteral("findings"), findingsJson(findings)}};
    object.insert(QStringLiteral("matched"),
                  verdict.matched < 0 ? QJsonValue() : QJsonValue(verdict.matched));
    QJsonArray records;
    for (const TlsaRecord &record : subject.records)
        records.append(QString::fromLatin1(tlsaToText(record)));
    object.insert(QStringLiteral("records"), records);
    if (subject.live) {
        object.insert(QStringLiteral("owner"), QString::fromLatin1(subject.live->owner));
        object.insert(QStringLiteral("ttl"), subject.live->ttl);
        object.insert(QStringLiteral("dane"),
                      QString::fromLatin1(daneAppliesName(subject.live->plan.applies)));
    }
    writeJson(object);
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate(
            "Options", "Would a sender that checks DANE accept this certificate chain? Without "
                       "records, those that the DNS has now are looked up."));
    parser.addPositionalArgument(QStringLiteral("check"), QStringLiteral("['U S M HEX'...]"),
                                 QStringLiteral("tlsa check"));
    parser.addOptions({
            {QStringLiteral("chain"),
             QCoreApplication::translate(
                     "Options", "Certificates as the server sends them, leaf first; - for standard "
                                "input. Again for a second kind of key."),
             QStringLiteral("PEM")},
            {QStringLiteral("name"),
             QCoreApplication::translate(
                     "Options", "Name of the mail server; again for the domain it serves."),
             QStringLiteral("NAME")},
            {QStringLiteral("port"),
             QCoreApplication::translate("Options",
                                         "Port that looked-up records are for. Default: 25."),
             QStringLiteral("N"), QStringLiteral("25")},
            {QStringLiteral("json"), QCoreApplication::translate("Options", "One JSON document.")},
    });
    addNetworkOptions(parser);
}

Result<QList<QList<Certificate>>> readChains(const QStringList &paths)
{
    QList<QList<Certificate>> chains;
    for (const QString &path : paths) {
        const auto chain = readChain(path);
        if (!chain)
            return tl::unexpected(chain.error());
        chains.append(*chain);
    }
    return chains;
}

} // namespace

int tlsaCommand(const Invocation &invocation)
{
    if (invocation.arguments.value(1) == QLatin1String("make"))
        return tlsaMakeCommand(invocation);
    if (invocation.arguments.value(1) == QLatin1String("roll"))
        return tlsaRollCommand(invocation);
    if (invocation.arguments.value(1) == QLatin1String("hook"))
        return tlsaHookCommand(invocation);
    if (invocation.arguments.value(1) == QLatin1String("publish"))
        return tlsaPublishCommand(invocation);
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const QStringList words = parser.positionalArguments();
    if (words.value(0) != QLatin1String("check"))
        return usageError(QStringLiteral("try: mta-sts tlsa check --chain FILE --name MX"));
    if (!parser.isSet(QStringLiteral("chain")) || !parser.isSet(QStringLiteral("name")))
        return usageError(QStringLiteral("tlsa check needs --chain FILE and --name MX"));
    const quint16 port = parser.value(QStringLiteral("port")).toUShort(); // 0 when it is none
    if (port == 0)
        return usageError(QStringLiteral("--port wants a number from 1 to 65535"));
    const auto chains = readChains(parser.values(QStringLiteral("chain")));
    if (!chains)
        return usageError(chains.error().what);
    const auto options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    QList<Finding> findings;
    const auto records = readRecords(words.mid(1), findings);
    if (!records)
        return usageError(records.error().what);
    Subject subject;
    subject.name = parser.values(QStringLiteral("name")).constFirst();
    for (const QString &name : parser.values(QStringLiteral("name")))
        subject.names.append(normalName(name.toLatin1()));
    subject.records = *records;
    if (records->isEmpty()) {
        if (!isLegalName(subject.names.first()))
            return usageError(QStringLiteral("--name wants the name of a mail server"));
        lookUp(subject, port, *options, invocation.cancel, findings);
    }
    for (const Issue &issue : portAdvice(normalName(subject.name.toLatin1()), port))
        findings.append(toFinding(issue, Group::Dane, subject.name));
    const DaneVerdict verdict = judgeChains(subject, *chains, findings);
    print(subject, verdict, findings, parser.isSet(QStringLiteral("json")));
    return invocation.cancel.isCancelled() ? int(ExitInterrupted) : exitStatusOf(findings);
}
