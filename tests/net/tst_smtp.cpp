// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/scriptedsmtppeer.h"
#include "fakes/testpki.h"
#include "net/smtp.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <openssl/ssl.h>

using End = SmtpFacts::End;
using Stage = SmtpFacts::Stage;

namespace {

const QByteArray Name = QByteArrayLiteral("probe.example.org");
const QByteArray Host = QByteArrayLiteral("mx1.example.com");
const QByteArray Greeting = QByteArrayLiteral("220 mx1.example.com ESMTP\r\n");
const QByteArray Ehlo = QByteArrayLiteral("EHLO <name>\r\n");
const QByteArray Extensions = QByteArrayLiteral("250-mx1.example.com\r\n250 STARTTLS\r\n");

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

SmtpFacts probe(ScriptedSmtpPeer &peer, SmtpOptions options = {}, SmtpTarget target = {},
                const Cancel &cancel = {})
{
    if (options.ehloName.isEmpty())
        options.ehloName = Name;
    target.host = Host;
    target.address = QHostAddress(QHostAddress::LocalHost);
    target.port = peer.port();
    SmtpProbe smtp(TrustStore::only(pki().root.certificate), options);
    return smtp.probe(target, cancel);
}

QJsonArray upToTls()
{
    return {serverSays(Greeting), clientSays(Ehlo), serverSays(Extensions),
            clientSays("STARTTLS\r\n"), serverSays("220 go\r\n")};
}

QJsonArray with(QJsonArray steps, const QList<QJsonObject> &more)
{
    for (const QJsonObject &step : more)
        steps.append(step);
    return steps;
}

QJsonArray wholeDialogue()
{
    return with(upToTls(),
                {peerDoes(QStringLiteral("tls"), QStringLiteral("handshake")), clientSays(Ehlo),
                 serverSays("250 mx1.example.com\r\n"), clientSays("QUIT\r\n")});
}

bool has(const SmtpFacts &facts, const QByteArray &rule, Severity severity)
{
    return std::any_of(facts.issues.begin(), facts.issues.end(), [&](const Issue &issue) {
        return issue.rule() == rule && issue.severity == severity;
    });
}

Severity severityOf(const QString &name)
{
    static const QHash<QString, Severity> names{{QStringLiteral("ok"), Severity::Ok},
                                                {QStringLiteral("info"), Severity::Info},
                                                {QStringLiteral("warning"), Severity::Warning},
                                                {QStringLiteral("error"), Severity::Error},
                                                {QStringLiteral("unknown"), Severity::Unknown}};
    return names.value(name, Severity::Ok);
}

QByteArray expectedOctets(const QJsonArray &steps)
{
    QByteArray all;
    for (const QJsonValue &step : steps)
        all += step[QLatin1String("client")].toString().toLatin1();
    return all.replace("<name>", Name);
}

bool waitsForEver(const QJsonArray &steps)
{
    return std::any_of(steps.begin(), steps.end(), [](const QJsonValue &step) {
        const QJsonObject object = step.toObject();
        return object.contains(QLatin1String("server_drip")) ||
               object.contains(QLatin1String("server_silent"));
    });
}

QByteArray ids(const SmtpFacts &facts)
{
    QByteArray all = facts.problem.toUtf8();
    for (const Issue &issue : facts.issues)
        all += ' ' + issue.id;
    return all;
}

} // namespace

class tst_Smtp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dialogues_data();
    void dialogues();
    void octetsBehindThe220AreNotForgotten_data();
    void octetsBehindThe220AreNotForgotten();
    void clearTextInsteadOfTheHandshake();
    void everyLookOverAConnection();
    void addressLiteralWithoutAName();
    void helloAfterRefusedEhlo_data();
    void helloAfterRefusedEhlo();
    void otherProtocols_data();
    void otherProtocols();
    void offers_data();
    void offers();
    void hostileGreeting_data();
    void hostileGreeting();
    void endlessGreetingIsBounded();
    void slowGreetingIsNoted();
    void handshakeThatFails_data();
    void handshakeThatFails();
    void oldTlsIsSeen_data();
    void oldTlsIsSeen();
    void serverName();
    void oneKindOfKey();
    void faultOfOursIsNotTheServers();
    void cancelAtEveryWait_data();
    void cancelAtEveryWait();
    void timeoutAtEveryWait_data() { cancelAtEveryWait_data(); }
    void timeoutAtEveryWait();
    void limitOfTheWholeLook();
    void cutAtEveryReply_data();
    void cutAtEveryReply();
    void verdictNeedsALook();

private:
    PeerOptions certified() const
    {
        PeerOptions options;
        options.name = Name;
        options.chainPem = pki().chain(m_identity);
        options.keyPem = m_identity.key;
        return options;
    }
    TestIdentity m_identity = pki().leaf(QList<QByteArray>{Host});
};

void tst_Smtp::dialogues_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QTest::addColumn<bool>("split");
    QFile file(QStringLiteral(TESTS_DATA_DIR "/smtp_dialogues.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
            QJsonDocument::fromJson(file.readAll())[QLatin1String("vectors")].toArray();
    QVERIFY(vectors.size() > 30);
    for (const QJsonValue &vector : vectors) {
        const QByteArray name = vector[QLatin1String("id")].toString().toUtf8() + ' ' +
                                vector[QLatin1String("description")].toString().toUtf8();
        QTest::newRow(name.constData()) << vector.toObject() << false;
        QTest::newRow((name + ", octet by octet").constData()) << vector.toObject() << true;
    }
}

void tst_Smtp::dialogues()
{
    QFETCH(QJsonObject, vector);
    QFETCH(bool, split);
    const QJsonArray steps = vector[QLatin1String("steps")].toArray();
    const QJsonObject expected = vector[QLatin1String("expected")].toObject();

    SmtpOptions options;
    PeerOptions peerOptions = certified();
    peerOptions.splitEveryOctet = split;
    if (waitsForEver(steps)) {
        // The same proportions as a minute's wait for a reply.
        options.limits.replyMs = 240;
        peerOptions.dripSecondMs = options.limits.replyMs / 60;
    }
    ScriptedSmtpPeer peer(steps, peerOptions);
    const SmtpFacts facts = probe(peer, options);

    QCOMPARE(smtpVerdict(facts), expected[QLatin1String("verdict")].toString().toUtf8());
    QCOMPARE(startTlsWord(facts), expected[QLatin1String("starttls")].toString().toUtf8());
    const QByteArray tls = expected[QLatin1String("tls")].toString().toUtf8();
    if (tls == "aborted-or-handshake-error")
        QVERIFY(tlsWord(facts) == "aborted" || tlsWord(facts) == "handshake-failed");
    else
        QCOMPARE(tlsWord(facts), tls);
    for (const QJsonValue &finding : expected[QLatin1String("findings")].toArray()) {
        const QByteArray rule = finding[QLatin1String("req")].toString().toUtf8();
        QVERIFY2(has(facts, rule, severityOf(finding[QLatin1String("severity")].toString())),
                 ids(facts).prepend(rule + " missing in: ").constData());
    }
    if (expected[QLatin1String("verdict")] == QLatin1String("ok") &&
        expected[QLatin1String("findings")].toArray().isEmpty())
        QVERIFY2(facts.issues.isEmpty(), ids(facts).constData());
    if (steps.first()[QLatin1String("connect")].isString())
        return;
    // RFC 5321 4.1.1.10: a QUIT at the end is good manners even where the steps stop earlier.
    QByteArray said = peer.received();
    const QByteArray asked = expectedOctets(steps);
    if (facts.end == End::TlsFailed || facts.end == End::Injection)
        said.truncate(asked.size()); // the rest is our ClientHello or alert
    else if (said == asked + "QUIT\r\n")
        said.chop(6);
    QCOMPARE(said, asked);
    QCOMPARE(peer.problems(), QStringList());
}

void tst_Smtp::octetsBehindThe220AreNotForgotten_data()
{
    QTest::addColumn<QByteArray>("extra");
    QTest::newRow("a whole reply") << QByteArray("250 smuggled\r\n");
    QTest::newRow("one octet") << QByteArray("x");
    QTest::newRow("two replies") << QByteArray("250 a\r\n250 b\r\n");
    QTest::newRow("no SMTP") << QByteArray("\x16\x03\x01");
}

// In one packet, by a server that then does TLS as if nothing were: it must not come to TLS.
void tst_Smtp::octetsBehindThe220AreNotForgotten()
{
    QFETCH(QByteArray, extra);
    QJsonArray steps = wholeDialogue();
    steps.replace(4, serverSays("220 go\r\n" + extra));
    ScriptedSmtpPeer peer(steps, certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.end, End::Injection);
    QVERIFY(has(facts, "TLS-9", Severity::Error));
    QVERIFY(!facts.tls.established);
    QCOMPARE(tlsWord(facts), QByteArray("aborted"));
    QCOMPARE(peer.received(), QByteArray("EHLO " + Name + "\r\nSTARTTLS\r\n"));
}

void tst_Smtp::clearTextInsteadOfTheHandshake()
{
    const QString text = QStringLiteral("say 250 smuggled");
    ScriptedSmtpPeer peer(with(upToTls(), {peerDoes(QStringLiteral("tls"), text)}), certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.end, End::Injection);
    QVERIFY(has(facts, "TLS-9", Severity::Error));
}

void tst_Smtp::everyLookOverAConnection()
{
    ScriptedSmtpPeer peer(wholeDialogue(), certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.end, End::Done);
    QCOMPARE(facts.stage, Stage::Done);
    QCOMPARE(facts.greeting, QStringLiteral("mx1.example.com ESMTP"));
    QCOMPARE(facts.extensions, QStringList{QStringLiteral("STARTTLS")});
    QCOMPARE(facts.extensionsInTls, QStringList());
    QVERIFY(facts.offersStartTls);
    QCOMPARE(facts.tls.protocol, QByteArray("TLSv1.3"));
    QVERIFY(!facts.tls.chain.isEmpty());
    QVERIFY2(facts.tls.pkix.isValid(), qPrintable(facts.tls.pkix.error));
    QVERIFY(facts.issues.isEmpty());
    QVERIFY(!peer.received().contains("MAIL")); // TLS-20
}

void tst_Smtp::addressLiteralWithoutAName()
{
    PeerOptions options = certified();
    options.name = "[127.0.0.1]";
    ScriptedSmtpPeer peer(wholeDialogue(), options);
    SmtpTarget target;
    target.host = Host;
    target.address = QHostAddress(QHostAddress::LocalHost);
    target.port = peer.port();
    SmtpProbe smtp(TrustStore::only(pki().root.certificate), {});
    QCOMPARE(smtp.probe(target, Cancel()).end, End::Done);
    QCOMPARE(peer.problems(), QStringList());
}

void tst_Smtp::helloAfterRefusedEhlo_data()
{
    QTest::addColumn<QByteArray>("toEhlo");
    QTest::addColumn<QByteArray>("toHelo"); // empty: HELO must not be said
    QTest::addColumn<End>("end");
    QTest::addColumn<QByteArray>("verdict");
    QTest::newRow("not implemented, HELO taken")
            << QByteArray("502 5.5.1 EHLO not implemented") << QByteArray("250 mx1")
            << End::NoStartTls << QByteArray("no-starttls");
    QTest::newRow("neither") << QByteArray("500 what") << QByteArray("500 what")
                             << End::PermanentRefusal << QByteArray("refused");
    QTest::newRow("temporary") << QByteArray("421 4.3.2 later") << QByteArray()
                               << End::TemporaryRefusal << QByteArray("temporary");
    QTest::newRow("our name") << QByteArray("550 5.7.1 your name has no address") << QByteArray()
                              << End::RefusesUs << QByteArray("refused-us");
    QTest::newRow("TLS first") << QByteArray("530 5.7.0 STARTTLS first") << QByteArray()
                               << End::NotSmtp << QByteArray("protocol-error");
    QTest::newRow("TLS first, without a status")
            << QByteArray("530 Must issue a STARTTLS command first") << QByteArray() << End::NotSmtp
            << QByteArray("protocol-error");
    QTest::newRow("530 about something else")
            << QByteArray("530 Please login with USER and PASS") << QByteArray("530 Please login")
            << End::PermanentRefusal << QByteArray("refused");
    QTest::newRow("220 instead of 250") << QByteArray("220 hello") << QByteArray() << End::NotSmtp
                                        << QByteArray("protocol-error");
}

void tst_Smtp::helloAfterRefusedEhlo()
{
    QFETCH(QByteArray, toEhlo);
    QFETCH(QByteArray, toHelo);
    QJsonArray steps{serverSays(Greeting), clientSays(Ehlo), serverSays(toEhlo + "\r\n")};
    if (!toHelo.isEmpty())
        steps = with(steps, {clientSays("HELO <name>\r\n"), serverSays(toHelo + "\r\n")});
    ScriptedSmtpPeer peer(steps, certified());
    const SmtpFacts facts = probe(peer);
    QTEST(facts.end, "end");
    QTEST(smtpVerdict(facts), "verdict");
    QCOMPARE(peer.received().contains("HELO"), !toHelo.isEmpty());
    QCOMPARE(peer.problems(), QStringList());
}

void tst_Smtp::otherProtocols_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::newRow("POP3") << QByteArray("+OK ready\r\n");
    QTest::newRow("IMAP") << QByteArray("* OK ready\r\n");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("NNTP") << QByteArray("200 news ready\r\n");
    QTest::newRow("FTP") << QByteArray("220 (vsFTPd 3.0.5)\r\n530 login\r\n530 login\r\n");
}

void tst_Smtp::otherProtocols()
{
    QFETCH(QByteArray, greeting);
    ScriptedSmtpPeer peer({serverSays(greeting)}, certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(smtpVerdict(facts), QByteArray("not-smtp"));
    QVERIFY(has(facts, "TLS-3", Severity::Error));
    QVERIFY(!peer.received().contains("QUIT"));
}

void tst_Smtp::offers_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("issue");
    QTest::newRow("mixed case") << QByteArray("250-mx1\r\n250 StartTLS\r\n")
                                << QByteArray("offered") << QByteArray();
    QTest::newRow("space at the end")
            << QByteArray("250-mx1\r\n250 STARTTLS \r\n") << QByteArray("offered") << QByteArray();
    QTest::newRow("with a parameter") << QByteArray("250-mx1\r\n250 STARTTLS now\r\n")
                                      << QByteArray("offered") << QByteArray("TLS-7.parameter");
    QTest::newRow("only on the first line")
            << QByteArray("250-STARTTLS\r\n250 SIZE\r\n") << QByteArray("not-offered")
            << QByteArray("TLS-7.first-line");
    QTest::newRow("one line only") << QByteArray("250 STARTTLS\r\n") << QByteArray("not-offered")
                                   << QByteArray("TLS-7.first-line");
    QTest::newRow("as a parameter") << QByteArray("250-mx1\r\n250 AUTH STARTTLS\r\n")
                                    << QByteArray("not-offered") << QByteArray("STS-77");
    QTest::newRow("masked") << QByteArray("250-mx1\r\n250 XXXXXXXX\r\n")
                            << QByteArray("not-offered") << QByteArray("TLS-24");
}

void tst_Smtp::offers()
{
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, issue);
    ScriptedSmtpPeer peer({serverSays(Greeting), clientSays(Ehlo), serverSays(reply),
                           clientSays("STARTTLS\r\n"), serverSays("454 not now\r\n")},
                          certified());
    const SmtpFacts facts = probe(peer);
    QTEST(startTlsWord(facts), "word");
    QVERIFY2(issue.isEmpty() || ids(facts).contains(issue), ids(facts).constData());
    QCOMPARE(facts.end, facts.offersStartTls ? End::StartTlsRefused : End::NoStartTls);
}

void tst_Smtp::hostileGreeting_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<bool>("noted");
    QTest::newRow("escape for terminals")
            << QByteArray("\x1b[2Jmx") << QStringLiteral("\\x1b[2Jmx") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QStringLiteral("a\\x00b") << true;
    QTest::newRow("right-to-left override") << QByteArray("a\xe2\x80\xae"
                                                          "b")
                                            << QStringLiteral("a\\u{202E}b") << true;
    QTest::newRow("markup") << QByteArray("<b>x</b><img src=\"file:///etc/passwd\">")
                            << QStringLiteral("<b>x</b><img src=\"file:///etc/passwd\">") << false;
    QTest::newRow("place holder") << QByteArray("%1 %2 %n") << QStringLiteral("%1 %2 %n") << false;
    QTest::newRow("octets that are not UTF-8") << QByteArray("Gr\xfc\xdf"
                                                             "e")
                                               << QStringLiteral("Gr\\xfc\\xdfe") << false;
}

void tst_Smtp::hostileGreeting()
{
    QFETCH(QByteArray, greeting);
    QFETCH(QString, shown);
    ScriptedSmtpPeer peer({serverSays("220 " + greeting + "\r\n"), clientSays(Ehlo),
                           serverSays("250-a\r\n250 " + greeting + "\r\n")},
                          certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.greeting, shown);
    QCOMPARE(facts.extensions, QStringList{shown});
    QTEST(has(facts, "TLS-25", Severity::Info), "noted");

    ScriptedSmtpPeer refusing({serverSays("450 " + greeting + "\r\n")}, certified());
    QCOMPARE(probe(refusing).problem, QStringLiteral("450 ") + shown);
}

void tst_Smtp::endlessGreetingIsBounded()
{
    const QJsonArray large{
            QStringLiteral("220-") + QString(996, QLatin1Char('a')) + QStringLiteral("\r\n"), 100};
    ScriptedSmtpPeer peer({peerDoes(QStringLiteral("server_repeat"), large)}, certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.end, End::NotSmtp);
    QVERIFY(!facts.foreign);
    QVERIFY(has(facts, "TLS-6", Severity::Error));
    QVERIFY(facts.problem.size() <= Limits::ShownText + 1);
    QVERIFY(facts.greeting.isEmpty());
}

void tst_Smtp::slowGreetingIsNoted()
{
    SmtpOptions options;
    options.limits.slowGreetingMs = 0;
    ScriptedSmtpPeer peer(wholeDialogue(), certified());
    const SmtpFacts facts = probe(peer, options);
    QCOMPARE(facts.end, End::Done);
    QVERIFY(has(facts, "TLS-21", Severity::Info));
}

void tst_Smtp::handshakeThatFails_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("unrecognized name") << QStringLiteral("alert 112") << QByteArray("STS-75");
    QTest::newRow("protocol version") << QStringLiteral("alert 70") << QByteArray("STS-76");
    QTest::newRow("handshake failure") << QStringLiteral("alert 40") << QByteArray("TLS-8");
    QTest::newRow("cut") << QStringLiteral("close") << QByteArray("TLS-8");
}

void tst_Smtp::handshakeThatFails()
{
    QFETCH(QString, how);
    QFETCH(QByteArray, rule);
    ScriptedSmtpPeer peer(with(upToTls(), {peerDoes(QStringLiteral("tls"), how)}), certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.end, End::TlsFailed);
    QCOMPARE(facts.stage, Stage::Handshake);
    QCOMPARE(smtpVerdict(facts), QByteArray("fail"));
    QCOMPARE(tlsWord(facts), QByteArray("handshake-failed"));
    QVERIFY2(has(facts, rule, Severity::Error), ids(facts).constData());
    QCOMPARE(facts.issues.size(), 1);
    QVERIFY(!facts.problem.isEmpty());
}

void tst_Smtp::oldTlsIsSeen_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("protocol");
    QTest::newRow("1.2") << TLS1_2_VERSION << QByteArray("TLSv1.2");
    QTest::newRow("1.0") << TLS1_VERSION << QByteArray("TLSv1");
}

void tst_Smtp::oldTlsIsSeen()
{
    QFETCH(int, version);
    PeerOptions options = certified();
    options.minProtocol = options.maxProtocol = version;
    ScriptedSmtpPeer peer(wholeDialogue(), options);
    const SmtpFacts facts = probe(peer);
    QVERIFY2(facts.end == End::Done, ids(facts).constData());
    QTEST(facts.tls.protocol, "protocol");
}

void tst_Smtp::serverName()
{
    PeerOptions options = certified();
    options.insistOnSni = true;
    ScriptedSmtpPeer peer(wholeDialogue(), options);
    QCOMPARE(probe(peer).end, End::Done);
    QCOMPARE(peer.serverName(0), Host);

    SmtpTarget nameless;
    nameless.sni = SmtpTarget::Sni::None;
    const SmtpFacts facts = probe(peer, {}, nameless);
    QCOMPARE(facts.end, End::TlsFailed);
    QVERIFY(has(facts, "STS-75", Severity::Error));
    QCOMPARE(peer.serverName(1), QByteArray());

    // The certificate is still judged for the host where no name was sent.
    ScriptedSmtpPeer easy(wholeDialogue(), certified());
    const SmtpFacts judged = probe(easy, {}, nameless);
    QCOMPARE(judged.end, End::Done);
    QVERIFY(judged.tls.pkix.nameMatches);
    QCOMPARE(easy.serverName(0), QByteArray());
}

void tst_Smtp::oneKindOfKey()
{
    CertificateWish wish;
    wish.dnsNames = {Host};
    wish.key = TestKey::Rsa2048;
    const TestIdentity rsa = pki().leaf(wish);
    PeerOptions options = certified();
    options.otherChainPem = pki().chain(rsa);
    options.otherKeyPem = rsa.key;
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        options.minProtocol = options.maxProtocol = version;
        ScriptedSmtpPeer peer(wholeDialogue(), options);
        SmtpTarget target;
        target.signatureAlgorithms = rsaSignatures();
        const SmtpFacts withRsa = probe(peer, {}, target);
        QVERIFY2(withRsa.end == End::Done, ids(withRsa).constData());
        QCOMPARE(withRsa.tls.chain.first().keyType, QByteArray("RSA"));
        target.signatureAlgorithms = ecdsaSignatures();
        const SmtpFacts withEc = probe(peer, {}, target);
        QVERIFY2(withEc.end == End::Done, ids(withEc).constData());
        QCOMPARE(withEc.tls.chain.first().keyType, QByteArray("EC"));
    }
}

void tst_Smtp::faultOfOursIsNotTheServers()
{
    ScriptedSmtpPeer peer(wholeDialogue(), certified());
    SmtpTarget target;
    target.signatureAlgorithms = "no such algorithm";
    const SmtpFacts facts = probe(peer, {}, target);
    QVERIFY(facts.issues.isEmpty());
    QCOMPARE(smtpVerdict(facts), QByteArray("unknown"));
}

void tst_Smtp::cancelAtEveryWait_data()
{
    QTest::addColumn<QJsonArray>("steps");
    QTest::addColumn<Stage>("stage");
    const QJsonObject silence = peerDoes(QStringLiteral("server_silent"));
    const QJsonObject tls = peerDoes(QStringLiteral("tls"), QStringLiteral("handshake"));
    const QJsonArray hello{serverSays(Greeting), clientSays(Ehlo)};
    QTest::newRow("greeting") << QJsonArray{silence} << Stage::Greeting;
    QTest::newRow("in the greeting")
            << QJsonArray{serverSays("220-a\r\n220 b"), silence} << Stage::Greeting;
    QTest::newRow("EHLO") << with(hello, {silence}) << Stage::Ehlo;
    QTest::newRow("HELO") << with(hello, {serverSays("502 no\r\n"), clientSays("HELO <name>\r\n"),
                                          silence})
                          << Stage::Ehlo;
    QTest::newRow("STARTTLS") << with(hello,
                                      {serverSays(Extensions), clientSays("STARTTLS\r\n"), silence})
                              << Stage::StartTls;
    QTest::newRow("handshake") << with(upToTls(),
                                       {peerDoes(QStringLiteral("tls"), QStringLiteral("silent"))})
                               << Stage::Handshake;
    QTest::newRow("EHLO in TLS") << with(upToTls(), {tls, clientSays(Ehlo), silence})
                                 << Stage::EhloInTls;
}

void tst_Smtp::cancelAtEveryWait()
{
    QFETCH(QJsonArray, steps);
    const Cancel cancel;
    PeerOptions options = certified();
    options.onSilence = [cancel] { cancel.cancel(); };
    ScriptedSmtpPeer peer(steps, options);
    // The limits are a minute: only the cancel can end this look as Cancelled.
    const SmtpFacts facts = probe(peer, {}, {}, cancel);
    QCOMPARE(facts.end, End::Cancelled);
    QTEST(facts.stage, "stage");
    QVERIFY(facts.issues.isEmpty());
    QCOMPARE(smtpVerdict(facts), QByteArray("unknown"));
    QVERIFY(!peer.received().contains("QUIT"));
}

void tst_Smtp::timeoutAtEveryWait()
{
    QFETCH(QJsonArray, steps);
    SmtpOptions options;
    std::atomic<bool> silent = false;
    PeerOptions peerOptions = certified();
    peerOptions.onSilence = [&silent] { silent = true; };
    options.limits.replyMs = 400;
    options.limits.handshakeMs = 400;
    ScriptedSmtpPeer peer(steps, peerOptions);
    const SmtpFacts facts = probe(peer, options);
    QCOMPARE(facts.end, End::TimedOut);
    QVERIFY(has(facts, "TLS-21", Severity::Warning));
    QCOMPARE(smtpVerdict(facts), QByteArray("timeout"));
    if (silent) // a computer under load may be late one step earlier
        QTEST(facts.stage, "stage");
}

void tst_Smtp::limitOfTheWholeLook()
{
    SmtpOptions options;
    options.limits.hostMs = 200;
    ScriptedSmtpPeer peer({peerDoes(QStringLiteral("server_silent"))}, certified());
    QCOMPARE(probe(peer, options).end, End::TimedOut);
}

void tst_Smtp::cutAtEveryReply_data()
{
    QTest::addColumn<QJsonArray>("steps");
    QTest::addColumn<QByteArray>("verdict");
    const QJsonArray hello{serverSays(Greeting), clientSays(Ehlo)};
    const QJsonArray inTls =
            with(upToTls(),
                 {peerDoes(QStringLiteral("tls"), QStringLiteral("handshake")), clientSays(Ehlo)});
    for (const QString &how : {QStringLiteral("server_close"), QStringLiteral("server_reset")}) {
        const QJsonObject cut = peerDoes(how);
        const auto row = [&how](const char *where) -> QTestData & {
            return QTest::newRow((how.toLatin1() + ' ' + where).constData());
        };
        row("before the greeting") << QJsonArray{cut} << QByteArray("closed");
        row("in the greeting") << QJsonArray{serverSays("220-a\r\n"), cut} << QByteArray("closed");
        row("after EHLO") << with(hello, {cut}) << QByteArray("closed");
        row("after STARTTLS") << with(hello,
                                      {serverSays(Extensions), clientSays("STARTTLS\r\n"), cut})
                              << QByteArray("fail");
        row("in TLS") << with(inTls, {cut}) << QByteArray("closed");
    }
}

void tst_Smtp::cutAtEveryReply()
{
    QFETCH(QJsonArray, steps);
    ScriptedSmtpPeer peer(steps, certified());
    const SmtpFacts facts = probe(peer);
    QCOMPARE(facts.issues.size(), 1);
    // A reset before the client has spoken may be read while connect() has not ended, whatever was
    // sent ahead of it; then there was no connection.
    if (facts.stage == SmtpFacts::Stage::Connect &&
        steps.last() == peerDoes(QStringLiteral("server_reset")) &&
        !steps.contains(clientSays(Ehlo))) {
        QCOMPARE(facts.end, End::NoConnection);
        return;
    }
    QCOMPARE(facts.end, End::Closed);
    QTEST(smtpVerdict(facts), "verdict");
}

void tst_Smtp::verdictNeedsALook()
{
    const SmtpFacts nothing;
    QCOMPARE(smtpVerdict(nothing), QByteArray("unknown"));
    QCOMPARE(startTlsWord(nothing), QByteArray("unknown"));
    QCOMPARE(tlsWord(nothing), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Smtp)
#include "tst_smtp.moc"
