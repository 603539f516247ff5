// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that servers show against what people know from the servers themselves; tst_tlsamaking has the rest.
#include "dane/tlsaconfirming.h"
#include "fakes/testpki.h"

#include <QTest>

namespace {

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

SourceKey keyOf(const TestIdentity &identity)
{
    return *keyOfChain(certificatesFromPem(pki().chain(identity)));
}

TestIdentity leaf(const QByteArray &host, const QByteArray &keyPem = {})
{
    CertificateWish wish;
    wish.dnsNames = {host};
    wish.keyPem = keyPem;
    return pki().leaf(wish);
}

QByteArray ids(const KeyConfirmation &confirmation)
{
    QByteArrayList all;
    for (const Issue &issue : confirmation.issues)
        all.append(issue.id);
    return all.join(' ');
}

QByteArray digest(const SourceKey &key)
{
    return *digestFromText(key.fingerprint);
}

} // namespace

class tst_TlsaConfirming : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ofAFile();
    void renewedCertificateOfTheSameKey();
    void severalServers();
    void filesOfSeveralServers();
    void nothingShown();
    void nothingKnown();
};

void tst_TlsaConfirming::ofAFile()
{
    const SourceKey own = keyOf(leaf("mx1.example.com"));
    const SourceKey other = keyOf(leaf("mx1.example.com"));
    const KnownKeys file{{own}, {}};
    QVERIFY(confirmKeys({own}, file, {own}).isConfirmed);

    // Somebody else's certificate is never confirmed by our file, nor beside our own.
    const KeyConfirmation wrong = confirmKeys({other}, file, {other});
    QVERIFY(!wrong.isConfirmed && wrong.hasOther);
    QCOMPARE(ids(wrong), QByteArray("DANE-29.other DANE-29.missing"));
    const KeyConfirmation both = confirmKeys({own, other}, file, {own, other});
    QVERIFY(!both.isConfirmed && both.hasOther);
    QCOMPARE(ids(both), QByteArray("DANE-29.other"));

    // A second file, or a fingerprint, confirms the second.
    QVERIFY(confirmKeys({own, other}, {{own, other}, {}}, {own, other}).isConfirmed);
    QVERIFY(confirmKeys({own, other}, {{own}, {digest(other)}}, {own, other}).isConfirmed);
}

void tst_TlsaConfirming::renewedCertificateOfTheSameKey()
{
    const TestIdentity before = leaf("mx1.example.com");
    const SourceKey inFile = keyOf(before);
    const SourceKey shown = keyOf(leaf("mx1.example.com", before.key));
    QVERIFY(inFile.fingerprint != shown.fingerprint);
    const KeyConfirmation same = confirmKeys({shown}, {{inFile}, {}}, {shown});
    QVERIFY(same.isConfirmed);
    QCOMPARE(ids(same), QByteArray());
    QVERIFY(same.unseen.isEmpty());
}

void tst_TlsaConfirming::severalServers()
{
    const SourceKey one = keyOf(leaf("mx1.example.com")), two = keyOf(leaf("mx2.example.com"));
    const QList<SourceKey> all{one, two};
    const KnownKeys prints{{}, {digest(one), digest(two)}};
    const KeyConfirmation first = confirmKeys({one}, prints, all);
    QVERIFY(first.isConfirmed);
    QCOMPARE(ids(first), QByteArray()); // that of the other server is not missed here
    QVERIFY(confirmKeys({two}, prints, all).isConfirmed);
    const KeyConfirmation half = confirmKeys({two}, {{}, {digest(one)}}, all);
    QVERIFY(!half.isConfirmed && half.hasOther);
}

void tst_TlsaConfirming::filesOfSeveralServers()
{
    const TestIdentity renewed = leaf("mx2.example.com");
    const SourceKey one = keyOf(leaf("mx1.example.com")), two = keyOf(renewed);
    const SourceKey second = keyOf(leaf("mx1.example.com")), other = keyOf(leaf("mx1.example.com"));
    const QList<SourceKey> all{one, two};
    const KnownKeys files{{one, two, second}, {}};
    for (const SourceKey &own : all) {
        const KeyConfirmation of = confirmKeys({own}, files, all);
        QVERIFY(of.isConfirmed);
        QCOMPARE(of.unseen.size(), 1); // that of the other server is none of this one
        QCOMPARE(of.unseen.first().publicKey, second.publicKey);
    }
    // One that shows nothing may have any of them, and one that shows a stranger is still told.
    QCOMPARE(confirmKeys({}, files, all).unseen.size(), 3);
    const KeyConfirmation wrong = confirmKeys({other}, {{two}, {}}, {other, two});
    QVERIFY(!wrong.isConfirmed && wrong.hasOther);
    QCOMPARE(ids(wrong), QByteArray("DANE-29.other"));
    // A certificate that the other server has renewed is not missed here.
    const SourceKey now = keyOf(leaf("mx2.example.com", renewed.key));
    QCOMPARE(ids(confirmKeys({one}, {{one, two}, {}}, {one, now})), QByteArray());
}

void tst_TlsaConfirming::nothingShown()
{
    const SourceKey own = keyOf(leaf("mx1.example.com"));
    const KeyConfirmation file = confirmKeys({}, {{own}, {}}, {});
    QVERIFY(file.isConfirmed); // of the file; that nothing was seen is told elsewhere
    QCOMPARE(file.unseen.size(), 1);
    QVERIFY(!confirmKeys({}, {{}, {digest(own)}}, {}).isConfirmed);
}

void tst_TlsaConfirming::nothingKnown()
{
    const SourceKey own = keyOf(leaf("mx1.example.com"));
    const KeyConfirmation open = confirmKeys({own}, KnownKeys(), {own});
    QVERIFY(!open.isConfirmed && !open.hasOther);
    QVERIFY(open.issues.isEmpty());
}

QTEST_GUILESS_MAIN(tst_TlsaConfirming)
#include "tst_tlsaconfirming.moc"
