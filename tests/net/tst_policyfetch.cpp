// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the policy host against hostile and odd servers; check/tst_policyhost runs the vectors.
#include "fakes/scriptedtlsserver.h"
#include "fakes/testpki.h"
#include "net/policyfetch.h"

#include <QNetworkProxyFactory>
#include <QTest>

#include <openssl/ssl.h>

#include <chrono>

using End = PolicyFetch::End;
using Session = ScriptedTlsServer::Session;
using Script = ScriptedTlsServer::Script;
using namespace std::chrono_literals;

namespace {

const QByteArray Host = "mta-sts.example.com";
const QByteArray Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

// Handshake and request first, then what the test wants.
Script afterRequest(const Script &script)
{
    return [script](Session &session) {
        if (session.handshake() && !session.readRequest().isEmpty())
            script(session);
    };
}

void silence(Session &session)
{
    session.waitForPeerToGo();
}

} // namespace

Q_DECLARE_METATYPE(Script)

class tst_PolicyFetch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodAnswer();
    void requestSaysNoMoreThanNeeded();
    void portIsNamedOnlyWhenOdd();
    void badCertificateIsStillRead();
    void ends_data();
    void ends();
    void redirectIsNotFollowed();
    void wrongProtocolForUs();
    void cancel_data();
    void cancel();
    void environmentProxyIsIgnored();
    void refusedConnection();

private:
    ScriptedTlsServer::Settings settings(const QByteArray &name = Host) const
    {
        const TestIdentity leaf = m_pki.leaf(QList<QByteArray>{name});
        ScriptedTlsServer::Settings result;
        result.identity = {m_pki.chain(leaf), leaf.key};
        return result;
    }
    PolicyFetch fetch(const ScriptedTlsServer &server, int totalMs = 30000,
                      const Cancel &cancel = {}) const
    {
        PolicyFetcher fetcher(TrustStore::only(m_pki.root.certificate), {totalMs, {}});
        return fetcher.fetch({Host, QHostAddress(QHostAddress::LocalHost), server.port()}, cancel);
    }

    const TestPki m_pki;
};

void tst_PolicyFetch::goodAnswer()
{
    ScriptedTlsServer server(settings(), answering(Ok + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                                        "Content-Length: 6\r\n\r\npolicy"));
    const PolicyFetch got = fetch(server);
    QVERIFY2(got.end == End::Answered, qPrintable(got.problem));
    QCOMPARE(got.status, 200);
    QCOMPARE(got.body, QByteArray("policy"));
    QCOMPARE(got.contentType, QByteArray("text/plain"));
    QVERIFY(got.hasContentType);
    QCOMPARE(got.serverDate, QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC));
    QVERIFY(got.at.isValid());
    QVERIFY2(got.tls.pkix.isValid(), qPrintable(got.tls.pkix.error));
    QCOMPARE(got.address, QHostAddress(QHostAddress::LocalHost));
}

// STS-49, STS-52, STS-59.
void tst_PolicyFetch::requestSaysNoMoreThanNeeded()
{
    ScriptedTlsServer server(settings(), answering(Ok + "Content-Length: 0\r\n\r\n"));
    QCOMPARE(fetch(server).end, End::Answered);
    QCOMPARE(server.requests().size(), 1);
    const QByteArray request = server.requests().first();
    QVERIFY(request.startsWith("GET /.well-known/mta-sts.txt HTTP/1.1\r\n"));
    QStringList names;
    const QList<QByteArray> lines = request.trimmed().split('\n').mid(1);
    for (const QByteArray &line : lines)
        names.append(QString::fromLatin1(line.split(':').first()));
    QCOMPARE(names.join(QLatin1Char(' ')),
             QStringLiteral("Host User-Agent Accept Accept-Encoding Connection"));
    QVERIFY(request.contains("\r\nAccept-Encoding: identity\r\n"));
    QVERIFY(request.contains("\r\nConnection: close\r\n"));
    QVERIFY(request.contains("\r\nUser-Agent: mta-sts-assistant/"));
}

void tst_PolicyFetch::portIsNamedOnlyWhenOdd()
{
    ScriptedTlsServer server(settings(), answering(Ok + "Content-Length: 0\r\n\r\n"));
    QCOMPARE(fetch(server).end, End::Answered);
    QVERIFY(server.requests().first().contains("\r\nHost: " + Host + ':' +
                                               QByteArray::number(server.port()) + "\r\n"));
}

void tst_PolicyFetch::badCertificateIsStillRead()
{
    ScriptedTlsServer server(settings("example.com"),
                             answering(Ok + "Content-Length: 6\r\n\r\npolicy"));
    const PolicyFetch got = fetch(server);
    QCOMPARE(got.end, End::Answered);
    QCOMPARE(got.body, QByteArray("policy"));
    QVERIFY(got.tls.pkix.trusted && !got.tls.pkix.nameMatches);
}

void tst_PolicyFetch::ends_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("totalMs");
    QTest::addColumn<End>("end");
    const int enough = 30000;
    const int little = 300;

    QTest::newRow("accepts and never answers") << Script(silence) << little << End::TimedOut;
    QTest::newRow("answers too late") << afterRequest(silence) << little << End::TimedOut;
    QTest::newRow("octets come, but too slowly") << afterRequest([](Session &session) {
        session.write(Ok + "Content-Length: 1000\r\n\r\n");
        while (session.write("x") && session.wait(20)) {
        }
    }) << little << End::TimedOut;
    QTest::newRow("header octets come too slowly") << afterRequest([](Session &session) {
        while (session.write("H") && session.wait(20)) {
        }
    }) << little << End::TimedOut;
    QTest::newRow("endless chunks") << afterRequest([](Session &session) {
        session.write(Ok + "Transfer-Encoding: chunked\r\n\r\n");
        while (session.write("400\r\n" + QByteArray(1024, 'x') + "\r\n")) {
        }
    }) << enough << End::TooLarge;
    QTest::newRow("20 MB without a length") << afterRequest([](Session &session) {
        session.write(Ok + "\r\n");
        for (int i = 0; i < 320 && session.write(QByteArray(65536, 'x')); ++i) {
        }
    }) << enough << End::TooLarge;
    QTest::newRow("large length") << afterRequest([](Session &session) {
        session.write(Ok + "Content-Length: 10000000\r\n\r\n");
        session.waitForPeerToGo();
    }) << enough << End::TooLarge;
    QTest::newRow("headers of 1 MiB") << afterRequest([](Session &session) {
        session.write(Ok + "X: " + QByteArray(1 << 20, 'x') + "\r\n\r\n");
        session.waitForPeerToGo();
    }) << enough << End::TooLarge;
    QTest::newRow("cut in the body") << afterRequest([](Session &session) {
        session.write(Ok + "Content-Length: 10\r\n\r\nhalf");
    }) << enough << End::HttpBroken;
    QTest::newRow("cut before the answer")
            << afterRequest([](Session &) {}) << enough << End::HttpBroken;
    QTest::newRow("end not confirmed by TLS")
            << afterRequest([](Session &session) { session.write(Ok + "\r\npolicy"); }) << enough
            << End::HttpBroken;
    QTest::newRow("end confirmed by TLS")
            << answering(Ok + "\r\npolicy") << enough << End::Answered;
    QTest::newRow("not HTTP") << afterRequest([](Session &session) {
        session.write("220 mx1.example.com ESMTP\r\n");
        session.waitForPeerToGo();
    }) << enough << End::HttpBroken;
    QTest::newRow("not TLS") << Script([](Session &session) {
        session.writeRaw("HTTP/1.1 400 Bad Request\r\n\r\n");
        session.waitForPeerToGo();
    }) << enough << End::TlsFailed;
    QTest::newRow("alert at once") << Script([](Session &session) {
        session.readRaw(1);
        session.writeRaw(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7));
        session.waitForPeerToGo();
    }) << enough << End::TlsFailed;
    QTest::newRow("other status, body never ends") << afterRequest([](Session &session) {
        session.write("HTTP/1.1 404 Not Found\r\n\r\n");
        session.waitForPeerToGo();
    }) << enough << End::Answered;
}

void tst_PolicyFetch::ends()
{
    QFETCH(Script, script);
    QFETCH(int, totalMs);
    ScriptedTlsServer server(settings(), script);
    const PolicyFetch got = fetch(server, totalMs);
    QTEST(got.end, "end");
    QCOMPARE(got.problem.isEmpty(), got.end == End::Answered);
    QVERIFY(got.body.size() <= Limits::PolicyBody);
}

void tst_PolicyFetch::redirectIsNotFollowed()
{
    ScriptedTlsServer server(settings(),
                             answering("HTTP/1.1 301 Moved\r\nLocation: https://" + Host +
                                       "/policy.txt\r\nContent-Length: 0\r\n\r\n"));
    const PolicyFetch got = fetch(server);
    QCOMPARE(got.status, 301);
    QCOMPARE(got.location, "https://" + Host + "/policy.txt");
    QCOMPARE(server.connections(), 1);
}

void tst_PolicyFetch::wrongProtocolForUs()
{
    ScriptedTlsServer frames(settings(), afterRequest([](Session &session) {
                                 session.write(QByteArray("\0\0\0\x04\0\0\0\0\0", 9));
                                 session.waitForPeerToGo();
                             }));
    QVERIFY(fetch(frames).http2Only);
    ScriptedTlsServer alert(settings(), [](Session &session) {
        session.readRaw(1);
        session.writeRaw(QByteArray("\x15\x03\x03\x00\x02\x02\x78", 7));
        session.waitForPeerToGo();
    });
    QVERIFY(fetch(alert).http2Only);
    ScriptedTlsServer strict(
            [this] {
                ScriptedTlsServer::Settings asking = settings();
                asking.requireClientCertificate = true;
                return asking;
            }(),
            answering(Ok + "Content-Length: 0\r\n\r\n"));
    const PolicyFetch got = fetch(strict);
    QCOMPARE(got.end, End::TlsFailed);
    QVERIFY(got.tls.peerSentAlert && !got.tls.established);
    QVERIFY(got.tls.pkix.isValid());
}

void tst_PolicyFetch::cancel_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("in the handshake") << Script(silence);
    QTest::newRow("before the answer") << afterRequest(silence);
    QTest::newRow("in the headers") << afterRequest([](Session &session) {
        session.write(Ok);
        session.waitForPeerToGo();
    });
    QTest::newRow("in the body") << afterRequest([](Session &session) {
        session.write(Ok + "Content-Length: 100\r\n\r\nx");
        session.waitForPeerToGo();
    });
}

void tst_PolicyFetch::cancel()
{
    QFETCH(Script, script);
    ScriptedTlsServer server(settings(), script);
    const Cancel cancel;
    std::thread canceller([cancel] {
        std::this_thread::sleep_for(100ms);
        cancel.cancel();
    });
    const PolicyFetch got = fetch(server, 60000, cancel);
    canceller.join();
    QCOMPARE(got.end, End::Cancelled);
    QTRY_COMPARE(server.finished(), 1); // the peer sees that we are gone
}

void tst_PolicyFetch::environmentProxyIsIgnored()
{
    qputenv("https_proxy", "http://127.0.0.1:1");
    qputenv("all_proxy", "socks5://127.0.0.1:1");
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    ScriptedTlsServer server(settings(), answering(Ok + "Content-Length: 0\r\n\r\n"));
    const End end = fetch(server).end;
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    QCOMPARE(end, End::Answered);
}

void tst_PolicyFetch::refusedConnection()
{
    auto server = std::make_unique<ScriptedTlsServer>(settings(), silence);
    const quint16 port = server->port();
    server.reset();
    PolicyFetcher fetcher(TrustStore::only(m_pki.root.certificate));
    const PolicyFetch got =
            fetcher.fetch({Host, QHostAddress(QHostAddress::LocalHost), port}, Cancel());
    QCOMPARE(got.end, End::NoConnection);
    QVERIFY(!got.problem.isEmpty());
}

QTEST_GUILESS_MAIN(tst_PolicyFetch)
#include "tst_policyfetch.moc"
