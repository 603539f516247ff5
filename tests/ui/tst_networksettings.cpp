// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "networksettings.h"

#include <QCommandLineParser>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using Field = NetworkSettings::Field;
Q_DECLARE_METATYPE(NetworkSettings::Field)

class TestNetworkSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        NetworkSettings kept = full();
        QSettings settings(m_folder.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
        kept.write(settings);
        QCOMPARE(NetworkSettings::read(settings), kept);
        NetworkSettings().write(settings);
        QCOMPARE(NetworkSettings::read(settings), NetworkSettings());
        QVERIFY2(settings.allKeys().isEmpty(), "defaults are not written down");
    }

    void theFileIsReadableByHand()
    {
        QSettings settings(m_folder.filePath(QStringLiteral("b.ini")), QSettings::IniFormat);
        full().write(settings);
        QCOMPARE(settings.value(QStringLiteral("network/resolver")).toStringList(),
                 full().resolvers);
        QCOMPARE(settings.value(QStringLiteral("network/smtpProxy")).toString(),
                 QStringLiteral("socks5://127.0.0.1:1080"));
        settings.setValue(QStringLiteral("network/resolver"), QStringLiteral("192.0.2.1"));
        settings.setValue(QStringLiteral("network/timeout"), QStringLiteral("soon"));
        const NetworkSettings read = NetworkSettings::read(settings);
        QCOMPARE(read.resolvers, QStringList{QStringLiteral("192.0.2.1")});
        QCOMPARE(read.timeoutS, NetworkSettings::LeastTimeoutS);
    }

    void problems_data()
    {
        QTest::addColumn<NetworkSettings>("settings");
        QTest::addColumn<QList<Field>>("fields");
        const auto row = [](const char *reason, const auto &change, const QList<Field> &fields) {
            NetworkSettings settings;
            change(settings);
            QTest::newRow(reason) << settings << fields;
        };
        using S = NetworkSettings;
        const auto s = [](const char *text) { return QString::fromUtf8(text); };
        row("defaults", [](S &) {}, {});
        row("everything right", [](S &x) { x = full(); }, {});
        row("a name is not an address", [&](S &x) { x.resolvers = {s("dns.example")}; },
            {Field::Resolvers});
        row("a port that is none", [&](S &x) { x.resolvers = {s("192.0.2.1@0")}; },
            {Field::Resolvers});
        row("the second one is wrong",
            [&](S &x) {
                x.resolvers = {s("192.0.2.1"), s("192.0.2.256")};
            },
            {Field::Resolvers});
        row("TLS without a server", [&](S &x) { x.tlsName = s("dns.example"); }, {Field::TlsName});
        row("TLS name that is an address",
            [&](S &x) {
                x.resolvers = {s("192.0.2.1")};
                x.tlsName = s("192.0.2.1:853");
            },
            {Field::TlsName});
        row("a password in the proxy",
            [&](S &x) { x.smtpProxy = s("socks5://me:secret@127.0.0.1:1080"); }, {Field::Proxy});
        row("another kind of proxy", [&](S &x) { x.smtpProxy = s("http://127.0.0.1:8080"); },
            {Field::Proxy});
        row("no such file", [&](S &x) { x.caFile = s("/nonexistent/ca.pem"); }, {Field::CaFile});
        row("a folder is no file", [&](S &x) { x.caFile = s("/"); }, {Field::CaFile});
        row("two at once",
            [&](S &x) {
                x.resolvers = {s("x")};
                x.smtpProxy = s("y");
            },
            {Field::Resolvers, Field::Proxy});
    }
    void problems()
    {
        QFETCH(NetworkSettings, settings);
        QFETCH(QList<Field>, fields);
        const QMap<Field, QString> problems = settings.problems();
        QCOMPARE(problems.keys(), fields);
        for (const QString &sentence : problems) {
            QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
            QVERIFY2(!sentence.contains(QLatin1String("secret@")), qPrintable(sentence));
        }
    }

    void resolversAreSplitAsPeopleWriteThem()
    {
        const QStringList two{QStringLiteral("192.0.2.1"), QStringLiteral("2001:db8::1@53")};
        QCOMPARE(resolversFromText(QStringLiteral("192.0.2.1, 2001:db8::1@53")), two);
        QCOMPARE(resolversFromText(QStringLiteral(" 192.0.2.1;2001:db8::1@53\n")), two);
        QVERIFY(resolversFromText(QStringLiteral(" , ")).isEmpty());
    }

    void theCommandLineWins()
    {
        const auto options =
                merged({QStringLiteral("--resolver"), QStringLiteral("127.0.0.1@5300"),
                        QStringLiteral("--timeout"), QStringLiteral("7"),
                        QStringLiteral("--smtp-proxy"), QStringLiteral("socks5://127.0.0.1:9")},
                       full());
        QCOMPARE(options.resolver.servers, QStringList{QStringLiteral("127.0.0.1@5300")});
        QVERIFY2(options.resolver.tlsName.isEmpty(), "the name belongs to the kept servers");
        QCOMPARE(options.look.timeoutMs, 7000);
        QCOMPARE(options.smtpProxy.port(), quint16(9));
    }

    void settingsHoldWhereTheCommandLineIsSilent()
    {
        const auto options =
                merged({QStringLiteral("--smtp-port"), QStringLiteral("2525")}, full());
        QCOMPARE(options.look.smtpPort, quint16(2525));
        QCOMPARE(options.resolver.servers, full().resolvers);
        QCOMPARE(options.resolver.tlsName, full().tlsName);
        QCOMPARE(options.smtpProxy.type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(options.look.timeoutMs, 30000);
        QVERIFY(options.look.smtp);
        QVERIFY(!options.look.controlHosts.isEmpty());
    }

    void portTwentyFiveIsLeftAlone_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("looks");
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<bool>("smtp");
        const QString good = QStringLiteral("socks5://127.0.0.1:1080");
        QTest::newRow("as usual") << QStringList() << true << QString() << true;
        QTest::newRow("setting off") << QStringList() << false << QString() << false;
        QTest::newRow("option") << QStringList{QStringLiteral("--no-smtp")} << true << good
                                << false;
        // A direct connection would be something that nobody chose.
        QTest::newRow("a proxy that cannot be used")
                << QStringList() << true << QStringLiteral("socks5://nowhere") << false;
        QTest::newRow("a wrong one, and a right one on the command line")
                << QStringList{QStringLiteral("--smtp-proxy"), good} << true
                << QStringLiteral("socks5://nowhere") << true;
    }
    void portTwentyFiveIsLeftAlone()
    {
        QFETCH(QStringList, words);
        QFETCH(bool, looks);
        QFETCH(QString, proxy);
        NetworkSettings settings;
        settings.looksAtServers = looks;
        settings.smtpProxy = proxy;
        QTEST(merged(words, settings).look.smtp, "smtp");
    }

    void aWrongServerIsNotReplacedByAnother()
    {
        NetworkSettings settings;
        settings.resolvers = {QStringLiteral("nonsense")};
        QCOMPARE(optionsFrom(settings).resolver.servers, settings.resolvers);
    }

private:
    static NetworkSettings full()
    {
        NetworkSettings settings;
        settings.resolvers = {QStringLiteral("192.0.2.53"), QStringLiteral("2001:db8::53@5300")};
        settings.tlsName = QStringLiteral("dns.example");
        settings.smtpProxy = QStringLiteral("socks5://127.0.0.1:1080");
        settings.timeoutS = 30;
        return settings;
    }
    static NetworkOptions merged(const QStringList &words, const NetworkSettings &settings)
    {
        QCommandLineParser parser;
        addNetworkOptions(parser);
        parser.parse(QStringList{QStringLiteral("x")} + words);
        const auto given = networkOptions(parser);
        return withSettings(given.value(), parser, settings);
    }
    QTemporaryDir m_folder;
};
QTEST_GUILESS_MAIN(TestNetworkSettings)
#include "tst_networksettings.moc"
