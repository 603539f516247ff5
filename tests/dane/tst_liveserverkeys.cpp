// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every key that a server shows, at every address; and that a gap is never taken for the absence of a key.
#include "dane/liveserverkeys.h"
#include "fakes/fakeresolver.h"
#include "fakes/scriptedsmtppeer.h"
#include "fakes/scriptedtlsserver.h"
#include "fakes/testpki.h"

#include <QTest>

#include <openssl/ssl.h>

namespace {

const QByteArray Host = QByteArrayLiteral("mx1.example.com");
const QHostAddress Loopback(QHostAddress::LocalHost);

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

TestIdentity leaf(TestKey kind)
{
    CertificateWish wish;
    wish.dnsNames = {Host};
    wish.key = kind;
    return pki().leaf(wish);
}

Certificate read(const TestIdentity &identity)
{
    return certificatesFromPem(identity.certificate).value(0);
}

QJsonArray dialogue(const QString &tls)
{
    return {serverSays("220 mx1.example.com ESMTP\r\n"),
            clientSays("EHLO <name>\r\n"),
            serverSays("250-mx1.example.com\r\n250 STARTTLS\r\n"),
            clientSays("STARTTLS\r\n"),
            serverSays("220 go\r\n"),
            peerDoes(QStringLiteral("tls"), tls),
            clientSays("EHLO <name>\r\n"),
            serverSays("250 mx1.example.com\r\n"),
            clientSays("QUIT\r\n")};
}

PeerOptions certified(const TestIdentity &server)
{
    PeerOptions options;
    options.chainPem = pki().chain(server);
    options.keyPem = server.key;
    return options;
}

QList<Certificate> leaves(const LiveServerKeys &keys)
{
    QList<Certificate> all;
    for (const ShownChain &shown : keys.chains)
        all.append(shown.chain.constFirst());
    return all;
}

QStringList whys(const LiveServerKeys &keys)
{
    QStringList all;
    for (const UnseenKey &unseen : keys.unseen)
        all.append(unseen.address.toString() + u' ' + unseen.why);
    return all;
}

/// Answers what the test says, by address and kind of key.
class StubSmtp : public Smtp
{
public:
    std::function<SmtpFacts(const SmtpTarget &)> answer;
    QList<SmtpTarget> asked;
    SmtpFacts probe(const SmtpTarget &target, const Cancel &, const TlsSeen &) override
    {
        asked.append(target);
        return answer(target);
    }
};

SmtpFacts showing(const TestIdentity &identity)
{
    SmtpFacts facts;
    facts.tls.established = true;
    facts.tls.chain = certificatesFromPem(pki().chain(identity));
    return facts;
}

SmtpFacts alerting(const QString &words)
{
    SmtpFacts facts;
    facts.end = SmtpFacts::End::TlsFailed;
    facts.problem = words;
    facts.tls.alert = words;
    facts.tls.peerSentAlert = true;
    return facts;
}

} // namespace

class tst_LiveServerKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bothKindsOverSmtp_data();
    void bothKindsOverSmtp();
    void oneKindIsComplete_data();
    void oneKindIsComplete();
    void trustDoesNotMatter();
    void addressOutOfReach();
    void eachAddressHasItsOwnKey();
    void otherIntermediatesAreAnotherChain();
    void secondLookThatFails_data();
    void secondLookThatFails();
    void noStartTls();
    void directTls();
    void directTlsThatSaysNothing();
    void privateAddressesAreLeftAlone();
    void names_data();
    void names();
    void stopped();

private:
    static LiveServerKeys look(quint16 port, FakeResolver &dns, const Cancel &cancel = {})
    {
        SmtpOptions options;
        options.ehloName = "probe.example.org";
        SmtpProbe smtp(TrustStore::only(pki().root.certificate), options);
        LiveServer server;
        server.host = Host;
        server.port = port;
        server.allowPrivate = true;
        return lookAtServerKeys(server, dns, smtp, cancel);
    }
    static LiveServerKeys lookAtLoopback(quint16 port)
    {
        FakeResolver dns;
        dns.a(Host, {QStringLiteral("127.0.0.1")});
        return look(port, dns);
    }
};

void tst_LiveServerKeys::bothKindsOverSmtp_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("rsaFirst");
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION << false;
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << false;
    QTest::newRow("TLS 1.3, RSA configured first") << TLS1_3_VERSION << true;
}

void tst_LiveServerKeys::bothKindsOverSmtp()
{
    QFETCH(int, version);
    QFETCH(bool, rsaFirst);
    const TestIdentity ecdsa = leaf(TestKey::P256), rsa = leaf(TestKey::Rsa2048);
    PeerOptions options = certified(rsaFirst ? rsa : ecdsa);
    options.otherChainPem = pki().chain(rsaFirst ? ecdsa : rsa);
    options.otherKeyPem = rsaFirst ? ecdsa.key : rsa.key;
    options.minProtocol = options.maxProtocol = version;
    ScriptedSmtpPeer peer(dialogue(QStringLiteral("handshake")), options);
    const LiveServerKeys keys = lookAtLoopback(peer.port());
    QVERIFY2(keys.isComplete(), qPrintable(whys(keys).join(u'\n')));
    QCOMPARE(keys.chains.size(), 2);
    QVERIFY(leaves(keys).contains(read(ecdsa)));
    QVERIFY(leaves(keys).contains(read(rsa)));
    for (const ShownChain &shown : keys.chains) {
        QCOMPARE(shown.chain.size(), 2);
        QCOMPARE(shown.addresses, QList<QHostAddress>{Loopback});
    }
    QCOMPARE(keys.canonicalName, Host);
}

void tst_LiveServerKeys::oneKindIsComplete_data()
{
    QTest::addColumn<TestKey>("kind");
    QTest::addColumn<int>("version");
    QTest::newRow("ECDSA, TLS 1.3") << TestKey::P256 << TLS1_3_VERSION;
    QTest::newRow("ECDSA, TLS 1.2") << TestKey::P256 << TLS1_2_VERSION;
    QTest::newRow("RSA, TLS 1.3") << TestKey::Rsa2048 << TLS1_3_VERSION;
    // The server may use RSA without any signature, and then shows the same certificate again.
    QTest::newRow("RSA, TLS 1.2") << TestKey::Rsa2048 << TLS1_2_VERSION;
    QTest::newRow("neither") << TestKey::Ed25519 << TLS1_3_VERSION;
}

void tst_LiveServerKeys::oneKindIsComplete()
{
    QFETCH(TestKey, kind);
    QFETCH(int, version);
    const TestIdentity server = leaf(kind);
    PeerOptions options = certified(server);
    options.minProtocol = options.maxProtocol = version;
    ScriptedSmtpPeer peer(dialogue(QStringLiteral("handshake")), options);
    const LiveServerKeys keys = lookAtLoopback(peer.port());
    QVERIFY2(keys.isComplete(), qPrintable(whys(keys).join(u'\n')));
    QCOMPARE(leaves(keys), QList<Certificate>{read(server)});
    QVERIFY(peer.received(1).contains("STARTTLS")); // the other kind was asked for
}

void tst_LiveServerKeys::trustDoesNotMatter()
{
    CertificateWish wish;
    wish.dnsNames = {"other.example.net"};
    const TestIdentity self = makeCertificate(wish);
    PeerOptions options;
    options.chainPem = self.certificate;
    options.keyPem = self.key;
    ScriptedSmtpPeer peer(dialogue(QStringLiteral("handshake")), options);
    const LiveServerKeys keys = lookAtLoopback(peer.port());
    QVERIFY(keys.isComplete());
    QCOMPARE(leaves(keys), QList<Certificate>{read(self)});
}

void tst_LiveServerKeys::addressOutOfReach()
{
    const TestIdentity server = leaf(TestKey::P256);
    ScriptedSmtpPeer peer(dialogue(QStringLiteral("handshake")), certified(server));
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.2")}); // nobody at the second
    const LiveServerKeys keys = look(peer.port(), dns);
    QVERIFY(!keys.isComplete());
    QCOMPARE(leaves(keys), QList<Certificate>{read(server)});
    QCOMPARE(keys.chains.constFirst().addresses, QList<QHostAddress>{Loopback});
    QCOMPARE(keys.unseen.size(), 1);
    QCOMPARE(keys.unseen.constFirst().address, QHostAddress(QStringLiteral("127.0.0.2")));
    QVERIFY(!keys.unseen.constFirst().why.isEmpty());
}

void tst_LiveServerKeys::eachAddressHasItsOwnKey()
{
    const TestIdentity first = leaf(TestKey::P256), second = leaf(TestKey::P256);
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.2")});
    dns.aaaa(Host, {QStringLiteral("2001:db8::1")});
    StubSmtp smtp;
    smtp.answer = [&](const SmtpTarget &target) {
        if (target.signatureAlgorithms == rsaSignatures())
            return alerting(QStringLiteral("handshake failure"));
        return showing(target.address == QHostAddress(QStringLiteral("192.0.2.2")) ? second
                                                                                   : first);
    };
    LiveServer server;
    server.host = Host;
    server.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(server, dns, smtp, {});
    QVERIFY(keys.isComplete());
    const QList<Certificate> both{read(first), read(second)};
    QCOMPARE(leaves(keys), both);
    QCOMPARE(keys.chains.at(0).addresses.size(), 2);
    QCOMPARE(keys.chains.at(1).addresses.size(), 1);
    QCOMPARE(smtp.asked.size(), 6);
    for (const SmtpTarget &target : std::as_const(smtp.asked)) {
        QCOMPARE(target.host, Host);
        QCOMPARE(target.port, quint16(25));
    }
}

void tst_LiveServerKeys::otherIntermediatesAreAnotherChain()
{
    const TestIdentity server = leaf(TestKey::P256);
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.2")});
    StubSmtp smtp;
    smtp.answer = [&](const SmtpTarget &target) {
        SmtpFacts facts = showing(server);
        if (target.address == QHostAddress(QStringLiteral("192.0.2.2")))
            facts.tls.chain.removeLast(); // forgets to send its issuer
        return facts;
    };
    LiveServer wish;
    wish.host = Host;
    wish.allowPrivate = true;
    QCOMPARE(lookAtServerKeys(wish, dns, smtp, {}).chains.size(), 2);
}

void tst_LiveServerKeys::secondLookThatFails_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isAlert");
    QTest::addColumn<bool>("isComplete");
    QTest::newRow("the alert that means no such key")
            << QStringLiteral("handshake failure") << true << true;
    QTest::newRow("trouble of the server") << QStringLiteral("internal error") << true << false;
    QTest::newRow("our own words, not the server's")
            << QStringLiteral("handshake failure") << false << false;
    QTest::newRow("cut or refused this time") << QString() << false << false;
}

void tst_LiveServerKeys::secondLookThatFails()
{
    QFETCH(QString, words);
    QFETCH(bool, isAlert);
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("192.0.2.1")});
    StubSmtp smtp;
    smtp.answer = [&](const SmtpTarget &target) {
        if (target.signatureAlgorithms.isEmpty())
            return showing(leaf(TestKey::P256));
        SmtpFacts facts = alerting(words);
        facts.tls.peerSentAlert = isAlert;
        facts.problem = QStringLiteral("421 too many connections");
        return facts;
    };
    LiveServer server;
    server.host = Host;
    server.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(server, dns, smtp, {});
    QCOMPARE(keys.chains.size(), 1);
    QTEST(keys.isComplete(), "isComplete");
    if (!keys.isComplete())
        QVERIFY(keys.unseen.constFirst().why.contains(u"RSA"));
}

void tst_LiveServerKeys::noStartTls()
{
    ScriptedSmtpPeer peer({serverSays("220 mx1.example.com ESMTP\r\n"),
                           clientSays("EHLO <name>\r\n"), serverSays("250 mx1.example.com\r\n"),
                           clientSays("QUIT\r\n")},
                          {});
    const LiveServerKeys keys = lookAtLoopback(peer.port());
    QVERIFY(keys.chains.isEmpty());
    QVERIFY(!keys.isComplete());
    QCOMPARE(keys.unseen.size(), 1);
}

void tst_LiveServerKeys::directTls()
{
    const TestIdentity server = leaf(TestKey::P256);
    ScriptedTlsServer::Settings settings;
    settings.bySni.insert("web.example.com", {pki().chain(server), server.key});
    const TestIdentity other = leaf(TestKey::P384);
    settings.identity = {pki().chain(other), other.key};
    ScriptedTlsServer peer(settings, [](ScriptedTlsServer::Session &session) {
        if (session.handshake())
            session.waitForPeerToGo();
    });
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("127.0.0.1")});
    StubSmtp smtp; // is not asked
    LiveServer wish;
    wish.host = Host;
    wish.name = "web.example.com";
    wish.port = peer.port();
    wish.start = LiveServer::Start::Tls;
    wish.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(wish, dns, smtp, {});
    QVERIFY2(keys.isComplete(), qPrintable(whys(keys).join(u'\n')));
    QCOMPARE(leaves(keys), QList<Certificate>{read(server)}); // of the name asked for
    QVERIFY(smtp.asked.isEmpty());
}

void tst_LiveServerKeys::directTlsThatSaysNothing()
{
    ScriptedTlsServer::Settings settings;
    const TestIdentity server = leaf(TestKey::P256);
    settings.identity = {pki().chain(server), server.key};
    std::atomic<int> connections = 0;
    // The first time it answers; when asked for the other kind of key it hangs up without a word.
    ScriptedTlsServer peer(settings, [&connections](ScriptedTlsServer::Session &session) {
        if (connections++ == 0 && session.handshake())
            session.waitForPeerToGo();
        else
            session.abort();
    });
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("127.0.0.1")});
    StubSmtp smtp;
    LiveServer wish;
    wish.host = Host;
    wish.port = peer.port();
    wish.start = LiveServer::Start::Tls;
    wish.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(wish, dns, smtp, {});
    QCOMPARE(leaves(keys), QList<Certificate>{read(server)});
    QVERIFY(!keys.isComplete());
}

void tst_LiveServerKeys::privateAddressesAreLeftAlone()
{
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("127.0.0.1")});
    StubSmtp smtp;
    LiveServer server;
    server.host = Host;
    const LiveServerKeys keys = lookAtServerKeys(server, dns, smtp, {});
    QVERIFY(smtp.asked.isEmpty());
    QVERIFY(!keys.isComplete());
    QCOMPARE(keys.unseen.size(), 1);
}

void tst_LiveServerKeys::names_data()
{
    QTest::addColumn<QString>("dnsCase");
    QTest::addColumn<int>("chains");
    QTest::addColumn<bool>("isComplete");
    QTest::newRow("no name") << QStringLiteral("none") << 0 << false;
    QTest::newRow("nothing is known of IPv6") << QStringLiteral("half") << 1 << false;
    QTest::newRow("no answer at all") << QStringLiteral("failed") << 0 << false;
    QTest::newRow("alias") << QStringLiteral("alias") << 1 << true;
}

void tst_LiveServerKeys::names()
{
    QFETCH(QString, dnsCase);
    FakeResolver dns;
    const QByteArray target = "host.example.net";
    if (dnsCase == u"half") {
        dns.a(Host, {QStringLiteral("192.0.2.1")});
        dns.fails(Host, RecordType::AAAA);
    } else if (dnsCase == u"failed") {
        dns.failsAll(Host);
    } else if (dnsCase == u"alias") {
        dns.alias(Host, target);
        dns.a(target, {QStringLiteral("192.0.2.1")});
    }
    StubSmtp smtp;
    smtp.answer = [](const SmtpTarget &asked) {
        return asked.signatureAlgorithms.isEmpty() ? showing(leaf(TestKey::P256))
                                                   : alerting(QStringLiteral("handshake failure"));
    };
    LiveServer server;
    server.host = Host;
    server.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(server, dns, smtp, {});
    QTEST(int(keys.chains.size()), "chains");
    QTEST(keys.isComplete(), "isComplete");
    QCOMPARE(keys.unseen.isEmpty(), keys.isComplete());
    QCOMPARE(keys.canonicalName, dnsCase == u"alias" ? target : Host);
}

void tst_LiveServerKeys::stopped()
{
    FakeResolver dns;
    dns.a(Host, {QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.2")});
    StubSmtp smtp;
    const Cancel cancel;
    smtp.answer = [&cancel](const SmtpTarget &) {
        cancel.cancel();
        return showing(leaf(TestKey::P256));
    };
    LiveServer server;
    server.host = Host;
    server.allowPrivate = true;
    const LiveServerKeys keys = lookAtServerKeys(server, dns, smtp, cancel);
    QVERIFY(!keys.isComplete());
    QCOMPARE(keys.unseen.constLast().address, QHostAddress(QStringLiteral("192.0.2.2")));
    for (const SmtpTarget &target : std::as_const(smtp.asked))
        QCOMPARE(target.address, QHostAddress(QStringLiteral("192.0.2.1")));
}

QTEST_GUILESS_MAIN(tst_LiveServerKeys)
#include "tst_liveserverkeys.moc"
