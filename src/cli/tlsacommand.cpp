// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa check: would a DANE sender accept this chain?
#include "cli/output.h"
#include "cli/textreport.h"
#include "net/dane.h"

namespace {

constexpr qint64 MostPem = 1024 * 1024; // T-37

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

void print(const DaneVerdict &verdict, const QList<Finding> &findings, bool asJson)
{
    const QString result = QString::fromLatin1(daneResultName(verdict.result));
    if (!asJson) {
        writeOut((result + QLatin1Char('\n') + findingsText(findings)).toUtf8());
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
    writeJson(object);
}

} // namespace

int tlsaCommand(const Invocation &invocation)
{
    if (invocation.arguments.value(1) == QLatin1String("make"))
        return tlsaMakeCommand(invocation);
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
            "Options", "Would a sender that checks DANE accept this certificate chain?"));
    parser.addPositionalArgument(QStringLiteral("check"), QStringLiteral("'U S M HEX'..."),
                                 QStringLiteral("tlsa check"));
    parser.addOptions({
            {QStringLiteral("chain"),
             QCoreApplication::translate(
                     "Options",
                     "Certificates as the server sends them, leaf first; - for standard input."),
             QStringLiteral("PEM")},
            {QStringLiteral("name"),
             QCoreApplication::translate(
                     "Options", "Name of the mail server; again for the domain it serves."),
             QStringLiteral("NAME")},
            {QStringLiteral("json"), QCoreApplication::translate("Options", "One JSON document.")},
    });
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const QStringList words = parser.positionalArguments();
    if (words.value(0) != QLatin1String("check") || words.size() < 2)
        return usageError(
                QStringLiteral("try: mta-sts tlsa check --chain FILE --name MX '3 1 1 HEX'"));
    if (!parser.isSet(QStringLiteral("chain")) || !parser.isSet(QStringLiteral("name")))
        return usageError(QStringLiteral("tlsa check needs --chain FILE and --name MX"));
    const auto chain = readChain(parser.value(QStringLiteral("chain")));
    if (!chain)
        return usageError(chain.error().what);
    QList<Finding> findings;
    const auto records = readRecords(words.mid(1), findings);
    if (!records)
        return usageError(records.error().what);
    DaneInput input;
    input.records = *records;
    input.chain = *chain;
    input.now = QDateTime::currentDateTimeUtc();
    for (const QString &name : parser.values(QStringLiteral("name")))
        input.names.append(name.toLatin1().toLower());
    const DaneVerdict verdict = judgeDane(input);
    const QString subject = parser.values(QStringLiteral("name")).constFirst();
    for (const Issue &issue : verdict.issues)
        findings.append(toFinding(issue, Group::Dane, subject));
    if (verdict.result == DaneResult::Authenticated)
        findings.append({"DANE-26.ok", Severity::Ok, Group::Dane, subject, {subject}, {}});
    print(verdict, findings, parser.isSet(QStringLiteral("json")));
    return exitStatusOf(findings);
}
