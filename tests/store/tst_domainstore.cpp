// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of domains: names, broken files, newer files, and disks that say no.
#include "store/domainstore.h"
#include "store/keptjson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace {

KeptDomain domain(const QByteArray &name)
{
    KeptDomain kept;
    kept.domain = *DomainName::fromAscii(name);
    kept.largestMaxAge = 86400;
    return kept;
}

struct Folder
{
    QTemporaryDir base;
    DomainStore store{base.filePath(QStringLiteral("data/domains"))};

    [[nodiscard]] QString path(const QString &name) const
    {
        return QDir(store.folder()).filePath(name);
    }
    void put(const QString &name, const QByteArray &octets) const
    {
        QVERIFY(QDir().mkpath(store.folder()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
    }
    [[nodiscard]] QByteArray octets(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(store.folder())
                .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
};

const QByteArray Newer = R"({"schema":"mta-sts-domain/2","domain":"shop.example","plan":[1,2]})";
const QString Shop = QStringLiteral("shop.example.json");

} // namespace

class TestDomainStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsSavedIsLoaded()
    {
        const Folder folder;
        QVERIFY(folder.store.load().domains.isEmpty());
        QVERIFY(folder.store.load().errors.isEmpty());
        QVERIFY(folder.store.save(domain("shop.example")));
        QVERIFY(folder.store.save(domain("club.example")));
        KeptDomain changed = domain("shop.example");
        changed.largestMaxAge = 5;
        QVERIFY(folder.store.save(changed));
        const DomainStore::Loaded loaded = folder.store.load();
        QCOMPARE(loaded.domains.size(), 2);
        QVERIFY(loaded.domains.contains(changed));
        QVERIFY(loaded.setAside.isEmpty() && loaded.errors.isEmpty());
    }

    void onlyTheOwnerMayRead()
    {
        const Folder folder;
        QVERIFY(folder.store.save(domain("shop.example")));
        QVERIFY(folder.store.save(domain("shop.example")));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther |
                            QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
        QVERIFY(!(QFileInfo(folder.path(Shop)).permissions() & others));
        QVERIFY(!(QFileInfo(folder.store.folder()).permissions() & others));
    }

    void names_data()
    {
        QTest::addColumn<QByteArray>("domain");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QByteArray("shop.example") << Shop;
        QTest::newRow("a device on Windows")
                << QByteArray("con.example") << QStringLiteral("_con.example.json");
        QTest::newRow("a device with a number")
                << QByteArray("com1.example") << QStringLiteral("_com1.example.json");
        QTest::newRow("only looks like one")
                << QByteArray("console.example") << QStringLiteral("console.example.json");
        QTest::newRow("A-label") << QByteArray("xn--bcher-kva.example")
                                 << QStringLiteral("xn--bcher-kva.example.json");
    }
    void names()
    {
        QFETCH(QByteArray, domain);
        QFETCH(QString, name);
        QCOMPARE(DomainStore::fileName(*DomainName::fromAscii(domain)), name);
        const Folder folder;
        QVERIFY(folder.store.save(::domain(domain)));
        QCOMPARE(folder.names(), QStringList{name});
        QCOMPARE(folder.store.load().domains.size(), 1);
    }

    void theLongestNamesAreKeptApart()
    {
        const QByteArray label(60, 'a');
        const QByteArray tail = label + '.' + label + '.' + label + ".example";
        const Folder folder;
        for (const QByteArray &head : {QByteArray("one."), QByteArray("two.")})
            QVERIFY(folder.store.save(domain(head + tail)));
        QCOMPARE(folder.store.load().domains.size(), 2);
        for (const QString &name : folder.names())
            QVERIFY(name.size() < 255);
    }

    void brokenFilesAreSetAside()
    {
        const Folder folder;
        QVERIFY(folder.store.save(domain("club.example")));
        folder.put(Shop, "{\"schema\":");
        DomainStore::Loaded loaded = folder.store.load();
        QCOMPARE(loaded.domains.size(), 1);
        QCOMPARE(loaded.setAside, QStringList{Shop + QStringLiteral(".broken-1")});
        QCOMPARE(folder.octets(Shop + QStringLiteral(".broken-1")), QByteArray("{\"schema\":"));
        QVERIFY(folder.store.load().setAside.isEmpty()); // told once
        folder.put(Shop, "[]");
        loaded = folder.store.load();
        QCOMPARE(loaded.setAside, QStringList{Shop + QStringLiteral(".broken-2")});
        QCOMPARE(folder.octets(Shop + QStringLiteral(".broken-1")), QByteArray("{\"schema\":"));
    }

    void aBrokenFileIsNotOverwrittenBySaving()
    {
        const Folder folder;
        folder.put(Shop, "mine");
        QVERIFY(folder.store.save(domain("shop.example")));
        QCOMPARE(folder.octets(Shop + QStringLiteral(".broken-1")), QByteArray("mine"));
        QCOMPARE(folder.store.load().domains.size(), 1);
    }

    void aCopyUnderAnotherNameIsNoSecondDomain()
    {
        const Folder folder;
        QVERIFY(folder.store.save(domain("shop.example")));
        folder.put(QStringLiteral("copy.json"), folder.octets(Shop));
        const DomainStore::Loaded loaded = folder.store.load();
        QCOMPARE(loaded.domains.size(), 1);
        QCOMPARE(loaded.setAside, QStringList{QStringLiteral("copy.json.broken-1")});
    }

    void aFileFromTheFutureIsShownAndLeftAlone()
    {
        const Folder folder;
        folder.put(Shop, Newer);
        const DomainStore::Loaded loaded = folder.store.load();
        QCOMPARE(loaded.domains.size(), 1);
        QVERIFY(loaded.domains.first().isFromNewer);
        const Result<void> saved = folder.store.save(loaded.domains.first());
        QVERIFY(!saved);
        QVERIFY(saved.error().what.contains(QLatin1String("newer version")));
        QVERIFY(!folder.store.save(domain("shop.example"))); // nor by one that does not know
        QCOMPARE(folder.octets(Shop), Newer);
    }

    void forgettingTakesOneFileAndGivesItBack()
    {
        const Folder folder;
        QVERIFY(folder.store.save(domain("club.example")));
        folder.put(Shop, Newer);
        folder.put(Shop + QStringLiteral(".broken-1"), "mine");
        const Result<QByteArray> octets =
                folder.store.forget(*DomainName::fromAscii("shop.example"));
        QVERIFY(octets);
        QCOMPARE(*octets, Newer);
        QCOMPARE(folder.names(), (QStringList{QStringLiteral("club.example.json"),
                                              Shop + QStringLiteral(".broken-1")}));
        QVERIFY(folder.store.putBack(*DomainName::fromAscii("shop.example"), *octets));
        QCOMPARE(folder.octets(Shop), Newer);
        const Result<QByteArray> none = folder.store.forget(*DomainName::fromAscii("no.example"));
        QVERIFY(none && none->isEmpty());
    }

    void aFolderThatVanishedIsMadeAgain()
    {
        const Folder folder;
        QVERIFY(folder.store.save(domain("shop.example")));
        QVERIFY(QDir(folder.store.folder()).removeRecursively());
        QVERIFY(folder.store.forget(*DomainName::fromAscii("shop.example")));
        QVERIFY(folder.store.save(domain("shop.example")));
        QCOMPARE(folder.store.load().domains.size(), 1);
    }

    void aFileInThePlaceOfTheFolderIsTold()
    {
        const Folder folder;
        QVERIFY(QDir().mkpath(QFileInfo(folder.store.folder()).path()));
        QFile file(folder.store.folder());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!folder.store.save(domain("shop.example")));
        QCOMPARE(folder.store.load().errors.size(), 1);
    }

#ifdef Q_OS_UNIX
    void pipesAndFoldersAreNotRead()
    {
        const Folder folder;
        QVERIFY(QDir().mkpath(folder.path(Shop)));
        QCOMPARE(mkfifo(QFile::encodeName(folder.path(QStringLiteral("pipe.json"))).constData(),
                        0600),
                 0);
        const DomainStore::Loaded loaded = folder.store.load();
        QVERIFY(loaded.domains.isEmpty());
        QCOMPARE(loaded.errors.size(), 2);
        QVERIFY(!folder.store.save(domain("shop.example")));
        QVERIFY(!folder.store.forget(*DomainName::fromAscii("shop.example")));
        QVERIFY(QFileInfo(folder.path(Shop)).isDir());
    }

    void aLinkToNowhereIsNotFollowed()
    {
        const Folder folder;
        QVERIFY(QDir().mkpath(folder.store.folder()));
        const QString target = folder.base.filePath(QStringLiteral("target"));
        QVERIFY(QFile::link(target, folder.path(Shop)));
        QVERIFY(!folder.store.save(domain("shop.example")));
        QVERIFY(!QFileInfo::exists(target));
    }

    /// The kernel's own "no": a write that ends in the middle leaves the old file whole.
    void aFullDiskLosesNothing_data()
    {
        QTest::addColumn<int>("more"); // members
        QTest::addColumn<rlim_t>("room");
        QTest::newRow("in the middle of a large file") << 200 << rlim_t(4096);
        QTest::newRow("a file that Qt holds back until it is closed") << 10 << rlim_t(512);
    }
    void aFullDiskLosesNothing()
    {
        QFETCH(int, more);
        QFETCH(rlim_t, room);
        const Folder folder;
        KeptDomain kept = domain("shop.example");
        QVERIFY(folder.store.save(kept));
        const QByteArray before = folder.octets(Shop);
        for (int i = 0; i < more; ++i)
            kept.others[QStringLiteral("more%1").arg(i)] = QString(200, QLatin1Char('x'));
        const auto old = std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit small{room, limit.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const Result<void> saved = folder.store.save(kept);
        setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, old);
        QVERIFY(!saved);
        const QString why = saved.error().what;
        QVERIFY2(why.contains(QLatin1String("no room")) ||
                         why.contains(QLatin1String("File too large")),
                 qPrintable(why));
        QCOMPARE(folder.octets(Shop), before);
        QCOMPARE(folder.names(), QStringList{Shop}); // no half file beside it
        QVERIFY(folder.store.save(kept));
    }

    void aReadOnlyFolderIsTold()
    {
        if (geteuid() == 0)
            QSKIP("root may write everywhere; aFullDiskLosesNothing refuses root too");
        const Folder folder;
        QVERIFY(folder.store.save(domain("shop.example")));
        folder.put(QStringLiteral("bad.json"), "bad");
        QFile::setPermissions(folder.store.folder(), QFile::ReadOwner | QFile::ExeOwner);
        const Result<void> saved = folder.store.save(domain("club.example"));
        const Result<QByteArray> forgotten =
                folder.store.forget(*DomainName::fromAscii("shop.example"));
        const DomainStore::Loaded loaded = folder.store.load();
        QFile::setPermissions(folder.store.folder(),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(!saved && !forgotten);
        QCOMPARE(loaded.domains.size(), 1);
        QCOMPARE(loaded.errors.size(), 1);
        QCOMPARE(folder.octets(QStringLiteral("bad.json")), QByteArray("bad"));
    }
#endif
};
QTEST_GUILESS_MAIN(TestDomainStore)
#include "tst_domainstore.moc"
