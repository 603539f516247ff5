// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

namespace {

void issuedBy(FakeWorld &world, const QString &issuer, const QString &name = {})
{
    Certificate &leaf = world.http.fetches[QStringLiteral("192.0.2.80")].tls.chain[0];
    leaf.issuer = issuer;
    if (!name.isEmpty())
        leaf.dnsNames = QStringList{name};
}

const QString LetsEncrypt = QStringLiteral("C = US, O = Let's Encrypt, CN = E7");

} // namespace

class tst_CaaCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noRecords();
    void presentAuthority_data();
    void presentAuthority();
    void wildcardCertificate();
    void unknownAuthority_data();
    void unknownAuthority();
    void beforeAnythingIsSetUp();
    void climbing();
    void failures();
};

void tst_CaaCheck::noRecords()
{
    FakeWorld world;
    SAYS(judged(world), "CAA-1.ok", Ok);
    issuedBy(world, LetsEncrypt);
    SAYS(judged(world), "CAA-3.ok", Ok);
}

void tst_CaaCheck::presentAuthority_data()
{
    QTest::addColumn<QList<CaaRecord>>("set");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, const QList<CaaRecord> &set, const char *id,
                        Severity severity) {
        QTest::newRow(name) << set << QByteArray(id) << severity;
    };
    row("allowed", {{0, "issue", "letsencrypt.org"}}, "CAA-3.ok", Severity::Ok);
    row("another is allowed", {{0, "issue", "pki.goog"}}, "CAA-3", Severity::Error);
    row("nobody is allowed", {{0, "issue", ";"}}, "CAA-4", Severity::Error);
    row("one account only", {{0, "issue", "letsencrypt.org; accounturi=https://acme.example/1"}},
        "CAA-5.account", Severity::Warning);
    row("one method only", {{0, "issue", "letsencrypt.org; validationmethods=dns-01"}},
        "CAA-5.methods", Severity::Warning);
    row("critical and unknown", {{128, "future", "x"}, {0, "issue", "letsencrypt.org"}}, "CAA-6",
        Severity::Error);
    row("only a contact", {{0, "iodef", "mailto:a@shop.example"}}, "CAA-3.ok", Severity::Ok);
    row("only wildcards restricted", {{0, "issuewild", ";"}}, "CAA-3.ok", Severity::Ok);
}

void tst_CaaCheck::presentAuthority()
{
    QFETCH(QList<CaaRecord>, set);
    QFETCH(QByteArray, id);
    QFETCH(Severity, severity);
    FakeWorld world;
    issuedBy(world, LetsEncrypt);
    world.dns.caa("mta-sts.shop.example", set);
    // A record of the host beside its address: the address must stay.
    const Report report = judged(world);
    QVERIFY2(has(report, id, severity), listed(report).constData());
    QCOMPARE(count(report, "CAA-3.ok"), qsizetype(severity == Severity::Ok));
}

void tst_CaaCheck::wildcardCertificate()
{
    FakeWorld world;
    issuedBy(world, LetsEncrypt, QStringLiteral("*.shop.example"));
    world.dns.caa("mta-sts.shop.example",
                  {{0, "issue", "letsencrypt.org"}, {0, "issuewild", "pki.goog"}});
    SAYS(judged(world), "CAA-11", Error);
}

void tst_CaaCheck::unknownAuthority_data()
{
    QTest::addColumn<QList<CaaRecord>>("set");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, const QList<CaaRecord> &set, const char *id,
                        Severity severity) {
        QTest::newRow(name) << set << QByteArray(id) << severity;
    };
    row("some are allowed", {{0, "issue", "pki.goog"}, {0, "issue", "letsencrypt.org"}},
        "CAA-3.only", Severity::Info);
    row("nobody is allowed", {{0, "issue", ";"}}, "CAA-4.all", Severity::Error);
    row("critical and unknown", {{128, "future", "x"}, {0, "issue", "pki.goog"}}, "CAA-6.any",
        Severity::Error);
    row("conditions", {{0, "issue", "pki.goog; validationmethods=dns-01"}}, "CAA-5.methods",
        Severity::Warning);
}

void tst_CaaCheck::unknownAuthority()
{
    QFETCH(QList<CaaRecord>, set);
    QFETCH(QByteArray, id);
    QFETCH(Severity, severity);
    FakeWorld world;
    world.dns.caa("mta-sts.shop.example", set);
    const Report report = judged(world);
    QVERIFY2(has(report, id, severity), listed(report).constData());
    SAYS_NOT(report, "CAA-1.ok");
}

void tst_CaaCheck::beforeAnythingIsSetUp()
{
    FakeWorld world;
    world.dns.remove("_mta-sts.shop.example");
    world.dns.remove("mta-sts.shop.example");
    world.dns.caa("shop.example", {{0, "issue", ";"}});
    const Report report = judged(world);
    SAYS(report, "CAA-4.all", Warning);
    QCOMPARE(report.verdict, Verdict::NotDeployed);
}

void tst_CaaCheck::climbing()
{
    FakeWorld world;
    issuedBy(world, LetsEncrypt);
    world.dns.caa("example", {{0, "issue", ";"}}); // farther away, and so of no account
    world.dns.caa("shop.example", {{0, "issue", "letsencrypt.org"}});
    SAYS(judged(world), "CAA-3.ok", Ok);
}

void tst_CaaCheck::failures()
{
    FakeWorld world;
    world.dns.fails("shop.example", RecordType::CAA);
    Report report = judged(world);
    SAYS(report, "DNS-1", Unknown);
    SAYS_NOT(report, "CAA-1.ok");
    world.dns.bogus("shop.example", RecordType::CAA);
    SAYS(judged(world), "CAA-8.signed", Error);
    // The set that counts was found before the look-up that failed.
    world.dns.caa("mta-sts.shop.example", {{0, "issue", "letsencrypt.org"}});
    SAYS_NOT(judged(world), "CAA-8.signed");
    Survey survey = world.look();
    survey.caaDone = false;
    SAYS(judge(survey), "DNS-1", Unknown);
}

QTEST_GUILESS_MAIN(tst_CaaCheck)
#include "tst_caacheck.moc"
