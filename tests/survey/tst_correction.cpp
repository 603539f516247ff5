// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeresolver.h"
#include "survey/correction.h"

#include <QTest>

class tst_Correction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void servers_data();
    void servers();
    void addresses_data();
    void addresses();
};

static DnsAnswer asked(FakeResolver &dns, RecordType type)
{
    return dns.lookup("shop.example", type, {});
}

void tst_Correction::servers_data()
{
    QTest::addColumn<QList<QPair<int, QByteArray>>>("second");
    QTest::addColumn<bool>("isCorrection");
    using Pairs = QList<QPair<int, QByteArray>>;
    QTest::newRow("the same") << Pairs{{10, "a.example"}, {10, "b.example"}} << false;
    QTest::newRow("the same in another order")
            << Pairs{{10, "b.example"}, {10, "a.example"}} << false;
    QTest::newRow("another server") << Pairs{{10, "a.example"}, {10, "c.example"}} << true;
    QTest::newRow("one server less") << Pairs{{10, "a.example"}} << true;
    QTest::newRow("another preference") << Pairs{{10, "a.example"}, {20, "b.example"}} << true;
    QTest::newRow("no mail") << Pairs{{0, ""}} << true;
    QTest::newRow("no records") << Pairs{} << true;
    QTest::newRow("no answer") << Pairs{{-1, ""}} << false;
}

void tst_Correction::servers()
{
    using Pairs = QList<QPair<int, QByteArray>>;
    QFETCH(Pairs, second);
    QFETCH(bool, isCorrection);
    FakeResolver quick, validating;
    quick.mx("shop.example", {{10, "a.example"}, {10, "b.example"}});
    QList<MxRecord> records;
    for (const auto &[preference, host] : std::as_const(second))
        records.append({preference, host});
    if (second.isEmpty())
        validating.noData("shop.example", RecordType::MX);
    else if (second.first().first < 0)
        validating.bogus("shop.example", RecordType::MX);
    else
        validating.mx("shop.example", records);
    QCOMPARE(namesOtherServers(asked(quick, RecordType::MX), asked(validating, RecordType::MX)),
             isCorrection);
}

void tst_Correction::addresses_data()
{
    QTest::addColumn<QStringList>("second");
    QTest::addColumn<QByteArray>("alias");
    QTest::addColumn<bool>("isCorrection");
    const QString one = QStringLiteral("192.0.2.1");
    const QString two = QStringLiteral("192.0.2.2");
    QTest::newRow("the same") << QStringList{one, two} << QByteArray() << false;
    QTest::newRow("the same in another order") << QStringList{two, one} << QByteArray() << false;
    QTest::newRow("another") << QStringList{one, QStringLiteral("192.0.2.3")} << QByteArray()
                             << true;
    QTest::newRow("none") << QStringList() << QByteArray() << true;
    QTest::newRow("of another name")
            << QStringList{one, two} << QByteArray("other.example") << true;
}

void tst_Correction::addresses()
{
    QFETCH(QStringList, second);
    QFETCH(QByteArray, alias);
    QFETCH(bool, isCorrection);
    FakeResolver quick, validating;
    quick.a("shop.example", {QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.2")});
    const QByteArray name = alias.isEmpty() ? QByteArray("shop.example") : alias;
    if (!alias.isEmpty())
        validating.alias("shop.example", alias);
    if (second.isEmpty())
        validating.noData(name, RecordType::A);
    else
        validating.a(name, second);
    QCOMPARE(hasOtherAddresses(asked(quick, RecordType::A), asked(validating, RecordType::A)),
             isCorrection);
}

QTEST_GUILESS_MAIN(tst_Correction)
#include "tst_correction.moc"
