// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/writebundle.h"
#include "sample.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

const QString Policy_ = QStringLiteral(".well-known/mta-sts.txt");
const QString Readme = QStringLiteral("README.txt");

QList<BundleFile> two()
{
    return {{Policy_, "version: STSv1\r\n"}, {Readme, "read me\n"}};
}

bool put(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray octets(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int entries(const QString &folder)
{
    int count = 0;
    QDirIterator walk(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    for (; walk.hasNext(); walk.next())
        ++count;
    return count;
}

/// While it lives no file can grow over 4096 octets: this stands for a full disk.
class SmallFiles
{
public:
    SmallFiles()
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        m_isSet = ::getrlimit(RLIMIT_FSIZE, &m_old) == 0;
        rlimit small = m_old;
        small.rlim_cur = 4096;
        m_isSet = m_isSet && ::setrlimit(RLIMIT_FSIZE, &small) == 0;
    }
    SmallFiles(const SmallFiles &) = delete;
    SmallFiles &operator=(const SmallFiles &) = delete;
    ~SmallFiles()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_handler);
    }
    [[nodiscard]] bool isSet() const { return m_isSet; }

private:
    rlimit m_old{};
    void (*m_handler)(int);
    bool m_isSet = false;
};

} // namespace

class tst_WriteBundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void newFolder();
    void again();
    void conflictWritesNothing();
    void overwrite();
    void strangersAreLeftAlone();
    void folderReachedByLink();
    void symbolicLinkInTheWay_data();
    void symbolicLinkInTheWay();
    void linkedParent();
    void notAFile_data();
    void notAFile();
    void badName();
    void noFolder();
    void folderIsAFile();
    void readOnlyFolder();
    void fullDisk();
    void fullDiskAtALaterFile();
    void vanishedFolder();
    void failsHalfWay();
    void wholeBundle();

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

void tst_WriteBundle::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->filePath(QStringLiteral("a/kit"));
}

void tst_WriteBundle::newFolder()
{
    const auto result = writeBundle(two(), m_folder);
    QVERIFY(result);
    QCOMPARE(result->written, (QStringList{Policy_, Readme}));
    QVERIFY(result->kept.isEmpty() && result->conflicts.isEmpty());
    QCOMPARE(octets(m_folder + QLatin1Char('/') + Policy_), QByteArray("version: STSv1\r\n"));
    QCOMPARE(entries(m_folder), 3); // nothing temporary is left
}

void tst_WriteBundle::again()
{
    QVERIFY(writeBundle(two(), m_folder));
    const auto result = writeBundle(two(), m_folder);
    QVERIFY(result);
    QVERIFY(result->written.isEmpty() && result->conflicts.isEmpty());
    QCOMPARE(result->kept, (QStringList{Policy_, Readme}));
}

void tst_WriteBundle::conflictWritesNothing()
{
    QVERIFY(put(m_folder + QStringLiteral("/README.txt"), "mine...\n")); // same size
    const auto result = writeBundle(two(), m_folder);
    QVERIFY(result);
    QCOMPARE(result->conflicts, QStringList{Readme});
    QVERIFY(result->written.isEmpty());
    QCOMPARE(octets(m_folder + QStringLiteral("/README.txt")), QByteArray("mine...\n"));
    QCOMPARE(entries(m_folder), 1);
}

void tst_WriteBundle::overwrite()
{
    QVERIFY(put(m_folder + QStringLiteral("/README.txt"), "mine"));
    const auto result = writeBundle(two(), m_folder, Overwrite::Yes);
    QVERIFY(result);
    QCOMPARE(result->written.size(), 2);
    QVERIFY(result->conflicts.isEmpty());
    QCOMPARE(octets(m_folder + QStringLiteral("/README.txt")), QByteArray("read me\n"));
}

void tst_WriteBundle::strangersAreLeftAlone()
{
    QVERIFY(put(m_folder + QStringLiteral("/other.txt"), "x"));
    QVERIFY(writeBundle(two(), m_folder, Overwrite::Yes));
    QCOMPARE(octets(m_folder + QStringLiteral("/other.txt")), QByteArray("x"));
}

void tst_WriteBundle::folderReachedByLink()
{
    const QString real = m_temporary->filePath(QStringLiteral("real"));
    const QString link = m_temporary->filePath(QStringLiteral("link"));
    QVERIFY(QDir().mkpath(real) && QFile::link(real, link));
    QVERIFY(writeBundle(two(), link));
    QCOMPARE(octets(real + QStringLiteral("/README.txt")), QByteArray("read me\n"));
}

void tst_WriteBundle::symbolicLinkInTheWay_data()
{
    QTest::addColumn<bool>("dangling");
    QTest::newRow("to somebody's file") << false;
    QTest::newRow("to nothing") << true;
}

void tst_WriteBundle::symbolicLinkInTheWay()
{
    QFETCH(bool, dangling);
    const QString victim = m_temporary->filePath(QStringLiteral("victim"));
    if (!dangling)
        QVERIFY(put(victim, "precious"));
    QVERIFY(QDir().mkpath(m_folder));
    QVERIFY(QFile::link(victim, m_folder + QStringLiteral("/README.txt")));
    for (const Overwrite overwrite : {Overwrite::No, Overwrite::Yes}) {
        const auto result = writeBundle(two(), m_folder, overwrite);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Refused);
        QCOMPARE(QFileInfo::exists(victim), !dangling);
        QCOMPARE(octets(victim), dangling ? QByteArray() : QByteArray("precious"));
        QCOMPARE(entries(m_folder), 1);
    }
}

void tst_WriteBundle::linkedParent()
{
    const QString elsewhere = m_temporary->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QDir().mkpath(elsewhere) && QDir().mkpath(m_folder));
    QVERIFY(QFile::link(elsewhere, m_folder + QStringLiteral("/.well-known")));
    QVERIFY(!writeBundle(two(), m_folder, Overwrite::Yes));
    QCOMPARE(entries(elsewhere), 0);
}

void tst_WriteBundle::notAFile_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("folder") << QStringLiteral("folder");
    QTest::newRow("FIFO") << QStringLiteral("fifo"); // opening one would wait for ever
    QTest::newRow("file where a folder is needed") << QStringLiteral("parent");
}

void tst_WriteBundle::notAFile()
{
    QFETCH(QString, kind);
    QVERIFY(QDir().mkpath(m_folder));
    const QString target = m_folder + QStringLiteral("/README.txt");
    if (kind == QLatin1String("folder"))
        QVERIFY(QDir().mkpath(target));
    else if (kind == QLatin1String("fifo"))
        QCOMPARE(::mkfifo(QFile::encodeName(target).constData(), 0600), 0);
    else
        QVERIFY(put(m_folder + QStringLiteral("/.well-known"), "x"));
    for (const Overwrite overwrite : {Overwrite::No, Overwrite::Yes}) {
        const auto result = writeBundle(two(), m_folder, overwrite);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Refused);
        QVERIFY(!result.error().detail.isEmpty());
        QCOMPARE(entries(m_folder), 1);
    }
}

void tst_WriteBundle::badName()
{
    QVERIFY(!writeBundle({{QStringLiteral("../x"), "x"}}, m_folder));
    QVERIFY(!writeBundle({{Readme, "x"}, {QStringLiteral("/x"), "x"}}, m_folder));
    QVERIFY(!QFileInfo::exists(m_folder)); // the good one was not written either
}

void tst_WriteBundle::noFolder()
{
    QVERIFY(!writeBundle(two(), QString()));
}

void tst_WriteBundle::folderIsAFile()
{
    QVERIFY(put(m_folder, "x"));
    const auto result = writeBundle(two(), m_folder, Overwrite::Yes);
    QVERIFY(!result);
    QCOMPARE(octets(m_folder), QByteArray("x"));
}

void tst_WriteBundle::readOnlyFolder()
{
    QVERIFY(QDir().mkpath(m_folder));
    const QByteArray folder = QFile::encodeName(m_folder);
    QCOMPARE(::chmod(folder.constData(), 0555), 0);
    // The superuser may write everywhere: the call is made as nobody then.
    const bool root = ::geteuid() == 0;
    if (root) {
        QCOMPARE(::chmod(QFile::encodeName(m_temporary->path()).constData(), 0755), 0);
        QCOMPARE(::seteuid(65534), 0);
    }
    const auto result = writeBundle(two(), m_folder);
    if (root)
        QCOMPARE(::seteuid(0), 0);
    QCOMPARE(::chmod(folder.constData(), 0755), 0);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Refused);
    QCOMPARE(entries(m_folder), 0);
}

void tst_WriteBundle::fullDisk()
{
    QVERIFY(put(m_folder + QStringLiteral("/README.txt"), "mine"));
    const QByteArray large(200000, 'x');
    const SmallFiles limit;
    QVERIFY(limit.isSet());
    const auto result = writeBundle({{Readme, large}}, m_folder, Overwrite::Yes);
    QVERIFY(!result);
    QVERIFY(!result.error().what.isEmpty());
    QCOMPARE(octets(m_folder + QStringLiteral("/README.txt")), QByteArray("mine"));
    QCOMPARE(entries(m_folder), 1);
}

/// What fitted before the disk was full takes no name either.
void tst_WriteBundle::fullDiskAtALaterFile()
{
    QVERIFY(put(m_folder + QStringLiteral("/README.txt"), "mine"));
    const BundleFile large{QStringLiteral("dns/zone.txt"), QByteArray(200000, 'x')};
    const SmallFiles limit;
    QVERIFY(limit.isSet());
    const auto result = writeBundle(two() << large, m_folder, Overwrite::Yes);
    QVERIFY(!result);
    QVERIFY2(result.error().detail.contains(QLatin1String("zone.txt")),
             qPrintable(result.error().detail));
    QCOMPARE(octets(m_folder + QStringLiteral("/README.txt")), QByteArray("mine"));
    QCOMPARE(entries(m_folder), 1); // the folders made for the others are gone again
}

/// A stick that was pulled out: the link to it leads nowhere.
void tst_WriteBundle::vanishedFolder()
{
    const QString link = m_temporary->filePath(QStringLiteral("stick"));
    QVERIFY(QFile::link(m_temporary->filePath(QStringLiteral("gone")), link));
    for (const QString &folder : {link, link + QStringLiteral("/kit")}) {
        const auto result = writeBundle(two(), folder, Overwrite::Yes);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Refused);
        QVERIFY(!result.error().detail.isEmpty());
    }
    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(!QFileInfo::exists(m_temporary->filePath(QStringLiteral("gone"))));
}

/// In a sticky folder somebody else's file can be written to, but nothing can take its name: the
/// renaming fails after everything was written and one file has its name already.
void tst_WriteBundle::failsHalfWay()
{
    if (::geteuid() != 0)
        QSKIP("needs the superuser, to leave a file of somebody else in the folder");
    const QString readme = m_folder + QStringLiteral("/README.txt");
    const QString last = QStringLiteral("zone.txt");
    QVERIFY(put(readme, "mine"));
    QCOMPARE(::chmod(QFile::encodeName(readme).constData(), 0666), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder).constData(), 01777), 0);
    for (const QString &above : {m_temporary->path(), m_temporary->filePath(QStringLiteral("a"))})
        QCOMPARE(::chmod(QFile::encodeName(above).constData(), 0755), 0);
    QCOMPARE(::seteuid(65534), 0);
    const auto result = writeBundle(two() << BundleFile{last, "zone\n"}, m_folder, Overwrite::Yes);
    QCOMPARE(::seteuid(0), 0);
    QVERIFY(result);
    QVERIFY(result->trouble);
    QVERIFY(!result->trouble->what.isEmpty());
    QVERIFY(result->trouble->detail.contains(QLatin1String("README.txt")));
    QCOMPARE(result->written, QStringList{Policy_});
    QCOMPARE(result->notWritten, (QStringList{Readme, last}));
    QCOMPARE(octets(m_folder + QLatin1Char('/') + Policy_), QByteArray("version: STSv1\r\n"));
    QCOMPARE(octets(readme), QByteArray("mine"));
    QCOMPARE(entries(m_folder), 3); // the policy, its folder and what was there: nothing temporary
}

void tst_WriteBundle::wholeBundle()
{
    const Deployment made = deployment(Sample::choices(), Sample::nothing(), Sample::now());
    const QList<BundleFile> files = bundle(made);
    const auto result = writeBundle(files, m_folder);
    QVERIFY(result);
    QCOMPARE(result->written.size(), files.size());
    for (const BundleFile &file : files)
        QCOMPARE(octets(m_folder + QLatin1Char('/') + file.path), file.content);
}

QTEST_GUILESS_MAIN(tst_WriteBundle)
#include "tst_writebundle.moc"
