// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading what services write; the other way is in tst_record with the records themselves.
#include "dns/presentation.h"

#include <QTest>

class tst_Presentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unquoted_data();
    void unquoted();
    void everyOctetComesBack();
    void fromText_data();
    void fromText();
    void everyTypeHasItsName();
};

void tst_Presentation::unquoted_data()
{
    QTest::addColumn<QByteArray>("quoted");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("one string") << QByteArray(R"("v=STSv1; id=1;")") << QByteArray("v=STSv1; id=1;")
                                << true;
    QTest::newRow("two strings are joined")
            << QByteArray(R"("v=STSv1;" " id=1;")") << QByteArray("v=STSv1; id=1;") << true;
    QTest::newRow("no blank between them") << QByteArray(R"("a""b")") << QByteArray("ab") << true;
    QTest::newRow("empty") << QByteArray(R"("")") << QByteArray() << true;
    QTest::newRow("escaped quote and backslash")
            << QByteArray(R"("\"\\")") << QByteArray("\"\\") << true;
    QTest::newRow("decimal escape")
            << QByteArray(R"("\195\164\059")") << QByteArray("\xC3\xA4;") << true;
    QTest::newRow("not quoted") << QByteArray("v=STSv1; id=1;") << QByteArray() << false;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << false;
    QTest::newRow("one quote only") << QByteArray(R"("abc)") << QByteArray() << false;
    QTest::newRow("text after the quotes") << QByteArray(R"("abc" d)") << QByteArray() << false;
    QTest::newRow("escape at the end") << QByteArray("\"abc\\") << QByteArray() << false;
    QTest::newRow("escape over 255") << QByteArray(R"("\256")") << QByteArray() << false;
    QTest::newRow("escape of two digits") << QByteArray(R"("\12")") << QByteArray() << false;
}

void tst_Presentation::unquoted()
{
    QFETCH(QByteArray, quoted);
    QFETCH(bool, good);
    const auto text = unquotedTxt(quoted);
    QCOMPARE(text.has_value(), good);
    if (good)
        QTEST(*text, "text");
}

/// PUSH-7: read back, it is the same octets, whatever the length.
void tst_Presentation::everyOctetComesBack()
{
    QByteArray text;
    for (int i = 0; i < 600; ++i)
        text += char(i % 256);
    for (qsizetype length :
         {qsizetype(0), qsizetype(1), qsizetype(255), qsizetype(256), text.size()}) {
        const auto back = unquotedTxt(quotedTxt(text.left(length)));
        QVERIFY(back);
        QCOMPARE(*back, text.left(length));
    }
}

void tst_Presentation::fromText_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("quoted text") << QByteArray("TXT") << QByteArray(R"("a" "b")")
                                 << QByteArray("ab");
    QTest::newRow("raw text of older records")
            << QByteArray("txt") << QByteArray("v=STSv1; id=1") << QByteArray("v=STSv1; id=1");
    QTest::newRow("alias with dot and capitals")
            << QByteArray("CNAME") << QByteArray("Host.Example.NET.")
            << QByteArray("host.example.net");
    QTest::newRow("alias without dot") << QByteArray("CNAME") << QByteArray("host.example.net")
                                       << QByteArray("host.example.net");
    QTest::newRow("TLSA in capitals and groups")
            << QByteArray("TLSA") << QByteArray("3 1 1 ABCD " + QByteArray(60, 'E'))
            << QByteArray("3 1 1 abcd" + QByteArray(60, 'e'));
    QTest::newRow("address") << QByteArray("A") << QByteArray(" 192.0.2.1 ")
                             << QByteArray("192.0.2.1");
}

void tst_Presentation::fromText()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, text);
    const auto known = typeFromName(type);
    QVERIFY(known);
    QTEST(dataFromText(*known, text), "data");
}

void tst_Presentation::everyTypeHasItsName()
{
    for (const RecordType type : {RecordType::A, RecordType::NS, RecordType::CNAME, RecordType::SOA,
                                  RecordType::MX, RecordType::TXT, RecordType::AAAA, RecordType::DS,
                                  RecordType::DNSKEY, RecordType::TLSA, RecordType::CAA})
        QCOMPARE(typeFromName(typeName(type)), std::optional(type));
    QCOMPARE(typeName(RecordType(65)), QByteArray("TYPE65"));
    QVERIFY(!typeFromName("HTTPS"));
}

QTEST_GUILESS_MAIN(tst_Presentation)
#include "tst_presentation.moc"
