// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Servers whose TLS is set up wrong, met by the TLS that the program looks with.
#include "net/smtp.h"
#include "net/tlsstream.h"
#include "practice/authority.h"
#include "practice/plainclient.h"
#include "practice/tlsanswer.h"
#include "practice/tlsserver.h"

#include <QTest>

namespace {

const QByteArray Host = "mx1.example.com";

} // namespace

class tst_TlsAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void faults_data();
    void faults();
    void certificateIsWanted();
    void twoCertificates_data();
    void twoCertificates();
    void silentClient();

private:
    ServerTls tls(TlsFault fault = TlsFault::None) const
    {
        const auto leaf = m_authority->issue({.dnsNames = {Host}});
        return {.chain = m_authority->chain(*leaf), .key = leaf->key, .fault = fault};
    }
    TlsFacts meet(const ServerTls &tls, const TlsSettings &settings)
    {
        const TlsServer server(m_thread, Here, 0,
                               [tls](QSslSocket &socket) { answerTls(socket, tls); });
        TlsStream stream(TrustStore::only(m_authority->root()));
        const QDeadlineTimer deadline(EnoughMs);
        if (!stream.connectTo(Here, server.port(), deadline, Cancel()))
            return {};
        return stream.startTls(settings, deadline, Cancel()).value_or(TlsFacts());
    }

    const Result<PracticeAuthority> m_authority = PracticeAuthority::make();
    ServerThread m_thread;
};

void tst_TlsAnswer::faults_data()
{
    QTest::addColumn<TlsFault>("fault");
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QByteArray>("protocol"); // empty: turned away
    QTest::addColumn<QString>("alert");
    const auto row = [](const char *why, TlsFault fault, const QByteArray &name,
                        const char *protocol, const char *alert) {
        QTest::newRow(why) << fault << name << QByteArray(protocol) << QString::fromLatin1(alert);
    };
    row("good", TlsFault::None, Host, "TLSv1.3", "");
    row("TLS 1.1 only", TlsFault::OnlyOld, Host, "TLSv1.1", "");
    row("no version in common", TlsFault::RefusesVersion, Host, "", "protocol version");
    row("a name it does not know", TlsFault::RefusesName, Host, "", "unrecognized name");
    row("named, as it wants", TlsFault::NeedsName, Host, "TLSv1.3", "");
    row("not named", TlsFault::NeedsName, {}, "", "unrecognized name");
    row("nothing in common", TlsFault::FailsHandshake, Host, "", "handshake failure");
}

void tst_TlsAnswer::faults()
{
    QFETCH(TlsFault, fault);
    QFETCH(QByteArray, serverName);
    const TlsFacts facts = meet(tls(fault), {.serverName = serverName});
    QTEST(facts.protocol, "protocol");
    QTEST(facts.alert, "alert");
    QCOMPARE(facts.peerSentAlert, !facts.alert.isEmpty());
    QCOMPARE(facts.established, facts.alert.isEmpty());
}

// Who speaks TLS 1.3 is done before the server has missed a certificate; TLS 1.2 tells at once.
void tst_TlsAnswer::certificateIsWanted()
{
    const TlsFacts facts =
            meet(tls(TlsFault::WantsCertificate), {.serverName = Host, .maxProtocol = 0x0303});
    QVERIFY(!facts.established);
    QVERIFY(facts.peerSentAlert);
}

void tst_TlsAnswer::twoCertificates_data()
{
    QTest::addColumn<QByteArray>("signatures");
    QTest::addColumn<QByteArray>("keyType");
    QTest::newRow("all") << QByteArray() << QByteArray("EC");
    QTest::newRow("ECDSA only") << ecdsaSignatures() << QByteArray("EC");
    QTest::newRow("RSA only") << rsaSignatures() << QByteArray("RSA");
}

void tst_TlsAnswer::twoCertificates()
{
    QFETCH(QByteArray, signatures);
    ServerTls both = tls();
    const auto rsa = m_authority->issue({.dnsNames = {Host}, .key = PracticeKey::Rsa});
    both.rsaChain = m_authority->chain(*rsa);
    both.rsaKey = rsa->key;
    const TlsFacts facts = meet(both, {.serverName = Host, .signatureAlgorithms = signatures});
    QVERIFY2(facts.established, qPrintable(facts.alert));
    QVERIFY(facts.pkix.isValid());
    QTEST(facts.chain.value(0).keyType, "keyType");
}

/// Whoever waits for a hello that never comes is ended like all others.
void tst_TlsAnswer::silentClient()
{
    ServerThread impatient({.connectionMs = 100});
    const ServerTls waiting = tls(TlsFault::NeedsName);
    const TlsServer server(impatient, Here, 0,
                           [waiting](QSslSocket &socket) { answerTls(socket, waiting); });
    QVERIFY(octetsFor(server.port(), QByteArray::fromHex("1603010100")).isEmpty());
}

QTEST_GUILESS_MAIN(tst_TlsAnswer)
#include "tst_tlsanswer.moc"
