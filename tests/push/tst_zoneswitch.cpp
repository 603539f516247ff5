// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// When a zone is switched on at its service, and that its yes alone is not believed.
#include "push/zoneswitch.h"

#include <QTest>

using Signing = TokenFacts::Signing;
Q_DECLARE_METATYPE(TokenFacts::Signing)

namespace {

class FakeSigning : public ZoneSigning
{
public:
    [[nodiscard]] Result<ZoneSigningState> look(const Zone & /*zone*/,
                                                const Cancel & /*cancel*/) override
    {
        return ZoneSigningState{then, {}};
    }
    [[nodiscard]] Result<void> switchOn(const Zone & /*zone*/, const Cancel & /*cancel*/) override
    {
        ++switched;
        return {};
    }
    Signing then = Signing::On;
    int switched = 0;
};

} // namespace

class tst_ZoneSwitch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDone_data();
    void whatIsDone();
};

void tst_ZoneSwitch::whatIsDone_data()
{
    QTest::addColumn<Signing>("before");
    QTest::addColumn<QByteArray>("obstacle");
    QTest::addColumn<Signing>("then");
    QTest::addColumn<int>("switched");
    QTest::addColumn<QString>("why"); // it is not on; empty: it is
    const auto row = [](const char *name, Signing before, const char *obstacle, Signing then,
                        int switched, const char *why) {
        QTest::newRow(name) << before << QByteArray(obstacle) << then << switched
                            << QString::fromLatin1(why);
    };
    const auto On = Signing::On, Off = Signing::Off, Pending = Signing::Pending,
               Unknown = Signing::Unknown;
    row("off", Off, "", On, 1, "");
    row("off, and then waiting for the parent", Off, "", Pending, 1, "");
    row("twice is once", On, "", On, 0, "");
    row("waits for the parent already", Pending, "", On, 0, "");
    row("signed, and a copy", On, "PUSH-2.secondary", On, 0, "");
    row("not known how it is signed", Unknown, "", On, 0, "is not known");
    row("a copy of another server's", Off, "PUSH-2.secondary", On, 0, "copy of another");
    row("not in use yet", Off, "PUSH-2.pending", On, 0, "not in use yet");
    row("a yes that was none", Off, "", Off, 1, "said yes");
    row("a yes, and nobody knows", Off, "", Unknown, 1, "said yes");
}

void tst_ZoneSwitch::whatIsDone()
{
    QFETCH(Signing, before);
    QFETCH(QByteArray, obstacle);
    QFETCH(Signing, then);
    QFETCH(QString, why);
    FakeSigning signing;
    signing.then = then;
    const Zone zone{"example.com", "1", obstacle};
    const auto after = switchedOn(signing, zone, {before, {}}, Cancel());
    QTEST(signing.switched, "switched");
    QCOMPARE(after.has_value(), why.isEmpty());
    if (after)
        return;
    QCOMPARE(after.error().kind, Error::Kind::Refused);
    QVERIFY2(after.error().what.contains(why), qPrintable(after.error().what));
}

QTEST_GUILESS_MAIN(tst_ZoneSwitch)
#include "tst_zoneswitch.moc"
