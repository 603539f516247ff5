// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The practice policy host, looked at as senders' policy hosts are.
#include "net/policyfetch.h"
#include "practice/authority.h"
#include "practice/plainclient.h"
#include "practice/webhost.h"

#include <QTest>

#include <array>
#include <thread>
#include <vector>

using End = PolicyFetch::End;

namespace {

const QByteArray Host = "mta-sts.example.com";
const QByteArray Policy = "version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n";

/// Inside TLS: what comes of these octets until the server ends the connection.
QByteArray answerTo(const PracticeWebHost &host, const TrustStore &trust, const QByteArray &said)
{
    const QDeadlineTimer deadline(EnoughMs);
    const Cancel cancel;
    TlsStream stream(trust);
    if (!stream.connectTo(Here, host.port(), deadline, cancel) ||
        !stream.startTls({.serverName = Host}, deadline, cancel))
        return "no connection";
    const Result<void> sent = stream.write(said, deadline, cancel);
    QByteArray all;
    Result<QByteArray> octets = stream.read(deadline, cancel);
    for (; octets && !octets->isEmpty(); octets = stream.read(deadline, cancel))
        all += *octets;
    return octets || octets.error().kind == Error::Kind::Network ? all : "still open";
}

} // namespace

class tst_WebHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodAnswer();
    void ends_data();
    void ends();
    void keyOfAnotherCertificate();
    void certificates_data();
    void certificates();
    void tlsVersions_data();
    void tlsVersions();
    void changesWhileRunning();
    void otherRequests_data();
    void otherRequests();
    void garbageBeforeTls_data();
    void garbageBeforeTls();
    void clientsThatDisappear();
    void tenAtOnce();

private:
    WebAnswer answer(const CertificateOrder &order = {.dnsNames = {Host}}) const
    {
        const auto leaf = m_authority->issue(order);
        WebAnswer good;
        good.body = Policy;
        good.tls.chain = m_authority->chain(*leaf);
        good.tls.key = leaf->key;
        return good;
    }
    TrustStore trust() const { return TrustStore::only(m_authority->root()); }
    PolicyFetch fetch(const PracticeWebHost &host, int totalMs = EnoughMs) const
    {
        return PolicyFetcher(trust(), {totalMs, {}}).fetch({Host, Here, host.port()}, Cancel());
    }

    const Result<PracticeAuthority> m_authority = PracticeAuthority::make();
    ServerThread m_thread;
};

void tst_WebHost::goodAnswer()
{
    const PracticeWebHost host(m_thread, Here, 0, answer());
    const PolicyFetch got = fetch(host);
    QVERIFY2(got.end == End::Answered, qPrintable(got.problem));
    QCOMPARE(got.status, 200);
    QCOMPARE(got.contentType, QByteArray("text/plain"));
    QCOMPARE(got.body, Policy);
    QCOMPARE(got.tls.protocol, QByteArray("TLSv1.3"));
    QVERIFY2(got.tls.pkix.isValid(), qPrintable(got.tls.pkix.error));
    QVERIFY(qAbs(got.serverDate.secsTo(got.at)) < 3600);
}

void tst_WebHost::ends_data()
{
    QTest::addColumn<WebAnswer>("answer");
    QTest::addColumn<int>("totalMs");
    QTest::addColumn<End>("end");
    QTest::addColumn<int>("status");

    WebAnswer redirect = answer();
    redirect.status = 301;
    redirect.location = "https://www.example.com/policy.txt";
    QTest::newRow("redirect") << redirect << EnoughMs << End::Answered << 301;
    WebAnswer missing = answer();
    missing.status = 404;
    QTest::newRow("status 404") << missing << EnoughMs << End::Answered << 404;
    WebAnswer html = answer();
    html.contentType = "text/html; charset=utf-8";
    QTest::newRow("wrong type") << html << EnoughMs << End::Answered << 200;
    WebAnswer untyped = answer();
    untyped.contentType.clear();
    QTest::newRow("no type") << untyped << EnoughMs << End::Answered << 200;
    WebAnswer large = answer();
    large.body = QByteArray(Limits::PolicyBody + 1, 'x');
    QTest::newRow("body over the limit") << large << EnoughMs << End::TooLarge << 200;
    WebAnswer cut = answer();
    cut.isCut = true;
    QTest::newRow("body that is cut off") << cut << EnoughMs << End::HttpBroken << 200;
    WebAnswer deaf = answer();
    deaf.isDeaf = true;
    QTest::newRow("deaf") << deaf << 300 << End::TimedOut << 0;
    WebAnswer refused = answer();
    refused.isRefused = true;
    QTest::newRow("refused") << refused << EnoughMs << End::NoConnection << 0;
    WebAnswer bare = answer();
    bare.tls.chain.clear();
    QTest::newRow("no certificate") << bare << EnoughMs << End::TlsFailed << 0;
    WebAnswer wantsCertificate =
            answer(); // missed behind the handshake, where the answer should be
    wantsCertificate.tls.fault = TlsFault::WantsCertificate;
    QTest::newRow("wants a certificate") << wantsCertificate << EnoughMs << End::TlsFailed << 0;
}

void tst_WebHost::ends()
{
    QFETCH(WebAnswer, answer);
    QFETCH(int, totalMs);
    const PracticeWebHost host(m_thread, Here, 0, answer);
    const PolicyFetch got = fetch(host, totalMs);
    QTEST(got.end, "end");
    QTEST(got.status, "status");
    if (got.end != End::Answered)
        return;
    QCOMPARE(got.location, answer.location);
    QCOMPARE(got.contentType, answer.contentType);
    QCOMPARE(got.hasContentType, !answer.contentType.isEmpty());
    QCOMPARE(got.body, got.status == 200 ? answer.body : QByteArray());
}

void tst_WebHost::keyOfAnotherCertificate()
{
    WebAnswer mixed = answer();
    mixed.tls.key = answer().tls.key;
    const PracticeWebHost host(m_thread, Here, 0, mixed);
    const PolicyFetch got = fetch(host); // hung up on before the handshake, or in it
    QVERIFY(got.end == End::TlsFailed || got.end == End::NoConnection);
}

void tst_WebHost::certificates_data()
{
    QTest::addColumn<CertificateOrder>("order");
    QTest::addColumn<bool>("isValid");
    const QDateTime lastYear = QDateTime::currentDateTimeUtc().addDays(-365);
    QTest::newRow("good") << CertificateOrder{.dnsNames = {Host}} << true;
    QTest::newRow("expired") << CertificateOrder{.dnsNames = {Host}, .notBefore = lastYear}
                             << false;
    QTest::newRow("wrong name") << CertificateOrder{.dnsNames = {"example.com"}} << false;
    QTest::newRow("self-signed") << CertificateOrder{.dnsNames = {Host}, .isSelfSigned = true}
                                 << false;
}

void tst_WebHost::certificates()
{
    QFETCH(CertificateOrder, order);
    const PracticeWebHost host(m_thread, Here, 0, answer(order));
    const PolicyFetch got = fetch(host);
    QVERIFY2(got.end == End::Answered, qPrintable(got.problem));
    QCOMPARE(got.body, Policy);
    QTEST(got.tls.pkix.isValid(), "isValid");
    QCOMPARE(got.tls.pkix.selfSigned, order.isSelfSigned);
    QCOMPARE(got.tls.pkix.expired, order.notBefore.isValid());
    QCOMPARE(got.tls.pkix.nameMatches, order.dnsNames.contains(Host));
}

void tst_WebHost::tlsVersions_data()
{
    QTest::addColumn<int>("newest");
    QTest::addColumn<bool>("isEstablished");
    QTest::newRow("TLS 1.3") << 0x0304 << true;
    QTest::newRow("TLS 1.2") << 0x0303 << true;
    QTest::newRow("TLS 1.1") << 0x0302 << false;
}

void tst_WebHost::tlsVersions()
{
    QFETCH(int, newest);
    const PracticeWebHost host(m_thread, Here, 0, answer());
    TlsStream stream(trust());
    QVERIFY(stream.connectTo(Here, host.port(), QDeadlineTimer(EnoughMs), Cancel()));
    const Result<TlsFacts> facts = stream.startTls({.serverName = Host, .maxProtocol = newest},
                                                   QDeadlineTimer(EnoughMs), Cancel());
    QTEST(facts && facts->established, "isEstablished");
}

void tst_WebHost::changesWhileRunning()
{
    PracticeWebHost host(m_thread, Here, 0, answer({.dnsNames = {"example.com"}}));
    QVERIFY(!fetch(host).tls.pkix.nameMatches);
    WebAnswer repaired = answer();
    repaired.body = "another";
    host.set(repaired);
    const PolicyFetch after = fetch(host);
    QVERIFY(after.tls.pkix.isValid());
    QCOMPARE(after.body, QByteArray("another"));
    repaired.isRefused = true;
    host.set(repaired);
    QCOMPARE(fetch(host).end, End::NoConnection);
    host.set(answer());
    QCOMPARE(fetch(host).end, End::Answered); // at the same port
}

void tst_WebHost::otherRequests_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("status");
    const QByteArray path = "/.well-known/mta-sts.txt";
    const QByteArray rest = " HTTP/1.1\r\nHost: " + Host + "\r\n\r\n";
    QTest::newRow("the policy") << "GET " + path + rest << QByteArray("HTTP/1.1 200 \r\n");
    QTest::newRow("query") << "GET " + path + "?a" + rest << QByteArray("HTTP/1.1 404 \r\n");
    QTest::newRow("method") << "POST " + path + rest << QByteArray("HTTP/1.1 404 \r\n");
    QTest::newRow("two at once") << ("GET /" + rest).repeated(2) << QByteArray("HTTP/1.1 404 \r\n");
    QTest::newRow("not HTTP") << QByteArray("EHLO example.com\r\n\r\n")
                              << QByteArray("HTTP/1.1 404 \r\n");
    // Just over: with octets left unread the end of the connection could overtake the answer.
    QTest::newRow("head without end")
            << QByteArray("GET / HTTP/1.1\r\nX: ").leftJustified(16385, 'x')
            << QByteArray("HTTP/1.1 431 \r\n");
}

void tst_WebHost::otherRequests()
{
    QFETCH(QByteArray, said);
    const PracticeWebHost host(m_thread, Here, 0, answer());
    const QByteArray got = answerTo(host, trust(), said);
    QTEST(got.left(got.indexOf('\n') + 1), "status");
    QCOMPARE(got.count("HTTP/1.1 "), 1);
}

void tst_WebHost::garbageBeforeTls_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("HTTP without TLS") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("1 MB") << QByteArray(1 << 20, 'x');
    QTest::newRow("a record that is no handshake") << QByteArray("\x16\x03\x01\x00\x04junk", 9);
}

void tst_WebHost::garbageBeforeTls()
{
    QFETCH(QByteArray, said);
    const PracticeWebHost host(m_thread, Here, 0, answer());
    const QByteArray got = octetsFor(host.port(), said);
    QVERIFY(!got.contains("HTTP/1.1") && !got.contains("still open"));
    QCOMPARE(fetch(host).end, End::Answered);
}

void tst_WebHost::clientsThatDisappear()
{
    const PracticeWebHost host(m_thread, Here, 0, answer());
    for (int stage = 0; stage < 30; ++stage) {
        TlsStream stream(trust());
        QVERIFY(stream.connectTo(Here, host.port(), QDeadlineTimer(EnoughMs), Cancel()));
        if (stage % 3 > 0)
            QVERIFY(stream.startTls({.serverName = Host}, QDeadlineTimer(EnoughMs), Cancel()));
        if (stage % 3 > 1)
            QVERIFY(stream.write("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: a\r\n\r\n",
                                 QDeadlineTimer(EnoughMs), Cancel()));
    }
    QCOMPARE(fetch(host).end, End::Answered);
}

void tst_WebHost::tenAtOnce()
{
    const PracticeWebHost host(m_thread, Here, 0, answer());
    std::array<PolicyFetch, 10> got;
    std::vector<std::thread> threads;
    for (PolicyFetch &one : got)
        threads.emplace_back([&] { one = fetch(host); });
    for (std::thread &thread : threads)
        thread.join();
    for (const PolicyFetch &one : got) {
        QVERIFY2(one.end == End::Answered, qPrintable(one.problem));
        QCOMPARE(one.body, Policy);
    }
}

QTEST_GUILESS_MAIN(tst_WebHost)
#include "tst_webhost.moc"
