// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program as scripts see it: words, exit status, JSON. No network but a dead resolver on loopback.
#include "fakes/testpki.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class tst_Program : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void usage_data();
    void usage();
    void lintPolicyVectors_data();
    void lintPolicyVectors();
    void lintReadsOctets();
    void lintCoverage_data();
    void lintCoverage();
    void lintDomain();
    void tlsaCheck();
    void tlsaRefusesPrivateKeys();
    void tlsaHook();
    void checkWithoutDnsIsUnknownNeverGreen();
    void checkListPrintsOneDocument();
    void exportWithNamedServers();

private:
    struct Ran
    {
        int status = -1;
        QByteArray out, err;
        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };
    static Ran run(const QStringList &words, const QByteArray &input = {})
    {
        QProcess process;
        process.start(QStringLiteral(PROGRAM), words);
        process.write(input);
        process.closeWriteChannel();
        Ran ran;
        if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
            return ran;
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    // Nothing listens there, so every look-up fails at once.
    static QStringList deadNetwork()
    {
        return {QStringLiteral("--resolver"), QStringLiteral("127.0.0.1@9"),
                QStringLiteral("--timeout"), QStringLiteral("2"), QStringLiteral("--no-control")};
    }
};

void tst_Program::usage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("status");
    const auto row = [](const char *reason, const char *words, int status) {
        QTest::newRow(reason) << QString::fromLatin1(words).split(QLatin1Char(' '),
                                                                  Qt::SkipEmptyParts)
                              << status;
    };
    row("nothing at all", "", 64);
    row("unknown command", "frobnicate", 64);
    row("help", "--help", 0);
    row("version", "--version", 0);
    row("help of a command", "check --help", 0);
    row("check what?", "check", 64);
    row("unknown option", "check --frobnicate example.org", 64);
    row("not a domain", "check nodots", 64);
    row("list that is not there", "check --from /nonexistent/list", 64);
    row("lint what?", "lint", 64);
    row("lint of an unknown kind", "lint spf x", 64);
    row("tlsa without chain", "tlsa check 3", 64);
    row("hook for no name of a server", "tlsa hook a;b", 64);
    row("hook with an option", "tlsa hook --frobnicate", 64);
    row("export without folder", "export example.org", 64);
    row("export for an unknown host", "export example.org --to x --host iis", 64);
}

void tst_Program::usage()
{
    QFETCH(QStringList, words);
    QFETCH(int, status);
    const Ran ran = run(words);
    QCOMPARE(ran.status, status);
    if (status == 64) {
        QCOMPARE(ran.err.count('\n'), 1); // one line that names the way out
        QVERIFY(ran.out.isEmpty());
    } else {
        QVERIFY(!ran.out.isEmpty());
    }
}

void tst_Program::lintPolicyVectors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonObject>("expected");
    QFile file(QStringLiteral(TESTS_DATA_DIR "/mta_sts_policy.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows =
            QJsonDocument::fromJson(file.readAll())[QLatin1String("vectors")].toArray();
    for (const QJsonValue &row : rows) {
        if (row[QLatin1String("input")].isString())
            QTest::newRow(qPrintable(row[QLatin1String("id")].toString()))
                    << row[QLatin1String("input")].toString().toLatin1()
                    << row[QLatin1String("expected")].toObject();
    }
}

void tst_Program::lintPolicyVectors()
{
    QFETCH(QByteArray, body);
    QFETCH(QJsonObject, expected);
    const Ran ran = run({QStringLiteral("lint"), QStringLiteral("policy"), QStringLiteral("-"),
                         QStringLiteral("--json")},
                        body);
    const QJsonObject json = ran.json();
    QCOMPARE(json[QLatin1String("schema")].toString(), QStringLiteral("mta-sts-lint/1"));
    QCOMPARE(json[QLatin1String("outcome")], expected[QLatin1String("outcome")]);
    const QJsonObject policy = expected[QLatin1String("policy")].toObject();
    for (const char *member : {"mode", "max_age", "mx"}) {
        if (policy.contains(QLatin1String(member)))
            QCOMPARE(json[QLatin1String("value")][QLatin1String(member)],
                     policy[QLatin1String(member)]);
    }
    bool hasError = false;
    for (const QJsonValue &finding : json[QLatin1String("findings")].toArray())
        hasError |= finding[QLatin1String("severity")].toString() == QLatin1String("error");
    QCOMPARE(ran.status, hasError ? 1 : 0);
}

void tst_Program::lintReadsOctets()
{
    // U+00FC in UTF-8 is two octets, and a record is ASCII: the position is that of the first of them.
    const Ran ran = run({QStringLiteral("lint"), QStringLiteral("sts"),
                         QStringLiteral("v=STSv1; id=\u00fc"), QStringLiteral("--json")});
    QCOMPARE(ran.status, 1);
    QCOMPARE(ran.json()[QLatin1String("outcome")].toString(), QStringLiteral("invalid"));
    const Ran two =
            run({QStringLiteral("lint"), QStringLiteral("sts"), QStringLiteral("v=STSv1; id=1"),
                 QStringLiteral("v=STSv1; id=2"), QStringLiteral("--json")});
    QCOMPARE(two.json()[QLatin1String("outcome")].toString(), QStringLiteral("multiple"));
    const Ran rpt =
            run({QStringLiteral("lint"), QStringLiteral("tlsrpt"),
                 QStringLiteral("v=TLSRPTv1; rua=mailto:a@example.com"), QStringLiteral("--json")});
    QCOMPARE(rpt.json()[QLatin1String("value")][QLatin1String("rua")][0].toString(),
             QStringLiteral("mailto:a@example.com"));
}

void tst_Program::lintCoverage_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QString>("severity");
    QTest::addColumn<int>("status");
    QTest::newRow("enforce: mail is refused")
            << QByteArray("enforce") << QStringLiteral("error") << 1;
    QTest::newRow("testing: reported, delivered all the same")
            << QByteArray("testing") << QStringLiteral("warning") << 0;
    QTest::newRow("none: as if there were no policy")
            << QByteArray("none") << QStringLiteral("info") << 0;
}

void tst_Program::lintCoverage()
{
    QFETCH(QByteArray, mode);
    QFETCH(QString, severity);
    QFETCH(int, status);
    const Ran ran =
            run({QStringLiteral("lint"), QStringLiteral("policy"), QStringLiteral("-"),
                 QStringLiteral("--mx"), QStringLiteral("a.mx.example"), QStringLiteral("--mx"),
                 QStringLiteral("mx.example"), QStringLiteral("--json")},
                "version: STSv1\nmode: " + mode + "\nmx: *.mx.example\nmax_age: 2592000\n");
    const QJsonArray coverage = ran.json()[QLatin1String("coverage")].toArray();
    QCOMPARE(coverage.size(), 2);
    QVERIFY(coverage[0][QLatin1String("covered")].toBool());
    QVERIFY(!coverage[1][QLatin1String("covered")].toBool());
    QStringList severities;
    for (const QJsonValue finding : ran.json()[QLatin1String("findings")].toArray()) {
        if (finding[QLatin1String("rule")].toString() == QLatin1String("STS-70"))
            severities.append(finding[QLatin1String("severity")].toString());
    }
    QCOMPARE(severities, (QStringList{QStringLiteral("ok"), severity}));
    QCOMPARE(ran.status, status);
}

void tst_Program::lintDomain()
{
    const QJsonObject json =
            run({QStringLiteral("lint"), QStringLiteral("domain"),
                 QStringLiteral("post@B\u00fccher.example"), QStringLiteral("--json")})
                    .json();
    QCOMPARE(json[QLatin1String("outcome")].toString(), QStringLiteral("accept"));
    QCOMPARE(json[QLatin1String("value")][QLatin1String("ascii")].toString(),
             QStringLiteral("xn--bcher-kva.example"));
}

void tst_Program::tlsaCheck()
{
    QFile file(QStringLiteral(TESTS_DATA_DIR "/dane.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject fixtures =
            QJsonDocument::fromJson(file.readAll())[QLatin1String("fixtures")].toObject();
    const QJsonObject leaf = fixtures[QLatin1String("EE")].toObject();
    const QByteArray pem = leaf[QLatin1String("pem")].toString().toLatin1();
    const QString digest = leaf[QLatin1String("spki_sha256")].toString();
    const QStringList words{QStringLiteral("tlsa"),    QStringLiteral("check"),
                            QStringLiteral("--chain"), QStringLiteral("-"),
                            QStringLiteral("--name"),  QStringLiteral("mx1.example.com"),
                            QStringLiteral("--json")};
    const Ran good = run(words + QStringList{QStringLiteral("3 1 1 ") + digest}, pem);
    QCOMPARE(good.json()[QLatin1String("result")].toString(), QStringLiteral("authenticated"));
    QCOMPARE(good.json()[QLatin1String("matched")].toInt(-1), 0);
    QCOMPARE(good.status, 0);
    const Ran bad =
            run(words + QStringList{QStringLiteral("3 1 1 ") + QString(64, QLatin1Char('0'))}, pem);
    QCOMPARE(bad.json()[QLatin1String("result")].toString(), QStringLiteral("fail"));
    QCOMPARE(bad.status, 1);
}

void tst_Program::tlsaHook()
{
    const QStringList words{QStringLiteral("tlsa"), QStringLiteral("hook")};
    const Ran bare = run(words);
    QCOMPARE(bare.status, 0);
    QVERIFY(bare.out.startsWith("#!/bin/sh\n"));
    QVERIFY(bare.out.contains("\nMAIL_SERVERS=${MAIL_SERVERS-}\n"));
    const Ran filled = run(words + QStringList{QStringLiteral("MX1.example.com."),
                                               QStringLiteral("mx2.example.com"),
                                               QStringLiteral("mx1.example.com")});
    QCOMPARE(filled.status, 0);
    QVERIFY(filled.out.contains(
            "\nMAIL_SERVERS=${MAIL_SERVERS-mx1.example.com mx2.example.com}\n"));
    // And a shell can read it.
    QProcess shell;
    shell.start(QStringLiteral("sh"), {QStringLiteral("-n")});
    shell.write(filled.out);
    shell.closeWriteChannel();
    QVERIFY(shell.waitForFinished(20000));
    QCOMPARE(shell.exitCode(), 0);
}

void tst_Program::tlsaRefusesPrivateKeys()
{
    const Ran ran = run({QStringLiteral("tlsa"), QStringLiteral("check"), QStringLiteral("--chain"),
                         QStringLiteral("-"), QStringLiteral("--name"), QStringLiteral("mx"),
                         QStringLiteral("3 1 1 00")},
                        "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n");
    QCOMPARE(ran.status, 64);
    QVERIFY(ran.err.contains("private key"));
}

void tst_Program::checkWithoutDnsIsUnknownNeverGreen()
{
    const Ran ran = run(QStringList{QStringLiteral("check"), QStringLiteral("shop.example"),
                                    QStringLiteral("--json")} +
                        deadNetwork());
    QCOMPARE(ran.status, 2);
    const QJsonObject json = ran.json();
    QCOMPARE(json[QLatin1String("schema")].toString(), QStringLiteral("mta-sts-check/1"));
    QCOMPARE(json[QLatin1String("verdict")].toString(), QStringLiteral("unknown"));
    for (const char *state : {"mtaSts", "dane", "tlsRpt"})
        QCOMPARE(json[QLatin1String(state)].toString(), QStringLiteral("unknown"));
    for (const QJsonValue &finding : json[QLatin1String("findings")].toArray())
        QVERIFY2(finding[QLatin1String("severity")].toString() != QLatin1String("ok"),
                 qPrintable(finding[QLatin1String("title")].toString()));
}

void tst_Program::checkListPrintsOneDocument()
{
    const Ran ran = run(QStringList{QStringLiteral("check"), QStringLiteral("--from"),
                                    QStringLiteral("-"), QStringLiteral("--json")} +
                                deadNetwork(),
                        "a.example\n# a comment\n\nb.example\nnodots\n");
    QCOMPARE(QJsonDocument::fromJson(ran.out).array().size(), 2);
    QVERIFY(ran.err.contains("nodots"));
    QCOMPARE(ran.status, 2);
    const Ran lines = run(QStringList{QStringLiteral("check"), QStringLiteral("--from"),
                                      QStringLiteral("-"), QStringLiteral("--json-lines")} +
                                  deadNetwork(),
                          "a.example\nb.example\n");
    QCOMPARE(lines.out.count('\n'), 2);
}

void tst_Program::exportWithNamedServers()
{
    const QTemporaryDir folder;
    const QString kit = folder.filePath(QStringLiteral("kit"));
    const QStringList words =
            QStringList{QStringLiteral("export"), QStringLiteral("shop.example"),
                        QStringLiteral("--to"),   kit,
                        QStringLiteral("--host"), QStringLiteral("nginx"),
                        QStringLiteral("--mx"),   QStringLiteral("mx.shop.example"),
                        QStringLiteral("--rua"),  QStringLiteral("tls@shop.example"),
                        QStringLiteral("--json")} +
            deadNetwork();
    const Ran ran = run(words);
    QCOMPARE(ran.status, 0);
    QFile policy(kit + QStringLiteral("/.well-known/mta-sts.txt"));
    QVERIFY(policy.open(QIODevice::ReadOnly));
    QCOMPARE(policy.readAll(), QByteArray("version: STSv1\r\nmode: testing\r\nmx: "
                                          "mx.shop.example\r\nmax_age: 86400\r\n"));
    QVERIFY(QFile::exists(kit + QStringLiteral("/nginx/mta-sts.conf")));
    policy.close();
    // A file of somebody else in the way: nothing is written, nothing is lost.
    QFile other(kit + QStringLiteral("/nginx/mta-sts.conf"));
    QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
    other.write("mine");
    other.close();
    const Ran again = run(words);
    QCOMPARE(again.status, 1);
    QVERIFY(again.err.contains("--overwrite"));
    QVERIFY(other.open(QIODevice::ReadOnly));
    QCOMPARE(other.readAll(), QByteArray("mine"));
    QVERIFY(run(words + QStringList{QStringLiteral("--overwrite")}).status == 0);
}

QTEST_GUILESS_MAIN(tst_Program)
#include "tst_program.moc"
