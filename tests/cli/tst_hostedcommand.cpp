// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// push with the policy host, as scripts see it: the real program, the stand-in for Cloudflare, a resolver in
// front of its name server, and a web server that serves what the Worker would.
#include "cli/pushprogram.h"
#include "mail/workerscript.h"
#include "provider/zonebed.h"

#include <QRegularExpression>

namespace {

constexpr char Worker[] = "mta-sts-example-com";
constexpr char Host[] = "mta-sts.example.com";
constexpr char Sts[] = "_mta-sts.example.com";

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QStringList overriding()
{
    return {QStringLiteral("--override"), QStringLiteral("example.com")};
}

QStringList ids(const QJsonObject &plan)
{
    QStringList list;
    for (const QJsonValue finding : plan[QLatin1String("findings")].toArray())
        list.append(finding[QLatin1String("id")].toString());
    return list;
}

} // namespace

class tst_HostedCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void thereAndBack();
    void noCertificateAllowed();
    void killedBeforeAttaching();

private:
    void start(QProcess &process, const char *command, const QStringList &words = {}) const;
    Ran run(const char *command, const QStringList &words = {});
    void keep(const char *fields) const;
    [[nodiscard]] QByteArray served() const;
    [[nodiscard]] QStringList texts(const char *name) const;
    [[nodiscard]] QStringList writes() const;

    ZoneBed m_bed;
    TestPki m_pki;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScriptedTlsServer> m_host;
    QByteArray m_said; // all that was ever printed
};

void tst_HostedCommand::initTestCase()
{
    if (const QString why = m_bed.start(QStringLiteral("cloudflare"),
                                        {QStringLiteral("bob.ns.cloudflare.com A 127.0.0.1"),
                                         QStringLiteral("amy.ns.cloudflare.com A 127.0.0.1")});
        !why.isEmpty())
        QSKIP(qPrintable(why));
    m_host = policyHost(m_pki, [this] { return served(); });
}

/// An account and a computer that have seen nothing yet. The old web server at the host serves no policy.
void tst_HostedCommand::init()
{
    m_bed.control(object(R"({"fresh":true,"reset":true})"));
    keep(R"({"name":"example.com","type":"MX","content":"mx.example.com","priority":10})");
    keep(R"({"name":"mx.example.com","type":"A","content":"127.0.0.1"})");
    keep(R"({"name":"mta-sts.example.com","type":"A","content":"127.0.0.1","comment":"old"})");
    m_said.clear();
    m_dir = std::make_unique<QTemporaryDir>();
    QFile roots(m_dir->filePath(QStringLiteral("roots.pem")));
    QVERIFY(roots.open(QIODevice::WriteOnly));
    roots.write(m_pki.root.certificate);
}

void tst_HostedCommand::keep(const char *fields) const
{
    QJsonObject record = object(fields);
    record[QStringLiteral("zone")] = QStringLiteral("example.com");
    m_bed.control({{QStringLiteral("records"), QJsonArray{record}}});
}

/// What the Worker that has the host would answer.
QByteArray tst_HostedCommand::served() const
{
    const QByteArray script = m_bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                                      .value(QLatin1String("served"))
                                      .toString()
                                      .toUtf8();
    const auto policies = policiesOfWorker(script);
    return policies ? policies->first().text : QByteArray();
}

/// Without what the service keeps for itself.
QStringList tst_HostedCommand::texts(const char *name) const
{
    QStringList texts;
    const QJsonValue zones =
            m_bed.control(object(R"({"state":true})")).value(QLatin1String("records"));
    for (const QJsonValue record : zones[QLatin1String("example.com")].toArray()) {
        if (record[QLatin1String("name")].toString() == QLatin1String(name) &&
            !record[QLatin1String("meta")][QLatin1String("read_only")].toBool())
            texts.append(record[QLatin1String("content")].toString());
    }
    return texts;
}

QStringList tst_HostedCommand::writes() const
{
    QStringList list;
    for (const QJsonValue request : m_bed.control().value(QLatin1String("requests")).toArray())
        list.append(request.toString());
    return list.filter(QRegularExpression(QStringLiteral("^(?!GET )")));
}

void tst_HostedCommand::start(QProcess &process, const char *command,
                              const QStringList &words) const
{
    const auto option = [](const char *name) { return QStringLiteral("--") + QLatin1String(name); };
    process.start(QStringLiteral(PROGRAM), QStringList{QLatin1String(command),
                                                       QStringLiteral("example.com"),
                                                       option("provider"),
                                                       QStringLiteral("cloudflare"),
                                                       option("provider-url"),
                                                       m_bed.value("address"),
                                                       option("token-stdin"),
                                                       option("state-dir"),
                                                       m_dir->filePath(QStringLiteral("state")),
                                                       option("resolver"),
                                                       m_bed.value("resolver"),
                                                       option("allow-private"),
                                                       option("no-smtp"),
                                                       option("no-control"),
                                                       option("ca-file"),
                                                       m_dir->filePath(QStringLiteral("roots.pem")),
                                                       option("https-port"),
                                                       QString::number(m_host->port()),
                                                       option("dns-port"),
                                                       QString::number(m_bed.nameServer().port)} +
                                                   words);
    process.write(m_bed.value("secret").toUtf8() + '\n');
    process.closeWriteChannel();
}

Ran tst_HostedCommand::run(const char *command, const QStringList &words)
{
    QProcess process;
    start(process, command, words);
    const Ran ran = ended(process);
    m_said += ran.out + ran.err;
    return ran;
}

void tst_HostedCommand::thereAndBack()
{
    const Ran planned = run("plan", {QStringLiteral("--json")});
    QVERIFY2(planned.status == 3, planned.told());
    const QJsonArray steps = planned.json()[QLatin1String("steps")].toArray();
    QCOMPARE(steps.first()[QLatin1String("action")].toString(), QStringLiteral("publish"));
    QVERIFY2(run("push").status == 1, m_said); // nobody to ask
    QCOMPARE(writes(), QStringList());

    const QStringList yes{QStringLiteral("--yes")};
    m_bed.control(object(R"({"reset":true})"));
    const Ran done = run("push", yes);
    QVERIFY2(done.status == 0, done.told());
    QVERIFY(served().contains("mode: testing\r\nmx: mx.example.com"));
    QCOMPARE(texts(Sts).size(), 1);
    QVERIFY(texts(Host).isEmpty());
    QVERIFY(writes().first().startsWith(QLatin1String("PUT /accounts/")));
    QVERIFY(writes().last().endsWith(QLatin1String("/dns_records/batch")));

    m_bed.control(object(R"({"reset":true})"));
    const Ran again = run("push", yes);
    QVERIFY2(again.status == 0, again.told());
    QCOMPARE(writes(), QStringList()); // twice is once

    // Senders may have fetched it: the way back is refused, until it is told twice.
    const QStringList undo = yes + QStringList{QStringLiteral("--undo")};
    const Ran refused = run("push", undo);
    QVERIFY2(refused.status == 4, refused.told());
    QCOMPARE(writes(), QStringList());
    const Ran back = run("push", undo + overriding());
    QVERIFY2(back.status == 0, back.told());
    QVERIFY(texts(Sts).isEmpty() && served().isEmpty());
    QCOMPARE(texts(Host), QStringList{QStringLiteral("127.0.0.1")});
    QCOMPARE(m_bed.faults(), QByteArray());
    nothingKeeps(m_bed.value("secret").toUtf8(), m_said, *m_dir);
}

/// RFC 8659: told before anything is written, as the DNS itself answers, with the way out.
void tst_HostedCommand::noCertificateAllowed()
{
    keep(R"({"name":"example.com","type":"CAA",
             "data":{"flags":0,"tag":"issue","value":"ca.example"}})");
    const Ran planned = run("plan", {QStringLiteral("--json")});
    QVERIFY2(ids(planned.json()).contains(QStringLiteral("PUSH-6.caa")), planned.told());
    const Ran refused = run("push", {QStringLiteral("--yes")});
    QVERIFY2(refused.status == 4, refused.told());
    QVERIFY2(refused.out.contains("0 issue \"letsencrypt.org\""), refused.told());
    QCOMPARE(writes(), QStringList());
    keep(R"({"name":"example.com","type":"CAA",
             "data":{"flags":0,"tag":"issue","value":"letsencrypt.org"}})");
    const Ran done = run("push", {QStringLiteral("--yes")});
    QVERIFY2(done.status == 0, done.told());
}

/// The old address is gone, the host has no place yet, and the program is no more.
void tst_HostedCommand::killedBeforeAttaching()
{
    m_bed.control(object(R"({"stall":"workers/domains"})"));
    QProcess process;
    start(process, "push", {QStringLiteral("--yes")});
    const auto isAsked = [this] {
        return writes().filter(QStringLiteral("workers/domains")).size() == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAsked(), 60000);
    process.kill(); // SIGKILL: nothing is tidied up
    process.waitForFinished();
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    m_bed.control(object(R"({"reset":true})"));
    QVERIFY(texts(Host).isEmpty() && served().isEmpty() && texts(Sts).isEmpty());
    QVERIFY(!m_bed.control(object(R"({"state":true})"))
                     .value(QLatin1String("scripts"))[QLatin1String(Worker)]
                     .isUndefined());

    const Ran rest = run("push", {QStringLiteral("--yes")});
    QVERIFY2(rest.status == 0, rest.told());
    QVERIFY(!served().isEmpty());
    QCOMPARE(texts(Sts).size(), 1);
    const Ran back = run("push", QStringList{QStringLiteral("--yes"), QStringLiteral("--undo")} +
                                         overriding());
    QVERIFY2(back.status == 0, back.told());
    QVERIFY(texts(Sts).isEmpty() && served().isEmpty());
    QCOMPARE(texts(Host), QStringList{QStringLiteral("127.0.0.1")});
    QCOMPARE(m_bed.faults(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_HostedCommand)
#include "tst_hostedcommand.moc"
