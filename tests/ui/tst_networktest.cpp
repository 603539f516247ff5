// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakedoors.h"
#include "fakes/fakeresolver.h"
#include "networktest.h"

#include <QTest>

class TestNetworkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolver_data()
    {
        QTest::addColumn<bool>("answers");
        QTest::addColumn<bool>("anchor");
        QTest::addColumn<Security>("key");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<QString>("words");
        const auto s = [](const char *text) { return QString::fromLatin1(text); };
        QTest::newRow("validates") << true << true << Security::Secure << Severity::Ok
                                   << s("can be validated through it");
        QTest::newRow("strips signatures") << true << true << Security::Unknown << Severity::Warning
                                           << s("cannot be validated");
        QTest::newRow("signatures do not hold")
                << true << true << Security::Bogus << Severity::Warning << s("cannot be validated");
        QTest::newRow("an unsigned root is no proof")
                << true << true << Security::Insecure << Severity::Warning
                << s("cannot be validated");
        QTest::newRow("no root key here")
                << true << false << Security::Secure << Severity::Warning << s("no root key");
        QTest::newRow("silent") << false << true << Security::Secure << Severity::Error
                                << s("No answer from");
    }
    void resolver()
    {
        QFETCH(bool, answers);
        QFETCH(bool, anchor);
        QFETCH(Security, key);
        QFETCH(QString, words);
        FakeResolver dns;
        if (answers)
            dns.ns(".", {"a.root-servers.net"});
        else
            dns.fails(".", RecordType::NS, QStringLiteral("timeout"));
        dns.rootKey(key);
        const TestResult result = testResolver(dns, dns, anchor, Cancel());
        QTEST(result.severity, "severity");
        QVERIFY2(result.sentence.contains(words), qPrintable(result.sentence));
        QVERIFY(result.finished);
    }

    void aStoppedTestSaysNothingAboutTheResolver()
    {
        FakeResolver dns;
        dns.hold();
        const Cancel cancel;
        cancel.cancel();
        const TestResult result = testResolver(dns, dns, true, cancel);
        QCOMPARE(result.severity, Severity::Unknown);
        QVERIFY(!result.finished);
    }

    void proxyReachesPort25()
    {
        FakeResolver dns;
        FakeSmtp smtp;
        dns.a("dead.example", {QStringLiteral("192.0.2.1")});
        dns.a("alive.example", {QStringLiteral("192.0.2.2")});
        SmtpFacts facts = goodServer(QStringLiteral("alive.example"));
        facts.greeting = QStringLiteral("220 alive.example");
        smtp.facts[QStringLiteral("192.0.2.2")] = facts;
        const TestResult result = testProxy(dns, smtp, {"dead.example", "alive.example"}, Cancel());
        QCOMPARE(result.severity, Severity::Ok);
        QVERIFY2(result.sentence.contains(QLatin1String("alive.example")),
                 qPrintable(result.sentence));
    }

    void aServerThatSendsUsAwayWasReached()
    {
        FakeResolver dns;
        FakeSmtp smtp;
        dns.a("strict.example", {QStringLiteral("192.0.2.1")});
        SmtpFacts facts;
        facts.stage = SmtpFacts::Stage::Greeting;
        facts.end = SmtpFacts::End::RefusesUs;
        facts.greeting = QStringLiteral("554 go away");
        smtp.facts[QStringLiteral("192.0.2.1")] = facts;
        QCOMPARE(testProxy(dns, smtp, {"strict.example"}, Cancel()).severity, Severity::Ok);
    }

    void noServerIsReached()
    {
        FakeResolver dns;
        FakeSmtp smtp;
        dns.a("dead.example", {QStringLiteral("192.0.2.1")});
        const TestResult result = testProxy(dns, smtp, {"dead.example"}, Cancel());
        QCOMPARE(result.severity, Severity::Error);
        QVERIFY2(result.sentence.contains(QLatin1String("could be reached")),
                 qPrintable(result.sentence));
    }

    void withoutTheDnsNothingWasTested()
    {
        FakeResolver dns;
        FakeSmtp smtp;
        dns.failsAll("dead.example");
        QCOMPARE(testProxy(dns, smtp, {"dead.example"}, Cancel()).severity, Severity::Unknown);
    }

    void theRealOnesEndWithoutANetwork()
    {
        NetworkOptions options;
        options.resolver.servers = {QStringLiteral("127.0.0.1@1")};
        const Cancel cancel;
        cancel.cancel();
        const NetworkTests tests = realNetworkTests();
        QCOMPARE(tests.resolver(options, cancel).severity, Severity::Unknown);
        QCOMPARE(tests.proxy(options, cancel).severity, Severity::Unknown);
    }
};
QTEST_GUILESS_MAIN(TestNetworkTest)
#include "tst_networktest.moc"
