// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DS records against their keys: the examples of the RFCs, and other people's programs.
#include "dns/delegationsigner.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

// RFC 4034 5.4
const QByteArray RsaKey = "dskey.example.com. 86400 IN DNSKEY 256 3 5 ( AQOeiiR0GOMYkDshWoSKz9Xz "
                          "fwJr1AYtsmx3TGkJaNXVbfi/ 2pHm822aJ5iI9BMzNXxeYCmZ "
                          "DRD99WYwYqUSdjMmmAphXdvx egXd/M5+X7OrzKBaMbCVdFLU "
                          "Uh6DhweJBjEVv5f2wwjM9Xzc nOf+EPbtG9DMBmADjFDc2w/r "
                          "ljwvFw== ) ; key id = 60485";
const QByteArray Zone = "dskey.example.com";

} // namespace

class tst_DelegationSigner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ofTheRfcs_data();
    void ofTheRfcs();
    void whatDoesNotFit_data();
    void whatDoesNotFit();
    void malformed_data();
    void malformed();
    void otherPrograms_data();
    void otherPrograms();
};

void tst_DelegationSigner::ofTheRfcs_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("ds");
    QTest::newRow("RFC 4034 5.4, SHA-1")
            << 1 << QByteArray("60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118");
    QTest::newRow("RFC 4509 2.3, SHA-256")
            << 2
            << QByteArray("60485 5 2 "
                          "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A");
}

void tst_DelegationSigner::ofTheRfcs()
{
    QFETCH(int, type);
    QFETCH(QByteArray, ds);
    const auto key = dnskeyFromText(RsaKey);
    QVERIFY(key);
    QCOMPARE(keyTag(*key), quint16(60485));
    const auto made = dsOf(Zone, *key, quint8(type));
    QVERIFY(made);
    QCOMPARE(dsToText(*made), ds);
    QCOMPARE(dsFromText(ds), made);
    QCOMPARE(dsFromText("dskey.example.com. 86400 IN DS " + ds.left(30) + ' ' +
                        ds.mid(30).toLower()),
             made);
    QCOMPARE(dnskeyFromText(dnskeyToText(*key)), key);
    QCOMPARE(fits(*made, "DSKEY.example.com.", *key), type != 1); // nobody is to count on SHA-1
}

void tst_DelegationSigner::whatDoesNotFit_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("ds");
    const QByteArray digest = "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";
    QTest::newRow("of another zone") << QByteArray("example.com") << "60485 5 2 " + digest;
    QTest::newRow("another tag") << Zone << "60486 5 2 " + digest;
    QTest::newRow("another algorithm") << Zone << "60485 8 2 " + digest;
    QTest::newRow("another digest") << Zone << "60485 5 2 E" + digest.mid(1);
    QTest::newRow("cut off") << Zone << "60485 5 2 " + digest.chopped(2);
    QTest::newRow("an unknown digest type") << Zone << "60485 5 9 " + digest;
    QTest::newRow("a digest of another type") << Zone << "60485 5 4 " + digest;
}

void tst_DelegationSigner::whatDoesNotFit()
{
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, ds);
    const auto key = dnskeyFromText(RsaKey);
    const auto read = dsFromText(ds);
    QVERIFY(key && read);
    QVERIFY(!fits(*read, zone, *key));
    QVERIFY(!fitsAny(*read, zone, {*key}));
    QVERIFY(!fitsAny(*read, zone, {}));
    DnskeyRecord revoked = *key, foreign = *key;
    revoked.flags |= 0x0080;
    foreign.flags = 0;
    for (const DnskeyRecord &other : {revoked, foreign})
        QVERIFY(!fits(*dsOf(Zone, other, 2), Zone, other));
}

void tst_DelegationSigner::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "1 2 3", "60485 5 2 zz", "60485 5 2 abc", "70000 5 2 aabb", "60485 300 2 aabb",
          "-1 5 2 aabb", "257 3 13 ***", "257 3 13", "x y z aabb"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("far too long") << "60485 5 2 " + QByteArray(10000, 'a');
}

void tst_DelegationSigner::malformed()
{
    QFETCH(QByteArray, text);
    QVERIFY(!dsFromText(text));
    if (text.size() < 20) // a long digest could be a key as well
        QVERIFY(!dnskeyFromText(text) || text.startsWith("60485 5 ") || text.contains("aabb"));
    QVERIFY(!dsOf("a..b", *dnskeyFromText(RsaKey), 2));
}

void tst_DelegationSigner::otherPrograms_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const char *algorithm : {"ECDSAP256SHA256", "ECDSAP384SHA384", "RSASHA256", "ED25519"})
        QTest::newRow(algorithm) << QString::fromLatin1(algorithm);
}

/// The same as ldns makes it, with the tag in its file name.
void tst_DelegationSigner::otherPrograms()
{
    QFETCH(QString, algorithm);
    if (QStandardPaths::findExecutable(QStringLiteral("ldns-key2ds")).isEmpty())
        QSKIP("ldns is not installed");
    QTemporaryDir dir;
    const auto run = [&](const QString &program, const QStringList &words) {
        QProcess process;
        process.setWorkingDirectory(dir.path());
        process.start(program, words);
        process.waitForFinished();
        return process.readAllStandardOutput();
    };
    const QString base =
            QString::fromLatin1(run(QStringLiteral("ldns-keygen"),
                                    {QStringLiteral("-a"), algorithm, QStringLiteral("-k"),
                                     QStringLiteral("Example.com")})
                                        .trimmed());
    QFile file(dir.filePath(base + QStringLiteral(".key")));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(base));
    const auto key = dnskeyFromText(file.readAll());
    QVERIFY(key);
    for (const auto &[word, type] :
         {std::pair(QStringLiteral("-2"), 2), {QStringLiteral("-4"), 4}}) {
        const auto theirs = dsFromText(
                run(QStringLiteral("ldns-key2ds"), {QStringLiteral("-n"), word, file.fileName()}));
        QVERIFY(theirs);
        QCOMPARE(dsOf("example.com", *key, quint8(type)), theirs);
        QVERIFY(fits(*theirs, "example.com", *key));
    }
}

QTEST_GUILESS_MAIN(tst_DelegationSigner)
#include "tst_delegationsigner.moc"
