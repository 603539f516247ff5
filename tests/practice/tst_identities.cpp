// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificate.h"
#include "net/dane.h"
#include "practice/identities.h"

#include <QTest>

using namespace Practice;
using Of = TlsaWish::Of;

namespace {

const MailServer Server{"mx1.practice.example"};

MailServer serverWith(CertificateFault fault)
{
    MailServer server = Server;
    server.certificate = fault;
    return server;
}

} // namespace

class tst_Identities : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_identities); }

    void sameForTheSame()
    {
        const auto first = m_identities->tlsOf(Server);
        const auto again = m_identities->tlsOf(Server);
        QVERIFY(first && again && !first->chain.isEmpty());
        QCOMPARE(again->chain, first->chain);
        QCOMPARE(again->key, first->key);
        QVERIFY(first->rsaChain.isEmpty());
        QVERIFY(m_identities->tlsOf(MailServer{"mx2.practice.example"})->key != first->key);
    }

    void faults_data()
    {
        QTest::addColumn<CertificateFault>("fault");
        QTest::addColumn<QByteArray>("wrong");
        QTest::newRow("none") << CertificateFault::None << QByteArray();
        QTest::newRow("expired") << CertificateFault::Expired << QByteArray("expired");
        QTest::newRow("not yet valid") << CertificateFault::NotYet << QByteArray("early");
        QTest::newRow("other name") << CertificateFault::OtherName << QByteArray("name");
        QTest::newRow("no DNS name") << CertificateFault::NoAltName << QByteArray("name");
        QTest::newRow("self-signed")
                << CertificateFault::SelfSigned << QByteArray("selfsigned untrusted");
        QTest::newRow("intermediate not sent")
                << CertificateFault::NoIntermediate << QByteArray("incomplete untrusted");
        QTest::newRow("unknown authority")
                << CertificateFault::UnknownAuthority << QByteArray("untrusted");
        QTest::newRow("short key above") << CertificateFault::WeakAuthority << QByteArray("weak");
    }
    void faults()
    {
        QFETCH(CertificateFault, fault);
        const auto tls = m_identities->tlsOf(serverWith(fault));
        QVERIFY(tls);
        const PkixVerdict verdict =
                judgeChain(certificatesFromPem(tls->chain), Server.name,
                           TrustStore::only(m_identities->root()), QDateTime::currentDateTimeUtc());
        QByteArrayList wrong;
        const auto add = [&](bool is, const char *word) {
            if (is)
                wrong.append(word);
        };
        add(verdict.expired, "expired");
        add(verdict.incomplete, "incomplete");
        add(verdict.notYetValid, "early");
        add(!verdict.nameMatches, "name");
        add(verdict.selfSigned, "selfsigned");
        add(!verdict.trusted, "untrusted");
        add(verdict.weak, "weak");
        QTEST(wrong.join(' '), "wrong");
    }

    void secondCertificate()
    {
        MailServer both = Server;
        both.hasRsaToo = true;
        const auto tls = m_identities->tlsOf(both);
        QVERIFY(tls);
        QCOMPARE(tls->chain, m_identities->tlsOf(Server)->chain);
        QCOMPARE(certificatesFromPem(tls->rsaChain).value(0).keyType, QByteArray("RSA"));
    }

    void tlsa_data()
    {
        QTest::addColumn<TlsaWish>("wish");
        QTest::addColumn<int>("place");    // in the chain; -1: not in it
        QTest::addColumn<int>("selector"); // of the data
        QTest::addColumn<int>("cut");
        QTest::newRow("3 1 1") << TlsaWish{} << 0 << 1 << 0;
        QTest::newRow("certificate") << TlsaWish{.selector = 0} << 0 << 0 << 0;
        QTest::newRow("SHA2-512") << TlsaWish{.matching = 2} << 0 << 1 << 0;
        QTest::newRow("whole") << TlsaWish{.selector = 0, .matching = 0} << 0 << 0 << 0;
        QTest::newRow("issuer") << TlsaWish{.usage = 2, .selector = 0, .of = Of::Intermediate} << 1
                                << 0 << 0;
        QTest::newRow("of the other selector")
                << TlsaWish{.selector = 0, .isOtherSelector = true} << 0 << 1 << 0;
        QTest::newRow("cut") << TlsaWish{.isCut = true} << 0 << 1 << 4;
        QTest::newRow("key before") << TlsaWish{.of = Of::ServerBefore} << -1 << 1 << 0;
        QTest::newRow("root") << TlsaWish{.usage = 2, .of = Of::Root} << -1 << 1 << 0;
    }
    void tlsa()
    {
        QFETCH(TlsaWish, wish);
        QFETCH(int, place);
        QFETCH(int, selector);
        QFETCH(int, cut);
        const auto text = m_identities->tlsaOf(Server, wish);
        QVERIFY(text);
        const auto record = readTlsa(*text).record;
        QVERIFY(record);
        QCOMPARE(record->usage, wish.usage);
        QCOMPARE(record->selector, wish.selector);
        QCOMPARE(record->matching, wish.matching);
        const QList<Certificate> chain = certificatesFromPem(m_identities->tlsOf(Server)->chain);
        for (int i = 0; i < int(chain.size()); ++i) {
            const QByteArray data = tlsaData(chain.at(i), quint8(selector), wish.matching);
            QCOMPARE(data.chopped(cut) == record->data, i == place);
        }
    }

private:
    Result<Identities> m_identities = Identities::make();
};

QTEST_GUILESS_MAIN(tst_Identities)
#include "tst_identities.moc"
