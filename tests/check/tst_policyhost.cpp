// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// policy_fetch.json: a real fetch from a scripted server, then the judgement.
#include "check/policyhost.h"
#include "fakes/scriptedtlsserver.h"
#include "fakes/testpki.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <zlib.h>

using End = PolicyFetch::End;
using Outcome = PolicyHostOutcome;
using Session = ScriptedTlsServer::Session;

namespace {

const QByteArray Host = "mta-sts.example.com";
const QByteArray PolicyText =
        "version: STSv1\r\nmode: testing\r\nmx: mx1.example.com\r\nmax_age: 86400\r\n";
constexpr int ShortMs = 400; // instead of a minute

QByteArray outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Unknown:
        return "unknown";
    case Outcome::Policy:
        return "policy";
    case Outcome::PolicyWithError:
        return "policy-with-error";
    case Outcome::NoPolicy:
        return "no-policy";
    case Outcome::NotDiscovered:
        return "not-discovered";
    }
    return {};
}

Severity severityFrom(const QString &name)
{
    return name == QLatin1String("error")     ? Severity::Error
           : name == QLatin1String("warning") ? Severity::Warning
           : name == QLatin1String("info")    ? Severity::Info
                                              : Severity::Unknown;
}

QByteArray gzipBomb()
{
    QByteArray input(40 * 1024 * 1024, '\0'), out(1024 * 1024, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

DnsAnswer answer(RecordType type, AnswerStatus status, const QList<QByteArray> &rdata = {})
{
    DnsAnswer result;
    result.name = result.canonicalName = Host;
    result.type = type;
    result.status = status;
    result.rdata = rdata;
    return result;
}

// The octets that a server of this row sends after the request.
QByteArray answerOctets(const QJsonObject &setup)
{
    QByteArray body = setup[QLatin1String("body")].toString().toUtf8();
    if (body.startsWith('<') || body.isEmpty())
        body = PolicyText;
    if (body.startsWith("1 GiB"))
        body = gzipBomb();
    qsizetype length = body.size();
    if (body.startsWith("half")) {
        body = PolicyText.left(PolicyText.size() / 2);
        length = PolicyText.size();
    }
    QByteArray head =
            "HTTP/1.1 " + QByteArray::number(setup[QLatin1String("status")].toInt(200)) + " X\r\n";
    const QJsonValue type = setup[QLatin1String("content_type")];
    if (!type.isNull())
        head += "Content-Type: " + type.toString(QStringLiteral("text/plain")).toUtf8() + "\r\n";
    if (setup.contains(QLatin1String("location")))
        head += "Location: " + setup[QLatin1String("location")].toString().toUtf8() + "\r\n";
    const QJsonObject headers = setup[QLatin1String("headers")].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        const QByteArray value = it.value().toString().toUtf8();
        head += it.key().toUtf8() + ": " + (value == "1 MiB" ? QByteArray(1 << 20, 'x') : value) +
                "\r\n";
    }
    if (!headers.contains(QLatin1String("Content-Length")))
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    return head + "\r\n" + body;
}

} // namespace

class tst_PolicyHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data();
    void vectors();
    void failedLookupIsNotAbsence();
    void otherAddressMayFail();
    void differentFilesAreTold();
    void wrongClockIsNoVerdict();
    void aliasDoesNotChangeTheName();
    void fileWithoutRecordIsNotDiscovered();
    void mediaTypes_data();
    void mediaTypes();
    void slowAndLargeAreWarnings();

private:
    [[nodiscard]] ScriptedTlsServer::Identity identityFor(const QString &wish) const;
    [[nodiscard]] PolicyHostView viewOf(const QJsonObject &setup) const;
    [[nodiscard]] PolicyHostView goodView() const { return viewOf({}); }

    const TestPki m_pki;
};

ScriptedTlsServer::Identity tst_PolicyHost::identityFor(const QString &wish) const
{
    CertificateWish make;
    make.dnsNames = {Host};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (wish.startsWith(QLatin1String("SAN "))) {
        make.dnsNames.clear();
        for (const QString &name : wish.mid(4).split(QStringLiteral(", ")))
            make.dnsNames.append(name.toLatin1());
    } else if (wish.startsWith(QLatin1String("CN "))) {
        make.dnsNames.clear();
        make.commonName = Host;
    } else if (wish.startsWith(QLatin1String("expired"))) {
        make.notBefore = now.addDays(-90);
        make.notAfter = now.addDays(-1);
    } else if (wish.startsWith(QLatin1String("notAfter in 5"))) {
        make.notBefore = now.addDays(-85);
        make.notAfter = now.addDays(5);
    } else if (wish.startsWith(QLatin1String("notBefore tomorrow"))) {
        make.notBefore = now.addDays(1);
    }
    const TestIdentity leaf = m_pki.leaf(make);
    const bool leafOnly = wish.startsWith(QLatin1String("leaf only"));
    return {leafOnly ? leaf.certificate : m_pki.chain(leaf), leaf.key};
}

// Serves what the row describes, fetches it, and gives what a survey would know.
PolicyHostView tst_PolicyHost::viewOf(const QJsonObject &setup) const
{
    const QString note = setup[QLatin1String("note")].toString();
    const QString dns = setup[QLatin1String("dns")].toString();
    PolicyHostView view;
    view.host = Host;
    view.a = answer(RecordType::A, AnswerStatus::Found, {QByteArray("\x7F\x00\x00\x01", 4)});
    view.aaaa = answer(RecordType::AAAA, AnswerStatus::NoData);
    if (setup[QLatin1String("txt")] == QLatin1String("valid"))
        view.record = RecordOutcome::Valid;
    if (dns.startsWith(QLatin1String("NXDOMAIN"))) {
        view.a = answer(RecordType::A, AnswerStatus::NoName);
        view.aaaa = answer(RecordType::AAAA, AnswerStatus::NoName);
        return view;
    }
    if (dns.startsWith(QLatin1String("A 10."))) {
        view.a.rdata = {QByteArray("\x0A\x00\x00\x05", 4)};
        return view;
    }

    ScriptedTlsServer::Settings settings;
    settings.identity = identityFor(setup[QLatin1String("cert")].toString());
    if (note.contains(QLatin1String("SNI"))) {
        settings.bySni.insert(Host, settings.identity);
        settings.identity = identityFor(QStringLiteral("SAN default.example.net"));
    }
    settings.requireClientCertificate = setup.contains(QLatin1String("tls"));
    const bool isSlow = setup.contains(QLatin1String("delay"));
    const bool drips = setup.contains(QLatin1String("drip"));
    const bool isElsewhere = note.startsWith(QLatin1String("only /"));
    const QByteArray octets = answerOctets(setup);
    ScriptedTlsServer server(settings, [=](Session &session) {
        if (!session.handshake())
            return;
        const QByteArray request = session.readRequest();
        if (isSlow) {
            session.waitForPeerToGo();
        } else if (drips) {
            for (const char octet : octets) {
                if (!session.write(QByteArray(1, octet)) || !session.wait(ShortMs / 20))
                    return;
            }
        } else if (isElsewhere && !request.contains("MTA-STS.txt")) {
            session.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        } else {
            session.write(octets);
        }
        session.closeNotify();
        session.waitForPeerToGo();
    });
    PolicyFetcher fetcher(TrustStore::only(m_pki.root.certificate),
                          {isSlow || drips ? ShortMs : 30000, {}});
    view.fetches = {
            fetcher.fetch({Host, QHostAddress(QHostAddress::LocalHost), server.port()}, Cancel())};
    if (note.startsWith(QLatin1String("IPv6 address refuses"))) {
        view.aaaa = answer(RecordType::AAAA, AnswerStatus::Found,
                           {QByteArray(15, '\0') + QByteArray(1, '\1')});
        view.fetches.append(fetcher.fetch(
                {Host, QHostAddress(QHostAddress::LocalHostIPv6), server.port()}, Cancel()));
    }
    // Two facts that a server on loopback cannot bring about.
    if (setup[QLatin1String("cert")].toString().contains(QLatin1String("antivirus")))
        view.fetches.first().tls.pkix.localRoot = true;
    if (setup.contains(QLatin1String("http")))
        view.fetches.first().http2Only = true;
    return view;
}

void tst_PolicyHost::vectors_data()
{
    QTest::addColumn<QJsonObject>("setup");
    QTest::addColumn<QJsonObject>("expected");
    QFile file(QStringLiteral(TESTS_DATA_DIR "/policy_fetch.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows =
            QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("vectors")].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows) {
        const QString name = row[QLatin1String("id")].toString() + QLatin1Char(' ') +
                             row[QLatin1String("description")].toString();
        QTest::newRow(qPrintable(name)) << row[QLatin1String("setup")].toObject()
                                        << row[QLatin1String("expected")].toObject();
    }
}

void tst_PolicyHost::vectors()
{
    QFETCH(QJsonObject, setup);
    QFETCH(QJsonObject, expected);
    const PolicyHostJudgement judgement = judgePolicyHost(viewOf(setup));
    QByteArray seen;
    bool isCalm = true;
    for (const Issue &issue : judgement.issues) {
        seen += issue.id + ' ' + issue.values.join(QLatin1Char('|')).toUtf8() + "; ";
        isCalm = isCalm && (issue.severity == Severity::Ok || issue.severity == Severity::Info);
    }
    const QByteArray wanted = expected[QLatin1String("outcome")].toString().toLatin1();
    QVERIFY2(outcomeName(judgement.outcome) == wanted, seen.constData());
    QCOMPARE(judgement.body.has_value(), wanted.startsWith("policy"));
    QCOMPARE(judgement.reading.has_value(), wanted.startsWith("policy"));
    const QJsonArray findings = expected[QLatin1String("findings")].toArray();
    if (findings.isEmpty())
        QVERIFY2(isCalm, seen.constData());
    for (const QJsonValue &finding : findings) {
        const QByteArray rule = finding[QLatin1String("req")].toString().toLatin1();
        const Severity severity = severityFrom(finding[QLatin1String("severity")].toString());
        const bool found = std::any_of(
                judgement.issues.begin(), judgement.issues.end(), [&](const Issue &issue) {
                    return issue.rule() == rule && issue.severity == severity;
                });
        QVERIFY2(found, (rule + " not in " + seen).constData());
    }
}

void tst_PolicyHost::failedLookupIsNotAbsence()
{
    PolicyHostView view;
    view.host = Host;
    view.a = answer(RecordType::A, AnswerStatus::NoData);
    view.aaaa = answer(RecordType::AAAA, AnswerStatus::Failed);
    const PolicyHostJudgement judgement = judgePolicyHost(view);
    QCOMPARE(judgement.outcome, Outcome::Unknown);
    QCOMPARE(judgement.issues.first().severity, Severity::Unknown);
}

void tst_PolicyHost::otherAddressMayFail()
{
    PolicyHostView view = goodView();
    PolicyFetch other = view.fetches.first();
    other.address = QHostAddress(QStringLiteral("127.0.0.2"));
    other.status = 404;
    view.fetches.append(other);
    const PolicyHostJudgement judgement = judgePolicyHost(view);
    QCOMPARE(judgement.outcome, Outcome::Policy);
    for (const Issue &issue : judgement.issues)
        QVERIFY(issue.severity != Severity::Error);
    QVERIFY(judgement.issues.contains(
            {"STS-58", Severity::Warning, {QStringLiteral("127.0.0.2")}}));
}

void tst_PolicyHost::differentFilesAreTold()
{
    PolicyHostView view = goodView();
    view.fetches.append(view.fetches.first());
    view.fetches.last().body += "x: y\r\n";
    const auto isDifferent = [](const Issue &issue) { return issue.id == "STS-58.differ"; };
    const QList<Issue> issues = judgePolicyHost(view).issues;
    QVERIFY(std::any_of(issues.begin(), issues.end(), isDifferent));
}

// T-17: what is expired by our clock is fine by the server's.
void tst_PolicyHost::wrongClockIsNoVerdict()
{
    PolicyHostView view = viewOf({{QStringLiteral("cert"), QStringLiteral("expired 1 day ago")}});
    QCOMPARE(judgePolicyHost(view).outcome, Outcome::NoPolicy);
    view.fetches.first().serverDate = QDateTime::currentDateTimeUtc().addDays(-10);
    QCOMPARE(judgePolicyHost(view).outcome, Outcome::Unknown);
    view.fetches.first().serverDate = QDateTime::currentDateTimeUtc().addDays(10);
    QCOMPARE(judgePolicyHost(view).outcome, Outcome::NoPolicy);
}

void tst_PolicyHost::aliasDoesNotChangeTheName()
{
    PolicyHostView view =
            viewOf({{QStringLiteral("cert"), QStringLiteral("SAN host.provider.example")}});
    view.a.canonicalName = "host.provider.example";
    const QList<Issue> issues = judgePolicyHost(view).issues;
    QVERIFY(issues.contains(
            {"STS-60",
             Severity::Error,
             {QString::fromLatin1(Host), QStringLiteral("host.provider.example")}}));
}

void tst_PolicyHost::fileWithoutRecordIsNotDiscovered()
{
    PolicyHostView view = goodView();
    view.record = RecordOutcome::None;
    const PolicyHostJudgement judgement = judgePolicyHost(view);
    QCOMPARE(judgement.outcome, Outcome::NotDiscovered);
    QVERIFY(judgement.body);
}

void tst_PolicyHost::mediaTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<bool>("warned");
    QTest::newRow("utf-8") << QByteArray("text/plain; charset=utf-8") << Outcome::Policy << false;
    QTest::newRow("quoted") << QByteArray("text/plain;charset=\"UTF-8\"") << Outcome::Policy
                            << false;
    QTest::newRow("ascii") << QByteArray("Text/Plain ; charset=US-ASCII") << Outcome::Policy
                           << false;
    QTest::newRow("other parameter") << QByteArray("text/plain; x=y") << Outcome::Policy << false;
    QTest::newRow("latin 1") << QByteArray("text/plain; charset=iso-8859-1") << Outcome::Policy
                             << true;
    QTest::newRow("html") << QByteArray("text/html") << Outcome::PolicyWithError << false;
    QTest::newRow("text only") << QByteArray("text") << Outcome::PolicyWithError << false;
    QTest::newRow("empty") << QByteArray("") << Outcome::PolicyWithError << false;
}

void tst_PolicyHost::mediaTypes()
{
    QFETCH(QByteArray, type);
    PolicyHostView view = goodView();
    view.fetches.first().contentType = type;
    const PolicyHostJudgement judgement = judgePolicyHost(view);
    QTEST(judgement.outcome, "outcome");
    const bool warned =
            std::any_of(judgement.issues.begin(), judgement.issues.end(),
                        [](const Issue &issue) { return issue.severity == Severity::Warning; });
    QTEST(warned, "warned");
}

void tst_PolicyHost::slowAndLargeAreWarnings()
{
    PolicyHostView view = goodView();
    view.fetches.first().tookMs = 4100;
    view.fetches.first().body.append(QByteArray(Limits::PolicyBodyWarn, '\n'));
    const PolicyHostJudgement judgement = judgePolicyHost(view);
    QCOMPARE(judgement.outcome, Outcome::Policy);
    for (const QByteArray id : {"STS-54.slow", "STS-55.large"})
        QVERIFY(std::any_of(judgement.issues.begin(), judgement.issues.end(),
                            [&](const Issue &issue) {
                                return issue.id == id && issue.severity == Severity::Warning;
                            }));
}

QTEST_GUILESS_MAIN(tst_PolicyHost)
#include "tst_policyhost.moc"
