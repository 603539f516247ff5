// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/rest.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <atomic>
#include <mutex>

namespace {

constexpr char Token[] = "canary-token-0123456789";

/// Answers one request after the other with the given octets; empty: cuts the connection. Remembers
/// what it was asked. In a thread of its own, because who asks is blocked.
class Server : public QThread
{
public:
    explicit Server(QList<QByteArray> answers)
        : m_answers(std::move(answers))
    {
        start();
        while (m_port == 0)
            QThread::msleep(1);
    }
    ~Server() override
    {
        m_isOver = true;
        wait();
    }
    [[nodiscard]] QString address() const
    {
        return QStringLiteral("http://127.0.0.1:%1/api").arg(m_port.load());
    }
    [[nodiscard]] QList<QByteArray> requests()
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

protected:
    void run() override
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        while (!m_isOver) {
            if (!server.waitForNewConnection(20))
                continue;
            const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
            QByteArray request;
            while (!m_isOver && socket->state() == QAbstractSocket::ConnectedState) {
                if (!socket->waitForReadyRead(20))
                    continue;
                request += socket->readAll();
                const qsizetype end = request.indexOf("\r\n\r\n");
                const qsizetype length = request.mid(request.indexOf("Content-Length: ") + 16)
                                                 .split('\r')
                                                 .first()
                                                 .toInt();
                if (end < 0 ||
                    request.size() < end + 4 + (request.contains("Content-Length: ") ? length : 0))
                    continue;
                QByteArray answer;
                {
                    const std::lock_guard lock(m_mutex);
                    m_requests.append(request);
                    answer = m_answers.isEmpty() ? QByteArray("hang") : m_answers.takeFirst();
                }
                request.clear();
                if (answer == "hang")
                    continue;
                socket->write(answer);
                socket->waitForBytesWritten();
                if (answer.isEmpty() || answer.contains("Connection: close"))
                    socket->abort();
            }
        }
    }

private:
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_isOver = false;
    std::mutex m_mutex;
    QList<QByteArray> m_answers, m_requests;
};

QByteArray answer(const char *status, const QByteArray &body, const QByteArray &headers = {})
{
    return QByteArray("HTTP/1.1 ") + status +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" +
           body;
}

RestCredential credential()
{
    return {"Authorization", "Bearer ", Secret(QByteArray(Token))};
}

} // namespace

class tst_Rest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void asksAndAnswers();
    void otherKindsOfBody();
    void tokenStaysAtItsHost();
    void tokenIsNotQuotedBack();
    void waitsWhenTold();
    void givesUpWhenToldTooOften();
    void cutIsNoAnswer();
    void stops();
    void secretIsWiped();
    void segments();
    void refusals_data();
    void refusals();
};

void tst_Rest::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << QStringLiteral("https://dns.example.org/api/") << true;
    QTest::newRow("blanks around") << QStringLiteral(" https://dns.example.org ") << true;
    QTest::newRow("http to this computer") << QStringLiteral("http://127.0.0.1:8081") << true;
    QTest::newRow("http to this computer, IPv6") << QStringLiteral("http://[::1]:8081") << true;
    QTest::newRow("http to localhost") << QStringLiteral("http://localhost:8081") << true;
    QTest::newRow("http elsewhere") << QStringLiteral("http://dns.example.org") << false;
    QTest::newRow("http to a name that begins like it")
            << QStringLiteral("http://127.0.0.1.example.org") << false;
    QTest::newRow("password in it") << QStringLiteral("https://me:hush@dns.example.org") << false;
    QTest::newRow("query") << QStringLiteral("https://dns.example.org/?a=b") << false;
    QTest::newRow("no scheme") << QStringLiteral("dns.example.org") << false;
    QTest::newRow("another scheme") << QStringLiteral("ftp://dns.example.org") << false;
    QTest::newRow("nothing") << QString() << false;
}

void tst_Rest::addresses()
{
    QFETCH(QString, text);
    const auto url = apiAddress(text);
    QTEST(url.has_value(), "good");
    QVERIFY(!url || !url->path().endsWith(QLatin1Char('/')));
}

void tst_Rest::asksAndAnswers()
{
    Server server(
            {answer("200 OK", R"({"a":1})"), answer("422 Unprocessable", R"({"error":"no"})")});
    Rest rest(*apiAddress(server.address()), credential());
    const auto read = rest.get(QStringLiteral("/zones"), Cancel());
    QVERIFY(read && read->isGood());
    QCOMPARE(read->object().value(QLatin1String("a")).toInt(), 1);
    const auto refused = rest.send("PATCH", QStringLiteral("/zones/1"), Cancel(), "{}");
    QVERIFY(refused);
    QCOMPARE(refused->status, 422);
    const QList<QByteArray> requests = server.requests();
    QVERIFY(requests.first().startsWith("GET /api/zones HTTP/1.1\r\n"));
    QVERIFY(requests.first().contains(QByteArray("Authorization: Bearer ") + Token));
    QVERIFY(requests.last().startsWith("PATCH /api/zones/1 "));
    QVERIFY(requests.last().contains("application/json"));
}

void tst_Rest::otherKindsOfBody()
{
    Server server({answer("200 OK", "--x--", "Content-Type: multipart/form-data; boundary=x\r\n"),
                   answer("404 Not Found", {})});
    Rest rest(*apiAddress(server.address()), credential());
    const auto first =
            rest.sendAll({{"PUT", QStringLiteral("/file"), "octets\r\n", "text/plain"}}, Cancel());
    QCOMPARE(first.size(), 1);
    QVERIFY(first.first());
    QCOMPARE(first.first()->contentType, QByteArray("multipart/form-data; boundary=x"));
    const QByteArray request = server.requests().first();
    QVERIFY(request.startsWith("PUT /api/file "));
    QVERIFY(request.contains("Content-Type: text/plain\r\n"));
    QVERIFY(request.endsWith("\r\n\r\noctets\r\n"));
    // One that cannot be sent is told in its own place; the others are.
    const auto two = rest.sendAll(
            {{"GET", QStringLiteral(" elsewhere"), {}}, {"GET", QStringLiteral("/file"), {}}},
            Cancel());
    QCOMPARE(two.size(), 2);
    QVERIFY(!two.first());
    QVERIFY(two.last() && two.last()->status == 404);
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(rest.sendAll({}, Cancel()).isEmpty());
}

void tst_Rest::tokenStaysAtItsHost()
{
    Server elsewhere({});
    Server server({answer("302 Found", {}, "Location: " + elsewhere.address().toLatin1() + "\r\n"),
                   answer("404 Not Found", {})});
    Rest rest(*apiAddress(server.address()), credential());
    const auto sent = rest.get(QStringLiteral("/zones"), Cancel());
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, Error::Kind::Refused);
    QVERIFY(elsewhere.requests().isEmpty());
    const auto outside = rest.get(QStringLiteral("@example.org/"), Cancel());
    QVERIFY(!outside || server.requests().size() == 2); // still this server, whatever the path says
    QVERIFY(elsewhere.requests().isEmpty());
}

void tst_Rest::tokenIsNotQuotedBack()
{
    Server server({answer("400 Bad", QByteArray("you sent Bearer ") + Token)});
    Rest rest(*apiAddress(server.address()), credential());
    const auto reply = rest.get(QStringLiteral("/zones"), Cancel());
    QVERIFY(reply);
    QCOMPARE(reply->body, QByteArray("you sent Bearer [token]"));
}

void tst_Rest::waitsWhenTold()
{
    Server server({answer("429 Too Many", {}, "Retry-After: 1\r\n"), answer("200 OK", "{}")});
    Rest rest(*apiAddress(server.address()), credential());
    const auto reply = rest.send("PATCH", QStringLiteral("/zones"), Cancel(), "{}");
    QVERIFY(reply && reply->isGood());
    QCOMPARE(server.requests().size(), 2);
}

void tst_Rest::givesUpWhenToldTooOften()
{
    Server server({answer("429 Too Many", {}, "Retry-After: 3600\r\n")});
    Rest rest(*apiAddress(server.address()), credential());
    const auto reply = rest.get(QStringLiteral("/zones"), Cancel());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Refused);
    QVERIFY(reply.error().what.contains(QLatin1String("3600")));
}

void tst_Rest::cutIsNoAnswer()
{
    Server server({QByteArray(), QByteArray(), QByteArray(), QByteArray()});
    Rest rest(*apiAddress(server.address()), credential());
    const auto reply = rest.send("PATCH", QStringLiteral("/zones"), Cancel(), "{}");
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Network);
    QVERIFY(!(reply.error().what + reply.error().detail).contains(QLatin1String(Token)));
    QCOMPARE(server.requests().size(), 1); // never blindly again (PUSH-10)
}

void tst_Rest::stops()
{
    Server server({QByteArray("hang")});
    Rest rest(*apiAddress(server.address()), credential());
    const Cancel cancel = Cancel().until(QDeadlineTimer(200));
    const auto reply = rest.get(QStringLiteral("/zones"), cancel);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Cancelled);
}

void tst_Rest::secretIsWiped()
{
    QByteArray octets(Token);
    Secret first(std::move(octets));
    Secret second(std::move(first));
    QVERIFY(first.isEmpty());
    QCOMPARE(second.octets(), QByteArray(Token));
    second = Secret();
    QVERIFY(second.isEmpty());
}

void tst_Rest::segments()
{
    QCOMPARE(urlSegment("_mta-sts.example.com"), QStringLiteral("_mta-sts.example.com"));
    QCOMPARE(urlSegment("a/../b?c=d&e#f+%"), QStringLiteral("a%2F..%2Fb%3Fc%3Dd%26e%23f%2B%25"));
}

void tst_Rest::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::addColumn<Error::Kind>("kind");
    const QString said = QStringLiteral("no");
    QTest::newRow("wrong") << 400 << said << Error::Kind::Refused;
    QTest::newRow("wrong, in nobody's words") << 400 << QString() << Error::Kind::Malformed;
    QTest::newRow("no token") << 401 << QString() << Error::Kind::Refused;
    QTest::newRow("not allowed") << 403 << QString() << Error::Kind::Refused;
    QTest::newRow("not there") << 404 << said << Error::Kind::NotFound;
    QTest::newRow("not there, in nobody's words") << 404 << QString() << Error::Kind::Malformed;
    QTest::newRow("gave up waiting") << 408 << said << Error::Kind::Network;
    QTest::newRow("conflict") << 409 << said << Error::Kind::Refused;
    QTest::newRow("fault") << 500 << said << Error::Kind::Network;
    QTest::newRow("fault, in nobody's words") << 502 << QString() << Error::Kind::Network;
}

/// Refused and NotFound claim that nothing was done; so only what cannot have been done is called so.
void tst_Rest::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, said);
    const Error error = refusal({status, {}, {}}, said).value();
    QTEST(error.kind, "kind");
    QVERIFY(!error.what.isEmpty());
    QVERIFY(said.isEmpty() || error.detail == said);
}

QTEST_GUILESS_MAIN(tst_Rest)
#include "tst_rest.moc"
