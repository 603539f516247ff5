// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From plan to proof and back, on real servers and on the stand-ins of services.
#include "provider/zonebed.h"
#include "push/choices.h"
#include "push/push.h"

#include <QTemporaryDir>
#include <QTest>

class tst_Pushed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack_data();
    void thereAndBack();
};

void tst_Pushed::thereAndBack_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("PowerDNS") << QStringLiteral("pdns") << QByteArray("powerdns");
    QTest::newRow("BIND") << QStringLiteral("bind") << QByteArray("rfc2136");
    QTest::newRow("Knot") << QStringLiteral("knot") << QByteArray("rfc2136");
    QTest::newRow("Cloudflare, a stand-in")
            << QStringLiteral("cloudflare") << QByteArray("cloudflare");
    QTest::newRow("deSEC, a stand-in") << QStringLiteral("desec") << QByteArray("desec");
    QTest::newRow("Hetzner, a stand-in") << QStringLiteral("hetzner") << QByteArray("hetzner");
}

void tst_Pushed::thereAndBack()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, id);
    ZoneBed bed;
    if (const QString why = bed.start(kind); !why.isEmpty())
        QSKIP(qPrintable(why));
    const auto provider = bed.provider(id.constData());
    const Cancel cancel;
    QTemporaryDir folder;
    const QDateTime now({2026, 3, 1}, {10, 0}, Qt::UTC);
    const auto zones = provider->zones("_mta-sts.example.com", cancel);
    QVERIFY(zones);
    const Zone zone = *zoneFor("_mta-sts.example.com", *zones);
    const DomainName domain = choices().domain;
    const auto read = [&] { return *provider->records(zone, namesToRead(domain), cancel); };
    const auto planned = [&](const Deployment &wanted, const LiveState &live) {
        return plan(wanted, live, id, zone, read(), provider->traits());
    };
    Result<QByteArray> served = failed(Error::Kind::NotFound, QStringLiteral("404"));
    const PushDoors doors{*provider, [&](const DomainName &, const Cancel &) { return served; },
                          [&](const Cancel &) -> Result<QList<NamedServer>> {
                              return QList<NamedServer>{{"ns1.example.com", bed.nameServer()}};
                          }};
    const auto pushed = [&](const Plan &plan, int second) {
        auto journal = Journal::start(folder.path(), plan, now.addSecs(second));
        return push(plan, doors, *journal, cancel, {},
                    {.readBacks = 3, .readBackMs = 100, .dnsMs = 10000});
    };

    // The file first: nothing is written before it is served.
    const Deployment first = deployment(choices(), {}, now);
    QCOMPARE(pushed(planned(first, {}), 1).state, Outcome::State::NotDone);
    QCOMPARE(read().size(), 1);
    served = first.policyText;
    const Outcome done = pushed(planned(first, {}), 2);
    QVERIFY2(done.state == Outcome::State::Done,
             qPrintable(done.trouble ? done.trouble->what + done.trouble->detail : QString()));
    QCOMPARE(read().size(), 3); // the text of others at _smtp._tls is there still

    // Nothing changed: nothing is written.
    LiveState live;
    live.policyKnown = live.stsKnown = live.tlsRptKnown = true;
    live.policyBody = first.policyText;
    live.stsId = first.id;
    live.stsText = first.records.last().data;
    live.tlsRptText = first.records.first().data;
    QVERIFY(planned(deployment(choices(), live, now.addDays(1)), live).isEmpty());

    // Another policy: the id alone.
    const Deployment second = deployment(choices("*.example.com"), live, now.addDays(1));
    served = second.policyText;
    const Plan update = planned(second, live);
    QCOMPARE(update.sets.size(), 1);
    QCOMPARE(pushed(update, 3).state, Outcome::State::Done);

    // Back: what the last journal replaced.
    const auto journal = readJournal(newestJournal(folder.path(), domain));
    QVERIFY(journal && journal->wasSent());
    Plan back;
    back.domain = domain;
    back.provider = id;
    back.zone = zone;
    back.sets = undoOf(journal->sets, read());
    QCOMPARE(back.sets.size(), 1);
    QCOMPARE(pushed(back, 4).state, Outcome::State::Done);
    QCOMPARE(bed.faults(), QByteArray());
    QVERIFY(planned(deployment(choices(), live, now.addDays(1)), live).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Pushed)
#include "tst_pushed.moc"
