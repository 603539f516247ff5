// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One set of records for several servers, and what is told of it.
#include "dane/keymaterial.h"
#include "dane/sharedtlsa.h"

#include <QTest>

namespace {

const QByteArray Place = QByteArrayLiteral("tlsa._dane.example.com");

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

QList<SourceKey> keyFor(const QList<QByteArray> &names, TestKey kind = TestKey::P256)
{
    CertificateWish wish;
    wish.dnsNames = names;
    wish.key = kind;
    const auto key = keyOfChain(certificatesFromPem(pki().chain(pki().leaf(wish))));
    return key ? QList<SourceKey>{*key} : QList<SourceKey>();
}

TlsaMaking makingFor(const QByteArray &host, const QList<SourceKey> &keys,
                     std::optional<int> issuer = std::nullopt)
{
    TlsaWish wish;
    wish.host = host;
    wish.current = keys;
    wish.issuer = issuer;
    wish.now = QDateTime::currentDateTimeUtc();
    return tlsaToPublish(wish);
}

QList<QByteArray> idsOf(const QList<Issue> &issues)
{
    QList<QByteArray> ids;
    for (const Issue &issue : issues)
        ids.append(issue.id);
    return ids;
}

bool hasError(const SharedTlsa &shared)
{
    return std::any_of(shared.issues.begin(), shared.issues.end(),
                       [](const Issue &issue) { return issue.severity == Severity::Error; });
}

} // namespace

class TestSharedTlsa : public QObject
{
    Q_OBJECT

private:
    const QList<SourceKey> m_both = keyFor({"mx1.example.com", "mx2.example.com"});
    const QList<SourceKey> m_rsa = keyFor({"mx1.example.com", "mx2.example.com"}, TestKey::Rsa2048);
    const QList<SourceKey> m_other = keyFor({"mx3.example.com"});

private Q_SLOTS:
    void groups()
    {
        const QList<TlsaMaking> makings{
                makingFor("mx1.example.com", m_both + m_rsa), makingFor("mx3.example.com", m_other),
                makingFor("mx2.example.com", m_rsa + m_both), makingFor("mx4.example.com", {})};
        QCOMPARE(sharingServers(makings), (QList<QList<qsizetype>>{{0, 2}}));
        QVERIFY(sharingServers({}).isEmpty());
        // Two servers of which nothing is known do not share anything.
        QVERIFY(sharingServers({makingFor("a.example.com", {}), makingFor("b.example.com", {})})
                        .isEmpty());
    }

    void place_data()
    {
        QTest::addColumn<QList<QByteArray>>("hosts");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("one domain")
                << QList<QByteArray>{"mx1.example.com", "mx2.example.com"} << Place;
        QTest::newRow("below one another")
                << QList<QByteArray>{"mx.example.com", "mx.a.example.com"} << Place;
        QTest::newRow("one is the domain of the other")
                << QList<QByteArray>{"example.com", "mx.example.com"} << QByteArray();
        QTest::newRow("a deeper domain")
                << QList<QByteArray>{"a.mx.example.com", "b.mx.example.com"}
                << QByteArray("tlsa._dane.mx.example.com");
        QTest::newRow("only the end in common")
                << QList<QByteArray>{"mx.example.com", "mx.example2.com"} << QByteArray();
        QTest::newRow("nothing") << QList<QByteArray>{} << QByteArray();
    }
    void place()
    {
        QFETCH(QList<QByteArray>, hosts);
        QFETCH(QByteArray, expected);
        QCOMPARE(sharedPlaceFor(hosts), expected);
    }

    void records()
    {
        const QList<TlsaMaking> makings{makingFor("mx1.example.com", m_both + m_rsa),
                                        makingFor("mx2.example.com", m_rsa + m_both)};
        const SharedTlsa shared = sharedTlsa(makings, {{}, {}}, {Place, Security::Secure, {}}, 600);
        QCOMPARE(idsOf(shared.issues), QList<QByteArray>{"DANE-35"});
        QCOMPARE(shared.set.size(), 2);
        for (qsizetype i = 0; i < shared.set.size(); ++i) {
            QCOMPARE(shared.set.at(i).name, Place);
            QCOMPARE(shared.set.at(i).ttl, 600);
            QCOMPARE(shared.set.at(i).data, dnsRecord(makings.first().records.at(i)).data);
        }
        const QList<DnsRecord> aliases{{"_25._tcp.mx1.example.com", RecordType::CNAME, 600, Place},
                                       {"_25._tcp.mx2.example.com", RecordType::CNAME, 600, Place}};
        QCOMPARE(shared.aliases, aliases);
    }

    void refused_data()
    {
        QTest::addColumn<QList<TlsaMaking>>("makings");
        QTest::addColumn<Security>("security");
        QTest::addColumn<QByteArray>("issue");
        const TlsaMaking one = makingFor("mx1.example.com", m_both);
        QTest::newRow("other keys") << QList<TlsaMaking>{one, makingFor("mx3.example.com", m_other)}
                                    << Security::Secure << QByteArray("DANE-8.unlike");
        QTest::newRow("one key more")
                << QList<TlsaMaking>{one, makingFor("mx2.example.com", m_both + m_rsa)}
                << Security::Secure << QByteArray("DANE-8.unlike");
        QTest::newRow("nothing for one of them")
                << QList<TlsaMaking>{one, makingFor("mx2.example.com", {})} << Security::Secure
                << QByteArray("DANE-8.none");
        QTest::newRow("the place is in an unsigned zone")
                << QList<TlsaMaking>{one, makingFor("mx2.example.com", m_both)}
                << Security::Insecure << QByteArray("DANE-8.unsigned");
    }
    void refused()
    {
        QFETCH(QList<TlsaMaking>, makings);
        QFETCH(Security, security);
        QFETCH(QByteArray, issue);
        const SharedTlsa shared = sharedTlsa(makings, {}, {Place, security, {}});
        QVERIFY(shared.set.isEmpty() && shared.aliases.isEmpty());
        QCOMPARE(idsOf(shared.issues), QList<QByteArray>{issue});
        QVERIFY(hasError(shared));
    }

    void cautions()
    {
        const TlsaRecord stranger{3, 1, 1, QByteArray(32, 'x')};
        const QList<TlsaMaking> makings{makingFor("mx1.example.com", m_both),
                                        makingFor("mx2.example.com", m_both)};
        const TlsaRecord made = makings.first().records.first().record;
        const SharedTlsa shared =
                sharedTlsa(makings, {{stranger}, {}}, {Place, Security::Unknown, {stranger, made}});
        QVERIFY(!hasError(shared));
        QCOMPARE(idsOf(shared.issues),
                 (QList<QByteArray>{"DANE-8.beside", "DANE-8.there", "DANE-8.signed", "DANE-35"}));
        QCOMPARE(shared.issues.first().values.first(), QStringLiteral("_25._tcp.mx1.example.com"));
        QVERIFY(!shared.issues.at(1).values.last().contains(QString::fromLatin1(tlsaToText(made))));
        // The name in the certificate counts with an issuer, and is that of each server.
        const QList<TlsaMaking> issuer{makingFor("mx1.example.com", m_both, 1),
                                       makingFor("mx2.example.com", m_both, 1)};
        QVERIFY(idsOf(sharedTlsa(issuer, {}, {Place, Security::Secure, {}}).issues)
                        .contains("DANE-8"));
    }
};

QTEST_GUILESS_MAIN(TestSharedTlsa)
#include "tst_sharedtlsa.moc"
