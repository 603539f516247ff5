// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The deploy hook in the shells of this computer, with the real program, against a real signed zone.
#include "fakes/ran.h"
#include "fakes/testpki.h"
#include "net/dane.h"
#include "real/dnsbed.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &octets)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    file.write(octets);
}

QByteArray recordOf(const QByteArray &chain, quint8 usage, quint8 selector, quint8 matching)
{
    const Certificate leaf = certificatesFromPem(chain).value(0);
    return tlsaToText({usage, selector, matching, tlsaData(leaf, selector, matching)});
}

} // namespace

class TestDeployHook : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    DnsBed m_bed;
    TestPki m_pki;
    TestIdentity m_now, m_next, m_rsa;
    QByteArray m_chain, m_nextChain, m_rsaChain;

    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    void makeCertificates()
    {
        const QList<QByteArray> names{"mx.signed.example"};
        m_now = m_pki.leaf(names);
        m_next = m_pki.leaf(names);
        CertificateWish rsa;
        rsa.dnsNames = names;
        rsa.key = TestKey::Rsa2048;
        m_rsa = m_pki.leaf(rsa);
        m_chain = m_pki.chain(m_now);
        m_nextChain = m_pki.chain(m_next);
        m_rsaChain = m_pki.chain(m_rsa);
        QDir().mkpath(path("live/mx.signed.example"));
        write(path("live/mx.signed.example/fullchain.pem"), m_chain);
        write(path("live/mx.signed.example/privkey.pem"), m_now.key);
        write(path("rsa.pem"), m_rsaChain);
    }

    static QByteArray host(const QByteArray &label, const QList<QByteArray> &records)
    {
        QByteArray lines = label + " IN A 192.0.2.99\n";
        for (const QByteArray &record : records)
            lines += "_25._tcp." + label + " IN TLSA " + record + '\n';
        return lines;
    }

    QByteArray zone() const
    {
        const QByteArray now = recordOf(m_chain, 3, 1, 1), next = recordOf(m_nextChain, 3, 1, 1);
        return host("match", {now}) + host("other", {next}) + host("both", {now, next}) +
               host("none", {}) + host("certificate", {recordOf(m_nextChain, 3, 0, 1)}) +
               host("hidden", {now, recordOf(m_nextChain, 3, 1, 2)}) +
               host("rsa", {now, recordOf(m_rsaChain, 3, 1, 1)}) + "_465._tcp.other IN TLSA " +
               now + "\nalias IN CNAME both\n";
    }

    QProcessEnvironment settings(const QString &servers) const
    {
        QProcessEnvironment set = QProcessEnvironment::systemEnvironment();
        const auto put = [&](const char *name, const QString &value) {
            set.insert(QLatin1String(name), value);
        };
        put("MAIL_SERVERS", servers);
        put("MTA_STS", QStringLiteral(MTA_STS_PROGRAM));
        put("CHECK_OPTIONS", QStringLiteral("--resolver %1 --trust-anchor %2")
                                     .arg(m_bed.value("resolver"), m_bed.value("anchor")));
        put("RELOAD", QStringLiteral("echo done >> '%1'").arg(path("reloaded")));
        put("RENEWED_LINEAGE", path("live/mx.signed.example"));
        put("RENEWED_DOMAINS", QStringLiteral("mx.signed.example"));
        put("LC_ALL", QStringLiteral("C.UTF-8"));
        return set;
    }

    Ran hook(const QProcessEnvironment &set, const QStringList &words = {},
             const QString &shell = QStringLiteral("sh")) const
    {
        return run(shell, QStringList{QStringLiteral(DEPLOY_HOOK)} + words, set);
    }
    static Ran run(const QString &shell, const QStringList &words, const QProcessEnvironment &set)
    {
        const QStringList parts = shell.split(QLatin1Char(' '));
        QProcess process;
        process.setProcessEnvironment(set);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(parts.first(), parts.mid(1) + words);
        return ended(process);
    }
    Ran check(const QStringList &words) const
    {
        return run(QStringLiteral(MTA_STS_PROGRAM),
                   QStringList{QStringLiteral("tlsa"), QStringLiteral("check"),
                               QStringLiteral("--json"), QStringLiteral("--resolver"),
                               m_bed.value("resolver"), QStringLiteral("--trust-anchor"),
                               m_bed.value("anchor"), QStringLiteral("--chain"),
                               path("live/mx.signed.example/fullchain.pem")} +
                           words,
                   QProcessEnvironment::systemEnvironment());
    }
    bool hasReloaded() const { return QFile::exists(path("reloaded")); }

private Q_SLOTS:
    void initTestCase()
    {
        makeCertificates();
        QDir().mkpath(path("zones"));
        write(path("zones/signed.example.zone"), zone());
        write(path("zones/unsigned.example.zone"), host("match", {recordOf(m_chain, 3, 1, 1)}));
        const QString why = m_bed.start(path("zones"));
        if (m_bed.isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
    }
    void init()
    {
        QFile::remove(path("reloaded"));
        QFile::remove(path("cert.pem"));
        QFile::remove(path("key.pem"));
    }

    void decides_data()
    {
        QTest::addColumn<QString>("servers");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *why, const char *servers, int status, const char *said) {
            QTest::newRow(why) << QString::fromLatin1(servers) << status << QByteArray(said);
        };
        row("records match", "match.signed.example", 0, "the TLSA records match");
        row("next key published beside", "both.signed.example", 0, "the TLSA records match");
        row("by an alias", "alias.signed.example", 0, "the TLSA records match");
        row("no TLSA: nothing to break", "none.signed.example", 0, "has no TLSA records");
        row("unsigned zone: senders ignore it", "match.unsigned.example", 0, "is not signed");
        row("records of another key", "other.signed.example", 1, "do not match");
        row("bound to another certificate", "certificate.signed.example", 1, "do not match");
        row("stronger digest of another key", "hidden.signed.example", 1, "do not match");
        row("second of two does not match", "match.signed.example other.signed.example", 1,
            "of other.signed.example do not match");
        row("zone is bogus", "a.bogus.example", 1, "do not");
        row("name server refuses", "mx.refused.example", 2, "could not be looked up");
        row("name without address", "mtach.signed.example", 1, "has no address");
        row("nothing filled in", "", 64, "MAIL_SERVERS is empty");
    }
    void decides()
    {
        QFETCH(QString, servers);
        QFETCH(int, status);
        QFETCH(QByteArray, said);
        const Ran ran = hook(settings(servers));
        QVERIFY2(ran.status == status, ran.told());
        QVERIFY2(ran.err.contains(said), ran.told());
        QCOMPARE(hasReloaded(), status == 0);
        QCOMPARE(ran.err.contains("REFUSED"), status != 0);
        QVERIFY2(ran.out.isEmpty(), ran.told());
    }

    void resolverOutOfReach_data()
    {
        QTest::addColumn<QString>("options");
        QTest::newRow("nothing listens") << QStringLiteral("--resolver 127.0.0.1@9");
        QTest::newRow("DNSSEC is stripped")
                << QStringLiteral("--resolver %1 --trust-anchor %2")
                           .arg(m_bed.value("stripped"), m_bed.value("anchor"));
    }
    void resolverOutOfReach()
    {
        QFETCH(QString, options);
        QProcessEnvironment set = settings(QStringLiteral("match.signed.example"));
        set.insert(QStringLiteral("CHECK_OPTIONS"), options);
        const Ran ran = hook(set);
        QVERIFY2(ran.status == 2, ran.told());
        QVERIFY2(ran.err.contains("could not be looked up"), ran.told());
        QVERIFY(!hasReloaded());
    }

    void everyShell_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char *shell : {"sh", "dash", "bash --posix", "busybox sh"})
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }
    void everyShell()
    {
        QFETCH(QString, shell);
        if (QStandardPaths::findExecutable(shell.section(QLatin1Char(' '), 0, 0)).isEmpty())
            QSKIP("not installed");
        Ran ran = hook(settings(QStringLiteral("match.signed.example")), {}, shell);
        QVERIFY2(ran.status == 0 && hasReloaded(), ran.told());
        QFile::remove(path("reloaded"));
        ran = hook(settings(QStringLiteral("other.signed.example")), {}, shell);
        QVERIFY2(ran.status == 1 && !hasReloaded(), ran.told());
    }

    // How each program hands its files over.
    void callers_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("set");
        const auto row = [](const char *why, const QStringList &words, const QStringList &set) {
            QTest::newRow(why) << words << set;
        };
        const QString chain = path("live/mx.signed.example/fullchain.pem");
        const QString key = path("live/mx.signed.example/privkey.pem");
        row("words", {chain, key}, {});
        row("certbot", {}, {QStringLiteral("RENEWED_LINEAGE=") + path("live/mx.signed.example")});
        row("lego 5", {},
            {QStringLiteral("LEGO_HOOK_CERT_PATH=") + chain,
             QStringLiteral("LEGO_HOOK_CERT_KEY_PATH=") + key,
             QStringLiteral("LEGO_HOOK_CERT_NAME=mx.signed.example")});
        row("lego 4", {},
            {QStringLiteral("LEGO_CERT_PATH=") + chain, QStringLiteral("LEGO_CERT_KEY_PATH=") + key,
             QStringLiteral("LEGO_CERT_DOMAIN=mx.signed.example")});
        row("acme.sh", {},
            {QStringLiteral("CERT_FULLCHAIN_PATH=") + chain, QStringLiteral("CERT_KEY_PATH=") + key,
             QStringLiteral("Le_Domain=mx.signed.example")});
    }
    void callers()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, set);
        QProcessEnvironment all = settings(QStringLiteral("match.signed.example"));
        all.remove(QStringLiteral("RENEWED_LINEAGE"));
        for (const QString &one : set)
            all.insert(one.section(QLatin1Char('='), 0, 0), one.section(QLatin1Char('='), 1));
        all.insert(QStringLiteral("INSTALL_CERT"), path("cert.pem"));
        all.insert(QStringLiteral("INSTALL_KEY"), path("key.pem"));
        all.insert(QStringLiteral("CERTIFICATE"), QStringLiteral("mx.signed.example"));
        const Ran ran = hook(all, words);
        QVERIFY2(ran.status == 0 && hasReloaded(), ran.told());
        QCOMPARE(contentOf(path("cert.pem")), m_chain);
        QCOMPARE(contentOf(path("key.pem")), m_now.key);
        const auto others = QFile::ReadGroup | QFile::ReadOther;
        QVERIFY(!(QFile::permissions(path("key.pem")) & others));
    }

    void refusalLeavesFilesAlone()
    {
        write(path("cert.pem"), "old certificate");
        write(path("key.pem"), "old key");
        QProcessEnvironment set = settings(QStringLiteral("other.signed.example"));
        set.insert(QStringLiteral("INSTALL_CERT"), path("cert.pem"));
        set.insert(QStringLiteral("INSTALL_KEY"), path("key.pem"));
        QCOMPARE(hook(set).status, 1);
        QCOMPARE(contentOf(path("cert.pem")), QByteArray("old certificate"));
        QCOMPARE(contentOf(path("key.pem")), QByteArray("old key"));
        QCOMPARE(QDir(m_dir.path()).entryList({QStringLiteral("*.new.*")}).size(), 0);
        set.remove(QStringLiteral("INSTALL_KEY"));
        QCOMPARE(hook(set).status, 64); // a certificate without its key
    }

    void otherCertificatesAreLeftAlone()
    {
        QProcessEnvironment set = settings(QStringLiteral("other.signed.example"));
        set.insert(QStringLiteral("CERTIFICATE"), QStringLiteral("www.signed.example"));
        const Ran ran = hook(set);
        QVERIFY2(ran.status == 0 && !hasReloaded(), ran.told());
    }

    void secondKindOfKey()
    {
        QProcessEnvironment set = settings(QStringLiteral("rsa.signed.example"));
        set.insert(QStringLiteral("OTHER_CHAIN"), path("rsa.pem"));
        QVERIFY2(hook(set).status == 0, hook(set).told());
        set.insert(QStringLiteral("MAIL_SERVERS"), QStringLiteral("match.signed.example"));
        QFile::remove(path("reloaded"));
        const Ran ran = hook(set); // DANE-38: only one of the two has a record
        QVERIFY2(ran.status == 1 && !hasReloaded(), ran.told());
    }

    void failures()
    {
        QProcessEnvironment set = settings(QStringLiteral("match.signed.example"));
        set.insert(QStringLiteral("RELOAD"), QStringLiteral("exit 7"));
        Ran ran = hook(set);
        QVERIFY2(ran.status == 7 && ran.err.contains("failed (status 7)"), ran.told());
        set = settings(QStringLiteral("match.signed.example"));
        set.insert(QStringLiteral("MTA_STS"), path("nothing-there"));
        ran = hook(set);
        QVERIFY2(ran.status == 127 && !hasReloaded(), ran.told());
        ran = hook(settings(QStringLiteral("match.signed.example")), {path("no.pem")});
        QVERIFY2(ran.status == 66 && !hasReloaded(), ran.told());
    }

    void commandSaysWhatItFound()
    {
        const Ran ran = check({QStringLiteral("--name"), QStringLiteral("both.signed.example")});
        const QJsonObject json = QJsonDocument::fromJson(ran.out).object();
        QVERIFY2(ran.status == 0, ran.told());
        QCOMPARE(json[u"schema"].toString(), QStringLiteral("mta-sts-tlsa/1"));
        QCOMPARE(json[u"result"].toString(), QStringLiteral("authenticated"));
        QCOMPARE(json[u"dane"].toString(), QStringLiteral("applies"));
        QCOMPARE(json[u"owner"].toString(), QStringLiteral("_25._tcp.both.signed.example"));
        QCOMPARE(json[u"records"].toArray().size(), 2);
        QVERIFY(json[u"ttl"].toInt() > 0);
    }

    void commandAsksForThePort()
    {
        const QStringList name{QStringLiteral("--name"), QStringLiteral("other.signed.example")};
        QCOMPARE(check(name).status, 1);
        const Ran ran = check(name + QStringList{QStringLiteral("--port"), QStringLiteral("465")});
        QVERIFY2(ran.status == 0 && ran.out.contains("_465._tcp.other.signed.example"), ran.told());
        QCOMPARE(check(name + QStringList{QStringLiteral("--port"), QStringLiteral("0")}).status,
                 64);
    }
};

QTEST_GUILESS_MAIN(TestDeployHook)
#include "tst_deployhook.moc"
