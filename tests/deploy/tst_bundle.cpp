// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/bundle.h"
#include "sample.h"

#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

Deployment sample()
{
    return deployment(Sample::choices(), Sample::nothing(), Sample::now());
}

QStringList paths(const QList<BundleFile> &files)
{
    QStringList list;
    for (const BundleFile &file : files)
        list.append(file.path);
    return list;
}

QByteArray content(const QList<BundleFile> &files, const QString &path)
{
    for (const BundleFile &file : files) {
        if (file.path == path)
            return file.content;
    }
    return {};
}

/// A reader of zone lines that shares nothing with the writer: owner, TTL, IN, TXT, quoted strings.
DnsRecord readZoneLine(const QByteArray &line)
{
    DnsRecord record;
    const QList<QByteArray> words = line.split(' ');
    if (words.size() < 5 || words.at(2) != "IN" || words.at(3) != "TXT")
        return record;
    record.name = words.at(0).chopped(1);
    record.ttl = words.at(1).toInt();
    const QByteArray data = line.mid(line.indexOf('"'));
    bool inside = false;
    for (qsizetype i = 0; i < data.size(); ++i) {
        const char c = data.at(i);
        if (c == '"') {
            inside = !inside;
        } else if (c == '\\' && data.at(i + 1) >= '0' && data.at(i + 1) <= '9') {
            record.data += char(data.mid(i + 1, 3).toInt());
            i += 3;
        } else if (c == '\\') {
            record.data += data.at(++i);
        } else if (inside) {
            record.data += c;
        }
    }
    return record;
}

} // namespace

class tst_Bundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void files_data();
    void files();
    void everything();
    void policyOctets();
    void zoneReadsBack();
    void zoneReadByLdns();
    void readme_data();
    void readme();
    void theHostsRecord_data();
    void theHostsRecord();
    void delegatedHasNoPolicyFile();
    void passedOnHasAWorker();
    void setupIsUsed();
    void caddyGetsItsOwnCertificate();
    void folders_data();
    void folders();
    void allowedPaths_data();
    void allowedPaths();
};

void tst_Bundle::files_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QStringList>("extra");
    QTest::newRow("worker") << QByteArray("worker")
                            << QStringList{QStringLiteral("cloudflare-worker/worker.js"),
                                           QStringLiteral("cloudflare-worker/howto.txt")};
    QTest::newRow("nginx") << QByteArray("nginx")
                           << QStringList{QStringLiteral("nginx/mta-sts.conf")};
    QTest::newRow("apache") << QByteArray("apache")
                            << QStringList{QStringLiteral("apache/mta-sts.conf")};
    QTest::newRow("caddy") << QByteArray("caddy") << QStringList{QStringLiteral("caddy/Caddyfile")};
    const auto in = [](const char *folder, const QStringList &names) {
        QStringList paths;
        for (const QString &name : names)
            paths << QLatin1String(folder) + name;
        return paths;
    };
    QTest::newRow("github") << QByteArray("github")
                            << in("github-pages/",
                                  {QStringLiteral("site/.well-known/mta-sts.txt"),
                                   QStringLiteral("site/.nojekyll"), QStringLiteral("site/CNAME"),
                                   QStringLiteral("howto.txt")});
    QTest::newRow("netlify") << QByteArray("netlify")
                             << in("netlify/",
                                   {QStringLiteral("site/.well-known/mta-sts.txt"),
                                    QStringLiteral("site/_headers"), QStringLiteral("howto.txt")});
    QTest::newRow("pages") << QByteArray("pages")
                           << in("cloudflare-pages/",
                                 {QStringLiteral("site/.well-known/mta-sts.txt"),
                                  QStringLiteral("site/_headers"), QStringLiteral("site/404.html"),
                                  QStringLiteral("howto.txt")});
    QTest::newRow("files") << QByteArray("files") << QStringList{};
}

void tst_Bundle::files()
{
    QFETCH(QByteArray, host);
    QFETCH(QStringList, extra);
    const QStringList common = {QStringLiteral(".well-known/mta-sts.txt"),
                                QStringLiteral("dns/zone.txt"), QStringLiteral("dns/records.csv"),
                                QStringLiteral("dns/records.txt")};
    const QList<BundleFile> files = bundle(sample(), hostingFromName(host));
    QCOMPARE(paths(files), common + extra + QStringList{QStringLiteral("README.txt")});
    for (const QString &path : extra) {
        const QByteArray text = content(files, path);
        if (path.endsWith(QLatin1String("/.well-known/mta-sts.txt")))
            QCOMPARE(text, Sample::body()); // the folder to upload is whole
        else if (!path.contains(QLatin1String("/site/")) || path.endsWith(QLatin1String("CNAME")))
            QVERIFY(text.contains("mta-sts.example.com"));
    }
}

void tst_Bundle::everything()
{
    const QList<BundleFile> files = bundle(sample());
    QSet<QString> seen;
    for (const BundleFile &file : files) {
        QVERIFY2(isBundlePath(file.path), qPrintable(file.path));
        QVERIFY2(!seen.contains(file.path.toLower()), qPrintable(file.path)); // Windows, macOS
        seen.insert(file.path.toLower());
        QVERIFY2(!file.content.isEmpty(), qPrintable(file.path));
    }
    QCOMPARE(files.size(), 21);
}

void tst_Bundle::policyOctets()
{
    QCOMPARE(content(bundle(sample()), QStringLiteral(".well-known/mta-sts.txt")), Sample::body());
}

void tst_Bundle::zoneReadsBack()
{
    Deployment long_ = sample();
    long_.records.append({"_x.example.com", RecordType::TXT, 60,
                          QByteArray("a\"b\\c;d\n\xff") + QByteArray(300, 'y')});
    QList<DnsRecord> read;
    for (const QByteArray &line : zoneText(long_).split('\n')) {
        if (!line.isEmpty() && !line.startsWith(';'))
            read.append(readZoneLine(line));
    }
    QCOMPARE(read, long_.records);
}

void tst_Bundle::zoneReadByLdns()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("ldns-read-zone"));
    if (program.isEmpty())
        QSKIP("ldns-read-zone is not installed");
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("zone")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("example.com. 60 IN SOA ns.example.com. a.example.com. 1 2 3 4 5\n");
    file.write(zoneText(sample()));
    file.close();
    QProcess process;
    process.start(program, {file.fileName()});
    QVERIFY(process.waitForFinished());
    const QByteArray said = process.readAllStandardOutput();
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    for (const DnsRecord &record : sample().records) {
        QVERIFY2(said.contains(record.name + ".\t3600\tIN\tTXT\t\"" + record.data + '"'), said);
    }
}

void tst_Bundle::readme_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("testing") << int(Policy::Mode::Testing) << QByteArray("when to go to enforce");
    QTest::newRow("enforce") << int(Policy::Mode::Enforce) << QByteArray("raise max_age");
    QTest::newRow("none") << int(Policy::Mode::None) << QByteArray("delete the _mta-sts record");
}

void tst_Bundle::readme()
{
    QFETCH(int, mode);
    QFETCH(QByteArray, word);
    Choices choices = Sample::choices();
    choices.mode = Policy::Mode(mode);
    const Deployment made = deployment(choices, Sample::nothing(), Sample::now());
    const QByteArray text = content(bundle(made), QStringLiteral("README.txt"));
    QVERIFY(text.contains(word));
    QVERIFY(text.contains("https://mta-sts.example.com/.well-known/mta-sts.txt"));
    QVERIFY(text.contains("Never delete early"));
    // RFC 8461 8.1: first the file, then the look, then TLS-RPT, and _mta-sts last.
    QList<qsizetype> order;
    for (const char *step :
         {"Step 1: host", "Step 2: the policy", "Step 3: look",
          "publish TXT _smtp._tls.example.com", "publish TXT _mta-sts.example.com"})
        order.append(text.indexOf(step));
    QVERIFY(order.first() >= 0);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QVERIFY(text.contains(made.id));
}

void tst_Bundle::theHostsRecord_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("addresses of a server") << QByteArray("nginx") << QByteArray("A and AAAA");
    QTest::newRow("alias at GitHub") << QByteArray("github") << QByteArray("OWNER.github.io");
    QTest::newRow("alias at Netlify") << QByteArray("netlify") << QByteArray("SITE.netlify.app");
    QTest::newRow("alias at Pages") << QByteArray("pages") << QByteArray("PROJECT.pages.dev");
    QTest::newRow("Cloudflare makes it") << QByteArray("worker") << QByteArray("Cloudflare");
}

/// The third record, which people forget.
void tst_Bundle::theHostsRecord()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, said);
    Choices choices = Sample::choices();
    choices.hosting = *hostingFromName(host);
    const Deployment made = deployment(choices, Sample::nothing(), Sample::now());
    const QList<BundleFile> files = bundle(made, made.hosting);
    const QByteArray records = content(files, QStringLiteral("dns/records.txt"));
    QVERIFY2(records.contains("mta-sts.example.com\nType       "), records.constData());
    QVERIFY2(records.contains(said), records.constData());
    QVERIFY(content(files, QStringLiteral("README.txt")).contains(said));
}

void tst_Bundle::delegatedHasNoPolicyFile()
{
    Choices choices = Sample::choices();
    choices.hosting = Hosting::Delegated;
    LiveState live = Sample::nothing();
    live.delegateRecord = "_mta-sts.provider.example";
    live.delegateHost = "mta-sts.provider.example";
    const Deployment made = deployment(choices, live, Sample::now());
    const QList<BundleFile> files = bundle(made, made.hosting);
    QCOMPARE(paths(files),
             (QStringList{QStringLiteral("dns/zone.txt"), QStringLiteral("dns/records.csv"),
                          QStringLiteral("dns/records.txt"), QStringLiteral("README.txt")}));
    const QByteArray zone = content(files, QStringLiteral("dns/zone.txt"));
    QVERIFY(zone.contains("mta-sts.example.com. 3600 IN CNAME mta-sts.provider.example.\n"));
    QVERIFY(zone.contains("_mta-sts.example.com. 3600 IN CNAME _mta-sts.provider.example.\n"));
    const QByteArray text = content(files, QStringLiteral("README.txt"));
    QVERIFY(text.indexOf("CNAME mta-sts") < text.indexOf("Last publish CNAME _mta-sts"));
}

void tst_Bundle::passedOnHasAWorker()
{
    Choices choices = Sample::choices();
    choices.hosting = Hosting::Delegated;
    LiveState live = Sample::nothing();
    live.delegateRecord = "_mta-sts.provider.example";
    live.passedOn = "provider.example";
    const Deployment made = deployment(choices, live, Sample::now());
    const QList<BundleFile> files = bundle(made, made.hosting);
    QCOMPARE(paths(files),
             (QStringList{QStringLiteral("dns/zone.txt"), QStringLiteral("dns/records.csv"),
                          QStringLiteral("dns/records.txt"),
                          QStringLiteral("cloudflare-worker/worker.js"),
                          QStringLiteral("cloudflare-worker/howto.txt"),
                          QStringLiteral("README.txt")}));
    QVERIFY(content(files, QStringLiteral("cloudflare-worker/worker.js"))
                    .contains("\"https://mta-sts.provider.example/.well-known/mta-sts.txt\""));
    QVERIFY(!content(files, QStringLiteral("dns/zone.txt")).contains(" CNAME mta-sts."));
    const QByteArray text = content(files, QStringLiteral("README.txt"));
    QVERIFY(text.indexOf("worker.js") < text.indexOf("Last publish CNAME _mta-sts"));
}

void tst_Bundle::setupIsUsed()
{
    ServerSetup setup;
    setup.port = 8443;
    setup.documentRoot = QStringLiteral("/srv/with blank");
    setup.certificate = QStringLiteral("/c.pem");
    setup.certificateKey = QStringLiteral("/k.pem");
    for (const Hosting hosting : {Hosting::Nginx, Hosting::Apache, Hosting::Caddy}) {
        const QByteArray text = serverFile(sample(), hosting, setup).content;
        QVERIFY(text.contains("8443"));
        QVERIFY(text.contains("\"/srv/with blank\""));
        QVERIFY(text.contains("\"/c.pem\""));
        QVERIFY(text.contains("\"/k.pem\""));
        QVERIFY(!text.contains("letsencrypt"));
    }
    const QByteArray standard = serverFile(sample(), Hosting::Nginx).content;
    QVERIFY(standard.contains("listen 443 ssl"));
    QVERIFY(standard.contains("/etc/letsencrypt/live/mta-sts.example.com/fullchain.pem"));
    QVERIFY(standard.contains("root \"/var/www/mta-sts.example.com\""));
}

void tst_Bundle::caddyGetsItsOwnCertificate()
{
    const QByteArray text = serverFile(sample(), Hosting::Caddy).content;
    QVERIFY(text.contains("\nmta-sts.example.com {\n"));
    QVERIFY(!text.contains("tls "));
}

void tst_Bundle::folders_data()
{
    QTest::addColumn<QByteArray>("domain");
    QTest::newRow("plain") << QByteArray("example.com");
    QTest::newRow("reserved by Windows") << QByteArray("con.example");
    QTest::newRow("international") << QByteArray("xn--bcher-kva.example");
}

void tst_Bundle::folders()
{
    QFETCH(QByteArray, domain);
    const QString folder = bundleFolder(*DomainName::fromAscii(domain));
    QVERIFY(isBundlePath(folder));
    QVERIFY(folder.startsWith(QStringLiteral("mta-sts-")));
}

void tst_Bundle::allowedPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("plain") << QStringLiteral("README.txt") << true;
    QTest::newRow("dot folder") << QStringLiteral(".well-known/mta-sts.txt") << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("absolute") << QStringLiteral("/etc/passwd") << false;
    QTest::newRow("up") << QStringLiteral("../x") << false;
    QTest::newRow("up inside") << QStringLiteral("a/../x") << false;
    QTest::newRow("here") << QStringLiteral("./x") << false;
    QTest::newRow("two slashes") << QStringLiteral("a//b") << false;
    QTest::newRow("a folder") << QStringLiteral("a/") << false;
    QTest::newRow("backslash") << QStringLiteral("a\\b") << false;
    QTest::newRow("drive") << QStringLiteral("c:x") << false;
    QTest::newRow("final dot") << QStringLiteral("a.") << false;
    QTest::newRow("blank") << QStringLiteral("a b") << false;
    QTest::newRow("line feed") << QStringLiteral("a\nb") << false;
    QTest::newRow("umlaut") << QStringLiteral("\u00fc") << false;
    QTest::newRow("reserved name") << QStringLiteral("con.txt") << false;
    QTest::newRow("reserved folder") << QStringLiteral("NUL/x") << false;
    QTest::newRow("reserved port") << QStringLiteral("com1") << false;
    QTest::newRow("not reserved") << QStringLiteral("config.txt") << true;
}

void tst_Bundle::allowedPaths()
{
    QFETCH(QString, path);
    QTEST(isBundlePath(path), "allowed");
}

QTEST_GUILESS_MAIN(tst_Bundle)
#include "tst_bundle.moc"
