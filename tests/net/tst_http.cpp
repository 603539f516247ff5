// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/http.h"

#include <QTest>

#include <zlib.h>

using State = HttpReader::State;

namespace {

constexpr HttpLimits Small{200, 20};

enum class Form { Gzip = 31, Zlib = 15 }; // zlib's window bits

QByteArray deflated(const QByteArray &text, Form form)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, static_cast<int>(form), 8, Z_DEFAULT_STRATEGY);
    QByteArray input = text;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(input.size()))),
                   '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

} // namespace

class tst_Http : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void headers();
    void truncatedEndIsNoEnd();
    void endlessLineEndsAtTheLimit();
    void endlessChunksEndAtTheLimit();
    void gzipIsInflated();
    void bombIsNotInflated();
    void http2IsRecognised();
};

void tst_Http::answers_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *reason, const QByteArray &octets, State state, int status = 0,
                        const QByteArray &body = {}) {
        QTest::newRow(reason) << octets << state << status << body;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";

    row("counted body", ok + "Content-Length: 5\r\n\r\nhello", State::Complete, 200, "hello");
    row("octets after the body are not the body", ok + "Content-Length: 5\r\n\r\nhelloX",
        State::Complete, 200, "hello");
    row("empty body", ok + "Content-Length: 0\r\n\r\n", State::Complete, 200);
    row("body up to the close", ok + "\r\nhello", State::Complete, 200, "hello");
    row("chunks", chunked + "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", State::Complete, 200, "hello");
    row("chunks in capitals", ok + "TRANSFER-ENCODING: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
        State::Complete, 200, "0123456789");
    row("chunks with trailers", chunked + "1\r\na\r\n0\r\nX: y\r\n\r\n", State::Complete, 200, "a");
    row("chunks count more than a length",
        ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        State::Complete, 200, "a");
    row("no reason phrase", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", State::Complete, 200,
        "a");
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\na", State::Complete, 200, "a");
    row("lone LF in the headers", "HTTP/1.1 200 OK\nContent-Length: 1\n\na", State::Complete, 200,
        "a");
    row("1xx answers come first",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok +
                "Content-Length: 1\r\n\r\na",
        State::Complete, 200, "a");
    row("other status ends with its headers", "HTTP/1.1 404 No\r\nContent-Length: 99999\r\n\r\n",
        State::Complete, 404);
    row("equal lengths are one", ok + "Content-Length: 1, 1\r\nContent-Length: 1\r\n\r\na",
        State::Complete, 200, "a");
    row("encoded although not asked for",
        ok + "Content-Encoding: deflate\r\n\r\n" + deflated("hello", Form::Zlib), State::Complete,
        200, "hello");
    row("body of exactly the limit", ok + "\r\n" + QByteArray(20, 'x'), State::Complete, 200,
        QByteArray(20, 'x'));

    row("nothing", {}, State::Broken);
    row("cut in the status line", "HTTP/1.1 20", State::Broken);
    row("cut in the headers", ok + "Content-Le", State::Broken);
    row("cut in the counted body", ok + "Content-Length: 5\r\n\r\nhell", State::Broken);
    row("cut in a chunk", chunked + "5\r\nhell", State::Broken);
    row("cut before the last chunk", chunked + "5\r\nhello\r\n", State::Broken);
    row("cut in the trailers", chunked + "0\r\n", State::Broken);
    row("another protocol", "220 mx1.example.com ESMTP\r\n", State::Broken);
    row("HTTP/2 in words", "HTTP/2 200\r\n\r\n", State::Broken);
    row("status of two digits", "HTTP/1.1 20 OK\r\n\r\n", State::Broken);
    row("status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", State::Broken);
    row("status 600", "HTTP/1.1 600 OK\r\n\r\n", State::Broken);
    row("switching protocols", "HTTP/1.1 101 Switching\r\n\r\n", State::Broken);
    row("folded header", ok + "A: b\r\n c\r\nContent-Length: 0\r\n\r\n", State::Broken);
    row("space before the colon", ok + "Content-Length : 0\r\n\r\n", State::Broken);
    row("header without colon", ok + "Content-Length\r\n\r\n", State::Broken);
    row("header without name", ok + ": a\r\n\r\n", State::Broken);
    row("NUL in a header", ok + QByteArray("A: \0\r\n\r\n", 8), State::Broken);
    row("bare CR in a header", ok + "A: b\rC: d\r\n\r\n", State::Broken);
    row("different lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na", State::Broken);
    row("length with a sign", ok + "Content-Length: +1\r\n\r\na", State::Broken);
    row("negative length", ok + "Content-Length: -1\r\n\r\na", State::Broken);
    row("empty length", ok + "Content-Length:\r\n\r\n", State::Broken);
    row("other transfer encoding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", State::Broken);
    row("chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        State::Broken);
    row("chunk size with 0x", chunked + "0x1\r\na\r\n0\r\n\r\n", State::Broken);
    row("chunk size missing", chunked + "\r\na\r\n0\r\n\r\n", State::Broken);
    row("chunk longer than its size", chunked + "1\r\nab\r\n0\r\n\r\n", State::Broken);
    row("lone LF after a chunk", chunked + "1\r\na\n0\r\n\r\n", State::Broken);
    row("unknown content encoding", ok + "Content-Encoding: br\r\n\r\nx", State::Broken);
    row("encoded twice", ok + "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\nx",
        State::Broken);
    row("damaged gzip", ok + "Content-Encoding: gzip\r\n\r\nhello", State::Broken);
    row("cut encoding",
        ok + "Content-Encoding: deflate\r\n\r\n" + deflated("hello", Form::Zlib).left(9),
        State::Broken);

    row("length over the limit", ok + "Content-Length: 21\r\n\r\n", State::TooLarge);
    row("length over 64 bits", ok + "Content-Length: 99999999999999999999\r\n\r\n",
        State::TooLarge);
    row("one octet over the limit", ok + "\r\n" + QByteArray(21, 'x'), State::TooLarge);
    row("chunk over the limit", chunked + "15\r\n", State::TooLarge);
    row("chunk size over 64 bits", chunked + "fffffffffffffffff\r\n", State::TooLarge);
    row("chunks over the limit together", chunked + "b\r\n01234567890\r\nb\r\n", State::TooLarge);
    row("headers over the limit", ok + "A: " + QByteArray(300, 'x'), State::TooLarge);
    row("many headers over the limit", ok + QByteArray("A: b\r\n").repeated(50), State::TooLarge);
    row("many 1xx answers over the limit", QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(20),
        State::TooLarge);
    row("trailers over the limit", chunked + "0\r\n" + QByteArray("A: b\r\n").repeated(50),
        State::TooLarge);
}

void tst_Http::answers()
{
    QFETCH(QByteArray, octets);
    QFETCH(State, state);
    for (const qsizetype piece : {octets.size(), qsizetype(1), qsizetype(2), qsizetype(7)}) {
        HttpReader reader(Small);
        for (qsizetype at = 0; at < octets.size(); at += piece)
            reader.feed(octets.mid(at, piece));
        QCOMPARE(reader.finish(false), state);
        QCOMPARE(reader.problem().isEmpty(), state == State::Complete);
        if (state != State::Complete)
            continue;
        QTEST(reader.answer().status, "status");
        QTEST(reader.answer().body, "body");
    }
}

void tst_Http::headers()
{
    HttpReader reader;
    reader.feed(
            "HTTP/1.1 100 C\r\nX: gone\r\n\r\nHTTP/1.1 200 OK\r\nContent-TYPE:\t text/plain \r\n"
            "Empty:\r\nX: one\r\nx: two\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(reader.state(), State::Complete);
    QCOMPARE(reader.answer().header("content-type"), std::optional<QByteArray>("text/plain"));
    QCOMPARE(reader.answer().header("empty"), std::optional<QByteArray>(""));
    QCOMPARE(reader.answer().headersNamed("x"), (QList<QByteArray>{"one", "two"}));
    QVERIFY(!reader.answer().header("location"));
}

void tst_Http::truncatedEndIsNoEnd()
{
    HttpReader toClose;
    toClose.feed("HTTP/1.1 200 OK\r\n\r\nhello");
    QCOMPARE(toClose.finish(true), State::Broken);
    HttpReader counted;
    counted.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    QCOMPARE(counted.finish(true), State::Complete);
}

void tst_Http::endlessLineEndsAtTheLimit()
{
    HttpReader reader;
    qsizetype fed = 0;
    while (reader.feed(QByteArray(1000, 'x')) == State::Reading)
        QVERIFY((fed += 1000) <= Limits::HttpHeader);
    QCOMPARE(reader.state(), State::TooLarge);
}

void tst_Http::endlessChunksEndAtTheLimit()
{
    HttpReader reader;
    reader.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    qsizetype fed = 0;
    while (reader.feed("1\r\nx\r\n") == State::Reading)
        QVERIFY(++fed <= Limits::PolicyBody);
    QCOMPARE(reader.state(), State::TooLarge);
    QCOMPARE(fed, Limits::PolicyBody);
}

void tst_Http::gzipIsInflated()
{
    HttpReader reader;
    reader.feed("HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\n\r\n" +
                deflated(QByteArray(50000, 'x'), Form::Gzip));
    QCOMPARE(reader.finish(false), State::Complete);
    QCOMPARE(reader.answer().body, QByteArray(50000, 'x'));
}

void tst_Http::bombIsNotInflated()
{
    const QByteArray bomb = deflated(QByteArray(40 * 1024 * 1024, '\0'), Form::Gzip);
    QVERIFY(bomb.size() < Limits::PolicyBody); // it has to fit as sent
    HttpReader reader;
    reader.feed("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                QByteArray::number(bomb.size()) + "\r\n\r\n");
    QCOMPARE(reader.feed(bomb), State::TooLarge);
    QVERIFY(reader.answer().body.size() <= Limits::PolicyBody);
}

void tst_Http::http2IsRecognised()
{
    HttpReader reader;
    QCOMPARE(reader.feed(QByteArray("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80", 15)), State::Broken);
    QVERIFY(reader.sawHttp2());
    HttpReader other;
    QCOMPARE(other.feed("HTTP/1.0 20\r\n"), State::Broken);
    QVERIFY(!other.sawHttp2());
}

QTEST_GUILESS_MAIN(tst_Http)
#include "tst_http.moc"
