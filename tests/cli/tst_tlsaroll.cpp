// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa roll as scripts see it, where nothing can be seen; real servers: real/tst_rolloverhours.
#include "dane/rolloverjson.h"
#include "fakes/ran.h"
#include "fakes/testpki.h"
#include "store/rolloverstore.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace {

const QByteArray Mx = "mx.example.com";

KeptRollover waiting()
{
    KeptRollover kept;
    kept.host = Mx;
    kept.oldKey = {{3, 1, 1, QByteArray(32, 'a')}};
    kept.nextKey = {{3, 1, 1, QByteArray(32, 'b')}};
    kept.ttl = 3600;
    kept.started = QDateTime(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);
    kept.published = kept.started.addSecs(60);
    return kept;
}

} // namespace

class TestTlsaRoll : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;

    QString state() const { return m_dir->filePath(QStringLiteral("state")); }
    RolloverStore store() const { return RolloverStore(state() + QStringLiteral("/rollovers")); }
    QString file(const QString &name, const QByteArray &octets) const
    {
        QFile out(m_dir->filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(octets) != octets.size())
            qFatal("a test file could not be written");
        return out.fileName();
    }
    /// Nothing listens at that resolver, so every look-up fails at once.
    Ran roll(const QStringList &words) const
    {
        QProcess process;
        process.start(QStringLiteral(PROGRAM),
                      QStringList{QStringLiteral("tlsa"), QStringLiteral("roll"),
                                  QStringLiteral("--state-dir"), state(),
                                  QStringLiteral("--resolver"), QStringLiteral("127.0.0.1@9"),
                                  QStringLiteral("--timeout"), QStringLiteral("2")} +
                              words);
        return ended(process);
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void words_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *why, const char *words, const char *says) {
            QTest::newRow(why) << QString::fromLatin1(words) << QByteArray(says);
        };
        row("nothing kept, nothing to begin with", "mx.example.com", "--next");
        row("two servers", "mx.example.com mx2.example.com", "one server");
        row("no name", "not/a/name", "not the name of a server");
        row("next key of nobody", "--next x.pem", "which server");
        row("forget whom?", "--forget", "which server");
        row("calendar of nobody", "--calendar x.ics", "which server");
        row("port 0", "mx.example.com --port 0", "--port");
        row("port of the name servers", "mx.example.com --dns-port x", "--dns-port");
        row("a fingerprint that is none", "mx.example.com --next x.pem --replaces 12", "64");
        row("what is replaced by nothing",
            "mx.example.com --replaces "
            "0000000000000000000000000000000000000000000000000000000000000000",
            "--next");
        row("forget and begin", "mx.example.com --forget --next x.pem", "--forget first");
        row("a file that is not there", "mx.example.com --next x.pem", "x.pem");
        row("nothing to look at", "mx.example.com --next FILE --no-smtp", "--no-smtp");
    }
    void words()
    {
        QFETCH(QString, words);
        QFETCH(QByteArray, says);
        const TestPki pki;
        words.replace(QLatin1String("FILE"),
                      file(QStringLiteral("next.pem"), pki.root.certificate));
        const Ran ran = roll(words.split(QLatin1Char(' ')));
        QCOMPARE(ran.status, 64);
        QVERIFY2(ran.err.contains(says) && ran.err.count('\n') == 1, ran.told());
        QVERIFY(ran.out.isEmpty());
        QVERIFY(!QFileInfo::exists(state()));
    }

    void nothingIsBegunUnseen()
    {
        const TestPki pki;
        const QString next =
                file(QStringLiteral("next.pem"), pki.leaf(QList<QByteArray>{Mx}).certificate);
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--next"), next});
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.out.contains("no change of keys was begun"), ran.told());
        QVERIFY(store().load().rollovers.isEmpty());
    }

    void privateKeyIsRefused()
    {
        const TestPki pki;
        const QString key = file(QStringLiteral("key.pem"), pki.leaf(QList<QByteArray>{Mx}).key);
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--next"), key});
        QCOMPARE(ran.status, 64);
        QVERIFY2(ran.err.contains("private key"), ran.told());
    }

    void unseenMovesNothingOn()
    {
        QVERIFY(store().save(waiting()));
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--json")});
        QCOMPARE(ran.status, 2);
        QCOMPARE(ran.json()[u"step"].toString(), QStringLiteral("wait"));
        QVERIFY(!ran.json()[u"due"].toBool(true));
        QVERIFY(store().read(Mx, 25).value() == waiting());
        const Ran text = roll({QString::fromLatin1(Mx)});
        QVERIFY2(text.out.contains("Look again"), text.told());
        const Ran again =
                roll({QString::fromLatin1(Mx), QStringLiteral("--next"), QStringLiteral("x.pem")});
        QVERIFY2(again.status == 64 && again.err.contains("under way"), again.told());
    }

    void nothingIsRemovedUnseen()
    {
        KeptRollover kept = waiting();
        kept.switched = kept.started.addDays(1); // every address was seen with the next key, once
        QVERIFY(store().save(kept));
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--json")});
        QCOMPARE(ran.status, 2);
        QCOMPARE(ran.json()[u"step"].toString(), QStringLiteral("remove"));
        QVERIFY(!ran.json()[u"due"].toBool(true));
        QVERIFY(ran.json()[u"remove"].toArray().isEmpty());
        const Ran text = roll({QString::fromLatin1(Mx)});
        QVERIFY2(text.out.contains("Look again first") && !text.out.contains("Take out"),
                 text.told());
    }

    void doneBeforeIsNotSeenNow()
    {
        KeptRollover kept = waiting();
        kept.switched = kept.started.addDays(1);
        kept.removed = kept.started.addDays(2);
        QVERIFY(store().save(kept));
        const Ran text = roll({QString::fromLatin1(Mx)});
        QVERIFY2(text.out.contains("It was seen done on 2026-03-03 06:00 UTC"), text.told());
        QVERIFY2(!text.out.contains("Done: "), text.told());
    }

    void listedWithoutALook()
    {
        QCOMPARE(roll({}).status, 0);
        QVERIFY(store().save(waiting()));
        KeptRollover done = waiting();
        done.port = 587;
        done.switched = done.started.addDays(1);
        done.removed = done.started.addDays(2);
        QVERIFY(store().save(done));
        const QJsonArray listed = roll({QStringLiteral("--json")}).json()[u"rollovers"].toArray();
        QCOMPARE(listed.size(), 2);
        QCOMPARE(listed[0][u"next"].toString(), QStringLiteral("switch"));
        QVERIFY(!listed[0][u"at"].toString().isEmpty());
        QCOMPARE(listed[1][u"next"].toString(), QStringLiteral("done"));
        const Ran text = roll({});
        QVERIFY2(text.out.contains("mx.example.com, port 25: ") &&
                         text.out.contains("mx.example.com, port 587: done"),
                 text.told());
    }

    void forgotten()
    {
        QVERIFY(store().save(waiting()));
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--forget")});
        QVERIFY2(ran.status == 0 && ran.out.contains("is forgotten"), ran.told());
        QVERIFY(store().load().rollovers.isEmpty());
        QVERIFY(roll({QString::fromLatin1(Mx), QStringLiteral("--forget")})
                        .out.contains("Nothing was kept"));
        const Ran json = roll(
                {QString::fromLatin1(Mx), QStringLiteral("--forget"), QStringLiteral("--json")});
        QVERIFY(json.status == 0 && !json.json()[u"forgotten"].toBool(true));
    }

    void brokenFileIsSetAside()
    {
        QVERIFY(store().save(waiting()));
        const QString name = QDir(store().folder()).filePath(RolloverStore::fileName(Mx, 25));
        QFile broken(name);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("mine");
        broken.close();
        const Ran ran = roll({QString::fromLatin1(Mx)});
        QVERIFY2(ran.status == 2 && ran.err.contains("set aside"), ran.told());
        QVERIFY(QFile::exists(name + QStringLiteral(".broken-1")));
    }

    void anotherFileIsNoCalendar()
    {
        QVERIFY(store().save(waiting()));
        const QString mine = file(QStringLiteral("notes.txt"), "mine");
        const Ran ran = roll({QString::fromLatin1(Mx), QStringLiteral("--calendar"), mine});
        QVERIFY2(ran.status == 1 && ran.err.contains("another file"), ran.told());
        QFile left(mine);
        QVERIFY(left.open(QIODevice::ReadOnly));
        QCOMPARE(left.readAll(), QByteArray("mine"));
        const QString calendar = m_dir->filePath(QStringLiteral("key.ics"));
        for (int i = 0; i < 2; ++i)
            QCOMPARE(roll({QString::fromLatin1(Mx), QStringLiteral("--calendar"), calendar}).status,
                     2);
        QVERIFY(QFile::exists(calendar));
    }
};

QTEST_GUILESS_MAIN(TestTlsaRoll)
#include "tst_tlsaroll.moc"
