// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens: in the key store, or for this run; the list of them never holds one.
#include "fakeservice.h"
#include "tokens.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

const Account Work{
        "cloudflare", {}, QStringLiteral("work"), QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC)};
constexpr char Canary[] = "canary-token-7f3a";

bool isInAnyFile(const QString &folder, const QByteArray &octets)
{
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(octets))
            return true;
    }
    return false;
}

QByteArray takenFrom(Tokens &tokens)
{
    const Result<Secret> secret = tokens.takeFetched();
    return secret ? secret->octets() : QByteArray("none");
}

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keptInTheKeyStoreAndReadAgain()
    {
        FakeService service;
        QTemporaryDir folder;
        Tokens tokens(folder.path(), service.doors().keys);
        QSignalSpy kept(&tokens, &Tokens::kept);
        tokens.keep(Work, Secret(Canary));
        QVERIFY(kept.wait());
        QVERIFY(!tokens.isOfThisRun(Work));
        QVERIFY(!isInAnyFile(folder.path(), Canary));
        Tokens again(folder.path(), service.doors().keys);
        QCOMPARE(again.accounts(), QList<Account>{Work});
        QByteArray read;
        connect(&again, &Tokens::got, this, [&] { read = takenFrom(again); });
        again.fetch(Work);
        QTRY_COMPARE(read, QByteArray(Canary));
    }

    void withoutAKeyStoreThisRunHoldsIt()
    {
        FakeService service;
        service.hasKeyStore = false;
        QTemporaryDir folder;
        Tokens tokens(folder.path(), service.doors().keys);
        bool isKept = true;
        connect(&tokens, &Tokens::kept, this, [&] { isKept = tokens.result().has_value(); });
        tokens.keep(Work, Secret(Canary));
        QTRY_VERIFY(!isKept);
        QVERIFY(tokens.isOfThisRun(Work));
        QCOMPARE(tokens.accounts().size(), 1);
        Tokens again(folder.path(), service.doors().keys);
        QVERIFY(again.accounts().isEmpty()); // never a fall-back file
    }

    void whatCannotBeListedIsNotLeftInTheKeyStore()
    {
        FakeService service;
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("x/accounts.json/in the way")));
        Tokens tokens(folder.filePath(QStringLiteral("x")), service.doors().keys);
        QVERIFY(tokens.accounts().isEmpty());
        bool isKept = true;
        connect(&tokens, &Tokens::kept, this, [&] { isKept = tokens.result().has_value(); });
        tokens.keep(Work, Secret(Canary));
        QTRY_VERIFY(!isKept);
        QTRY_VERIFY(service.keys.empty());
    }

    void forgottenInBothPlaces()
    {
        FakeService service;
        QTemporaryDir folder;
        Tokens tokens(folder.path(), service.doors().keys);
        QSignalSpy forgot(&tokens, &Tokens::forgot);
        tokens.keep(Work, Secret(Canary));
        QTRY_COMPARE(service.keys.size(), size_t(1));
        tokens.forget(Work);
        QVERIFY(forgot.wait());
        QVERIFY(service.keys.empty());
        QVERIFY(tokens.accounts().isEmpty());
    }
};
QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
