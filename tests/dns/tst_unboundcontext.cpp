// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/unboundcontext.h"

#include <QTest>

class TestUnboundContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("tlsName");
        QTest::addColumn<QByteArray>("address");
        const QString none;
        const QString name = QStringLiteral("dns.example");
        QTest::newRow("IPv4") << QStringLiteral("192.0.2.53") << none << QByteArray("192.0.2.53");
        QTest::newRow("port") << QStringLiteral(" 192.0.2.53@5300 ") << none
                              << QByteArray("192.0.2.53@5300");
        QTest::newRow("IPv6") << QStringLiteral("2001:db8::53@53") << none
                              << QByteArray("2001:db8::53@53");
        QTest::newRow("TLS") << QStringLiteral("192.0.2.53") << name
                             << QByteArray("192.0.2.53@853#dns.example");
        QTest::newRow("TLS, own port") << QStringLiteral("192.0.2.53@8853") << name
                                       << QByteArray("192.0.2.53@8853#dns.example");
        QTest::newRow("a name is not an address") << name << none << QByteArray();
        QTest::newRow("port 0") << QStringLiteral("192.0.2.53@0") << none << QByteArray();
        QTest::newRow("port too high")
                << QStringLiteral("192.0.2.53@65536") << none << QByteArray();
        QTest::newRow("port missing") << QStringLiteral("192.0.2.53@") << none << QByteArray();
        QTest::newRow("two ports") << QStringLiteral("192.0.2.53@1@2") << none << QByteArray();
        QTest::newRow("empty") << none << none << QByteArray();
    }
    void addresses()
    {
        QFETCH(QString, server);
        QFETCH(QString, tlsName);
        QTEST(serverAddress(server, tlsName), "address");
    }

    void noUsableServerMeansNoAnswers()
    {
        ResolverOptions options;
        options.servers = {QStringLiteral("nonsense\x1b")};
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("a.example", RecordType::A, Cancel());
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY(answer.why.contains(QLatin1String("nonsense")));
        QVERIFY(!answer.why.contains(QChar(0x1b)));
        QCOMPARE(resolver.problems().size(), 1);
    }

    void anUnusableAnchorIsSaid()
    {
        ResolverOptions options;
        options.servers = {QStringLiteral("127.0.0.1@9")};
        options.trustAnchorFile = QStringLiteral("/nonexistent/anchor");
        const UnboundResolver resolver(options);
        QVERIFY(!resolver.isValidating());
        QCOMPARE(resolver.problems().size(), 1);
        QCOMPARE(resolver.description(), QStringLiteral("127.0.0.1@9, not validated"));
    }

    void describesItself()
    {
        ResolverOptions options;
        options.servers = {QStringLiteral("192.0.2.53"), QStringLiteral("192.0.2.54")};
        QCOMPARE(UnboundResolver(options).description(),
                 QStringLiteral("192.0.2.53, 192.0.2.54, validated here"));
        options.tlsName = QStringLiteral("dns.example");
        options.validation = ResolverOptions::Validation::Off;
        QCOMPARE(UnboundResolver(options).description(),
                 QStringLiteral("192.0.2.53, 192.0.2.54 over TLS (dns.example), not validated"));
        QCOMPARE(UnboundResolver(options).problems(), QStringList());
    }

    void illegalNamesAreNeverSent_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("label of 64") << QByteArray(64, 'a') + ".example";
        QTest::newRow("inner NUL") << QByteArray("a\0b.example", 11);
        QTest::newRow("empty") << QByteArray();
    }
    void illegalNamesAreNeverSent()
    {
        QFETCH(QByteArray, name);
        ResolverOptions options;
        options.servers = {QStringLiteral("127.0.0.1@9")};
        UnboundResolver resolver(options);
        const PendingAnswer pending = resolver.start(name, RecordType::A);
        QVERIFY(pending.isDone());
        QCOMPARE(pending.wait(Cancel()).status, AnswerStatus::Failed);
    }
};

QTEST_GUILESS_MAIN(TestUnboundContext)
#include "tst_unboundcontext.moc"
