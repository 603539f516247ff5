// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DANE at each server, from surveys of a world of data.
#include "dane/serverdane.h"
#include "fakes/fakedoors.h"
#include "fakes/testpki.h"

#include <QTest>

namespace {

using State = LiveHostDane::State;

const QByteArray Mx = "mx1.shop.example";

/// mx1 with the record of the key that it shows.
struct DaneWorld : FakeWorld
{
    DaneWorld()
    {
        smtp.facts[QStringLiteral("192.0.2.1")].tls.chain = chain;
        dns.tlsa(tlsaOwner(Mx), {{3, 1, 1, tlsaData(chain.first(), 1, 1)}});
    }
    [[nodiscard]] QList<Certificate> made(TestKey kind) const
    {
        return certificatesFromPem(pki.chain(
                pki.leaf(CertificateWish{.commonName = {}, .dnsNames = {Mx}, .key = kind})));
    }
    TestPki pki;
    QList<Certificate> chain = made(TestKey::P256);
};

} // namespace

class TestServerDane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRecordThatFitsIsVerified()
    {
        DaneWorld world;
        const QList<ServerDane> servers = serverDane(world.look());
        QCOMPARE(servers.size(), 2);
        QCOMPARE(servers.first().runner, ServerDane::Runner::Own);
        QCOMPARE(servers.first().state, State::Publishes);
        QCOMPARE(servers.first().senders, DaneResult::Authenticated);
        QCOMPARE(servers.last().state, State::NoTlsa);
        QCOMPARE(servers.last().senders, DaneResult::NotApplicable);
    }

    // DANE-38: nobody knows which of the two a sender is shown.
    void aSecondKeyWithoutRecordIsRefused()
    {
        DaneWorld world;
        Survey survey = world.look();
        AddressLook &look = survey.hosts.first().addresses.first();
        look.otherKeyType = look.smtp;
        QCOMPARE(serverDane(survey).first().senders, DaneResult::Authenticated);
        look.otherKeyType->tls.chain = world.made(TestKey::Rsa2048);
        QCOMPARE(serverDane(survey).first().senders, DaneResult::Fail);
    }

    void whatIsNotSeenIsNotGood()
    {
        DaneWorld world;
        Survey survey = world.look();
        survey.hosts.first().addresses.first().done = false;
        QCOMPARE(serverDane(survey).first().senders, DaneResult::Unknown);
        survey = world.look();
        survey.validation = Validation::Stripped; // DNS-15
        QCOMPARE(serverDane(survey).first().senders, DaneResult::Unknown);
        QCOMPARE(serverDane(survey).first().state, State::Unknown);
    }

    void whatHasNotArrivedIsNeitherFailureNorAbsence()
    {
        DaneWorld world;
        Survey survey = world.look();
        survey.finished = false;
        survey.hosts.last().done = false;
        survey.hosts.last().tlsa.reset();
        QCOMPARE(serverDane(survey).last().state, State::Unknown);
    }

    void anUnsignedZone()
    {
        DaneWorld world;
        world.dns.setDefaultSecurity(Security::Insecure);
        QCOMPARE(serverDane(world.look()).first().state, State::Unsigned);
    }
};

QTEST_GUILESS_MAIN(TestServerDane)
#include "tst_serverdane.moc"
