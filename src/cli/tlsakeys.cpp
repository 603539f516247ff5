// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsakeys.h"

#include "base/printable.h"
#include "dane/keysourcefile.h"
#include "dane/publishedtlsa.h"

#include <QCommandLineParser>

namespace {

constexpr quint16 SmtpPort = 25;

} // namespace

Result<QByteArray> serverName(const QString &typed)
{
    const TypedDomain read = DomainName::parse(typed);
    if (read.outcome == TypedDomain::Outcome::Reject)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("“%1” is neither a file nor the name of a server")
                              .arg(printable(typed, 80)));
    return read.domain.ascii();
}

Result<quint16> tlsaPort(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("port")))
        return SmtpPort;
    const quint16 port = parser.value(QStringLiteral("port")).toUShort(); // 0 when it is none
    if (port == 0)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("--port wants a number from 1 to 65535"));
    return port;
}

Result<QList<QByteArray>> expectedPrints(const QCommandLineParser &parser)
{
    QList<QByteArray> expected;
    for (const QString &text : parser.values(QStringLiteral("expect"))) {
        const std::optional<QByteArray> digest = digestFromText(text);
        if (!digest)
            return failed(
                    Error::Kind::Malformed,
                    QStringLiteral("--expect wants a SHA-256 fingerprint: 64 hexadecimal digits, "
                                   "with or without colons"));
        expected.append(*digest);
    }
    return expected;
}

Result<void> readKeyFiles(const QStringList &files, QList<SourceKey> &keys,
                          QList<Certificate> &others)
{
    for (const QString &file : files) {
        const Result<KeySource> source = readKeySourceFile(file);
        if (!source)
            return tl::unexpected(source.error());
        keys += source->keys;
        others += source->others;
    }
    return {};
}

void addFindings(TlsaMade &made, const QList<Issue> &issues)
{
    for (const Issue &issue : issues)
        made.findings.append(toFinding(issue, Group::Dane, printable(made.host)));
}

void seeKeys(const LiveServer &server, const Doors &doors, const Cancel &cancel, TlsaMade &made)
{
    made.live = lookAtServerKeys(server, doors.validating, doors.smtp, cancel);
    made.current += sourceKeys(*made.live);
    const QString name = printable(server.host);
    for (const QString &line : unseenLines(*made.live))
        addFindings(made, {{"DANE-38.unseen", Severity::Unknown, {name, line}}});
    if (server.start == LiveServer::Start::Smtp &&
        made.live->canonicalName != server.host) // RFC 2181 10.3
        addFindings(made,
                    {{"DANE-9", Severity::Warning, {name, printable(made.live->canonicalName)}}});
    if (made.port == SmtpPort)
        addFindings(made, mailDomainIssues(server.host, doors.validating, cancel));
}
