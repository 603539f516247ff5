// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/network.h"

#include <QCommandLineParser>
#include <QTest>

class tst_NetworkOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void everyOption();
    void wrongWords_data();
    void wrongWords();

private:
    static Result<NetworkOptions> read(const QStringList &words)
    {
        QCommandLineParser parser;
        addNetworkOptions(parser);
        if (!parser.parse(QStringList{QStringLiteral("mta-sts")} + words))
            return failed(Error::Kind::Malformed, parser.errorText());
        return networkOptions(parser);
    }
};

void tst_NetworkOptions::defaults()
{
    const auto options = read({});
    QVERIFY(options);
    QCOMPARE(options->look.httpsPort, quint16(443));
    QCOMPARE(options->look.smtpPort, quint16(25));
    QVERIFY(!options->look.allowPrivate);
    QVERIFY(options->look.smtp);
    QCOMPARE(options->look.timeoutMs, 120000);
    QVERIFY(!options->look.controlHosts.isEmpty());
    QCOMPARE(options->smtpProxy.type(), QNetworkProxy::NoProxy);
}

void tst_NetworkOptions::everyOption()
{
    const auto options =
            read({QStringLiteral("--resolver"), QStringLiteral("127.0.0.1@5300"),
                  QStringLiteral("--resolver"), QStringLiteral("2001:db8::53"),
                  QStringLiteral("--resolver-tls"), QStringLiteral("dns.example"),
                  QStringLiteral("--https-port"), QStringLiteral("8443"),
                  QStringLiteral("--smtp-port"), QStringLiteral("2525"),
                  QStringLiteral("--smtp-proxy"), QStringLiteral("socks5://127.0.0.1:1080"),
                  QStringLiteral("--allow-private"), QStringLiteral("--no-smtp"),
                  QStringLiteral("--no-control"), QStringLiteral("--timeout"), QStringLiteral("7"),
                  QStringLiteral("--jobs"), QStringLiteral("12")});
    QVERIFY(options);
    QCOMPARE(options->resolver.servers.size(), 2);
    QCOMPARE(options->resolver.tlsName, QStringLiteral("dns.example"));
    QCOMPARE(options->look.httpsPort, quint16(8443));
    QCOMPARE(options->look.smtpPort, quint16(2525));
    QCOMPARE(options->smtpProxy.type(), QNetworkProxy::Socks5Proxy);
    QCOMPARE(options->smtpProxy.port(), quint16(1080));
    QVERIFY(options->look.allowPrivate);
    QVERIFY(!options->look.smtp);
    QVERIFY(options->look.controlHosts.isEmpty());
    QCOMPARE(options->look.timeoutMs, 7000);
    QCOMPARE(options->jobs, 12);
}

void tst_NetworkOptions::wrongWords_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *reason, const QString &option, const QString &value) {
        QTest::newRow(reason) << QStringList{option, value};
    };
    row("a name is not an address", QStringLiteral("--resolver"), QStringLiteral("dns.example"));
    row("port that is none", QStringLiteral("--resolver"), QStringLiteral("192.0.2.1@x"));
    row("TLS name without a resolver", QStringLiteral("--resolver-tls"),
        QStringLiteral("dns.example"));
    row("port zero", QStringLiteral("--https-port"), QStringLiteral("0"));
    row("port beyond", QStringLiteral("--smtp-port"), QStringLiteral("65536"));
    row("http proxy", QStringLiteral("--smtp-proxy"), QStringLiteral("http://127.0.0.1:8080"));
    row("proxy without port", QStringLiteral("--smtp-proxy"), QStringLiteral("socks5://127.0.0.1"));
    row("proxy with a password", QStringLiteral("--smtp-proxy"),
        QStringLiteral("socks5://me:secret@127.0.0.1:1080"));
    row("proxy with a path", QStringLiteral("--smtp-proxy"),
        QStringLiteral("socks5://127.0.0.1:1080/x"));
    row("no such file", QStringLiteral("--ca-file"), QStringLiteral("/nonexistent/ca.pem"));
    row("time that is none", QStringLiteral("--timeout"), QStringLiteral("soon"));
    row("unknown option", QStringLiteral("--frobnicate"), QString());
}

void tst_NetworkOptions::wrongWords()
{
    QFETCH(QStringList, words);
    const auto options = read(words);
    QVERIFY(!options);
    QVERIFY(!options.error().what.isEmpty());
    QVERIFY2(!options.error().what.contains(QLatin1String("secret")),
             "a password must not be repeated on a terminal");
}

QTEST_GUILESS_MAIN(tst_NetworkOptions)
#include "tst_networkoptions.moc"
