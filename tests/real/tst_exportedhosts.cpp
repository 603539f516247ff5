// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every exported kit on the server it is made for, fetched the way a sender fetches it.
#include "net/policyfetch.h"
#include "real/kitserver.h"

#include <QTest>

namespace {

constexpr char Path[] = "/.well-known/mta-sts.txt";

/// Three patterns, one wildcard: more than one line, and nothing a server might change.
Deployment sample()
{
    Choices choices;
    choices.domain = *DomainName::fromAscii("example.com");
    choices.mode = Policy::Mode::Enforce;
    choices.maxAge = 604800;
    for (const char *pattern : {"mx1.example.com", "*.mail.example.net", "xn--bcher-kva.example"})
        choices.mx.append(*MxPattern::parse(pattern));
    choices.reportTo = {"mailto:tlsrpt@example.org"};
    return deployment(choices, LiveState(),
                      QDateTime(QDate(2026, 11, 24), QTime(1, 2, 3), Qt::UTC));
}

struct Reply
{
    int status = 0;
    QByteArray head, body;
};

/// One request in plain words, so that other methods, paths and hosts can be tried too.
Reply ask(const KitServer &server, const QByteArray &method, const QByteArray &path,
          const QByteArray &host)
{
    const Cancel cancel;
    const QDeadlineTimer deadline(20000);
    TlsStream stream(TrustStore::only(server.root()));
    Reply reply;
    if (!stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), deadline, cancel))
        return reply;
    TlsSettings settings;
    settings.serverName = "mta-sts.example.com";
    settings.applicationProtocol = "http/1.1";
    const auto facts = stream.startTls(settings, deadline, cancel);
    if (!facts || !facts->established)
        return reply;
    const QByteArray body = method == "POST" ? "x" : "";
    if (!stream.write(method + ' ' + path + " HTTP/1.1\r\nHost: " + host +
                              "\r\nConnection: close\r\nContent-Length: " +
                              QByteArray::number(body.size()) + "\r\n\r\n" + body,
                      deadline, cancel))
        return reply;
    QByteArray all;
    for (;;) {
        const auto part = stream.read(deadline, cancel);
        if (!part || part->isEmpty())
            break;
        all += *part;
    }
    const qsizetype end = all.indexOf("\r\n\r\n");
    reply.head = all.left(end).toLower();
    reply.body = end < 0 ? QByteArray() : all.mid(end + 4);
    reply.status = all.mid(9, 3).toInt();
    return reply;
}

} // namespace

class tst_ExportedHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void served_data();
    void served();

private:
    static void asASender(const KitServer &server, const Deployment &deployment);
    static void nothingElse(const KitServer &server, const Deployment &deployment);
    static void methods(const KitServer &server, const Deployment &deployment);
};

void tst_ExportedHosts::served_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const Hosting hosting : allHostings()) {
        if (!serverFile(sample(), hosting).path.isEmpty()) // what is run here, not by others
            QTest::newRow(hostingName(hosting).constData()) << hostingName(hosting);
    }
}

void tst_ExportedHosts::served()
{
    QFETCH(QByteArray, host);
    KitServer server(*hostingFromName(host));
    if (!server.missing().isEmpty())
        QSKIP(qPrintable(server.missing() + QStringLiteral(" is not installed")));
    const Deployment deployment = sample();
    const QString trouble = server.start(deployment);
    QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    asASender(server, deployment);
    if (!QTest::currentTestFailed())
        nothingElse(server, deployment);
    if (!QTest::currentTestFailed())
        methods(server, deployment);
    if (!QTest::currentTestFailed() && host == "worker") // a table: any other host is unknown
        QCOMPARE(ask(server, "GET", Path, "mta-sts.example.org").status, 404);
}

void tst_ExportedHosts::asASender(const KitServer &server, const Deployment &deployment)
{
    PolicyFetcher fetcher(TrustStore::only(server.root()));
    PolicyRequest request;
    request.host = deployment.policyHost();
    request.address = QHostAddress(QHostAddress::LocalHost);
    request.port = server.port();
    const PolicyFetch fetch = fetcher.fetch(request, Cancel());
    QVERIFY2(fetch.end == PolicyFetch::End::Answered, qPrintable(fetch.problem));
    QCOMPARE(fetch.status, 200);
    QVERIFY2(fetch.tls.pkix.isValid(), qPrintable(fetch.tls.pkix.error));
    QVERIFY(fetch.tls.protocol == "TLSv1.2" || fetch.tls.protocol == "TLSv1.3");
    QVERIFY2(fetch.contentType.toLower().startsWith("text/plain"), fetch.contentType);
    QCOMPARE(fetch.body, deployment.policyText); // every octet, CR LF included
    const PolicyReading reading = readPolicy(fetch.body);
    QVERIFY(reading.policy && reading.grammarValid);
    QCOMPARE(*reading.policy, deployment.policy);
}

void tst_ExportedHosts::nothingElse(const KitServer &server, const Deployment &deployment)
{
    for (const char *path :
         {"/", "/.well-known/", "/.well-known/mta-sts.txt/", "/.well-known/MTA-STS.txt",
          "/.well-known/other.txt", "/mta-sts.txt", "/README.txt", "/dns/zone.txt", "/chain.pem"}) {
        const Reply reply = ask(server, "GET", path, deployment.policyHost());
        QVERIFY2(reply.status == 404, QByteArray(path) + '\n' + reply.head);
        QVERIFY(!reply.head.contains("\r\nlocation:")); // no redirect, RFC 8461 3.3
    }
    const QByteArray query = QByteArray(Path) + "?x=1";
    QCOMPARE(ask(server, "GET", query, deployment.policyHost()).status, 200);
}

void tst_ExportedHosts::methods(const KitServer &server, const Deployment &deployment)
{
    const Reply head = ask(server, "HEAD", Path, deployment.policyHost());
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.isEmpty());
    const QByteArray length = "content-length: " + QByteArray::number(deployment.policyText.size());
    QVERIFY2(head.head.contains(length), head.head);
    for (const char *method : {"POST", "PUT", "DELETE"}) {
        const Reply reply = ask(server, method, Path, deployment.policyHost());
        QVERIFY2(reply.status == 405 || reply.status == 403,
                 QByteArray(method) + '\n' + reply.head);
        QVERIFY(!reply.body.contains("STSv1"));
    }
}

QTEST_GUILESS_MAIN(tst_ExportedHosts)
#include "tst_exportedhosts.moc"
