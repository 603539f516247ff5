// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/scriptedtlsserver.h"
#include "fakes/testpki.h"
#include "net/tlsstream.h"

#include <QNetworkProxyFactory>
#include <QTemporaryFile>
#include <QTest>

#include <openssl/ssl.h>

#include <chrono>

using Session = ScriptedTlsServer::Session;
using Settings = ScriptedTlsServer::Settings;
using namespace std::chrono_literals;

namespace {

const QByteArray Host = "mta-sts.example.com";
constexpr int LongMs = 30000; // never reached; a test that comes near it hangs

QDeadlineTimer soon()
{
    return QDeadlineTimer(LongMs);
}

// Cancels a little later from another thread, when the call under test is waiting.
class Canceller
{
public:
    explicit Canceller(const Cancel &cancel)
        : m_thread([cancel] {
            std::this_thread::sleep_for(60ms);
            cancel.cancel();
        })
    {
    }
    ~Canceller() { m_thread.join(); }

private:
    std::thread m_thread;
};

void silence(Session &session)
{
    session.waitForPeerToGo();
}

} // namespace

class tst_TlsStream : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void handshakeShowsEverything();
    void serverNameChoosesTheCertificate();
    void certificateIsJudgedForItsOwnName();
    void oldServerIsSeen();
    void protocolCanBeRestricted();
    void signatureAlgorithmsCanBeRestricted();
    void alertBeforeTheCertificate();
    void alertAfterTheCertificateKeepsTheChain();
    void alertAfterTheHandshake();
    void otherProtocolIsNoTls();
    void cutAnywhereIsAValue();
    void refusedConnection();
    void silenceEndsAtTheDeadline_data();
    void silenceEndsAtTheDeadline();
    void cancelEndsEveryWait_data();
    void cancelEndsEveryWait();
    void cancelEndsABlockedWrite();
    void largeBodyArrives();
    void endWithoutCloseNotifyIsTruncation();
    void octetsBeforeTlsAreSeen();
    void environmentProxyIsIgnored();
    void socksProxyIsUsedWhenGiven();
    void socksProxyThatRefuses();

private:
    ScriptedTlsServer::Identity identity(const QByteArray &host) const
    {
        const TestIdentity leaf = m_pki.leaf(QList<QByteArray>{host});
        return {m_pki.chain(leaf), leaf.key};
    }
    Settings settings() const
    {
        Settings result;
        result.identity = identity(Host);
        return result;
    }
    Result<TlsFacts> look(const ScriptedTlsServer &server, const TlsSettings &tls = {Host})
    {
        TlsStream stream(m_trust);
        const auto connected = stream.connectTo(QHostAddress(QHostAddress::LocalHost),
                                                server.port(), soon(), Cancel());
        if (!connected)
            return tl::unexpected(connected.error());
        return stream.startTls(tls, soon(), Cancel());
    }

    const TestPki m_pki;
    const TrustStore m_trust = TrustStore::only(m_pki.root.certificate);
};

void tst_TlsStream::handshakeShowsEverything()
{
    ScriptedTlsServer server(settings(), answering("hello"));
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    const auto facts = stream.startTls({Host}, soon(), Cancel());
    QVERIFY(facts);
    QVERIFY2(facts->established, qPrintable(facts->alert));
    QVERIFY(stream.isEncrypted());
    QCOMPARE(facts->protocol, QByteArray("TLSv1.3"));
    QVERIFY(facts->cipher.startsWith("TLS_"));
    QVERIFY(!facts->chain.isEmpty());
    QVERIFY2(facts->pkix.isValid(), qPrintable(facts->pkix.error));
    QVERIFY(facts->alert.isEmpty());
    QVERIFY(stream.write("GET / HTTP/1.1\r\n\r\n", soon(), Cancel()));
    const auto answer = stream.read(soon(), Cancel());
    QVERIFY(answer);
    QCOMPARE(*answer, QByteArray("hello"));
    const auto end = stream.read(soon(), Cancel());
    QVERIFY(end && end->isEmpty());
    QVERIFY(!stream.wasTruncated());
}

void tst_TlsStream::serverNameChoosesTheCertificate()
{
    Settings both = settings();
    both.identity = identity("other.example.net");
    both.bySni.insert(Host, identity(Host));
    ScriptedTlsServer server(both, answering({}));
    const auto named = look(server);
    QVERIFY(named && named->pkix.nameMatches);
    const auto unnamed = look(server, {{}, Host});
    QVERIFY(unnamed && unnamed->established);
    QVERIFY(unnamed->pkix.looked && !unnamed->pkix.nameMatches);
}

void tst_TlsStream::certificateIsJudgedForItsOwnName()
{
    ScriptedTlsServer server(settings(), answering({}));
    const auto facts = look(server, {Host, "mx.example.com"});
    QVERIFY(facts && facts->established);
    QVERIFY(facts->pkix.trusted && !facts->pkix.nameMatches);
}

void tst_TlsStream::oldServerIsSeen()
{
    Settings old = settings();
    old.maxProtocol = TLS1_VERSION;
    ScriptedTlsServer server(old, answering({}));
    const auto facts = look(server);
    QVERIFY(facts);
    QVERIFY2(facts->established, qPrintable(facts->alert));
    QCOMPARE(facts->protocol, QByteArray("TLSv1"));
}

void tst_TlsStream::protocolCanBeRestricted()
{
    Settings old = settings();
    old.maxProtocol = TLS1_1_VERSION;
    ScriptedTlsServer server(old, answering({}));
    TlsSettings tls{Host};
    tls.minProtocol = TLS1_2_VERSION;
    const auto facts = look(server, tls);
    QVERIFY(facts && !facts->established);
    QVERIFY(facts->peerSentAlert);
    QCOMPARE(facts->alert, QStringLiteral("protocol version"));
}

void tst_TlsStream::signatureAlgorithmsCanBeRestricted()
{
    ScriptedTlsServer server(settings(), answering({}));
    const bool isRsa = look(server)->chain.first().keyType == "RSA";
    const QByteArray own = isRsa ? "RSA-PSS+SHA256" : "ECDSA+SHA256";
    const QByteArray other = isRsa ? "ECDSA+SHA256" : "RSA-PSS+SHA256";
    QVERIFY(look(server, {Host, {}, own})->established);
    QVERIFY(!look(server, {Host, {}, other})->established);
    QVERIFY(!look(server, {Host, {}, "no such algorithm"}));
}

void tst_TlsStream::alertBeforeTheCertificate()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.readRaw(1);
        session.writeRaw(QByteArray("\x15\x03\x03\x00\x02\x02\x70", 7)); // unrecognized_name
        session.waitForPeerToGo();
    });
    const auto facts = look(server);
    QVERIFY(facts && !facts->established);
    QVERIFY(facts->peerSentAlert);
    QVERIFY2(facts->alert.contains(QLatin1String("name")), qPrintable(facts->alert));
    QVERIFY(facts->chain.isEmpty() && !facts->pkix.looked);
}

void tst_TlsStream::alertAfterTheCertificateKeepsTheChain()
{
    Settings strict = settings();
    strict.maxProtocol = TLS1_2_VERSION;
    strict.requireClientCertificate = true;
    ScriptedTlsServer server(strict, answering({}));
    const auto facts = look(server);
    QVERIFY(facts && !facts->established);
    QVERIFY(facts->peerSentAlert);
    QVERIFY(!facts->chain.isEmpty());
    QVERIFY2(facts->pkix.isValid(), qPrintable(facts->pkix.error));
}

void tst_TlsStream::alertAfterTheHandshake()
{
    Settings strict = settings();
    strict.requireClientCertificate = true;
    ScriptedTlsServer server(strict, answering({}));
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    const auto facts = stream.startTls({Host}, soon(), Cancel());
    QVERIFY(facts && facts->established);
    QVERIFY(!stream.read(soon(), Cancel()));
    QCOMPARE(stream.peerAlert(), QStringLiteral("certificate required"));
}

void tst_TlsStream::otherProtocolIsNoTls()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.writeRaw("220 mx1.example.com ESMTP\r\n");
        session.waitForPeerToGo();
    });
    const auto facts = look(server);
    QVERIFY(facts && !facts->established);
    QVERIFY(!facts->alert.isEmpty() && !facts->peerSentAlert);
}

void tst_TlsStream::cutAnywhereIsAValue()
{
    Settings cut = settings();
    cut.maxProtocol = TLS1_2_VERSION;
    bool keptChain = false, established = false;
    for (qint64 octets = 0; !established && octets < 10000; octets += 64) {
        cut.cutAfter = octets;
        ScriptedTlsServer server(cut, answering({}));
        const auto facts = look(server);
        // The connection may be gone before TLS is even tried; that is the one error.
        if (!facts) {
            QCOMPARE(facts.error().kind, Error::Kind::Network);
            continue;
        }
        established = facts->established;
        keptChain = keptChain || (!established && !facts->chain.isEmpty());
        QCOMPARE(facts->alert.isEmpty(), established);
        QVERIFY(!facts->peerSentAlert);
    }
    QVERIFY(established);
    QVERIFY(keptChain);
}

void tst_TlsStream::refusedConnection()
{
    quint16 port = 0;
    {
        const ScriptedTlsServer server(settings(), silence);
        port = server.port();
    }
    TlsStream stream(m_trust);
    const auto connected =
            stream.connectTo(QHostAddress(QHostAddress::LocalHost), port, soon(), Cancel());
    QVERIFY(!connected);
    QCOMPARE(connected.error().kind, Error::Kind::Refused);
    QVERIFY(!stream.startTls({Host}, soon(), Cancel()));
}

void tst_TlsStream::silenceEndsAtTheDeadline_data()
{
    QTest::addColumn<bool>("handshakes");
    QTest::newRow("in the handshake") << false;
    QTest::newRow("after the handshake") << true;
}

void tst_TlsStream::silenceEndsAtTheDeadline()
{
    QFETCH(bool, handshakes);
    ScriptedTlsServer server(settings(), [handshakes](Session &session) {
        if (handshakes)
            session.handshake();
        session.waitForPeerToGo();
    });
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    const QDeadlineTimer deadline(handshakes ? LongMs : 150);
    const auto facts = stream.startTls({Host}, deadline, Cancel());
    QCOMPARE(facts.has_value(), handshakes);
    const Error error = facts ? stream.read(QDeadlineTimer(150), Cancel()).error() : facts.error();
    QCOMPARE(error.kind, Error::Kind::Timeout);
}

void tst_TlsStream::cancelEndsEveryWait_data()
{
    QTest::addColumn<int>("wait");
    QTest::newRow("before connecting") << 0;
    QTest::newRow("for octets without TLS") << 1;
    QTest::newRow("in the handshake") << 2;
    QTest::newRow("for octets in TLS") << 3;
    QTest::newRow("for the proxy") << 4;
}

void tst_TlsStream::cancelEndsEveryWait()
{
    QFETCH(int, wait);
    ScriptedTlsServer server(settings(), [wait](Session &session) {
        if (wait == 3)
            session.handshake();
        session.waitForPeerToGo();
    });
    const QHostAddress address(QHostAddress::LocalHost);
    const QNetworkProxy proxy(QNetworkProxy::Socks5Proxy, address.toString(), server.port());
    TlsStream stream(m_trust, wait == 4 ? proxy : QNetworkProxy(QNetworkProxy::NoProxy));
    const Cancel cancel;
    if (wait == 0)
        cancel.cancel();
    const Canceller canceller(cancel);
    const auto connected = stream.connectTo(address, server.port(), soon(), cancel);
    QCOMPARE(connected.has_value(), wait != 0 && wait != 4);
    Error error = connected ? Error() : connected.error();
    if (wait == 1) {
        error = stream.read(soon(), cancel).error();
    } else if (wait == 2 || wait == 3) {
        const auto facts = stream.startTls({Host}, soon(), wait == 3 ? Cancel() : cancel);
        QCOMPARE(facts.has_value(), wait == 3);
        error = facts ? stream.read(soon(), cancel).error() : facts.error();
    }
    QCOMPARE(error.kind, Error::Kind::Cancelled);
}

void tst_TlsStream::cancelEndsABlockedWrite()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.handshake();
        session.wait(LongMs); // reads nothing
    });
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    QVERIFY(stream.startTls({Host}, soon(), Cancel()));
    const Cancel cancel;
    const Canceller canceller(cancel);
    Result<void> written;
    while (written)
        written = stream.write(QByteArray(1024 * 1024, 'x'), soon(), cancel);
    QCOMPARE(written.error().kind, Error::Kind::Cancelled);
}

void tst_TlsStream::largeBodyArrives()
{
    constexpr int Pieces = 320;
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.handshake();
        for (int i = 0; i < Pieces; ++i)
            session.write(QByteArray(65536, static_cast<char>('a' + i % 26)));
        session.closeNotify();
        session.waitForPeerToGo();
    });
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    QVERIFY(stream.startTls({Host}, soon(), Cancel()));
    qint64 total = 0;
    for (;;) {
        const auto octets = stream.read(soon(), Cancel());
        QVERIFY(octets);
        if (octets->isEmpty())
            break;
        QCOMPARE(octets->at(0), static_cast<char>('a' + (total / 65536) % 26));
        total += octets->size();
    }
    QCOMPARE(total, Pieces * 65536LL);
    QVERIFY(!stream.wasTruncated());
}

void tst_TlsStream::endWithoutCloseNotifyIsTruncation()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.handshake();
        session.write("half");
        session.readRequest();
    });
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    QVERIFY(stream.startTls({Host}, soon(), Cancel()));
    QCOMPARE(stream.read(soon(), Cancel()).value_or("nothing"), QByteArray("half"));
    QVERIFY(stream.write("\r\n\r\n", soon(), Cancel()));
    QCOMPARE(stream.read(soon(), Cancel()).value_or("nothing"), QByteArray());
    QVERIFY(stream.wasTruncated());
}

void tst_TlsStream::octetsBeforeTlsAreSeen()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.writeRaw("220 ready\r\n");
        session.readRaw(1);
        session.writeRaw("250 injected\r\n");
        session.waitForPeerToGo();
    });
    TlsStream stream(m_trust);
    QVERIFY(stream.connectTo(QHostAddress(QHostAddress::LocalHost), server.port(), soon(),
                             Cancel()));
    QVERIFY(!stream.localAddress().isNull());
    QCOMPARE(stream.read(soon(), Cancel()).value_or("nothing"), QByteArray("220 ready\r\n"));
    QCOMPARE(stream.unreadOctets(), 0);
    QVERIFY(stream.write("x", soon(), Cancel()));
    QTRY_COMPARE(stream.unreadOctets(), 14);
    QVERIFY(!stream.isEncrypted());
}

void tst_TlsStream::environmentProxyIsIgnored()
{
    qputenv("https_proxy", "http://127.0.0.1:1");
    qputenv("http_proxy", "http://127.0.0.1:1");
    qputenv("all_proxy", "socks5://127.0.0.1:1");
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    ScriptedTlsServer server(settings(), answering({}));
    const auto facts = look(server);
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    QVERIFY(facts && facts->established);
}

void tst_TlsStream::socksProxyIsUsedWhenGiven()
{
    QByteArray request;
    ScriptedTlsServer server(settings(), [&request](Session &session) {
        session.readRaw(3);
        session.writeRaw(QByteArray("\x05\x00", 2));
        request = session.readRaw(10);
        session.writeRaw(QByteArray("\x05\x00\x00\x03\x02xy\x00\x19", 9));
        answering("through")(session);
    });
    const QNetworkProxy proxy(QNetworkProxy::Socks5Proxy, QStringLiteral("127.0.0.1"),
                              server.port());
    TlsStream stream(m_trust, proxy);
    QVERIFY(stream.connectTo(QHostAddress(QStringLiteral("192.0.2.25")), 25, soon(), Cancel()));
    const auto facts = stream.startTls({Host}, soon(), Cancel());
    QVERIFY(facts && facts->established);
    QVERIFY(stream.write("\r\n\r\n", soon(), Cancel()));
    QCOMPARE(stream.read(soon(), Cancel()).value_or("nothing"), QByteArray("through"));
    QCOMPARE(request, QByteArray("\x05\x01\x00\x01\xC0\x00\x02\x19\x00\x19", 10));
}

void tst_TlsStream::socksProxyThatRefuses()
{
    ScriptedTlsServer server(settings(), [](Session &session) {
        session.readRaw(3);
        session.writeRaw(QByteArray("\x05\x00", 2));
        session.readRaw(10);
        session.writeRaw(QByteArray("\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00", 10));
        session.waitForPeerToGo();
    });
    const QNetworkProxy proxy(QNetworkProxy::Socks5Proxy, QStringLiteral("127.0.0.1"),
                              server.port());
    TlsStream stream(m_trust, proxy);
    const auto connected =
            stream.connectTo(QHostAddress(QStringLiteral("192.0.2.25")), 25, soon(), Cancel());
    QVERIFY(!connected);
    QCOMPARE(connected.error().kind, Error::Kind::Refused);
}

// A configuration that would hide old servers, for the whole process (T-40).
int main(int argc, char **argv)
{
    QTemporaryFile hostile;
    if (!hostile.open())
        return 1;
    hostile.write(
            "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\n"
            "MinProtocol = TLSv1.2\nMaxProtocol = TLSv1.2\nCipherString = DEFAULT@SECLEVEL=5\n");
    hostile.flush();
    qputenv("OPENSSL_CONF", hostile.fileName().toLocal8Bit());
    const QCoreApplication application(argc, argv);
    tst_TlsStream test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tlsstream.moc"
