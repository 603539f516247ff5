// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was seen of the addresses, as a sight has it; whole looks are in real/tst_rolloverhours.
#include "fakes/testpki.h"
#include "push/rolloverlook.h"

#include <QTest>

class TestRolloverLook : public QObject
{
    Q_OBJECT

private:
    const TestPki m_pki;
    const QHostAddress m_first{QStringLiteral("192.0.2.1")},
            m_second{QStringLiteral("2001:db8::1")};

    QList<Certificate> chain() const
    {
        return certificatesFromPem(m_pki.chain(m_pki.leaf(QList<QByteArray>{"mx.example.com"})));
    }

private Q_SLOTS:
    void everyChainAtItsAddress()
    {
        const auto one = chain(), two = chain();
        LiveServerKeys keys;
        keys.chains = {{one, {m_first, m_second}}, {two, {m_first}}};
        const QList<SeenAddress> seen = seenAddresses(keys, "mx.example.com");
        QCOMPARE(seen.size(), 2);
        QCOMPARE(seen[0].address, QStringLiteral("192.0.2.1"));
        QCOMPARE(seen[0].chains, (QList<QList<Certificate>>{one, two}));
        QCOMPARE(seen[1].chains, (QList<QList<Certificate>>{one}));
        for (const SeenAddress &address : seen)
            QVERIFY(address.known && address.startTls && address.isWhole);
    }

    void whatWasNotSeenIsNotWhole()
    {
        LiveServerKeys keys;
        keys.chains = {{chain(), {m_first}}};
        keys.unseen = {{m_first, QStringLiteral("cut")}, {m_second, QStringLiteral("timed out")}};
        const QList<SeenAddress> seen = seenAddresses(keys, "mx.example.com");
        QCOMPARE(seen.size(), 2);
        QVERIFY(seen[0].known && !seen[0].isWhole);
        QVERIFY(!seen[1].known && !seen[1].isWhole);
    }

    void addressesThatAreNotKnown()
    {
        LiveServerKeys keys;
        keys.chains = {{chain(), {m_first}}};
        keys.unseen = {{{}, QStringLiteral("its addresses could not be looked up")}};
        const QList<SeenAddress> seen = seenAddresses(keys, "mx.example.com");
        QCOMPARE(seen.size(), 2);
        QVERIFY(!seen[1].known);
        QCOMPARE(seen[1].address, QStringLiteral("mx.example.com"));
        QVERIFY(seenAddresses({}, "mx.example.com").isEmpty());
    }

    void noTlsIsSeen()
    {
        LiveServerKeys keys;
        keys.unseen = {{m_first, QStringLiteral("no STARTTLS"), true}};
        const QList<SeenAddress> seen = seenAddresses(keys, "mx.example.com");
        QCOMPARE(seen.size(), 1);
        QVERIFY(seen[0].known && !seen[0].startTls);
    }
};

QTEST_APPLESS_MAIN(TestRolloverLook)
#include "tst_rolloverlook.moc"
