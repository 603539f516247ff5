// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of changes of keys; what all kept files share is in tst_domainstore.
#include "dane/rolloverjson.h"
#include "store/rolloverstore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

KeptRollover rollover(const QByteArray &host, quint16 port = 25)
{
    KeptRollover kept;
    kept.host = host;
    kept.port = port;
    kept.oldKey = {{3, 1, 1, QByteArray(32, 'a')}};
    kept.nextKey = {{3, 1, 1, QByteArray(32, 'b')}};
    kept.ttl = 3600;
    kept.started = QDateTime(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);
    return kept;
}

const QByteArray Mx = "mx.example.com";
const QString Name = QStringLiteral("_25._tcp.mx.example.com.json");

} // namespace

class TestRolloverStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_base;
    std::unique_ptr<RolloverStore> m_store;

    void put(const QString &name, const QByteArray &octets) const
    {
        QVERIFY(QDir().mkpath(m_store->folder()));
        QFile file(QDir(m_store->folder()).filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
    }
    QStringList names() const
    {
        return QDir(m_store->folder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    static QByteArray newer()
    {
        return writeRollover(rollover(Mx)).replace("rollover/1", "rollover/2");
    }

private Q_SLOTS:
    void init()
    {
        m_base = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RolloverStore>(m_base->filePath(QStringLiteral("rollovers")));
    }

    void savedAndRead()
    {
        QVERIFY(m_store->load().rollovers.isEmpty());
        QVERIFY(!m_store->read(Mx, 25).value());
        KeptRollover kept = rollover(Mx);
        QVERIFY(m_store->save(kept));
        kept.published = kept.started.addSecs(60);
        QVERIFY(m_store->save(kept));
        QVERIFY(m_store->read(Mx, 25).value() == kept);
        QCOMPARE(names(), QStringList{Name});
    }

    void everyPortHasItsOwn()
    {
        QVERIFY(m_store->save(rollover(Mx, 587)));
        QVERIFY(m_store->save(rollover(Mx)));
        QVERIFY(m_store->save(rollover("a.example.com")));
        const RolloverStore::Loaded loaded = m_store->load();
        QCOMPARE(loaded.rollovers,
                 (QList<KeptRollover>{rollover("a.example.com"), rollover(Mx), rollover(Mx, 587)}));
        QVERIFY(m_store->forget(Mx, 25).value());
        QVERIFY(!m_store->forget(Mx, 25).value());
        QVERIFY(m_store->read(Mx, 587).value().has_value());
    }

    void brokenIsSetAsideAndTold()
    {
        put(Name, "{");
        const auto read = m_store->read(Mx, 25);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Malformed);
        QCOMPARE(read.error().detail, Name + QStringLiteral(".broken-1"));
        QVERIFY(!m_store->read(Mx, 25).value()); // told once
        put(Name, writeRollover(rollover("other.example.com")));
        QVERIFY(!m_store->read(Mx, 25));
        put(QStringLiteral("copy.json"), writeRollover(rollover(Mx)));
        const RolloverStore::Loaded loaded = m_store->load();
        QVERIFY(loaded.rollovers.isEmpty());
        QCOMPARE(loaded.setAside, QStringList{QStringLiteral("copy.json.broken-1")});
    }

    void brokenIsNotOverwritten()
    {
        put(Name, "mine");
        QVERIFY(m_store->save(rollover(Mx)));
        QCOMPARE(names(), (QStringList{Name, Name + QStringLiteral(".broken-1")}));
    }

    void ofANewerProgramIsLeftAlone()
    {
        put(Name, newer());
        const auto read = m_store->read(Mx, 25);
        QVERIFY(!read && read.error().what.contains(QLatin1String("newer version")));
        QVERIFY(!m_store->save(rollover(Mx)));
        QCOMPARE(m_store->load().errors.size(), 1);
        QCOMPARE(names(), QStringList{Name});
    }
};

QTEST_GUILESS_MAIN(TestRolloverStore)
#include "tst_rolloverstore.moc"
