// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/presentation.h"
#include "fakes/fakeresolver.h"

#include <QTest>

namespace {

// Octets written as hex, names as \xNN would swallow the letters behind them.
QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

class TestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNames_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<bool>("good");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("root") << hex("00") << true << QByteArray();
        QTest::newRow("letters become small") << hex("024d58014100") << true << QByteArray("mx.a");
        QTest::newRow("a dot inside a label is not a separator")
                << hex("03612e6200") << true << QByteArray("a\\046b");
        QTest::newRow("control octets are escaped")
                << hex("02070a00") << true << QByteArray("\\007\\010");
        QTest::newRow("octets above ASCII are escaped")
                << hex("01ff00") << true << QByteArray("\\255");
        QTest::newRow("cut inside a label") << hex("056162") << false << QByteArray();
        QTest::newRow("no final root label") << hex("0161") << false << QByteArray();
        QTest::newRow("compression pointer") << hex("0161c000") << false << QByteArray();
        QTest::newRow("empty") << QByteArray() << false << QByteArray();
        QTest::newRow("longer than 255 octets") << QByteArray("\x01"
                                                              "a")
                                                                   .repeated(128) +
                                                           '\0'
                                                << false << QByteArray();
    }
    void readsNames()
    {
        QFETCH(QByteArray, wire);
        QFETCH(bool, good);
        const auto name = nameFromWire(wire);
        QCOMPARE(name.has_value(), good);
        if (name)
            QTEST(*name, "name");
    }

    void knowsLegalNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("legal");
        const QByteArray label63(63, 'a');
        const QByteArray name253 = label63 + '.' + label63 + '.' + label63 + '.' + label63.left(61);
        QTest::newRow("ordinary") << QByteArray("_mta-sts.shop.example") << true;
        QTest::newRow("final dot") << QByteArray("shop.example.") << true;
        QTest::newRow("root") << QByteArray(".") << true;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("empty label") << QByteArray("a..b") << false;
        QTest::newRow("label of 63") << label63 + ".example" << true;
        QTest::newRow("label of 64") << label63 + "a.example" << false;
        QTest::newRow("name of 253") << name253 << true;
        QTest::newRow("name of 254") << name253 + 'a' << false;
        QTest::newRow("escape counts once") << "\\255" + label63.left(62) << true;
        QTest::newRow("escape without digits behind it") << QByteArray("a\\") << false;
        QTest::newRow("escape above 255") << QByteArray("a\\256.example") << false;
        QTest::newRow("inner NUL") << QByteArray("a\0b.example", 11) << false;
        QTest::newRow("space") << QByteArray("a b.example") << false;
        QTest::newRow("raw octet above ASCII") << QByteArray("\xc3\xa4.example") << false;
    }
    void knowsLegalNames()
    {
        QFETCH(QByteArray, name);
        QTEST(isLegalName(name), "legal");
    }

    void joinsTexts_data()
    {
        QTest::addColumn<QByteArray>("rdata");
        QTest::addColumn<bool>("good");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("one string") << hex("026162") << true << QByteArray("ab");
        QTest::newRow("joined without a space (STS-2)")
                << hex("026162026364") << true << QByteArray("abcd");
        QTest::newRow("an empty string between") << hex("01610001"
                                                        "62")
                                                 << true << QByteArray("ab");
        QTest::newRow("one empty string") << hex("00") << true << QByteArray("");
        QTest::newRow("no string at all") << QByteArray() << false << QByteArray();
        QTest::newRow("length beyond the end") << hex("056162") << false << QByteArray();
    }
    void joinsTexts()
    {
        QFETCH(QByteArray, rdata);
        QFETCH(bool, good);
        const auto text = txtFromWire(rdata);
        QCOMPARE(text.has_value(), good);
        if (text)
            QTEST(*text, "text");
    }

    void leavesOutMalformedRecords()
    {
        DnsAnswer answer;
        answer.status = AnswerStatus::Found;
        answer.type = RecordType::MX;
        answer.rdata = {hex("0014014200"), hex("000a"), hex("000a0161"), hex("000a014100"),
                        hex("000000")};
        const QList<MxRecord> expected{{0, ""}, {10, "a"}, {20, "b"}};
        QCOMPARE(mailExchangers(answer), expected);
        answer.type = RecordType::A;
        answer.rdata = {hex("c0000201"), hex("c00002"), hex("c000020101")};
        QCOMPARE(addresses(answer), QList<QHostAddress>{QHostAddress(QStringLiteral("192.0.2.1"))});
        answer.type = RecordType::AAAA;
        answer.rdata = {hex("20010db8000000000000000000000001"), hex("c0000201")};
        QCOMPARE(addresses(answer),
                 QList<QHostAddress>{QHostAddress(QStringLiteral("2001:db8::1"))});
    }

    void failedAnswersHoldNothing()
    {
        DnsAnswer answer;
        answer.type = RecordType::TXT;
        answer.rdata = {hex("0161")};
        QVERIFY(texts(answer).isEmpty());
    }

    void quotes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("quoted");
        QTest::newRow("plain") << QByteArray("v=STSv1; id=1;") << QByteArray("\"v=STSv1; id=1;\"");
        QTest::newRow("empty") << QByteArray() << QByteArray("\"\"");
        QTest::newRow("quote and backslash")
                << QByteArray("a\"b\\c") << QByteArray("\"a\\\"b\\\\c\"");
        QTest::newRow("other octets as decimals")
                << QByteArray("\x07\xff\n") << QByteArray("\"\\007\\255\\010\"");
        QTest::newRow("255 octets stay one string")
                << QByteArray(255, 'x') << '"' + QByteArray(255, 'x') + '"';
        QTest::newRow("256 octets become two (DNS-3)")
                << QByteArray(256, 'x') << '"' + QByteArray(255, 'x') + "\" \"x\"";
    }
    void quotes()
    {
        QFETCH(QByteArray, text);
        QTEST(quotedTxt(text), "quoted");
    }

    void writesZoneLines_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("text is quoted") << int(RecordType::TXT) << QByteArray("v=STSv1; id=1")
                                        << QByteArray("a.example. 300 IN TXT \"v=STSv1; id=1\"");
        QTest::newRow("a target is made absolute")
                << int(RecordType::CNAME) << QByteArray("host.example")
                << QByteArray("a.example. 300 IN CNAME host.example.");
        QTest::newRow("an absolute target stays")
                << int(RecordType::MX) << QByteArray("10 mx.example.")
                << QByteArray("a.example. 300 IN MX 10 mx.example.");
        QTest::newRow("other data stays as it is")
                << int(RecordType::TLSA) << QByteArray("3 1 1 ab")
                << QByteArray("a.example. 300 IN TLSA 3 1 1 ab");
    }
    void writesZoneLines()
    {
        QFETCH(int, type);
        QFETCH(QByteArray, data);
        QTEST(zoneLine({"a.example", RecordType(type), 300, data}), "line");
    }

    void namesForPanels_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QByteArray>("relative");
        QTest::newRow("below") << QByteArray("_mta-sts.shop.example") << QByteArray("shop.example")
                               << QByteArray("_mta-sts");
        QTest::newRow("apex") << QByteArray("shop.example") << QByteArray("Shop.example.")
                              << QByteArray("@");
        QTest::newRow("zone above the domain")
                << QByteArray("_smtp._tls.a.shop.example") << QByteArray("shop.example")
                << QByteArray("_smtp._tls.a");
        QTest::newRow("same ending, another zone")
                << QByteArray("bigshop.example") << QByteArray("shop.example")
                << QByteArray("bigshop.example.");
    }
    void namesForPanels()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, zone);
        QTEST(relativeName(name, zone), "relative");
    }

    void namesTypes()
    {
        QCOMPARE(typeName(RecordType::TLSA), QByteArray("TLSA"));
        QCOMPARE(typeName(RecordType(65280)), QByteArray("TYPE65280"));
    }

    void fakeAndReaderAgree()
    {
        FakeResolver dns;
        const Cancel never;
        const QByteArray longText(600, 'x');
        dns.txt("a.example", {longText, "b"});
        QCOMPARE(texts(dns.lookup("A.example.", RecordType::TXT, never)),
                 (QList<QByteArray>{longText, "b"}));
        dns.mx("a.example", {{20, "mx2.example"}, {10, "mx1.example"}});
        QCOMPARE(mailExchangers(dns.lookup("a.example", RecordType::MX, never)),
                 (QList<MxRecord>{{10, "mx1.example"}, {20, "mx2.example"}}));
        dns.ns("a.example", {"ns.example"});
        QCOMPARE(targets(dns.lookup("a.example", RecordType::NS, never)),
                 QList<QByteArray>{"ns.example"});
        dns.aaaa("a.example", {QStringLiteral("2001:db8::1")});
        QCOMPARE(addresses(dns.lookup("a.example", RecordType::AAAA, never)),
                 QList<QHostAddress>{QHostAddress(QStringLiteral("2001:db8::1"))});
    }
};

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_record.moc"
