// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The resolver against real name servers, with keys and signatures made on the spot.
#include "dns/record.h"
#include "dns/unboundresolver.h"
#include "real/dnsbed.h"

#include <QDateTime>
#include <QTest>
#include <QUdpSocket>

#include <thread>

namespace {

/// Takes questions and never answers.
struct DeadServer
{
    QUdpSocket socket;
    DeadServer() { socket.bind(QHostAddress::LocalHost, 0); }
    QString address() const { return QStringLiteral("127.0.0.1@%1").arg(socket.localPort()); }
};

} // namespace

class TestUnboundResolver : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DnsBed> m_bed;
    Cancel m_never;

private Q_SLOTS:
    void initTestCase()
    {
        m_bed = std::make_unique<DnsBed>();
        const QString why = m_bed->start();
        if (m_bed->isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
    }
    void cleanupTestCase() { m_bed.reset(); }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("security");
        QTest::addColumn<qsizetype>("count");
        const auto row = [](const char *why, const char *name, RecordType type, AnswerStatus status,
                            Security security, qsizetype count) {
            QTest::newRow(why) << QByteArray(name) << int(type) << int(status) << int(security)
                               << count;
        };
        using S = AnswerStatus;
        using R = RecordType;
        row("secure", "mx1.signed.example", R::A, S::Found, Security::Secure, 1);
        row("secure MX", "signed.example", R::MX, S::Found, Security::Secure, 2);
        row("secure TLSA", "_25._tcp.mx1.signed.example", R::TLSA, S::Found, Security::Secure, 1);
        row("capital letters", "MX1.Signed.Example.", R::AAAA, S::Found, Security::Secure, 1);
        row("secure wildcard", "any.wild.signed.example", R::A, S::Found, Security::Secure, 1);
        row("secure no data", "mx2.signed.example", R::AAAA, S::NoData, Security::Secure, 0);
        row("secure no name", "none.signed.example", R::A, S::NoName, Security::Secure, 0);
        row("insecure", "unsigned.example", R::MX, S::Found, Security::Insecure, 1);
        row("insecure no data", "a.unsigned.example", R::TLSA, S::NoData, Security::Insecure, 0);
        row("insecure no name", "x.unsigned.example", R::A, S::NoName, Security::Insecure, 0);
        row("bogus: DS of another key", "a.bogus.example", R::A, S::Failed, Security::Bogus, 0);
        row("bogus: expired", "a.expired.example", R::A, S::Failed, Security::Bogus, 0);
        row("refused", "refused.example", R::A, S::Failed, Security::Unknown, 0);
        row("alias of an alias", "mta-sts.signed.example", R::A, S::Found, Security::Secure, 1);
        row("alias out of the signed zone", "out.signed.example", R::A, S::Found,
            Security::Insecure, 1);
        row("alias to nothing", "gone.signed.example", R::A, S::NoName, Security::Secure, 0);
        row("the alias itself", "mta-sts.signed.example", R::CNAME, S::Found, Security::Secure, 1);
        row("set larger than a datagram, by TCP", "large.signed.example", R::TXT, S::Found,
            Security::Secure, 30);
        row("more records than the limit", "many.signed.example", R::TXT, S::Found,
            Security::Secure, Limits::TxtRecords);
        row("ten aliases", "hop3.signed.example", R::A, S::NoName, Security::Secure, 0);
        row("root key", ".", R::DNSKEY, S::Found, Security::Secure, 1);
    }
    void answers()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, type);
        QFETCH(qsizetype, count);
        UnboundResolver validating(m_bed->options());
        const DnsAnswer answer = validating.lookup(name, RecordType(type), m_never);
        QVERIFY2(answer.why.isEmpty() == answer.isKnown(), qPrintable(answer.why));
        QTEST(int(answer.status), "status");
        QTEST(int(answer.security), "security");
        QCOMPARE(answer.rdata.size(), count);
        QCOMPARE(answer.name, normalName(name));

        // The same without validation: data also where signatures are bad, and nothing is believed.
        ResolverOptions plain = m_bed->options();
        plain.validation = ResolverOptions::Validation::Off;
        UnboundResolver quick(plain);
        const DnsAnswer unproven = quick.lookup(name, RecordType(type), m_never);
        QCOMPARE(unproven.security, Security::Unknown);
        if (answer.security != Security::Bogus)
            QTEST(int(unproven.status), "status");
        else
            QVERIFY(unproven.isFound());
    }

    void content()
    {
        UnboundResolver resolver(m_bed->options());
        QCOMPARE(texts(resolver.lookup("_mta-sts.signed.example", RecordType::TXT, m_never)),
                 QList<QByteArray>{"v=STSv1; id=20240101T000000;"});
        QCOMPARE(texts(resolver.lookup("odd.signed.example", RecordType::TXT, m_never)),
                 QList<QByteArray>{"quote \" back \\ low \x07 high \xc8"});
        QCOMPARE(mailExchangers(resolver.lookup("signed.example", RecordType::MX, m_never)),
                 (QList<MxRecord>{{10, "mx1.signed.example"}, {20, "mx2.signed.example"}}));
        const DnsAnswer alias = resolver.lookup("mta-sts.signed.example", RecordType::A, m_never);
        QVERIFY(alias.isAlias());
        QCOMPARE(alias.canonicalName, QByteArray("web2.signed.example"));
        QVERIFY(alias.ttl > 3000 && alias.ttl <= 3600);
        QVERIFY(resolver.lookup("many.signed.example", RecordType::TXT, m_never).cut);
    }

    void signatures()
    {
        UnboundResolver resolver(m_bed->options());
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const DnsAnswer mx = resolver.lookup("signed.example", RecordType::MX, m_never);
        QVERIFY(mx.signature);
        QCOMPARE(mx.signature->zone, QByteArray("signed.example"));
        QVERIFY(mx.signature->from <= now && now < mx.signature->until);
        QVERIFY(!resolver.lookup("unsigned.example", RecordType::MX, m_never).signature);
        QVERIFY(!resolver.lookup("out.signed.example", RecordType::A, m_never).signature);
    }

    void bogusSaysWhy()
    {
        UnboundResolver resolver(m_bed->options());
        const DnsAnswer answer = resolver.lookup("a.expired.example", RecordType::A, m_never);
        QVERIFY2(answer.why.contains(QLatin1String("expired")), qPrintable(answer.why));
    }

    void aliasLoops_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("loop") << QByteArray("loop.signed.example") << QStringLiteral("alias loop");
        QTest::newRow("eleven aliases")
                << QByteArray("hop2.signed.example") << QStringLiteral("more than 10 aliases");
        QTest::newRow("twelve aliases")
                << QByteArray("hop1.signed.example") << QStringLiteral("more than 10 aliases");
    }
    void aliasLoops()
    {
        QFETCH(QByteArray, name);
        QFETCH(QString, why);
        UnboundResolver resolver(m_bed->options());
        const DnsAnswer answer = resolver.lookup(name, RecordType::A, m_never);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY2(answer.why.contains(why), qPrintable(answer.why));
    }

    void deadServersEndAsFailed()
    {
        const DeadServer dead;
        ResolverOptions options = m_bed->options();
        options.servers = {dead.address()};
        options.lookupMs = 300;
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("signed.example", RecordType::MX, m_never);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QCOMPARE(answer.security, Security::Unknown);
        QVERIFY2(answer.why.contains(QLatin1String("no answer within")), qPrintable(answer.why));
        QVERIFY(!rootKeyIsSecure(resolver, m_never));
    }

    void closedPortsEndAsFailed()
    {
        QString address;
        {
            const DeadServer dead;
            address = dead.address();
        }
        ResolverOptions options = m_bed->options();
        options.servers = {address};
        options.lookupMs = 3000;
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("signed.example", RecordType::MX, m_never);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY(!answer.why.isEmpty());
    }

    void cancelsWhileWaiting()
    {
        const DeadServer dead;
        ResolverOptions options = m_bed->options();
        options.servers = {dead.address()};
        UnboundResolver resolver(options);
        const PendingAnswer pending = resolver.start("signed.example", RecordType::MX);
        const DnsAnswer answer = pending.wait(Cancel().until(QDeadlineTimer(20)));
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY(!pending.isDone()); // the wait was given up long before the query
    }

    void closingEndsWhatIsUnderWay()
    {
        const DeadServer dead;
        QList<PendingAnswer> pending;
        {
            ResolverOptions options = m_bed->options();
            options.servers = {dead.address()};
            UnboundResolver resolver(options);
            for (int i = 0; i < 50; ++i)
                pending.append(
                        resolver.start(QByteArray::number(i) + ".signed.example", RecordType::MX));
        }
        for (const PendingAnswer &one : std::as_const(pending)) {
            QVERIFY(one.isDone());
            QCOMPARE(one.wait(m_never).why, QStringLiteral("the resolver was closed"));
        }
    }

    void rootKeyTellsWhetherThePathValidates()
    {
        UnboundResolver resolver(m_bed->options());
        QVERIFY(rootKeyIsSecure(resolver, m_never));
        ResolverOptions plain = m_bed->options();
        plain.validation = ResolverOptions::Validation::Off;
        UnboundResolver quick(plain);
        QVERIFY(!rootKeyIsSecure(quick, m_never));
    }

    void strippedDnssecIsUnknownNotBogus()
    {
        ResolverOptions options = m_bed->options();
        options.servers = {m_bed->value("stripped")};
        UnboundResolver resolver(options);
        QVERIFY(!rootKeyIsSecure(resolver, m_never));
        const DnsAnswer answer = resolver.lookup("mx1.signed.example", RecordType::A, m_never);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QCOMPARE(answer.security, Security::Unknown);
        options.validation = ResolverOptions::Validation::Off;
        UnboundResolver quick(options);
        QVERIFY(quick.lookup("mx1.signed.example", RecordType::A, m_never).isFound());
    }

    /// Most providers' resolvers validate: what they hide behind SERVFAIL is still seen as bogus.
    void behindAValidatingResolver()
    {
        ResolverOptions options = m_bed->options();
        options.servers = {m_bed->value("validating")};
        UnboundResolver resolver(options);
        QVERIFY(rootKeyIsSecure(resolver, m_never));
        const DnsAnswer good = resolver.lookup("mx1.signed.example", RecordType::A, m_never);
        QCOMPARE(good.security, Security::Secure);
        const DnsAnswer bad = resolver.lookup("a.expired.example", RecordType::A, m_never);
        QCOMPARE(bad.status, AnswerStatus::Failed);
        QCOMPARE(bad.security, Security::Bogus);
        const DnsAnswer plain = resolver.lookup("a.unsigned.example", RecordType::A, m_never);
        QCOMPARE(plain.security, Security::Insecure);
    }

    void noAnchorMeansUnknown()
    {
        ResolverOptions options = m_bed->options();
        options.trustAnchorFile += QStringLiteral(".none");
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("mx1.signed.example", RecordType::A, m_never);
        QVERIFY(answer.isFound());
        QCOMPARE(answer.security, Security::Unknown);
    }

    void overTls()
    {
        ResolverOptions options = m_bed->options();
        options.servers = {m_bed->value("tls")};
        options.tlsName = m_bed->value("tlsName");
        options.caFile = m_bed->value("tlsCa");
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("mx1.signed.example", RecordType::A, m_never);
        QVERIFY2(answer.isFound(), qPrintable(answer.why));
        QCOMPARE(answer.security, Security::Secure);
    }

    void overTlsWithTheWrongPeer_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("authority");
        QTest::addColumn<QString>("why");
        QTest::newRow("another name")
                << QStringLiteral("other.example") << true << QStringLiteral("host name");
        QTest::newRow("unknown authority")
                << QStringLiteral("resolver.example") << false << QStringLiteral("issuer");
    }
    void overTlsWithTheWrongPeer()
    {
        QFETCH(QString, name);
        QFETCH(bool, authority);
        QFETCH(QString, why);
        ResolverOptions options = m_bed->options();
        options.servers = {m_bed->value("tls")};
        options.tlsName = name;
        options.lookupMs = 5000;
        if (authority)
            options.caFile = m_bed->value("tlsCa");
        UnboundResolver resolver(options);
        const DnsAnswer answer = resolver.lookup("mx1.signed.example", RecordType::A, m_never);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QVERIFY2(answer.why.contains(QLatin1String("DNS over TLS")), qPrintable(answer.why));
        QVERIFY2(answer.why.contains(why), qPrintable(answer.why));
    }

    void manyAtOnce()
    {
        UnboundResolver resolver(m_bed->options());
        QList<PendingAnswer> pending;
        std::vector<std::thread> askers;
        std::mutex mutex;
        for (int t = 0; t < 4; ++t) {
            askers.emplace_back([&, t] {
                for (int i = 1 + t * 50; i <= 50 + t * 50; ++i) {
                    const PendingAnswer one = resolver.start(
                            "host" + QByteArray::number(i) + ".signed.example", RecordType::A);
                    const std::lock_guard lock(mutex);
                    pending.append(one);
                }
            });
        }
        for (std::thread &asker : askers)
            asker.join();
        QCOMPARE(pending.size(), 200);
        for (const PendingAnswer &one : std::as_const(pending)) {
            const DnsAnswer answer = one.wait(m_never);
            QVERIFY2(answer.isFound(), qPrintable(answer.why));
            QCOMPARE(answer.security, Security::Secure);
            const QByteArray number = answer.name.mid(4, answer.name.indexOf('.') - 4);
            QCOMPARE(addresses(answer).first().toString(),
                     QStringLiteral("192.0.2.") + QString::fromLatin1(number));
        }
    }
};

QTEST_GUILESS_MAIN(TestUnboundResolver)
#include "tst_unboundresolver.moc"
