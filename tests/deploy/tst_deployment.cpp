// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/deployment.h"
#include "sample.h"

#include <QTest>

class tst_Deployment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theIdThatWasHandedOverStays();
    void delegated();
    void passedOn();
    void fresh();
    void unchangedKeepsEverything();
    void id_data();
    void id();
    void newIdDiffersWithinOneSecond();
    void noReports();
    void reportRecordIsKeptOrRewritten();
    void modeNoneKeepsTheMxLines();
    void patternsAreListedOnce();
    void textReadsBack();
};

void tst_Deployment::fresh()
{
    const Deployment result = deployment(Sample::choices(), Sample::nothing(), Sample::now());
    QCOMPARE(result.domain, Sample::domain());
    QCOMPARE(result.policyText, Sample::body());
    QCOMPARE(result.id, QByteArray("20261124T102030"));
    QCOMPARE(result.policyHost(), QByteArray("mta-sts.example.com"));
    QCOMPARE(result.records.size(), 2);
    QCOMPARE(result.records.first().name, QByteArray("_smtp._tls.example.com"));
    QCOMPARE(result.records.last().name, QByteArray("_mta-sts.example.com"));
    QVERIFY(result.records.last().data.contains("id=20261124T102030"));
    for (const DnsRecord &record : result.records) {
        QCOMPARE(record.type, RecordType::TXT);
        QVERIFY(record.ttl >= 300 && record.ttl <= 3600); // STS-20
    }
}

void tst_Deployment::unchangedKeepsEverything()
{
    const Deployment result = deployment(Sample::choices(), Sample::live(), Sample::now());
    QCOMPARE(result.id, QByteArray("old1"));
    QCOMPARE(result.policyText, Sample::body());
    QCOMPARE(result.records.first().data, Sample::live().tlsRptText);
    QCOMPARE(result.records.last().data, Sample::live().stsText);
}

void tst_Deployment::id_data()
{
    QTest::addColumn<Choices>("choices");
    QTest::addColumn<LiveState>("live");
    QTest::addColumn<bool>("kept");

    const Choices same = Sample::choices();
    const LiveState live = Sample::live();
    QTest::newRow("nothing differs") << same << live << true;

    Choices other = same;
    other.mode = Policy::Mode::Enforce;
    QTest::newRow("other mode") << other << live << false;
    other = same;
    other.maxAge = 86401;
    QTest::newRow("other max_age") << other << live << false;
    other = same;
    other.mx.append(*MxPattern::parse("mx3.example.com"));
    QTest::newRow("one mx more") << other << live << false;
    other = same;
    other.mx.removeLast();
    QTest::newRow("one mx less") << other << live << false;
    other = same;
    std::reverse(other.mx.begin(), other.mx.end());
    QTest::newRow("other order of mx") << other << live << true;
    other = same;
    other.mx = Sample::patterns({"MX1.example.com", "*.mail.example.net"});
    QTest::newRow("other case of mx") << other << live << true;
    other = same;
    other.reportTo.clear();
    QTest::newRow("reports do not concern the id") << other << live << true;

    LiveState state = live;
    state.policyBody = Sample::body().replace("\r\n", "\n");
    QTest::newRow("served with other line ends") << same << state << true;
    state = live;
    state.policyBody = Sample::body() + "note: x\r\n";
    QTest::newRow("served with a field nobody reads") << same << state << true;
    state = live;
    state.policyBody.reset();
    QTest::newRow("no file is served") << same << state << false;
    state.policyKnown = false;
    QTest::newRow("not known what is served") << same << state << false;
    state = live;
    state.policyKnown = false;
    QTest::newRow("a body that counts as not known") << same << state << false;
    state = live;
    state.policyBody = "<html>";
    QTest::newRow("no policy is served") << same << state << false;
    state = live;
    state.stsKnown = false;
    QTest::newRow("the record is not known") << same << state << false;
    state = live;
    state.stsId.clear();
    QTest::newRow("no valid record") << same << state << false;
}

void tst_Deployment::id()
{
    QFETCH(Choices, choices);
    QFETCH(LiveState, live);
    const Deployment result = deployment(choices, live, Sample::now());
    QTEST(result.id == "old1", "kept");
    QVERIFY(!result.id.isEmpty());
    const bool served = live.policyKnown && live.policyBody && readPolicy(*live.policyBody).policy;
    if (result.id == "old1") // STS-15: the same id, so nothing may differ that matters
        QVERIFY(served && meansTheSame(result.policy, *readPolicy(*live.policyBody).policy));
}

void tst_Deployment::newIdDiffersWithinOneSecond()
{
    Choices choices = Sample::choices();
    LiveState live = Sample::live();
    live.stsId = "20261124T102030";
    live.stsText = "v=STSv1; id=20261124T102030";
    choices.maxAge = 604800;
    QVERIFY(deployment(choices, live, Sample::now()).id != live.stsId);
    live.stsKnown = false; // even a value that was only heard of is not used again
    QVERIFY(deployment(choices, live, Sample::now()).id != live.stsId);
}

void tst_Deployment::noReports()
{
    Choices choices = Sample::choices();
    choices.reportTo.clear();
    const Deployment result = deployment(choices, Sample::live(), Sample::now());
    QCOMPARE(result.records.size(), 1);
    QCOMPARE(result.records.first().name, QByteArray("_mta-sts.example.com"));
}

void tst_Deployment::reportRecordIsKeptOrRewritten()
{
    Choices choices = Sample::choices();
    choices.reportTo = {"mailto:other@example.org"};
    const Deployment result = deployment(choices, Sample::live(), Sample::now());
    QVERIFY(result.records.first().data.contains("other@example.org"));
    QCOMPARE(result.records.last().data, Sample::live().stsText);
}

void tst_Deployment::modeNoneKeepsTheMxLines()
{
    Choices choices = Sample::choices();
    choices.mode = Policy::Mode::None;
    choices.mx.clear();
    const Deployment result = deployment(choices, Sample::live(), Sample::now());
    QCOMPARE(result.policy.mx, Sample::choices().mx);
    QVERIFY(result.policyText.contains("mode: none"));
    QVERIFY(result.id != "old1");
}

void tst_Deployment::patternsAreListedOnce()
{
    Choices choices = Sample::choices();
    choices.mx = Sample::patterns({"mx1.example.com", "MX1.example.com", "mx1.example.com"});
    const Deployment result = deployment(choices, Sample::nothing(), Sample::now());
    QCOMPARE(result.policy.mx.size(), 1);
}

void tst_Deployment::textReadsBack()
{
    for (const Policy::Mode mode :
         {Policy::Mode::None, Policy::Mode::Testing, Policy::Mode::Enforce}) {
        Choices choices = Sample::choices();
        choices.mode = mode;
        const Deployment result = deployment(choices, Sample::nothing(), Sample::now());
        const PolicyReading reading = readPolicy(result.policyText);
        QVERIFY(reading.policy && reading.grammarValid);
        QCOMPARE(*reading.policy, result.policy);
    }
}

/// What was copied or saved, and what is looked for at last, must carry one id.
void tst_Deployment::theIdThatWasHandedOverStays()
{
    const LiveState nothing = Sample::nothing();
    const Deployment first = deployment(Sample::choices(), nothing, Sample::now());
    const Choices given = handedOver(Sample::choices(), first);
    QCOMPARE(given.delivery.id, first.id);
    const QDateTime later = Sample::now().addDays(3);
    QCOMPARE(deployment(given, nothing, later).id, first.id);
    QCOMPARE(handedOver(given, first), given);

    // The file arrived, the record is still the old one: the new id is wanted, not the old.
    LiveState half = Sample::live();
    QCOMPARE(deployment(given, half, later).id, first.id);
    QVERIFY(deployment(given, half, later).id != half.stsId);

    // Another policy has another id.
    Choices other = given;
    other.mode = Policy::Mode::Enforce;
    QVERIFY(deployment(other, nothing, later).id != first.id);
    QVERIFY(handedOver(other, deployment(other, nothing, later)).delivery.done.isEmpty());

    // Senders saw the id beside another policy: they would not look again.
    half.policyBody = Sample::body().replace("testing", "enforce");
    half.stsId = first.id;
    QVERIFY(deployment(given, half, later).id != first.id);
}

void tst_Deployment::delegated()
{
    Choices choices = Sample::choices();
    choices.hosting = Hosting::Delegated;
    LiveState live = Sample::nothing();
    live.delegateRecord = "_mta-sts.provider.example";
    // Half an offer is none (RFC 8461 8.2): the policy is one's own.
    QVERIFY(!deployment(choices, live, Sample::now()).isDelegated());
    live.delegateHost = "mta-sts.provider.example";
    const Deployment made = deployment(choices, live, Sample::now());
    QVERIFY(made.isDelegated());
    QVERIFY(made.policyText.isEmpty() && made.id.isEmpty());
    QCOMPARE(made.records.size(), 3);
    QCOMPARE(made.records.constLast().name, QByteArray("_mta-sts.example.com"));
    QCOMPARE(made.records.constLast().type, RecordType::CNAME);
}

void tst_Deployment::passedOn()
{
    Choices choices = Sample::choices();
    choices.hosting = Hosting::Delegated;
    LiveState live = Sample::nothing();
    live.delegateRecord = "_mta-sts.provider.example";
    live.passedOn = "provider.example";
    const Deployment made = deployment(choices, live, Sample::now());
    QVERIFY(made.isDelegated() && made.isWorker() && !made.isAliased() && !made.isRemoved());
    QCOMPARE(made.policyText,
             QByteArray("https://mta-sts.provider.example/.well-known/mta-sts.txt"));
    QCOMPARE(made.records.size(), 2); // the name of the host is the Worker's
    QCOMPARE(made.records.constLast().data, QByteArray("_mta-sts.provider.example"));
}

QTEST_GUILESS_MAIN(tst_Deployment)
#include "tst_deployment.moc"
