// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/tlsarecord.h"
#include "mailvectors.h"

class tst_TlsaRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rdata_data() { Vectors::addRows("dane.json", "rdata"); }
    void rdata();
    void usable_data() { Vectors::addRows("dane.json", "cases"); }
    void usable();
    void forms_data();
    void forms();
    void wire();
    void roundTrip();
    void everyPrefix();
};

static TlsaRecord recordOf(const QJsonValue &json)
{
    return {quint8(json[QLatin1String("usage")].toInt()),
            quint8(json[QLatin1String("selector")].toInt()),
            quint8(json[QLatin1String("mtype")].toInt()),
            QByteArray::fromHex(json[QLatin1String("data")].toString().toLatin1())};
}

void tst_TlsaRecord::rdata()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const TlsaReading reading =
            readTlsa(row.value(QLatin1String("presentation")).toString().toUtf8());
    QCOMPARE(reading.record.has_value(), expected.value(QLatin1String("accept")).toBool());
    if (reading.record)
        QVERIFY(*reading.record == recordOf(expected.value(QLatin1String("record"))));
    else
        QVERIFY(!reading.issues.isEmpty());
    QCOMPARE(Vectors::firstMissing(expected, reading.issues), QString());
    if (reading.record)
        QCOMPARE(Vectors::firstSurplus(expected, reading.issues), QString());
}

void tst_TlsaRecord::usable()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    QList<TlsaRecord> set;
    QList<Issue> issues;
    QJsonArray usable;
    const QJsonArray records = row.value(QLatin1String("tlsa")).toArray();
    for (const QJsonValue &json : records) {
        const QList<Issue> why = whyUnusable(recordOf(json));
        if (why.isEmpty())
            usable.append(int(set.size()));
        issues += why;
        set.append(recordOf(json));
    }
    // What the resolver says comes first; these rows are about records that it calls secure.
    if (row.value(QLatin1String("tlsa_dnssec")) == QLatin1String("secure"))
        QCOMPARE(usable, expected.value(QLatin1String("usable")).toArray());
    else
        QCOMPARE(expected.value(QLatin1String("usable")).toArray(), QJsonArray());
    issues += adviceOn(set);
    // Of the findings only those that the records alone decide; a warning beside usable records and
    // the error about a certificate that was renewed are the judge's.
    QJsonArray ours;
    const QJsonArray findings = expected.value(QLatin1String("findings")).toArray();
    for (const QJsonValue &finding : findings) {
        const QString rule = finding[QLatin1String("req")].toString();
        const bool isError = finding[QLatin1String("severity")] == QLatin1String("error");
        const bool isWhy = rule == QLatin1String("DANE-14") || rule == QLatin1String("DANE-15") ||
                           rule == QLatin1String("DANE-16");
        const bool isAdvice = rule == QLatin1String("DANE-30") ||
                              rule == QLatin1String("DANE-31") || rule == QLatin1String("DANE-50");
        if ((isWhy && isError) || (isAdvice && !isError))
            ours.append(finding);
    }
    QCOMPARE(Vectors::firstMissing({{QStringLiteral("findings"), ours}}, issues), QString());
}

void tst_TlsaRecord::forms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    const QByteArray hex("97097481d78cfc3262846f9f2668b9e2f0e505a8b33d3041b2381572f070cc78");
    QTest::newRow("upper-case digits") << "3 1 1 " + hex.toUpper() << true;
    QTest::newRow("groups") << "3 1 1 " + hex.left(10) + ' ' + hex.mid(10) << true;
    QTest::newRow("tabs") << "3\t1\t1\t" + hex << true;
    QTest::newRow("odd group border") << "3 1 1 " + hex.left(11) + ' ' + hex.mid(11) << true;
    QTest::newRow("generic in groups") << "\\# 35 030101 " + hex << true;
    QTest::newRow("generic type word") << "mx.example. IN TYPE52 \\# 35 030101" + hex << true;
    QTest::newRow("type word without owner") << "TLSA 3 1 1 " + hex << true;
    QTest::newRow("odd number of digits") << "3 1 1 " + hex.chopped(1) << false;
    QTest::newRow("usage above 255") << "256 1 1 " + hex << false;
    QTest::newRow("plus sign") << "+3 1 1 " + hex << false;
    QTest::newRow("parenthesis left open") << "3 1 1 ( " + hex << false;
    QTest::newRow("parenthesis never opened") << "3 1 1 " + hex + " )" << false;
    QTest::newRow("hexadecimal prefix") << "3 1 1 0x" + hex << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("generic without data") << QByteArray("\\# 3 030101") << false;
    QTest::newRow("generic length of ten digits") << "\\# 9999999999 030101" + hex << false;
}

void tst_TlsaRecord::forms()
{
    QFETCH(QByteArray, text);
    const TlsaReading reading = readTlsa(text);
    QTEST(reading.record.has_value(), "good");
    if (!reading.record)
        return;
    QCOMPARE(tlsaToText(*reading.record),
             QByteArray("3 1 1 97097481d78cfc3262846f9f2668b9e2f0e505a8b33d3041b2381572f070cc78"));
    QVERIFY(whyUnusable(*reading.record).isEmpty());
}

void tst_TlsaRecord::wire()
{
    QVERIFY(!tlsaFromWire({}));
    QVERIFY(!tlsaFromWire("\x03\x01"));
    const auto bare = tlsaFromWire("\x03\x01\x01");
    QVERIFY(bare);
    QCOMPARE(whyUnusable(*bare).size(), 1); // there, but unusable
    const auto full = tlsaFromWire(QByteArray("\x03\x01\xFF", 3) + QByteArray(32, '\0'));
    QVERIFY(full);
    QCOMPARE(full->matching, quint8(255));
    QCOMPARE(whyUnusable(*full).first().id, QByteArray("DANE-15.matching"));
}

void tst_TlsaRecord::roundTrip()
{
    const QJsonArray all = Vectors::rows("dane.json", "cases");
    for (const QJsonValue &row : all) {
        const QJsonArray records = row[QLatin1String("tlsa")].toArray();
        for (const QJsonValue &json : records) {
            const TlsaRecord record = recordOf(json);
            const TlsaReading reading = readTlsa(tlsaToText(record));
            QVERIFY(reading.record == record);
            QCOMPARE(reading.issues, whyUnusable(record));
        }
    }
}

void tst_TlsaRecord::everyPrefix()
{
    const QJsonArray all = Vectors::rows("dane.json", "rdata");
    for (const QJsonValue &row : all) {
        const QByteArray text = row[QLatin1String("presentation")].toString().toUtf8();
        for (qsizetype i = 0; i <= text.size(); ++i) {
            const TlsaReading reading = readTlsa(text.left(i));
            QVERIFY(reading.record || !reading.issues.isEmpty());
        }
    }
    // Full data cut anywhere is no certificate any more.
    const QJsonArray cases = Vectors::rows("dane.json", "cases");
    for (const QJsonValue &row : cases) {
        const QJsonArray records = row[QLatin1String("tlsa")].toArray();
        for (const QJsonValue &json : records) {
            TlsaRecord record = recordOf(json);
            if (record.matching != 0 || !whyUnusable(record).isEmpty())
                continue;
            while (!record.data.isEmpty()) {
                record.data.chop(1);
                QVERIFY(!whyUnusable(record).isEmpty());
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_TlsaRecord)
#include "tst_tlsarecord.moc"
