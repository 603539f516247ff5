// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/trustanchor.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray Digest = "e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d";
const QByteArray Key = "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1v";

} // namespace

class TestTrustAnchor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<QByteArray>>("anchors");
        const QByteArray ds = ". IN DS 20326 8 2 " + Digest;
        const QByteArray key = ". IN DNSKEY 257 3 8 " + Key;
        const QList<QByteArray> none;
        QTest::newRow("DS") << ds + '\n' << QList<QByteArray>{ds};
        QTest::newRow("TTL, tabs, no line end")
                << ".\t86400\tIN\tDS\t20326 8 2\t" + Digest << QList<QByteArray>{ds};
        QTest::newRow("neither TTL nor class")
                << ". DS 20326 8 2 " + Digest << QList<QByteArray>{ds};
        QTest::newRow("DNSKEY with a comment") << key + " ; keytag 20326" << QList<QByteArray>{key};
        QTest::newRow("over several lines") << ". IN DNSKEY ( 257 3 8 ; key\n " + Key + " )\n"
                                            << QList<QByteArray>{key};
        QTest::newRow("RFC 5011 state file: valid, pending, missing")
                << "; autotrust trust anchor file\n;;id: . 1\n" + key + " ;;state=2 [  VALID  ]\n" +
                           ". IN DNSKEY 257 3 13 " + Key + " ;;state=1 [ ADDPEND ]\n" +
                           ". IN DNSKEY 257 3 15 " + Key + " ;;state=3 [ MISSING ]\n"
                << QList<QByteArray>{key, ". IN DNSKEY 257 3 15 " + Key};
        QTest::newRow("revoked key") << ". IN DNSKEY 385 3 8 " + Key << none;
        QTest::newRow("not a zone key") << ". IN DNSKEY 1 3 8 " + Key << none;
        QTest::newRow("digest too short") << ". IN DS 20326 8 2 " + Digest.chopped(2) << none;
        QTest::newRow("digest of an unknown kind") << ". IN DS 20326 8 9 " + Digest << none;
        QTest::newRow("not base64") << QByteArray(". IN DNSKEY 257 3 8 ******") << none;
        QTest::newRow("another type") << QByteArray(". IN NS a.root-servers.net.") << none;
        QTest::newRow("empty") << QByteArray() << none;
        QTest::newRow("binary") << QByteArray("\0\xff()\n;", 7) << none;
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QTEST(readTrustAnchors(text), "anchors");
    }

    void aNamedFileIsNeverReplaced()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("anchor"));
        QVERIFY(!trustAnchors(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("nothing of use\n");
        file.close();
        QVERIFY(!trustAnchors(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(". DS 20326 8 2 " + Digest);
        file.close();
        QCOMPARE(trustAnchors(path)->size(), 1);
    }

    void thereIsAlwaysARootKey()
    {
        const auto anchors = trustAnchors({});
        QVERIFY(anchors);
        QVERIFY(anchors->size() >= 1);
        for (const QByteArray &anchor : *anchors)
            QVERIFY(anchor.startsWith(". IN D"));
    }

    void shippedKeysAreWellFormed()
    {
        const QList<QByteArray> shipped = shippedTrustAnchors();
        QCOMPARE(shipped.size(), 2);
        for (const QByteArray &anchor : shipped)
            QCOMPARE(readTrustAnchors(anchor), QList<QByteArray>{anchor});
    }
};

QTEST_GUILESS_MAIN(TestTrustAnchor)
#include "tst_trustanchor.moc"
