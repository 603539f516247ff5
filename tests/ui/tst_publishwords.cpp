// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of tokens and of what came of a push: unknown never reads as good.
#include "publishwords.h"

#include <QTest>

namespace {

const DomainName Shop = *DomainName::fromAscii("shop.example");

Publisher::Tested tested(Error::Kind kind)
{
    return {{"cloudflare", {}, {}, {}}, {}, Error{kind, QStringLiteral("some reason"), {}}, {}};
}

} // namespace

class TestPublishWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tokens_data()
    {
        QTest::addColumn<Publisher::Tested>("token");
        QTest::addColumn<Severity>("severity");
        const Publisher::Tested good{{"cloudflare", {}, {}, {}}, TokenFacts(), {}, {}};
        QTest::newRow("works") << good << Severity::Ok;
        Publisher::Tested other = good;
        other.facts->zonesSeen = 3;
        QTest::newRow("may do more than is needed") << other << Severity::Info;
        other = good;
        other.facts->missing = {QStringLiteral("Zone › DNS › Edit")};
        QTest::newRow("lacks a permission") << other << Severity::Error;
        other = good;
        other.notKept = Error{Error::Kind::Refused, QStringLiteral("locked"), {}};
        QTest::newRow("works and was not kept") << other << Severity::Warning;
        QTest::newRow("refused") << tested(Error::Kind::Refused) << Severity::Error;
        QTest::newRow("zone not in the account")
                << tested(Error::Kind::NotFound) << Severity::Error;
        QTest::newRow("no token at all") << tested(Error::Kind::Malformed) << Severity::Error;
        QTest::newRow("no network") << tested(Error::Kind::Network) << Severity::Unknown;
        QTest::newRow("no answer in time") << tested(Error::Kind::Timeout) << Severity::Unknown;
    }
    void tokens()
    {
        QFETCH(Publisher::Tested, token);
        const PublishWords words = tokenWords(token, Shop, QLocale::c());
        QTEST(words.severity, "severity");
        QVERIFY(words.text.endsWith(QLatin1Char('.')));
        QVERIFY(words.text.at(0).isUpper());
    }

    void outcomes_data()
    {
        QTest::addColumn<Outcome::State>("state");
        QTest::addColumn<Severity>("severity");
        QTest::newRow("nothing to do") << Outcome::State::Nothing << Severity::Ok;
        QTest::newRow("done and seen everywhere") << Outcome::State::Done << Severity::Ok;
        QTest::newRow("not everywhere yet") << Outcome::State::NotInDns << Severity::Info;
        QTest::newRow("nothing was done") << Outcome::State::NotDone << Severity::Warning;
        QTest::newRow("a part was done") << Outcome::State::PartlyDone << Severity::Error;
        QTest::newRow("nobody knows") << Outcome::State::Unknown << Severity::Unknown;
    }
    void outcomes()
    {
        QFETCH(Outcome::State, state);
        Publisher::Done done;
        done.outcome.state = state;
        done.outcome.trouble =
                Error{Error::Kind::Network, QStringLiteral("the answer got lost"), {}};
        const PublishWords words = outcomeWords(done, {});
        QTEST(words.severity, "severity");
        const bool isGood = words.severity == Severity::Ok;
        QCOMPARE(words.text.contains(QLatin1String("answer got lost")), !isGood);
        Publisher::Prepared prepared;
        prepared.plan.domain = Shop;
        QVERIFY(outcomeTitle(done, prepared).contains(QLatin1String("shop.example")));
    }

    void everyServiceSaysWhatItsTokenNeeds()
    {
        for (const ProviderInfo &info : providers())
            QVERIFY(permissionText(info, true).size() > 40);
        const ProviderInfo &cloudflare = *providerInfo("cloudflare");
        QVERIFY(permissionText(cloudflare, true).contains(QLatin1String("Workers")));
        QVERIFY(!permissionText(cloudflare, false).contains(QLatin1String("Workers")));
    }
};
QTEST_GUILESS_MAIN(TestPublishWords)
#include "tst_publishwords.moc"
