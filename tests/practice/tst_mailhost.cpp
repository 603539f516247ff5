// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The practice mail server, looked at as any mail server is.
#include "net/smtp.h"
#include "practice/authority.h"
#include "practice/mailhost.h"
#include "practice/plainclient.h"

#include <QTcpSocket>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using End = SmtpFacts::End;

namespace {

const QByteArray Host = "mx1.example.com";

/// The codes of the replies, of each its last line.
QByteArray codes(const QByteArray &replies)
{
    QByteArrayList all;
    for (const QByteArray &line : replies.split('\n')) {
        if (line.size() > 3 && line.at(3) == ' ')
            all.append(line.left(3));
    }
    return all.join(' ');
}

} // namespace

class tst_MailHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodServer();
    void ends_data();
    void ends();
    void wordsBehindStartTls();
    void keyOfAnotherCertificate();
    void certificates_data();
    void certificates();
    void changesWhileRunning();
    void dialogues_data();
    void dialogues();
    void insideTls_data();
    void insideTls();
    void garbage_data();
    void garbage();
    void clientsThatDisappear();
    void tenAtOnce();

private:
    MailAnswer answer(const CertificateOrder &order = {.dnsNames = {Host}}) const
    {
        const auto leaf = m_authority->issue(order);
        MailAnswer good;
        good.name = Host;
        good.tls.chain = m_authority->chain(*leaf);
        good.tls.key = leaf->key;
        return good;
    }
    TrustStore trust() const { return TrustStore::only(m_authority->root()); }
    SmtpFacts probe(const PracticeMailHost &host, int replyMs = EnoughMs) const
    {
        SmtpOptions options;
        options.ehloName = "probe.example.org";
        options.limits.replyMs = replyMs;
        options.limits.handshakeMs = replyMs;
        SmtpTarget target;
        target.host = Host;
        target.address = Here;
        target.port = host.port();
        return SmtpProbe(trust(), options).probe(target, Cancel());
    }

    const Result<PracticeAuthority> m_authority = PracticeAuthority::make();
    ServerThread m_thread;
};

void tst_MailHost::goodServer()
{
    const PracticeMailHost host(m_thread, Here, 0, answer());
    const SmtpFacts facts = probe(host);
    QVERIFY2(facts.end == End::Done, qPrintable(facts.problem));
    QCOMPARE(smtpVerdict(facts), QByteArray("ok"));
    QVERIFY(facts.greeting.startsWith(QLatin1String("mx1.example.com ESMTP")));
    QVERIFY(facts.extensions.contains(QLatin1String("STARTTLS")));
    QVERIFY(facts.extensions.contains(QLatin1String("8BITMIME")));
    QVERIFY(!facts.extensionsInTls.isEmpty());
    QVERIFY(!facts.extensionsInTls.contains(QLatin1String("STARTTLS")));
    QCOMPARE(facts.tls.protocol, QByteArray("TLSv1.3"));
    QVERIFY2(facts.tls.pkix.isValid(), qPrintable(facts.tls.pkix.error));
    QVERIFY2(facts.issues.isEmpty(), facts.issues.value(0).id.constData());
}

void tst_MailHost::ends_data()
{
    QTest::addColumn<MailAnswer>("answer");
    QTest::addColumn<int>("replyMs");
    QTest::addColumn<QByteArray>("verdict");
    MailAnswer plain = answer();
    plain.offersStartTls = false;
    QTest::newRow("STARTTLS not offered") << plain << EnoughMs << QByteArray("no-starttls");
    MailAnswer refused = answer();
    refused.isRefused = true;
    QTest::newRow("refused") << refused << EnoughMs << QByteArray("unreachable");
    MailAnswer deaf = answer();
    deaf.isDeaf = true;
    QTest::newRow("deaf") << deaf << 300 << QByteArray("timeout");
    MailAnswer bare = answer();
    bare.tls.chain.clear();
    QTest::newRow("no certificate") << bare << EnoughMs << QByteArray("fail");
    const auto faulty = [this](const char *why, MailFault fault, const char *verdict) {
        MailAnswer wrong = answer();
        wrong.fault = fault;
        QTest::newRow(why) << wrong << EnoughMs << QByteArray(verdict);
    };
    faulty("something else than SMTP", MailFault::NotSmtp, "not-smtp");
    faulty("HELO only", MailFault::NoEhlo, "no-starttls");
    faulty("STARTTLS refused", MailFault::RefusesStartTls, "fail");
    faulty("STARTTLS not known after all", MailFault::RefusesStartTlsForGood, "fail");
    faulty("hangs up at STARTTLS", MailFault::ClosesAtStartTls, "fail");
    faulty("more behind the yes to STARTTLS", MailFault::TalksAhead, "fail");
    faulty("never takes mail", MailFault::NeverTakesMail, "refused");
    faulty("STARTTLS in the place of the name", MailFault::FirstLineOnly, "no-starttls");
    faulty("STARTTLS written over", MailFault::StartTlsMasked, "no-starttls");
    faulty("two codes in one reply", MailFault::TwoCodes, "protocol-error");
    faulty("a code that is none", MailFault::OddCode, "protocol-error");
    faulty("two digits", MailFault::ShortCode, "protocol-error");
    faulty("the reply to another command", MailFault::OtherReply, "protocol-error");
    faulty("a reply without end", MailFault::EndlessReply, "protocol-error");
    MailAnswer nameless = answer();
    nameless.tls.fault = TlsFault::RefusesName;
    QTest::newRow("alert in the place of TLS") << nameless << EnoughMs << QByteArray("fail");
}

void tst_MailHost::ends()
{
    QFETCH(MailAnswer, answer);
    QFETCH(int, replyMs);
    const PracticeMailHost host(m_thread, Here, 0, answer);
    const SmtpFacts facts = probe(host, replyMs);
    QTEST(smtpVerdict(facts), "verdict");
    QVERIFY(!facts.tls.established);
}

void tst_MailHost::wordsBehindStartTls()
{
    MailAnswer wordy = answer();
    wordy.fault = MailFault::StartTlsParameter;
    const SmtpFacts facts = probe(PracticeMailHost(m_thread, Here, 0, wordy));
    QCOMPARE(facts.end, End::Done);
    QCOMPARE(facts.issues.value(0).id, QByteArray("TLS-7.parameter"));
    QVERIFY(facts.extensionsInTls.contains(QLatin1String("PIPELINING"))); // as usual in there
}

void tst_MailHost::keyOfAnotherCertificate()
{
    MailAnswer mixed = answer();
    mixed.tls.key = answer().tls.key;
    const PracticeMailHost host(m_thread, Here, 0, mixed);
    const SmtpFacts facts = probe(host); // hung up on before the handshake, or in it
    QVERIFY(facts.end == End::TlsFailed || facts.end == End::Closed);
}

void tst_MailHost::certificates_data()
{
    QTest::addColumn<CertificateOrder>("order");
    QTest::addColumn<bool>("isValid");
    const QDateTime lastYear = QDateTime::currentDateTimeUtc().addDays(-365);
    QTest::newRow("good") << CertificateOrder{.dnsNames = {Host}} << true;
    QTest::newRow("expired") << CertificateOrder{.dnsNames = {Host}, .notBefore = lastYear}
                             << false;
    QTest::newRow("wrong name") << CertificateOrder{.dnsNames = {"example.com"}} << false;
    QTest::newRow("self-signed") << CertificateOrder{.dnsNames = {Host}, .isSelfSigned = true}
                                 << false;
}

void tst_MailHost::certificates()
{
    QFETCH(CertificateOrder, order);
    const PracticeMailHost host(m_thread, Here, 0, answer(order));
    const SmtpFacts facts = probe(host);
    QVERIFY2(facts.end == End::Done, qPrintable(facts.problem)); // STARTTLS stands all the same
    QTEST(facts.tls.pkix.isValid(), "isValid");
    QCOMPARE(facts.tls.pkix.selfSigned, order.isSelfSigned);
    QCOMPARE(facts.tls.pkix.expired, order.notBefore.isValid());
    QCOMPARE(facts.tls.pkix.nameMatches, order.dnsNames.contains(Host));
}

void tst_MailHost::changesWhileRunning()
{
    PracticeMailHost host(m_thread, Here, 0, answer({.dnsNames = {"example.com"}}));
    QVERIFY(!probe(host).tls.pkix.nameMatches);
    MailAnswer repaired = answer();
    host.set(repaired);
    QVERIFY(probe(host).tls.pkix.isValid());
    repaired.isRefused = true;
    host.set(repaired);
    QCOMPARE(probe(host).end, End::NoConnection);
    repaired.isRefused = false;
    repaired.name = "mx2.example.com";
    host.set(repaired);
    QVERIFY(probe(host).greeting.startsWith(QLatin1String("mx2.example.com ")));
}

void tst_MailHost::dialogues_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("codes");
    QTest::newRow("quit") << QByteArray("QUIT\r\n") << QByteArray("220 221");
    QTest::newRow("mail is not taken")
            << QByteArray("EHLO a\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n"
                          "DATA\r\nRSET\r\nNOOP\r\nQUIT\r\n")
            << QByteArray("220 250 550 503 503 250 250 221");
    QTest::newRow("HELO, lower case")
            << QByteArray("helo a\r\nquit\r\n") << QByteArray("220 250 221");
    QTest::newRow("bare LF") << QByteArray("NOOP\nQUIT\n") << QByteArray("220 250 221");
    QTest::newRow("unknown, empty")
            << QByteArray("VRFY a\r\n\r\nQUIT\r\n") << QByteArray("220 500 500 221");
    QTest::newRow("STARTTLS with a parameter")
            << QByteArray("STARTTLS now\r\nQUIT\r\n") << QByteArray("220 501 221");
    QTest::newRow("nothing behind QUIT") << QByteArray("QUIT\r\nNOOP\r\n") << QByteArray("220 221");
}

void tst_MailHost::dialogues()
{
    QFETCH(QByteArray, said);
    const PracticeMailHost host(m_thread, Here, 0, answer());
    QTEST(codes(octetsFor(host.port(), said)), "codes");
}

// What the probe never says.
void tst_MailHost::insideTls_data()
{
    QTest::addColumn<QByteArray>("saidBefore");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("codes");
    QTest::newRow("no mail and no TLS in TLS")
            << QByteArray("STARTTLS\r\n") << QByteArray("STARTTLS\r\nMAIL FROM:<>\r\nQUIT\r\n")
            << QByteArray("503 550 221");
    QTest::newRow("octets behind STARTTLS are forgotten") // RFC 3207 4.2
            << QByteArray("STARTTLS\r\nNOOP\r\nMAIL FR") << QByteArray("QUIT\r\n")
            << QByteArray("221");
}

void tst_MailHost::insideTls()
{
    QFETCH(QByteArray, saidBefore);
    QFETCH(QByteArray, said);
    const PracticeMailHost host(m_thread, Here, 0, answer());
    const QDeadlineTimer deadline(EnoughMs);
    const Cancel cancel;
    TlsStream stream(trust());
    QVERIFY(stream.connectTo(Here, host.port(), deadline, cancel));
    QVERIFY(stream.read(deadline, cancel)->startsWith("220 "));
    QVERIFY(stream.write(saidBefore, deadline, cancel));
    QCOMPARE(stream.read(deadline, cancel).value_or(QByteArray()), QByteArray("220 go ahead\r\n"));
    QVERIFY(stream.startTls({.serverName = Host}, deadline, cancel)->established);
    QVERIFY(stream.write(said, deadline, cancel));
    QByteArray all;
    Result<QByteArray> octets = stream.read(deadline, cancel);
    for (; octets && !octets->isEmpty(); octets = stream.read(deadline, cancel))
        all += *octets;
    QVERIFY(octets && !stream.wasTruncated());
    QTEST(codes(all), "codes");
}

void tst_MailHost::garbage_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("1 MB without a line end") << QByteArray(1 << 20, 'x');
    QTest::newRow("1 MB of line ends") << QByteArray(1 << 20, '\n');
    QTest::newRow("commands without end") << QByteArray("EHLO a\r\n").repeated(10000);
    QTest::newRow("no TLS behind STARTTLS") << "STARTTLS\r\n" + QByteArray(100000, 'x');
    QTest::newRow("TLS at once") << QByteArray("\x16\x03\x01\x00\x04junk\r\nQUIT\r\n", 17);
}

void tst_MailHost::garbage()
{
    QFETCH(QByteArray, said);
    const PracticeMailHost host(m_thread, Here, 0, answer());
    const QByteArray got = octetsFor(host.port(), said);
    QVERIFY(!got.contains("still open"));
    QVERIFY(got.size() < 65536);
    QCOMPARE(probe(host).end, End::Done);
}

void tst_MailHost::clientsThatDisappear()
{
    const PracticeMailHost host(m_thread, Here, 0, answer());
    const QList<QByteArray> said{"", "EHLO", "EHLO a\r\n", "STARTTLS\r\n", "QUIT\r\n"};
    for (int i = 0; i < 50; ++i) {
        QTcpSocket socket;
        socket.connectToHost(Here, host.port());
        QVERIFY(socket.waitForConnected(SoonMs));
        if (i % 2 == 0)
            QVERIFY(socket.waitForReadyRead(SoonMs));
        socket.write(said.at(i % said.size()));
        socket.flush();
        socket.abort();
    }
    QCOMPARE(probe(host).end, End::Done);
}

void tst_MailHost::tenAtOnce()
{
    const PracticeMailHost host(m_thread, Here, 0, answer());
    std::array<SmtpFacts, 10> got;
    std::vector<std::thread> threads;
    for (SmtpFacts &one : got)
        threads.emplace_back([&] { one = probe(host); });
    for (std::thread &thread : threads)
        thread.join();
    for (const SmtpFacts &one : got) {
        QVERIFY2(one.end == End::Done, qPrintable(one.problem));
        QVERIFY(one.tls.pkix.isValid());
    }
}

QTEST_GUILESS_MAIN(tst_MailHost)
#include "tst_mailhost.moc"
