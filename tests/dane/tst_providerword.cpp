// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/providerword.h"

#include <QTest>

namespace {

using State = LiveHostDane::State;
using Actor = ProviderWord::Actor;
using Agreement = ProviderWord::Agreement;
using Hosts = QList<LiveHostDane>;

} // namespace

class TestProviderWord : public QObject
{
    Q_OBJECT

private:
    const DomainName m_domain = *DomainName::fromAscii("shop.example");
    ProviderWord of(const Hosts &hosts) const { return providerWord(m_domain, hosts); }

private Q_SLOTS:
    void whoActs_data()
    {
        QTest::addColumn<Hosts>("hosts");
        QTest::addColumn<Actor>("actor");
        QTest::addColumn<Agreement>("agreement");
        const auto row = [](const char *why, const Hosts &hosts, Actor actor, Agreement agreement) {
            QTest::newRow(why) << hosts << actor << agreement;
        };
        const QByteArray proton1 = "mail.protonmail.ch", proton2 = "mailsec.protonmail.ch";
        row("nothing known", {}, Actor::Unknown, Agreement::NotKnown);
        row("known to publish, and does",
            {{proton1, State::Publishes}, {proton2, State::Publishes}}, Actor::Nobody,
            Agreement::Agrees);
        row("known to publish, and one does not",
            {{proton1, State::Publishes}, {proton2, State::NoTlsa}}, Actor::Provider,
            Agreement::Contradicts);
        row("known to publish, not seen", {{proton1, State::Unknown}}, Actor::Unknown,
            Agreement::NotKnown);
        row("one not seen, one lacks", {{proton1, State::Unknown}, {proton2, State::NoTlsa}},
            Actor::Provider, Agreement::NotKnown);
        row("known not to, and does not", {{"aspmx.l.google.com", State::Unsigned}},
            Actor::Provider, Agreement::Agrees);
        row("known not to, but does", {{"aspmx.l.google.com", State::Publishes}}, Actor::Nobody,
            Agreement::Contradicts);
        row("nobody known", {{"mx.hoster.example", State::NoTlsa}}, Actor::Provider,
            Agreement::NotKnown);
        row("nothing in the table", {{"in1-smtp.messagingengine.com", State::NoTlsa}},
            Actor::Provider, Agreement::NotKnown);
        row("classic Microsoft name",
            {{"shop-example.mail.protection.outlook.com", State::Unsigned}}, Actor::Owner,
            Agreement::Agrees);
        row("new Microsoft name", {{"shop-example.j-v1.mx.microsoft", State::NoTlsa}}, Actor::Owner,
            Agreement::NotKnown);
        row("new Microsoft name, all done", {{"shop-example.j-v1.mx.microsoft", State::Publishes}},
            Actor::Nobody, Agreement::NotKnown);
        row("Microsoft fails", {{"shop-example.j-v1.mx.microsoft", State::Fails}}, Actor::Provider,
            Agreement::NotKnown);
    }
    void whoActs()
    {
        QFETCH(Hosts, hosts);
        QFETCH(Actor, actor);
        QFETCH(Agreement, agreement);
        const ProviderWord word = of(hosts);
        QCOMPARE(word.actor, actor);
        QCOMPARE(word.agreement, agreement);
        QVERIFY(!word.sentences.isEmpty());
        QCOMPARE(word.letter.isEmpty(), actor != Actor::Provider);
        QCOMPARE(word.commands.isEmpty(), actor != Actor::Owner);
    }

    void letterNamesWhatIsMissing()
    {
        const ProviderWord word = of({{"mx1.hoster.example", State::Unsigned},
                                      {"mx2.hoster.example", State::NoTlsa},
                                      {"mx3.hoster.example", State::Fails},
                                      {"mx4.hoster.example", State::Publishes}});
        const QString letter = word.letter;
        for (const char *part : {"shop.example", "RFC 7672", "DNSSEC: mx1.hoster.example.",
                                 "mx2.hoster.example", "mx3.hoster.example", "3 1 1", "_25._tcp"})
            QVERIFY2(letter.contains(QLatin1String(part)), part);
        QVERIFY(!letter.contains(QLatin1String("mx4"))); // nothing to complain of
    }

    void contradictionIsDated()
    {
        const ProviderWord word = of({{"mail.protonmail.ch", State::NoTlsa}});
        QVERIFY(word.checked.isValid());
        QVERIFY2(word.sentences.first().contains(word.checked.toString(Qt::ISODate)),
                 qPrintable(word.sentences.first()));
        QVERIFY(word.sentences.first().contains(word.provider));
    }

    void microsoftCommands()
    {
        const QByteArray dnssec = "Enable-DnssecForVerifiedDomain -DomainName shop.example";
        const QByteArray dane = "Enable-SmtpDaneInbound -DomainName shop.example";
        const auto classic = of({{"shop-example.mail.protection.outlook.com", State::Unsigned}});
        QVERIFY(classic.commands.indexOf(dnssec) >= 0);
        QVERIFY(classic.commands.indexOf(dnssec) < classic.commands.indexOf(dane));
        const auto moved = of({{"shop-example.j-v1.mx.microsoft", State::NoTlsa}});
        QVERIFY(!moved.commands.contains(dnssec)); // that step is behind it
        QVERIFY(moved.commands.contains(dane));
    }

    void hostileNamesAreShownPrintable()
    {
        const ProviderWord word = of({{"mx\n\x1b[31m.example", State::NoTlsa}});
        QVERIFY(!word.letter.contains(QChar(0x1b)));
    }

    void fromALook_data()
    {
        QTest::addColumn<DaneApplies>("applies");
        QTest::addColumn<QByteArray>("issue");
        QTest::addColumn<State>("state");
        QTest::newRow("applies") << DaneApplies::Applies << QByteArray() << State::Publishes;
        QTest::newRow("host only") << DaneApplies::HostOnly << QByteArray() << State::Publishes;
        QTest::newRow("zone not signed")
                << DaneApplies::NotApplicable << QByteArray("DANE-5") << State::Unsigned;
        QTest::newRow("records in an unsigned zone")
                << DaneApplies::NotApplicable << QByteArray("DANE-2") << State::Unsigned;
        QTest::newRow("none") << DaneApplies::NotApplicable << QByteArray() << State::NoTlsa;
        QTest::newRow("fails") << DaneApplies::Unreachable << QByteArray("DANE-10") << State::Fails;
        QTest::newRow("unknown") << DaneApplies::Unknown << QByteArray() << State::Unknown;
    }
    void fromALook()
    {
        QFETCH(DaneApplies, applies);
        QFETCH(QByteArray, issue);
        QFETCH(State, state);
        DaneHostPlan plan;
        plan.name = "mx.example.com";
        plan.applies = applies;
        if (!issue.isEmpty())
            plan.issues.append({issue, Severity::Warning, {}});
        QCOMPARE(liveHostDane(plan).state, state);
        QCOMPARE(liveHostDane(plan).host, plan.name);
    }
};

QTEST_APPLESS_MAIN(TestProviderWord)
#include "tst_providerword.moc"
