// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// plan, push and remove as scripts see them: the real program, a real PowerDNS, a resolver in front of it and
// a policy host of the test.
#include "cli/pushprogram.h"
#include "provider/zonebed.h"

class tst_PushCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wordsThatAreOff_data();
    void wordsThatAreOff();
    void fromNothingToNothing();
    void enforceIsRefusedWhereServersAreNotKnown();
    void brokenFileIsTold_data();
    void brokenFileIsTold();
    void whoServesTheFile_data();
    void whoServesTheFile();

private:
    Ran run(const QByteArray &command, const QStringList &words = {});
    void serve(const QByteArray &body)
    {
        const std::lock_guard lock(m_mutex);
        m_body = body;
    }
    [[nodiscard]] QByteArray served()
    {
        const std::lock_guard lock(m_mutex);
        return m_body;
    }
    static QByteArray policyOf(const QJsonObject &plan)
    {
        for (const QJsonValue step : plan[QLatin1String("steps")].toArray()) {
            if (step[QLatin1String("type")].toString() == QLatin1String("policy"))
                return step[QLatin1String("after")][0].toString().toUtf8();
        }
        return {};
    }
    [[nodiscard]] QList<QByteArray> texts(const char *name) const
    {
        return askNow(name).value_or(QList<QByteArray>{"?"});
    }
    [[nodiscard]] Result<QList<QByteArray>> askNow(const char *name) const;

    ZoneBed m_bed;
    TestPki m_pki;
    QTemporaryDir m_dir;
    std::mutex m_mutex;
    QByteArray m_body;
    std::unique_ptr<ScriptedTlsServer> m_host;
    QByteArray m_said; // all that was ever printed
};

void tst_PushCommand::initTestCase()
{
    if (const QString why =
                m_bed.start(QStringLiteral("pdns"),
                            {QStringLiteral("@ MX 10 mx"), QStringLiteral("mx A 127.0.0.1"),
                             QStringLiteral("mta-sts A 127.0.0.1")});
        !why.isEmpty())
        QSKIP(qPrintable(why));
    m_host = policyHost(m_pki, [this] { return served(); });
    QFile roots(m_dir.filePath(QStringLiteral("roots.pem")));
    QVERIFY(roots.open(QIODevice::WriteOnly));
    roots.write(m_pki.root.certificate);
}

Ran tst_PushCommand::run(const QByteArray &command, const QStringList &words)
{
    QProcess process;
    process.start(QStringLiteral(PROGRAM), QStringList{QString::fromLatin1(command),
                                                       QStringLiteral("example.com"),
                                                       QStringLiteral("--provider"),
                                                       QStringLiteral("powerdns"),
                                                       QStringLiteral("--provider-url"),
                                                       m_bed.value("address"),
                                                       QStringLiteral("--token-stdin"),
                                                       QStringLiteral("--state-dir"),
                                                       m_dir.filePath(QStringLiteral("state")),
                                                       QStringLiteral("--resolver"),
                                                       m_bed.value("resolver"),
                                                       QStringLiteral("--allow-private"),
                                                       QStringLiteral("--no-smtp"),
                                                       QStringLiteral("--no-control"),
                                                       QStringLiteral("--ca-file"),
                                                       m_dir.filePath(QStringLiteral("roots.pem")),
                                                       QStringLiteral("--https-port"),
                                                       QString::number(m_host->port()),
                                                       QStringLiteral("--dns-port"),
                                                       QString::number(m_bed.nameServer().port)} +
                                                   words);
    process.write(" \"" + m_bed.value("secret").toUtf8() + "\"\n"); // as it was pasted
    process.closeWriteChannel();
    const Ran ran = ended(process);
    m_said += ran.out + ran.err;
    return ran;
}

Result<QList<QByteArray>> tst_PushCommand::askNow(const char *name) const
{
    const auto provider = m_bed.provider("powerdns");
    const auto zones = provider->zones(name, Cancel());
    if (!zones)
        return tl::unexpected(zones.error());
    const auto zone = zoneFor(name, *zones);
    const auto records = provider->records(*zone, {name}, Cancel());
    if (!records)
        return tl::unexpected(records.error());
    QList<QByteArray> data;
    for (const ZoneRecord &record : *records)
        data.append(record.record.data);
    std::sort(data.begin(), data.end());
    return data;
}

void tst_PushCommand::wordsThatAreOff_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("no domain") << QStringLiteral("plan --provider powerdns --token-stdin");
    QTest::newRow("not a domain") << QStringLiteral(
            "plan nodots --provider powerdns --token-stdin");
    QTest::newRow("no provider") << QStringLiteral("push example.com --token-stdin");
    QTest::newRow("unknown provider")
            << QStringLiteral("push example.com --provider x --token-stdin");
    QTest::newRow("no token") << QStringLiteral(
            "remove example.com --provider powerdns --provider-url http://127.0.0.1:1");
    QTest::newRow("a token in clear over the network") << QStringLiteral(
            "plan example.com --provider powerdns --provider-url http://192.0.2.1 --token-stdin");
    QTest::newRow("a port that is none")
            << QStringLiteral("plan example.com --provider powerdns --dns-port 0 --token-stdin");
}

void tst_PushCommand::wordsThatAreOff()
{
    QFETCH(QString, words);
    QProcess process;
    process.start(QStringLiteral(PROGRAM), words.split(QLatin1Char(' ')));
    process.write("secret-of-nobody\n");
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60000));
    const QByteArray said = process.readAllStandardError();
    QVERIFY(process.exitCode() == 64 || process.exitCode() == 1);
    QCOMPARE(said.count('\n'), 1); // one line that names the way out
    QVERIFY(process.readAllStandardOutput().isEmpty());
    QVERIFY(!said.contains("secret-of-nobody"));
}

void tst_PushCommand::fromNothingToNothing()
{
    const QString rua = QStringLiteral("mailto:tls@example.com");
    const QStringList wanted{QStringLiteral("--rua"), rua};
    const QStringList yes = wanted + QStringList{QStringLiteral("--yes")};

    // A plan changes nothing, and says the same twice.
    const Ran planned = run("plan", wanted + QStringList{QStringLiteral("--json")});
    QVERIFY2(planned.status == 3, planned.told());
    QCOMPARE(planned.json()[QLatin1String("schema")].toString(), QStringLiteral("mta-sts-plan/1"));
    QVERIFY(policyOf(planned.json()).contains("mode: testing\r\nmx: mx.example.com"));
    QVERIFY(texts("_mta-sts.example.com").isEmpty());

    // Nobody to ask, nothing done; the file is not served, nothing done.
    QVERIFY2(run("push", wanted).status == 1, m_said);
    const Ran early = run("push", yes);
    QVERIFY2(early.status == 1, early.told());
    QVERIFY(texts("_mta-sts.example.com").isEmpty());

    serve(policyOf(planned.json()));
    const Ran done = run("push", yes);
    QVERIFY2(done.status == 0, done.told());
    const QList<QByteArray> first = texts("_mta-sts.example.com");
    QCOMPARE(first.size(), 1);
    QVERIFY(first.first().startsWith("v=STSv1; id="));
    QCOMPARE(texts("_smtp._tls.example.com").size(), 2); // the text of others is there still

    // Twice is once.
    const Ran again = run("push", yes + QStringList{QStringLiteral("--json")});
    QVERIFY2(again.status == 0, again.told());
    QCOMPARE(run("plan", wanted).status, 0);

    // The way out: none first, and the date is kept.
    const Ran off = run("remove", {QStringLiteral("--yes")});
    QVERIFY2(off.status == 1, off.told()); // the file that says none is not served yet
    serve(QByteArray(served()).replace("mode: testing", "mode: none"));
    const Ran none = run("remove", {QStringLiteral("--yes")});
    QVERIFY2(none.status == 0, none.told());
    const QList<QByteArray> second = texts("_mta-sts.example.com");
    QCOMPARE(second.size(), 1);
    QVERIFY(second != first);
    const Ran tooEarly = run("remove", {QStringLiteral("--yes")});
    QVERIFY2(tooEarly.status == 4, tooEarly.told());
    QVERIFY2(tooEarly.out.contains("RFC 8461 8.3") || tooEarly.out.contains("until"),
             tooEarly.told());
    QCOMPARE(texts("_mta-sts.example.com"), second);

    // Back to before the last push.
    const Ran undone = run("push", {QStringLiteral("--undo"), QStringLiteral("--yes")});
    QVERIFY2(undone.status == 0, undone.told());
    QCOMPARE(texts("_mta-sts.example.com"), first);

    // Told twice, it is deleted before its time; the reports stay.
    const QStringList overriding{QStringLiteral("--yes"), QStringLiteral("--override"),
                                 QStringLiteral("example.com")};
    const Ran deleted = run("remove", overriding);
    QVERIFY2(deleted.status == 0, deleted.told());
    QVERIFY(texts("_mta-sts.example.com").isEmpty());
    QCOMPARE(texts("_smtp._tls.example.com").size(), 2);
    nothingKeeps(m_bed.value("secret").toUtf8(), m_said, m_dir);
}

void tst_PushCommand::enforceIsRefusedWhereServersAreNotKnown()
{
    const QStringList words{QStringLiteral("--mode"), QStringLiteral("enforce"),
                            QStringLiteral("--yes")};
    const QList<QByteArray> before = texts("_mta-sts.example.com");
    const Ran refused = run("push", words); // --no-smtp: nobody knows how the servers do
    QVERIFY2(refused.status == 4, refused.told());
    QVERIFY2(refused.err.contains("--override example.com"), refused.told());
    const Ran asJson = run("push", words + QStringList{QStringLiteral("--json")});
    QVERIFY2(asJson.status == 4, asJson.told());
    QVERIFY2(!asJson.json()[QLatin1String("findings")].toArray().isEmpty(), asJson.told());
    QCOMPARE(texts("_mta-sts.example.com"), before);
}

void tst_PushCommand::brokenFileIsTold_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("for people") << QByteArray("plan") << QStringList();
    QTest::newRow("as JSON") << QByteArray("plan") << QStringList{QStringLiteral("--json")};
    QTest::newRow("a push as JSON") << QByteArray("push") << QStringList{QStringLiteral("--json")};
}

/// What was kept of a domain decides what is refused: its loss is told, once.
void tst_PushCommand::brokenFileIsTold()
{
    QFETCH(QByteArray, command);
    QFETCH(QStringList, words);
    const QString name = m_dir.filePath(QStringLiteral("state/domains/shop.example.json"));
    QVERIFY(QDir().mkpath(QFileInfo(name).path()));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::NewOnly));
    file.write("{\"half");
    file.close();
    const Ran told = run(command, words);
    QCOMPARE(told.err.count(name.toUtf8() + ".broken-1"), 1);
    QVERIFY2(told.err.contains("nothing was deleted"), told.told());
    QVERIFY(!QFile::exists(name));
    QVERIFY(!run(command, words).err.contains("broken-1"));
    QVERIFY(QFile::remove(name + QStringLiteral(".broken-1")));
}

void tst_PushCommand::whoServesTheFile_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("isService");
    QTest::newRow("the service, told so")
            << QStringList{QStringLiteral("--host"), QStringLiteral("service")} << true;
    QTest::newRow("somebody else, told so")
            << QStringList{QStringLiteral("--host"), QStringLiteral("elsewhere")} << false;
    // Not known who serves it now is not "nobody does".
    QTest::newRow("not known who does now") << QStringList() << false;
}

/// A service that can serve the file does so only where it is told to, or where nobody does now.
void tst_PushCommand::whoServesTheFile()
{
    QFETCH(QStringList, words);
    QFETCH(bool, isService);
    ZoneBed bed;
    if (const QString why = bed.start(QStringLiteral("cloudflare")); !why.isEmpty())
        QSKIP(qPrintable(why));
    QProcess process;
    process.start(QStringLiteral(PROGRAM),
                  QStringList{QStringLiteral("plan"), QStringLiteral("example.com"),
                              QStringLiteral("--provider"), QStringLiteral("cloudflare"),
                              QStringLiteral("--provider-url"), bed.value("address"),
                              QStringLiteral("--token-stdin"), QStringLiteral("--json"),
                              QStringLiteral("--state-dir"), m_dir.filePath(QStringLiteral("cf")),
                              QStringLiteral("--mx"), QStringLiteral("mx.example.com"),
                              QStringLiteral("--resolver"), QStringLiteral("127.0.0.1@9"),
                              QStringLiteral("--timeout"), QStringLiteral("3"),
                              QStringLiteral("--no-control")} +
                          words);
    process.write(bed.value("secret").toUtf8() + '\n');
    process.closeWriteChannel();
    const Ran planned = ended(process);
    QVERIFY2(planned.status == 3, planned.told());
    const QJsonArray steps = planned.json()[QLatin1String("steps")].toArray();
    QCOMPARE(steps.first()[QLatin1String("action")].toString(),
             isService ? QStringLiteral("publish") : QStringLiteral("verify"));
    QCOMPARE(steps.last()[QLatin1String("name")].toString(),
             QStringLiteral("_mta-sts.example.com"));
}

QTEST_GUILESS_MAIN(tst_PushCommand)
#include "tst_pushcommand.moc"
