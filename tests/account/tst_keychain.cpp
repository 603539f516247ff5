// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real key store (gnome-keyring), open, locked and missing; the program run in it by keyring.sh, with a real
// PowerDNS to open.
#include "provider/zonebed.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class tst_Keychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString why = m_bed.start(QStringLiteral("pdns")); !why.isEmpty())
            QSKIP(qPrintable(why));
    }
    void keptUsedForgotten();
    void wrongTokensAreNotKept();
    void withoutAKeyStoreItIsSaid_data();
    void withoutAKeyStoreItIsSaid();

private:
    struct Ran
    {
        int status = -1;
        QByteArray said;
    };
    /// Several commands in one session, so that what one keeps the next one finds.
    Ran run(const QString &keyring, const QString &home, const QString &script,
            const QByteArray &token) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(TESTS_SOURCE_DIR "/account/keyring.sh"),
                      {keyring, home, QStringLiteral("sh"), QStringLiteral("-c"), script,
                       QStringLiteral(PROGRAM), m_bed.value("address"),
                       home + QStringLiteral("/state")});
        process.write(token + '\n');
        process.closeWriteChannel();
        if (!process.waitForFinished(90000))
            return {-1, process.readAll()};
        return {process.exitCode(), process.readAll()};
    }
    static bool holds(const QString &folder, const QByteArray &token)
    {
        for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            const bool isOpen = file.open(QIODevice::ReadOnly);
            const QByteArray all = isOpen ? file.readAll() : QByteArray();
            for (const QByteArray &form :
                 {token, token.toBase64(), token.toHex(),
                  QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(token).utf16()),
                             2 * token.size())}) {
                if (all.contains(form)) {
                    qWarning("%s holds the token", qPrintable(file.fileName()));
                    return true;
                }
            }
        }
        return false;
    }
    static constexpr char Keep[] = "\"$0\" token keep example.com --provider powerdns "
                                   "--provider-url \"$1\" --state-dir \"$2\" --token-stdin";
    ZoneBed m_bed;
};

void tst_Keychain::keptUsedForgotten()
{
    QTemporaryDir home;
    const QByteArray token = m_bed.value("secret").toUtf8();
    const Ran ran = run(QStringLiteral("open"), home.path(),
                        QString::fromLatin1(Keep) +
                                QStringLiteral(" || exit 11; "
                                               "export LC_ALL=C.UTF-8; "
                                               "s='--provider powerdns --provider-url '$1' "
                                               "--state-dir '$2; "
                                               "\"$0\" token list --state-dir \"$2\" | "
                                               "grep -c powerdns || exit 12; "
                                               "\"$0\" plan example.com $s --mx mx.example.com "
                                               "--resolver 127.0.0.1@9 --timeout 2 --no-control; "
                                               "test $? = 3 || exit 13; "
                                               "\"$0\" token forget $s || exit 14; "
                                               "\"$0\" plan example.com $s --mx mx.example.com "
                                               "--resolver 127.0.0.1@9 --timeout 2; "
                                               "test $? = 64 || exit 15"),
                        token);
    QVERIFY2(ran.status == 0, "exit " + QByteArray::number(ran.status) + '\n' + ran.said);
    QVERIFY2(ran.said.contains("nothing is kept in the key store"), ran.said);
    QVERIFY2(!ran.said.contains(token), "the token was said");
    QVERIFY(!holds(home.path(), token));
}

void tst_Keychain::wrongTokensAreNotKept()
{
    QTemporaryDir home;
    const Ran ran = run(QStringLiteral("open"), home.path(), QString::fromLatin1(Keep),
                        "wrong-canary-48151623");
    QVERIFY2(ran.status == 1, "exit " + QByteArray::number(ran.status) + '\n' + ran.said);
    QVERIFY2(!ran.said.contains("canary"), ran.said);
    QVERIFY(!QFile::exists(home.filePath(QStringLiteral("state/accounts.json"))));
    QVERIFY(!holds(home.path(), "wrong-canary-48151623"));
}

void tst_Keychain::withoutAKeyStoreItIsSaid_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("none") << QByteArray("this computer offers no key store to programs");
    QTest::newRow("locked") << QByteArray("key store");
}

void tst_Keychain::withoutAKeyStoreItIsSaid()
{
    QFETCH(QByteArray, words);
    QTemporaryDir home;
    const QByteArray token = m_bed.value("secret").toUtf8();
    const Ran ran = run(QString::fromLatin1(QTest::currentDataTag()), home.path(),
                        QString::fromLatin1(Keep), token);
    QVERIFY2(ran.status == 1, "exit " + QByteArray::number(ran.status) + '\n' + ran.said);
    QVERIFY2(ran.said.contains(words), ran.said);
    QVERIFY(!QFile::exists(home.filePath(QStringLiteral("state/accounts.json"))));
    QVERIFY(!holds(home.path(), token)); // never a file instead
}

QTEST_GUILESS_MAIN(tst_Keychain)
#include "tst_keychain.moc"
