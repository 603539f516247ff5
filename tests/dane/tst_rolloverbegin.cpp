// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes, comes and stays at the start of a change of keys, and every reason to begin nothing.
#include "dane/keymaterial.h"
#include "dane/rolloverbegin.h"

#include <QTest>

namespace {

const QByteArray Host = "mx.example.com";
const QDateTime Now(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);

using Chain = QList<Certificate>;

TlsaRecord recordOf(const Chain &chain, quint8 digest = 1)
{
    return {3, 1, digest, tlsaData(chain.first(), 1, digest)};
}

TlsaRecord issuerOf(const Chain &chain)
{
    return {2, 1, 1, tlsaData(chain.at(1), 1, 1)};
}

bool says(const RolloverBeginning &begun, const QByteArray &id)
{
    return std::any_of(begun.issues.cbegin(), begun.issues.cend(),
                       [&](const Issue &issue) { return issue.id == id; });
}

QByteArray told(const RolloverBeginning &begun)
{
    QByteArray text = begun.kept ? "begun:" : "not begun:";
    for (const Issue &issue : begun.issues)
        text += ' ' + issue.id + " (" + issue.values.join(u',').toUtf8() + ')';
    return text;
}

} // namespace

class TestRolloverBegin : public QObject
{
    Q_OBJECT

private:
    TestPki m_pki;
    TestIdentity m_nextIdentity = m_pki.leaf(wish(TestKey::P256));
    const Chain m_ecdsa = newChain(TestKey::P256), m_rsa = newChain(TestKey::Rsa2048),
                m_next = certificatesFromPem(m_pki.chain(m_nextIdentity));

    static CertificateWish wish(TestKey key)
    {
        CertificateWish wish;
        wish.dnsNames = {Host};
        wish.key = key;
        return wish;
    }
    Chain newChain(TestKey key) { return certificatesFromPem(m_pki.chain(m_pki.leaf(wish(key)))); }
    static RolloverWish wishFor(const QList<TlsaRecord> &records, const QList<Chain> &chains,
                                const Chain &next)
    {
        RolloverWish wish;
        wish.host = Host;
        wish.seen.at = Now;
        wish.seen.validated = TlsaAnswer::Secure;
        wish.seen.nameServers = {{"ns1.example.com", true, records, 300},
                                 {"ns2.example.com", true, records, 1800}};
        wish.seen.addresses = {{QStringLiteral("192.0.2.1"), true, true, chains},
                               {QStringLiteral("2001:db8::1"), true, true, chains}};
        wish.next = {*keyOfChain(next)};
        return wish;
    }
    RolloverWish plain() const { return wishFor({recordOf(m_ecdsa)}, {m_ecdsa}, m_next); }

private Q_SLOTS:
    void oneKey()
    {
        const RolloverBeginning begun = beginRollover(plain());
        QVERIFY2(begun.kept && begun.issues.isEmpty(), told(begun));
        QCOMPARE(begun.kept->host, Host);
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_ecdsa)});
        QCOMPARE(begun.kept->nextKey, QList<TlsaRecord>{recordOf(m_next)});
        QVERIFY(begun.kept->staying.isEmpty());
        QCOMPARE(begun.kept->ttl, 1800);
        QCOMPARE(begun.kept->started, Now);
        QVERIFY(!begun.kept->published.isValid());
    }

    void aRequestIsEnough()
    {
        RolloverWish wish = plain();
        const KeyMaterial key(m_nextIdentity.key);
        const auto source =
                readKeySource(Secret(key.request(KeyMaterial::Form::Pem, "mx.example.com")));
        QVERIFY(source);
        wish.next = source->keys;
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept && begun.issues.isEmpty(), told(begun));
        QCOMPARE(begun.kept->nextKey, QList<TlsaRecord>{recordOf(m_next)});
    }

    void theOtherKindStays()
    {
        const RolloverBeginning begun = beginRollover(
                wishFor({recordOf(m_ecdsa), recordOf(m_rsa)}, {m_ecdsa, m_rsa}, m_next));
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_ecdsa)});
        QCOMPARE(begun.kept->staying, QList<TlsaRecord>{recordOf(m_rsa)});
    }

    void bothKindsChange()
    {
        RolloverWish wish = wishFor({recordOf(m_ecdsa), recordOf(m_rsa)}, {m_ecdsa, m_rsa}, m_next);
        const Chain nextRsa = newChain(TestKey::Rsa2048);
        wish.next.append(*keyOfChain(nextRsa));
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey.size(), 2);
        QCOMPARE(begun.kept->nextKey, (QList<TlsaRecord>{recordOf(m_next), recordOf(nextRsa)}));
        QVERIFY(begun.kept->staying.isEmpty());
    }

    void anotherKindTakesThePlaceOfTheOnlyOne()
    {
        const RolloverBeginning begun = beginRollover(wishFor({recordOf(m_rsa)}, {m_rsa}, m_next));
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_rsa)});
    }

    void whichOfTwoIsAsked()
    {
        RolloverWish wish = wishFor({recordOf(m_ecdsa), recordOf(m_rsa)}, {m_ecdsa, m_rsa},
                                    newChain(TestKey::Ed25519));
        QVERIFY2(says(beginRollover(wish), "DANE-32.which"), told(beginRollover(wish)));
        wish.replaces = m_rsa.first().sha256();
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_rsa)});
        QCOMPARE(begun.kept->staying, QList<TlsaRecord>{recordOf(m_ecdsa)});
        wish.replaces = m_next.first().sha256();
        QVERIFY2(says(beginRollover(wish), "DANE-32.replaced"), told(beginRollover(wish)));
    }

    void renewedCertificateOfTheSameKeyGoesToo()
    {
        // Two addresses, the same key, another certificate at each.
        TestIdentity first = m_pki.leaf(wish(TestKey::P256));
        CertificateWish again = wish(TestKey::P256);
        again.keyPem = first.key;
        const Chain one = certificatesFromPem(m_pki.chain(first));
        const Chain two = certificatesFromPem(m_pki.chain(m_pki.leaf(again)));
        RolloverWish wish = wishFor({recordOf(one)}, {one}, m_next);
        wish.seen.addresses[1].chains = {two};
        wish.replaces = one.first().sha256();
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(one)});
        QVERIFY(begun.kept->staying.isEmpty());
    }

    void everyDigestOfTheSetIsMade()
    {
        const RolloverBeginning begun = beginRollover(
                wishFor({recordOf(m_ecdsa), recordOf(m_ecdsa, 2)}, {m_ecdsa}, m_next));
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->nextKey, (QList<TlsaRecord>{recordOf(m_next), recordOf(m_next, 2)}));
        QCOMPARE(begun.kept->oldKey.size(), 2);
    }

    void theIssuerStays()
    {
        const QList<TlsaRecord> both{recordOf(m_ecdsa), issuerOf(m_ecdsa)};
        const RolloverBeginning begun = beginRollover(wishFor(both, {m_ecdsa}, m_next));
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_ecdsa)});
        QCOMPARE(begun.kept->staying, QList<TlsaRecord>{issuerOf(m_ecdsa)});
        // With no other record there is nothing to change.
        const RolloverBeginning alone =
                beginRollover(wishFor({issuerOf(m_ecdsa)}, {m_ecdsa}, m_next));
        QVERIFY2(!alone.kept && says(alone, "DANE-32.covered"), told(alone));
        // A next certificate of another issuer.
        const TestPki other;
        const Chain foreign = certificatesFromPem(other.chain(other.leaf(wish(TestKey::P256))));
        const RolloverBeginning moved =
                beginRollover(wishFor({issuerOf(m_ecdsa)}, {m_ecdsa}, foreign));
        QVERIFY2(moved.kept, told(moved));
        QCOMPARE(moved.kept->oldKey, QList<TlsaRecord>{issuerOf(m_ecdsa)});
    }

    void oneAddressHasSwitchedAlready()
    {
        RolloverWish wish = wishFor({recordOf(m_ecdsa), recordOf(m_next)}, {m_ecdsa}, m_next);
        wish.seen.addresses[1].chains = {m_next};
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_ecdsa)});
        QVERIFY(begun.kept->staying.isEmpty());
    }

    void aRecordOfNobodyIsLeftAlone()
    {
        const Chain stranger = newChain(TestKey::P256);
        const RolloverBeginning begun =
                beginRollover(wishFor({recordOf(m_ecdsa), recordOf(stranger)}, {m_ecdsa}, m_next));
        QVERIFY2(begun.kept, told(begun));
        QCOMPARE(begun.kept->oldKey, QList<TlsaRecord>{recordOf(m_ecdsa)});
        QVERIFY(begun.kept->staying.isEmpty());
    }

    void notBegun_data()
    {
        QTest::addColumn<RolloverWish>("wish");
        QTest::addColumn<QByteArray>("issue");
        const auto row = [](const char *why, const RolloverWish &wish, const char *issue) {
            QTest::newRow(why) << wish << QByteArray(issue);
        };
        row("nothing is published", wishFor({}, {m_ecdsa}, m_next), "DANE-32.none");
        row("the next key is the current one", wishFor({recordOf(m_ecdsa)}, {m_ecdsa}, m_ecdsa),
            "DANE-32.same");
        RolloverWish wish = plain();
        wish.seen.addresses[1].known = false;
        row("an address is out of reach", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.addresses[1].isWhole = false;
        row("a kind of key was not seen", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.addresses.clear();
        row("no address", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.nameServers[0].known = false;
        row("a name server is out of reach", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.nameServers.clear();
        row("no name server", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.validated = TlsaAnswer::Failed;
        row("DNSSEC is broken, or the resolver", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.validated = TlsaAnswer::Unknown;
        row("nobody validates", wish, "DANE-32.unseen");
        wish = plain();
        wish.seen.validated = TlsaAnswer::Insecure;
        row("the zone is not signed", wish, "DANE-2");
        wish = wishFor({}, {m_ecdsa}, m_next);
        wish.seen.validated = TlsaAnswer::Insecure;
        row("neither signed nor published", wish, "DANE-32.none");
        row("mail is refused now", wishFor({recordOf(m_rsa)}, {m_ecdsa}, m_next),
            "DANE-32.refused");
        wish = plain();
        wish.seen.addresses[0] = {QStringLiteral("192.0.2.1"), true, false, {}};
        row("an address without TLS", wish, "DANE-13");
        wish = plain();
        wish.next.append(*keyOfChain(newChain(TestKey::P384)));
        row("two next keys of a kind", wish, "DANE-32.several");
        wish = plain();
        wish.next = {*keyOfChain({m_next.at(1)})};
        row("the certificate of an issuer", wish, "DANE-29.issuer");
    }
    void notBegun()
    {
        QFETCH(RolloverWish, wish);
        QFETCH(QByteArray, issue);
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(!begun.kept && says(begun, issue), told(begun));
    }

    void noNextKey()
    {
        RolloverWish wish = plain();
        wish.next.clear();
        QVERIFY(!beginRollover(wish).kept);
    }

    void aCertificateForAnotherNameIsTold()
    {
        RolloverWish wish = plain();
        wish.host = "mx2.example.com";
        const RolloverBeginning begun = beginRollover(wish);
        QVERIFY2(begun.kept && says(begun, "DANE-18"), told(begun));
    }
};

QTEST_APPLESS_MAIN(TestRolloverBegin)
#include "tst_rolloverbegin.moc"
