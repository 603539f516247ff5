// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/accounts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

Account account(const char *provider, const char *address = "", const char *label = "")
{
    return {provider, QString::fromLatin1(address), QString::fromLatin1(label),
            QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC)};
}

} // namespace

class tst_Accounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesInTheKeyStoreTellThemApart()
    {
        QCOMPARE(keyName(account("cloudflare")), QStringLiteral("cloudflare:"));
        QCOMPARE(keyName(account("powerdns", "http://127.0.0.1:8081", "work")),
                 QStringLiteral("powerdns:http://127.0.0.1:8081#work"));
    }
    void addedReplacedRemoved()
    {
        QTemporaryDir dir;
        const AccountList list(dir.filePath(QStringLiteral("deeper/still")));
        QVERIFY(list.load() && list.load()->isEmpty());
        QVERIFY(list.add(account("cloudflare")));
        QVERIFY(list.add(account("powerdns", "http://127.0.0.1:8081")));
        Account later = account("cloudflare");
        later.keptAt = later.keptAt.addDays(1);
        QVERIFY(list.add(later));
        QCOMPARE(*list.load(),
                 (QList<Account>{account("powerdns", "http://127.0.0.1:8081"), later}));
        QVERIFY(list.add(account("cloudflare", "", "work")));
        QVERIFY(list.remove(account("cloudflare")));
        QCOMPARE(list.load()->size(), 2);
    }
    void aFileOfAnotherVersionIsLeftAlone()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("accounts.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray octets = "{\"schema\":\"mta-sts-accounts/9\"}";
        file.write(octets);
        file.close();
        const AccountList list(dir.path());
        QVERIFY(!list.load());
        QVERIFY(!list.add(account("cloudflare")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), octets);
    }
    void aFolderThatCannotBeMadeIsSaid()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto added = AccountList(file.fileName()).add(account("cloudflare"));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, Error::Kind::Refused);
    }
};

QTEST_GUILESS_MAIN(tst_Accounts)
#include "tst_accounts.moc"
