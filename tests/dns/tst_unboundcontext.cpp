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
        QTest::addColumn<QString>("address"); // empty: refused
        QTest::addColumn<int>("port");
        const auto row = [](const char *why, const char *server, const char *address, int port) {
            QTest::newRow(why) << QString::fromLatin1(server) << QString::fromLatin1(address)
                               << port;
        };
        row("IPv4", "192.0.2.53", "192.0.2.53", 53);
        row("port, spaces around", " 192.0.2.53@5300 ", "192.0.2.53", 5300);
        row("IPv6", "2001:db8::53@853", "2001:db8::53", 853);
        row("a name is not an address", "dns.example", "", 0);
        row("port 0", "192.0.2.53@0", "", 0);
        row("port too high", "192.0.2.53@65536", "", 0);
        row("port missing", "192.0.2.53@", "", 0);
        row("two ports", "192.0.2.53@1@2", "", 0);
        row("empty", "", "", 0);
    }
    void addresses()
    {
        QFETCH(QString, server);
        QFETCH(QString, address);
        QFETCH(int, port);
        const auto read = serverAddress(server, 53);
        QCOMPARE(read.has_value(), !address.isEmpty());
        if (read) {
            QCOMPARE(read->address.toString(), address);
            QCOMPARE(int(read->port), port);
        }
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

    void tlsNeedsAServer()
    {
        ResolverOptions options;
        options.tlsName = QStringLiteral("dns.example");
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("a.example", RecordType::A, Cancel());
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY2(answer.why.contains(QLatin1String("TLS")), qPrintable(answer.why));
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
