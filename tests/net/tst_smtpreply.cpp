// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/smtpreply.h"

#include <QTest>

using Fault = SmtpReplyReader::Fault;
Q_DECLARE_METATYPE(SmtpReplyReader::Fault)

namespace {

struct Seen
{
    QList<SmtpReply> replies;
    Fault fault = Fault::None;
    QByteArray faultyLine;
    friend bool operator==(const Seen &, const Seen &) = default;
};

Seen readInPieces(const QByteArray &octets, qsizetype piece)
{
    SmtpReplyReader reader;
    Seen seen;
    for (qsizetype at = 0; at < octets.size(); at += piece) {
        reader.feed(octets.mid(at, piece));
        while (const std::optional<SmtpReply> reply = reader.take())
            seen.replies.append(*reply);
    }
    seen.fault = reader.fault();
    seen.faultyLine = reader.faultyLine();
    return seen;
}

SmtpReply only(const QByteArray &octets)
{
    const Seen seen = readInPieces(octets, octets.size());
    return seen.replies.size() == 1 && seen.fault == Fault::None ? seen.replies.first()
                                                                 : SmtpReply();
}

QByteArray lines(int count, const QByteArray &text)
{
    return ("220-" + text + "\r\n").repeated(count - 1) + "220 " + text + "\r\n";
}

} // namespace

class tst_SmtpReply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replies_data();
    void replies();
    void packetBordersChangeNothing_data() { replies_data(); }
    void packetBordersChangeNothing();
    void twoPacketsCutAnywhere();
    void oddities();
    void faultIsFoundBeforeTheLineEnds();
    void octetsBehindAReplyStay();
    void nothingIsReadBehindAFault();
    void refusalOfUs_data();
    void refusalOfUs();
};

void tst_SmtpReply::replies_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("replies");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("text"); // of the first reply, lines joined by SP
    QTest::addColumn<Fault>("fault");
    const auto good = [](const char *why, const QByteArray &octets, int code,
                         const QByteArray &text, int count = 1) {
        QTest::newRow(why) << octets << count << code << text << Fault::None;
    };
    const auto bad = [](const char *why, const QByteArray &octets, Fault fault) {
        QTest::newRow(why) << octets << 0 << 0 << QByteArray() << fault;
    };
    good("one line", "220 mx1 ESMTP\r\n", 220, "mx1 ESMTP");
    good("three lines", "220-a\r\n220-b\r\n220 c\r\n", 220, "a b c");
    good("code alone", "220\r\n", 220, "");
    good("code alone at the end of many lines", "250-a\r\n250\r\n", 250, "a");
    good("code and SP", "220 \r\n", 220, "");
    good("empty line that goes on", "220-\r\n220 b\r\n", 220, "b");
    good("LF alone", "220-a\n220 b\n", 220, "a b");
    good("CR is data", "220 a\rb\r\n", 220, "a\rb");
    good("two replies at once", "220 a\r\n250 b\r\n", 220, "a", 2);
    good("lowest and highest code", "200 a\r\n599 b\r\n", 200, "a", 2);
    good("markup and escapes stay as sent", "220 <b>%1\x1b[31m\r\n", 220, "<b>%1\x1b[31m");
    good("line of exactly the limit", "220 " + QByteArray(4090, 'a') + "\r\n", 220,
         QByteArray(4090, 'a'));
    good("as many lines as allowed", lines(128, "a"), 220,
         QByteArray("a ").repeated(128).trimmed());
    QTest::newRow("nothing") << QByteArray() << 0 << 0 << QByteArray() << Fault::None;
    QTest::newRow("unfinished line")
            << QByteArray("220 a") << 0 << 0 << QByteArray() << Fault::None;
    QTest::newRow("unfinished reply")
            << QByteArray("220-a\r\n") << 0 << 0 << QByteArray() << Fault::None;
    bad("two digits", "22 hello\r\n", Fault::Shape);
    bad("four digits", "2200 hello\r\n", Fault::Shape);
    bad("letter in the code", "2x0 hello\r\n", Fault::Shape);
    bad("underscore", "220_hello\r\n", Fault::Shape);
    bad("tab as separator", "220\thello\r\n", Fault::Shape);
    bad("space before the code", " 220 hello\r\n", Fault::Shape);
    bad("empty line", "\r\n", Fault::Shape);
    bad("words on a later line", "220-a\r\nhello\r\n", Fault::Shape);
    bad("empty line inside", "220-a\r\n\r\n220 b\r\n", Fault::Shape);
    bad("CR right behind the code", "220\rx\r\n", Fault::Shape);
    bad("9 as first digit", "999 hello\r\n", Fault::FirstDigit);
    bad("1 as first digit", "120 hello\r\n", Fault::FirstDigit);
    bad("0 as first digit", "000 hello\r\n", Fault::FirstDigit);
    bad("codes differ", "250-a\r\n251-b\r\n250 c\r\n", Fault::MixedCodes);
    bad("last code differs", "250-a\r\n550 c\r\n", Fault::MixedCodes);
    bad("SSH", "SSH-2.0-OpenSSH_9.6\r\n", Fault::Foreign);
    bad("POP3", "+OK ready\r\n", Fault::Foreign);
    bad("HTTP", "HTTP/1.1 400 Bad Request\r\n", Fault::Foreign);
    bad("TLS record", QByteArray("\x15\x03\x01\x00\x02\x02(", 7), Fault::Foreign);
    bad("line over the limit", "220 " + QByteArray(4091, 'a') + "\r\n", Fault::LongLine);
    bad("line without end", QByteArray(100000, 'a'), Fault::LongLine);
    bad("a line too many", lines(129, "a"), Fault::ManyLines);
    bad("reply without end", QByteArray("220-line\r\n").repeated(1000), Fault::ManyLines);
    bad("reply too large", lines(20, QByteArray(4000, 'a')), Fault::LargeReply);
}

void tst_SmtpReply::replies()
{
    QFETCH(QByteArray, octets);
    const Seen seen = readInPieces(octets, qMax<qsizetype>(1, octets.size()));
    QTEST(seen.fault, "fault");
    QTEST(int(seen.replies.size()), "replies");
    QTEST(seen.replies.value(0).code, "code");
    QTEST(seen.replies.value(0).text(), "text");
}

void tst_SmtpReply::packetBordersChangeNothing()
{
    QFETCH(QByteArray, octets);
    const Seen whole = readInPieces(octets, qMax<qsizetype>(1, octets.size()));
    for (const qsizetype piece : {1, 2, 3, 7, 512, 4096})
        QVERIFY2(readInPieces(octets, piece) == whole, qPrintable(QString::number(piece)));
}

void tst_SmtpReply::twoPacketsCutAnywhere()
{
    const QByteArray octets("250-mx1\r\n250-SIZE 1\n250 STARTTLS\r\n220 go\r\n");
    const Seen whole = readInPieces(octets, octets.size());
    QCOMPARE(whole.replies.size(), 2);
    for (qsizetype cut = 0; cut <= octets.size(); ++cut) {
        SmtpReplyReader reader;
        QList<SmtpReply> replies;
        for (const QByteArray &part : {octets.left(cut), octets.mid(cut)}) {
            reader.feed(part);
            while (const std::optional<SmtpReply> reply = reader.take())
                replies.append(*reply);
        }
        QVERIFY2(replies == whole.replies, qPrintable(QString::number(cut)));
    }
}

void tst_SmtpReply::oddities()
{
    const SmtpReply plain = only("220 mx1\tGr\xc3\xbc\xdf"
                                 "e\r\n");
    QCOMPARE(plain.code, 220);
    QVERIFY(!plain.bareLf && !plain.bareCr && !plain.longLine && !plain.controlOctets);
    QVERIFY(only("220-a\r\n220 b\n").bareLf);
    QVERIFY(only("220 a\rb\r\n").bareCr);
    QVERIFY(!only("220 a\rb\r\n").bareLf);
    QVERIFY(only(QByteArray("220 a\0b\r\n", 9)).controlOctets);
    QVERIFY(only("220 \x1b[2J\r\n").controlOctets);
    // RFC 5321 4.5.3.1.5: 512 octets with CRLF.
    QVERIFY(!only("220 " + QByteArray(506, 'a') + "\r\n").longLine);
    QVERIFY(only("220 " + QByteArray(507, 'a') + "\r\n").longLine);
}

void tst_SmtpReply::faultIsFoundBeforeTheLineEnds()
{
    SmtpReplyReader binary;
    binary.feed("\x16");
    QCOMPARE(binary.fault(), Fault::Foreign);

    SmtpReplyReader endless;
    endless.feed(QByteArray(4095, 'a'));
    QCOMPARE(endless.fault(), Fault::None);
    endless.feed("a");
    QCOMPARE(endless.fault(), Fault::LongLine);
    QVERIFY(endless.faultyLine().size() <= Limits::ShownText);
}

void tst_SmtpReply::octetsBehindAReplyStay()
{
    SmtpReplyReader reader;
    reader.feed("220 go\r\n250 smuggled\r\n25");
    QCOMPARE(reader.take()->code, 220);
    QCOMPARE(reader.pendingOctets(), 16);
    QCOMPARE(reader.take()->code, 250);
    QCOMPARE(reader.pendingOctets(), 2);
    QVERIFY(!reader.take());

    SmtpReplyReader exact;
    exact.feed("220 go\r\n");
    QCOMPARE(exact.take()->code, 220);
    QCOMPARE(exact.pendingOctets(), 0);
}

void tst_SmtpReply::nothingIsReadBehindAFault()
{
    SmtpReplyReader reader;
    reader.feed("999 no\r\n220 yes\r\n");
    reader.feed("220 yes\r\n");
    QVERIFY(!reader.take());
    QCOMPARE(reader.fault(), Fault::FirstDigit);
    QCOMPARE(reader.faultyLine().trimmed(), QByteArray("999 no"));
}

void tst_SmtpReply::refusalOfUs_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("us");
    const auto row = [](const QByteArray &octets, bool us) {
        QTest::newRow(octets.simplified().constData()) << octets + "\r\n" << us;
    };
    row("554 5.7.1 No SMTP service here for your address", true);
    row("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
        true);
    row("550 Your IP is listed in the PBL", true);
    row("554 mx1 your reverse DNS does not match", true);
    row("421 4.7.0 rDNS lookup failed for [192.0.2.1]", true);
    row("450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]", true);
    row("550 5.7.25 The sending IP does not have a PTR record", true);
    row("554-Bad DNS PTR resource record.\r\n554 For explanation visit our site", true);
    row("501 Syntactically invalid EHLO argument(s)", true);
    row("504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname", true);
    row("550 Dynamic IP addresses are not welcome", true);
    row("421 4.3.2 too busy", false);
    row("421 4.7.1 greylisted, try again later", false);
    row("554 No SMTP service here", false);
    row("521 mx1.example.com does not accept mail", false);
    row("502 5.5.1 EHLO command not implemented", false);
    row("500 5.5.2 Error: command not recognized", false);
    row("451 4.3.0 Temporary local problem", false);
    row("220 your ip is welcome", false);
}

void tst_SmtpReply::refusalOfUs()
{
    QFETCH(QByteArray, octets);
    QTEST(refusesUs(only(octets)), "us");
}

QTEST_GUILESS_MAIN(tst_SmtpReply)
#include "tst_smtpreply.moc"
