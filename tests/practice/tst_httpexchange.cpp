// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the practice service answers to those who are no client of it.
#include "practice/serviceaccount.h"

#include <QTcpSocket>

namespace {

constexpr int SoonMs = 20000; // only ever waited for where the test fails

QByteArray answerTo(const PracticeService &service, const QByteArray &said)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), service.port());
    socket.waitForConnected(SoonMs);
    socket.write(said);
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(SoonMs)) {
    }
    return socket.state() == QAbstractSocket::UnconnectedState ? socket.readAll() : "still open";
}

} // namespace

class tst_HttpExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void garbage_data();
    void garbage();
    void bodyTooLong();
    void inSmallPieces();
};

void tst_HttpExchange::garbage_data()
{
    QTest::addColumn<QByteArray>(
            "said"); // TOKEN stands for the token, ZONE for the path of the zone
    QTest::addColumn<QByteArray>("status");
    const auto row = [](const char *name, const QByteArray &line, const char *status,
                        const QByteArray &body = {}, const QByteArray &fields = {}) {
        QTest::newRow(name) << line + " HTTP/1.1\r\nAuthorization: Bearer TOKEN\r\n" + fields +
                                       "Content-Length: " + QByteArray::number(body.size()) +
                                       "\r\n\r\n" + body
                            << QByteArray(status);
    };
    const auto raw = [](const char *name, const QByteArray &said, const char *status) {
        QTest::newRow(name) << said << QByteArray(status);
    };
    raw("no HTTP", "hello\r\n\r\n", "400");
    raw("a TLS handshake", QByteArray("\x16\x03\x01\x00\x05hello\r\n\r\n", 14), "400");
    raw("no token", "GET /client/v4/zones HTTP/1.1\r\n\r\n", "400");
    raw("another scheme", "GET /client/v4/zones HTTP/1.1\r\nAuthorization: Basic TOKEN\r\n\r\n",
        "400");
    raw("part of the token",
        "GET /client/v4/zones HTTP/1.1\r\nAuthorization: Bearer practice-\r\n\r\n", "401");
    raw("a length that is none", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400");
    raw("a length too long", "GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", "413");
    raw("a length beyond all numbers",
        "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", "400");
    raw("chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400");
    raw("a head without end", "GET / HTTP/1.1\r\nX: " + QByteArray(20000, 'x'), "431");
    row("what fits", "GET /client/v4/zones", "200");
    row("outside the API", "GET /zones", "404");
    row("nothing at all", "GET /", "404");
    row("no such verb", "DELETE /client/v4/zones", "404");
    row("another zone", "GET /client/v4/zones/0123/dns_records", "404");
    row("a page that is no number", "GET ZONE/dns_records?page=x&per_page=-5", "200");
    row("a page far behind the last", "GET ZONE/dns_records?page=2147483647&per_page=5000", "200");
    row("a batch that is no JSON", "POST ZONE/dns_records/batch", "400", "{");
    row("an empty batch", "POST ZONE/dns_records/batch", "400", "{}");
    row("a batch of numbers", "POST ZONE/dns_records/batch", "400", R"({"posts":[1,2]})");
    row("deletes what is not there", "POST ZONE/dns_records/batch", "404",
        R"({"deletes":[{"id":"x"}]})");
    row("quotes that do not end", "POST ZONE/dns_records/batch", "400",
        R"({"posts":[{"type":"TXT","name":"a.practice.example","content":"\"x","ttl":60}]})");
    row("TLSA as content", "POST ZONE/dns_records/batch", "400",
        R"({"posts":[{"type":"TLSA","name":"a.practice.example","content":"3 1 1 aa"}]})");
    row("MX without a preference", "POST ZONE/dns_records/batch", "400",
        R"({"posts":[{"type":"MX","name":"a.practice.example","content":"b.example"}]})");
    row("a type that is not written", "POST ZONE/dns_records/batch", "400",
        R"({"posts":[{"type":"SOA","name":"a.practice.example","content":"x"}]})");
    row("attaches no Worker", "PUT ACCOUNT/workers/domains", "404",
        R"({"hostname":"mta-sts.practice.example","service":"x"})");
    row("detaches nothing", "DELETE ACCOUNT/workers/domains/x", "404");
    row("a script as JSON", "PUT ACCOUNT/workers/scripts/a", "400", "{}");
    row("a name that is none", "PUT ACCOUNT/workers/scripts/a%2Fb", "400", "{}");
    row("a form without end", "PUT ACCOUNT/workers/scripts/a", "400",
        "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{}",
        "Content-Type: multipart/form-data; boundary=b\r\n");
    row("a form without a module", "PUT ACCOUNT/workers/scripts/a", "400",
        "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{}\r\n--b--\r\n",
        "Content-Type: multipart/form-data; boundary=b\r\n");
    row("no such script", "GET ACCOUNT/workers/scripts/a/content/v2", "404");
    row("no such account", "GET /client/v4/accounts/0123/workers/domains", "404");
}

void tst_HttpExchange::garbage()
{
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, status);
    const Account account;
    const QList<QByteArray> ids = account.zone.handle.split('/');
    said.replace("TOKEN", account.service.token())
            .replace("ZONE", "/client/v4/zones/" + ids.first())
            .replace("ACCOUNT", "/client/v4/accounts/" + ids.last());
    const QByteArray answer = answerTo(account.service, said);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status + ' '), answer.constData());
    QVERIFY(!answer.contains(account.service.token()));
    QCOMPARE(account.service.state(), (PracticeServiceState{zoneRecords(), {}, {}}));
    QVERIFY(account.provider()->zones(Sts, account.cancel)); // it still works
}

void tst_HttpExchange::bodyTooLong()
{
    const Account account;
    QList<DnsRecord> many;
    for (int i = 0; i < 5000; ++i)
        many.append(text(Sts, QByteArray(250, 'x') + QByteArray::number(i)));
    QVERIFY(!account.apply({{Sts, RecordType::TXT, {}, many}}));
    QCOMPARE(account.service.state().records, zoneRecords());
}

/// The parts of a request come as the network likes.
void tst_HttpExchange::inSmallPieces()
{
    const Account account;
    const QByteArray body = R"({"posts":[{"type":"TXT","name":"a.practice.example",)"
                            R"("content":"\"x\"","ttl":60}]})";
    const QByteArray said =
            "POST /client/v4/zones/" + account.zone.handle.split('/').first() +
            "/dns_records/batch HTTP/1.1\r\nauthorization: Bearer " + account.service.token() +
            "\r\ncontent-length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), account.service.port());
    QVERIFY(socket.waitForConnected(SoonMs));
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    for (const char octet : said) {
        socket.write(&octet, 1);
        socket.flush();
    }
    QVERIFY(socket.waitForReadyRead(SoonMs));
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 "));
    QCOMPARE(account.service.state().records.last(), text("a.practice.example", "x", 60));
}

QTEST_GUILESS_MAIN(tst_HttpExchange)
#include "tst_httpexchange.moc"
