// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// dnssec as scripts see it: from an unsigned zone to one that is proven, by way of a real parent; and the DS record
// that fits no key.
#include "cli/signingbed.h"

#include <QJsonArray>

#include <thread>

class tst_DnssecCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wordsThatAreOff_data();
    void wordsThatAreOff();
    void fromUnsignedToProven();
    void theWaitEnds();
    void dark();

private:
    Ran look(const QStringList &words = {})
    {
        return m_bed.run(QStringList{QStringLiteral("dnssec"), QStringLiteral("mx1.example.com"),
                                     QStringLiteral("--dns-port"), m_bed.value("dnsPort"),
                                     QStringLiteral("--json")} +
                         words);
    }
    Ran atService(const QStringList &words)
    {
        return m_bed.runAtService(
                QStringList{QStringLiteral("dnssec"), QStringLiteral("example.com")} + words);
    }
    static QString state(const Ran &ran) { return ran.json()[QLatin1String("state")].toString(); }

    TestPki m_pki;
    SigningBed m_bed;
    QByteArray m_ds; // what was to be entered
};

void tst_DnssecCommand::initTestCase()
{
    const TestIdentity mx = m_pki.leaf(QList<QByteArray>{"mx1.example.com"});
    if (const QString why = m_bed.start(m_pki.chain(mx), mx.key); !why.isEmpty()) {
        QVERIFY2(m_bed.isMissing(), qPrintable(why));
        QSKIP(qPrintable(why));
    }
}

void tst_DnssecCommand::wordsThatAreOff_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(words).split(u' ');
    };
    row("no domain", "dnssec");
    row("two domains", "dnssec example.com example.net");
    row("no name", "dnssec a..b");
    row("where to switch it on", "dnssec example.com --switch-on");
    row("a wait that is none", "dnssec example.com --wait long");
    row("no such service", "dnssec example.com --provider nobody");
}

void tst_DnssecCommand::wordsThatAreOff()
{
    QFETCH(QStringList, words);
    const Ran ran = m_bed.run(words, "secret\n");
    QVERIFY2(ran.status == 64, ran.told());
    QVERIFY(ran.out.isEmpty());
    QCOMPARE(ran.err.count('\n'), 1);
}

void tst_DnssecCommand::fromUnsignedToProven()
{
    const QString yes = QStringLiteral("--yes"), json = QStringLiteral("--json"),
                  switchOn = QStringLiteral("--switch-on");
    const Ran before = look();
    QVERIFY2(before.status == 3, before.told());
    QCOMPARE(state(before), QStringLiteral("unsigned"));
    QCOMPARE(before.json()[QLatin1String("zone")].toString(), QStringLiteral("example.com"));
    QCOMPARE(before.json()[QLatin1String("parent")].toString(), QStringLiteral("com"));
    const Ran off = atService({json});
    QVERIFY2(off.status == 3, off.told());
    QCOMPARE(off.json()[QLatin1String("service")][QLatin1String("state")].toString(),
             QStringLiteral("off"));
    QVERIFY(off.json()[QLatin1String("ds")].toArray().isEmpty());

    // Nobody to ask, nothing done.
    QVERIFY2(atService({switchOn}).status == 1, m_bed.said());
    QVERIFY(m_bed.served("example.com", RecordType::DNSKEY).isEmpty());

    const Ran on = atService({switchOn, yes, json});
    QVERIFY2(on.status == 3, on.told());
    QCOMPARE(state(on), QStringLiteral("no-ds"));
    QVERIFY(on.json()[QLatin1String("switchedOn")].toBool());
    const QJsonValue ds = on.json()[QLatin1String("ds")][0];
    m_ds = ds[QLatin1String("text")].toString().toLatin1();
    QCOMPARE(ds[QLatin1String("digestType")].toInt(), 2);
    const QList<QByteArray> keys = m_bed.served("example.com", RecordType::DNSKEY);
    QCOMPARE(keys.size(), 1);
    QVERIFY(fits(*dsFromText(m_ds), "example.com", *dnskeyFromText(keys.first())));

    // For people: each field of the form, and the key.
    const Ran told = atService({});
    QVERIFY2(told.out.contains(m_ds), told.told());
    QVERIFY2(told.out.contains(ds[QLatin1String("digest")].toString().toLatin1()), told.told());
    QVERIFY2(told.out.contains("257 3 13 "), told.told());
    const Ran twice = atService({switchOn, yes, json});
    QVERIFY2(twice.status == 3, twice.told());
    QVERIFY(!twice.json()[QLatin1String("switchedOn")].toBool());
    QCOMPARE(m_bed.served("example.com", RecordType::DNSKEY), keys);
    // Without the service nothing is shown to be copied: what the network says is no source for that.
    QVERIFY(look().json()[QLatin1String("ds")].toArray().isEmpty());

    // The registrar does it while the program waits.
    std::thread registrar([&] {
        std::this_thread::sleep_for(std::chrono::seconds(2));
        (void)m_bed.handToParent({m_ds});
    });
    const Ran proven = atService({QStringLiteral("--wait"), QStringLiteral("120"), json});
    registrar.join();
    QVERIFY2(proven.status == 0, proven.told());
    QCOMPARE(state(proven), QStringLiteral("proven"));
    QVERIFY(proven.json()[QLatin1String("ds")].toArray().isEmpty()); // it stands there
    QVERIFY2(look().status == 0, m_bed.said());
    QVERIFY(!m_bed.said().contains(m_bed.value("secret").toUtf8()));
}

void tst_DnssecCommand::theWaitEnds()
{
    QCOMPARE(m_bed.handToParent({}), QString());
    const Ran none = look({QStringLiteral("--wait"), QStringLiteral("1")});
    QVERIFY2(none.status == 3, none.told());
    QCOMPARE(state(none), QStringLiteral("no-ds"));
}

/// The worst that can be entered at a registrar.
void tst_DnssecCommand::dark()
{
    QByteArray wrong = m_ds;
    wrong[wrong.size() - 1] = wrong.endsWith('0') ? '1' : '0';
    QCOMPARE(m_bed.handToParent({wrong}), QString());
    const Ran dark = look({QStringLiteral("--wait"), QStringLiteral("600")}); // no waiting mends it
    QVERIFY2(dark.status == 1, dark.told());
    QCOMPARE(state(dark), QStringLiteral("dark"));
    QVERIFY(dark.json()[QLatin1String("steps")].toArray().isEmpty()); // it is signed
    const Ran mending = atService({QStringLiteral("--json")});
    QVERIFY2(mending.status == 1, mending.told());
    QCOMPARE(mending.json()[QLatin1String("ds")][0][QLatin1String("text")].toString().toLatin1(),
             m_ds); // what is right is shown
    QCOMPARE(m_bed.handToParent({m_ds}), QString());
    const Ran mended = look({QStringLiteral("--wait"), QStringLiteral("120")});
    QVERIFY2(mended.status == 0, mended.told());
}

QTEST_GUILESS_MAIN(tst_DnssecCommand)
#include "tst_dnsseccommand.moc"
