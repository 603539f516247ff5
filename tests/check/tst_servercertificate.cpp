// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"
#include "check/servercertificate.h"
#include "fakes/testpki.h"

using Spoil = std::function<void(TlsFacts &)>;

class tst_ServerCertificate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodCertificate();
    void faults_data();
    void faults();
    void faultsOfADomainWithoutPolicy_data() { faults_data(); }
    void faultsOfADomainWithoutPolicy();
    void severityWaitsForThePolicy();
    void unseenCertificate();
    void localRoot();
    void soon_data();
    void soon();
};

namespace {

Report reportWith(const Spoil &spoil, bool hasPolicy = true)
{
    FakeWorld world;
    spoil(world.smtp.facts[QStringLiteral("192.0.2.1")].tls);
    if (!hasPolicy) {
        world.dns.remove("_mta-sts.shop.example");
        world.dns.remove("mta-sts.shop.example");
    }
    return judged(world);
}

} // namespace

void tst_ServerCertificate::goodCertificate()
{
    const Report report = reportWith([](TlsFacts &) {});
    QCOMPARE(count(report, "STS-74.ok"), 2);
}

void tst_ServerCertificate::faults_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const char *id, const Spoil &spoil) {
        QTest::newRow(name) << QByteArray(id) << spoil;
    };
    row("for another name", "STS-74.name", [](TlsFacts &tls) { tls.pkix.nameMatches = false; });
    row("name only as common name", "TLS-17.cn", [](TlsFacts &tls) {
        tls.pkix.nameMatches = false;
        tls.chain[0].dnsNames.clear();
    });
    row("self-signed", "STS-74.selfsigned", [](TlsFacts &tls) {
        tls.pkix.trusted = false;
        tls.pkix.selfSigned = true;
    });
    row("intermediate missing", "STS-74.chain", [](TlsFacts &tls) {
        tls.pkix.trusted = false;
        tls.pkix.incomplete = true;
    });
    row("unknown root", "STS-74.trust", [](TlsFacts &tls) { tls.pkix.trusted = false; });
    row("expired", "TLS-18", [](TlsFacts &tls) { tls.pkix.expired = true; });
    row("not yet valid", "TLS-18.early", [](TlsFacts &tls) { tls.pkix.notYetValid = true; });
    row("weak key", "TLS-19", [](TlsFacts &tls) { tls.pkix.weak = true; });
    row("weak key of an issuer", "TLS-19.issuer", [](TlsFacts &tls) {
        tls.pkix.weak = true;
        tls.pkix.weakest = certificatesFromPem(TestPki().intermediate.certificate).at(0).der;
    });
}

void tst_ServerCertificate::faults()
{
    QFETCH(QByteArray, id);
    QFETCH(Spoil, spoil);
    const Report report = reportWith(spoil);
    QVERIFY2(has(report, id, Severity::Error), listed(report).constData());
    QCOMPARE(count(report, "STS-74.ok"), 1);
    QCOMPARE(report.verdict, Verdict::Error);
}

void tst_ServerCertificate::faultsOfADomainWithoutPolicy()
{
    QFETCH(QByteArray, id);
    QFETCH(Spoil, spoil);
    const Report report = reportWith(spoil, false);
    QVERIFY2(has(report, id, Severity::Warning), listed(report).constData());
    QCOMPARE(report.verdict, Verdict::NotDeployed);
}

void tst_ServerCertificate::severityWaitsForThePolicy()
{
    FakeWorld world;
    world.smtp.facts[QStringLiteral("192.0.2.1")].tls.pkix.nameMatches = false;
    Survey survey = world.look();
    survey.finished = survey.policyDone = false;
    SAYS(judge(survey), "STS-74.name", Warning);
    survey.policyDone = true;
    SAYS(judge(survey), "STS-74.name", Error);
}

void tst_ServerCertificate::unseenCertificate()
{
    const Report report = reportWith([](TlsFacts &tls) { tls.pkix.looked = false; });
    SAYS(report, "STS-74.unknown", Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
    const Report old = reportWith([](TlsFacts &tls) { tls.protocol = "TLSv1.1"; });
    SAYS(old, "STS-76", Error);
    QCOMPARE(count(old, "STS-77.ok"), 1); // of mx2: what is too old does not pass as well
}

void tst_ServerCertificate::localRoot()
{
    const Report report = reportWith([](TlsFacts &tls) { tls.pkix.localRoot = true; });
    SAYS(report, "STS-47.local", Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
}

void tst_ServerCertificate::soon_data()
{
    QTest::addColumn<int>("lifetime");
    QTest::addColumn<int>("left");
    QTest::addColumn<bool>("isSoon");
    QTest::newRow("a year, 15 days left") << 365 << 15 << false;
    QTest::newRow("a year, 13 days left") << 365 << 13 << true;
    QTest::newRow("six days, three left") << 6 << 3 << false; // a third is less than two weeks
    QTest::newRow("six days, one left") << 6 << 1 << true;
}

void tst_ServerCertificate::soon()
{
    QFETCH(int, lifetime);
    QFETCH(int, left);
    QFETCH(bool, isSoon);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Certificate certificate;
    certificate.notAfter = now.addDays(left);
    certificate.notBefore = certificate.notAfter.addDays(-lifetime);
    QCOMPARE(endsSoon(certificate, now), isSoon);
    const Report report = reportWith([&](TlsFacts &tls) {
        tls.chain[0].notBefore = certificate.notBefore;
        tls.chain[0].notAfter = certificate.notAfter;
    });
    QCOMPARE(has(report, "TLS-18.soon", Severity::Warning), isSoon);
}

QTEST_GUILESS_MAIN(tst_ServerCertificate)
#include "tst_servercertificate.moc"
