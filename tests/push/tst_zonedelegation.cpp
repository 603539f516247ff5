// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a zone hangs on its parent, and that nobody is told to enter what would take the domain off the net.
#include "push/dswait.h"
#include "push/zonedelegation.h"

#include <QTest>

namespace {

using State = DelegationState;
using Keys = QList<DnskeyRecord>;
using Sets = QList<DsRecord>;

const DnskeyRecord One{257, 3, 13, QByteArray(64, '1')}, Two{257, 3, 13, QByteArray(64, '2')};

DsRecord ds(const DnskeyRecord &key)
{
    return *dsOf("example.com", key, 2);
}

/// "-" nobody answered, "" none, "1", "2", "12"
std::optional<Keys> keys(const QByteArray &drawn)
{
    if (drawn == "-")
        return std::nullopt;
    Keys all;
    for (const char c : drawn)
        all.append(c == '1' ? One : Two);
    return all;
}

DelegationSight sight(const QList<QByteArray> &above, const QList<QByteArray> &own,
                      Security soa = Security::Insecure, bool validates = true)
{
    DelegationSight seen;
    seen.zone = "example.com";
    seen.parent = "com";
    for (qsizetype i = 0; i < above.size(); ++i) {
        SaidBy<DsRecord> said{QStringLiteral("a%1").arg(i), std::nullopt};
        if (const auto of = keys(above.at(i))) {
            said.records = Sets();
            for (const DnskeyRecord &key : *of)
                said.records->append(ds(key));
        }
        seen.ds.append(said);
    }
    for (qsizetype i = 0; i < own.size(); ++i)
        seen.keys.append({QStringLiteral("ns%1").arg(i), keys(own.at(i))});
    seen.soa = soa;
    seen.validates = validates;
    return seen;
}

ZoneSigningState service(const DnskeyRecord &key)
{
    return {TokenFacts::Signing::On, {{key, {ds(key)}}}};
}

} // namespace

class tst_ZoneDelegation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void states_data();
    void states();
    void forTheRegistrar_data();
    void forTheRegistrar();
    void wrongDsOfTheService();
    void waiting();
};

void tst_ZoneDelegation::states_data()
{
    QTest::addColumn<DelegationSight>("seen");
    QTest::addColumn<QByteArray>("state");
    const auto row = [](const char *name, const DelegationSight &seen, const char *state) {
        QTest::newRow(name) << seen << QByteArray(state);
    };
    using Drawn = QList<QByteArray>;
    row("nobody looked", {}, "unknown");
    row("not signed", sight({"", ""}, {"", ""}), "unsigned");
    row("signed, no DS", sight({"", ""}, {"1", "1"}), "no-ds");
    row("one server is not signed yet", sight({""}, {"1", ""}), "no-ds");
    row("fits everywhere", sight({"1", "1"}, {"1", "1"}), "fits");
    row("proven", sight({"1", "1"}, {"1", "1"}, Security::Secure), "proven");
    row("secure, by a path that proves nothing",
        sight({"1", "1"}, {"1", "1"}, Security::Secure, false), "fits");
    row("half of the parent", sight({"1", ""}, {"1", "1"}), "spreading");
    row("one of two fits", sight({"12"}, {"1"}, Security::Secure), "proven");
    row("a change of keys", sight({"1"}, {"12"}, Security::Secure), "proven");
    row("fits no key", sight({"2"}, {"1"}), "dark");
    row("fits no key, and it is not signed", sight({"1"}, {""}), "dark");
    row("fits not at every server of the zone", sight({"1"}, {"1", "2"}), "dark");
    row("an old DS at one server of the parent", sight({"1", "2"}, {"1", "1"}), "dark");
    row("signatures that do not hold", sight({"1"}, {"1"}, Security::Bogus), "refused");
    row("dark, though a server was not reached", sight({"2", "-"}, {"1", "-"}), "dark");
    row("a server of the parent was not reached", sight({"1", "-"}, {"1"}), "unknown");
    row("a server of the zone was not reached", sight({"1"}, {"1", "-"}, Security::Secure),
        "unknown");
    row("no server of the parent is known", sight(Drawn{}, {"1"}), "unknown");
    row("no server of the zone is known", sight({"1"}, Drawn{}), "unknown");
    row("a DS, and the zone was not reached", sight({"1"}, {"-"}), "unknown");
}

void tst_ZoneDelegation::states()
{
    QFETCH(DelegationSight, seen);
    const State state = delegationState(seen);
    QTEST(delegationName(state), "state");
    const QList<Issue> issues = delegationIssues(seen);
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().severity == Severity::Ok, state == State::Proven);
    QCOMPARE(issues.first().severity == Severity::Error,
             state == State::Dark || state == State::Refused);
    QCOMPARE(isToBeSigned(state), state == State::Unsigned || state == State::NoDs);
}

void tst_ZoneDelegation::forTheRegistrar_data()
{
    QTest::addColumn<DelegationSight>("seen");
    QTest::addColumn<int>("shown");
    QTest::addColumn<QByteArray>("issue");
    QTest::newRow("every server has the key") << sight({""}, {"1", "1"}) << 1 << QByteArray();
    QTest::newRow("stands there already") << sight({"1"}, {"1"}) << 0 << QByteArray();
    QTest::newRow("beside an old one") << sight({"2"}, {"12"}) << 1 << QByteArray();
    QTest::newRow("instead of one that fits none") << sight({"2"}, {"1"}) << 1 << QByteArray();
    QTest::newRow("one server has not")
            << sight({""}, {"1", ""}) << 0 << QByteArray("DANE-34.servers");
    QTest::newRow("one server has another key")
            << sight({""}, {"1", "2"}) << 0 << QByteArray("DANE-34.servers");
    QTest::newRow("one server was not reached")
            << sight({""}, {"1", "-"}) << 0 << QByteArray("DANE-34.servers");
    QTest::newRow("servers are not known") << sight({""}, {}) << 0 << QByteArray("DANE-34.servers");
}

void tst_ZoneDelegation::forTheRegistrar()
{
    QFETCH(DelegationSight, seen);
    QFETCH(int, shown);
    const ParentWish wish = forParent(service(One), seen);
    QCOMPARE(int(wish.ds.size()), shown);
    QCOMPARE(int(wish.keys.size()), shown);
    QTEST(wish.issues.isEmpty() ? QByteArray() : wish.issues.first().id, "issue");
    QVERIFY(forParent({}, seen).ds.isEmpty()); // no key is known
}

void tst_ZoneDelegation::wrongDsOfTheService()
{
    const ZoneSigningState wrong{TokenFacts::Signing::On, {{One, {ds(Two)}}}};
    const ParentWish wish = forParent(wrong, sight({""}, {"1"}));
    QVERIFY(wish.ds.isEmpty() && wish.keys.isEmpty());
    QCOMPARE(wish.issues.first().id, QByteArray("DANE-34.wrong-ds"));
    QCOMPARE(wish.issues.first().severity, Severity::Error);
}

void tst_ZoneDelegation::waiting()
{
    QList<DelegationSight> come{sight({""}, {"1"}), sight({"1", ""}, {"1"}), sight({"1"}, {"1"}),
                                sight({"1"}, {"1"}, Security::Secure)};
    const auto look = [&](const Cancel &) {
        return come.size() > 1 ? come.takeFirst() : come.first();
    };
    int waits = 0;
    const auto onWait = [&](const DelegationSight &) { ++waits; };
    const DsWait wait{1, 60000};
    QCOMPARE(delegationState(waitForDs(look, wait, Cancel(), onWait)), State::Proven);
    QCOMPARE(waits, 3);

    // Dark is told at once; so is the end of the time.
    come = {sight({"2"}, {"1"})};
    QCOMPARE(delegationState(waitForDs(look, wait, Cancel(), onWait)), State::Dark);
    come = {sight({""}, {"1"})};
    QCOMPARE(delegationState(waitForDs(look, {1, 0}, Cancel(), {})), State::NoDs);
    QCOMPARE(waits, 3);
    const Cancel stop;
    const DelegationSight last =
            waitForDs(look, {60000, 60000}, stop, [&](const DelegationSight &) { stop.cancel(); });
    QCOMPARE(delegationState(last), State::NoDs);
}

QTEST_GUILESS_MAIN(tst_ZoneDelegation)
#include "tst_zonedelegation.moc"
