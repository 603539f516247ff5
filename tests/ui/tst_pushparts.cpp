// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A plan for a service as rows, and its steps.
#include "pushparts.h"

#include <QTest>

namespace {

using Step = PushEvent::Step;

DnsRecord txt(const QByteArray &name, const QByteArray &data)
{
    DnsRecord record;
    record.name = name;
    record.type = RecordType::TXT;
    record.data = data;
    return record;
}

Plan planned()
{
    Plan plan;
    plan.domain = *DomainName::fromAscii("example.org");
    Change change;
    change.kind = Change::Kind::Add;
    change.after = txt("_mta-sts.example.org", "v=STSv1; id=1;");
    plan.changes = {change};
    plan.sets = {{"_mta-sts.example.org", RecordType::TXT, {}, {*change.after}}};
    plan.policyText = "version: STSv1\r\n";
    return plan;
}

HostStep hosting(HostStep::Action action)
{
    HostStep step;
    step.action = action;
    step.host = "mta-sts.example.org";
    step.text = "version: STSv1\r\n";
    return step;
}

ZoneRecord address()
{
    ZoneRecord record;
    record.record.name = "mta-sts.example.org";
    record.record.type = RecordType::A;
    record.record.data = "192.0.2.1";
    return record;
}

} // namespace

class TestPushParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTtlThatTheZoneRaisesIsShown()
    {
        Plan plan = planned();
        plan.changes.first().after->ttl = 300;
        plan.sets.first().after.first().ttl = 300;
        QVERIFY(!planParts(plan, {}).last().raisedTtl);
        plan.minimumTtl = 3600;
        plan.sets.first().after.first().ttl = 3600;
        QCOMPARE(planParts(plan, {}).last().raisedTtl, std::optional(3600));
    }

    void aFileThatSomebodyElseServesComesFirst()
    {
        Plan plan = planned();
        LiveState live;
        QCOMPARE(planParts(plan, live).constFirst().kind, PlanPart::Kind::NotCompared);
        QVERIFY(waitsForFile(plan));
        live.policyKnown = true;
        QCOMPARE(planParts(plan, live).constFirst().kind, PlanPart::Kind::Create);
        live.policyBody = "version: STSv1\r\nmode: none\r\n";
        QCOMPARE(planParts(plan, live).constFirst().kind, PlanPart::Kind::Update);
        plan.isServed = true;
        QVERIFY(!waitsForFile(plan));
        const QList<PlanPart> parts = planParts(plan, live);
        QCOMPARE(parts.constFirst().kind, PlanPart::Kind::Keep);
        QCOMPARE(writes(parts), 1);
        QCOMPARE(parts.constLast().after, QByteArray("v=STSv1; id=1;"));
        const QList<Step> steps{Step::Policy, Step::Read, Step::Write, Step::ReadBack, Step::Dns};
        QCOMPARE(stepsOf(plan), steps);
    }

    void thePolicyHostIsPublishedFirstAndMakesRoom()
    {
        Plan plan = planned();
        plan.host = hosting(HostStep::Action::Publish);
        plan.host->before.inTheWay = {address()};
        const QList<PlanPart> parts = planParts(plan, {});
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts.at(0).kind, PlanPart::Kind::Delete);
        QCOMPARE(parts.at(0).reason, QByteArray("PUSH-6.room"));
        QCOMPARE(parts.at(1).kind, PlanPart::Kind::Create);
        QVERIFY(!waitsForFile(plan));
        QCOMPARE(stepsOf(plan).constFirst(), Step::Host);
    }

    void itIsWithdrawnLast()
    {
        Plan plan = planned();
        plan.policyText.clear();
        plan.host = hosting(HostStep::Action::Withdraw);
        plan.host->before.inTheWay = {address()};
        const QList<PlanPart> parts = planParts(plan, {});
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts.at(1).kind, PlanPart::Kind::Delete);
        QCOMPARE(parts.at(1).what, PlanPart::What::File);
        QCOMPARE(parts.at(2).kind, PlanPart::Kind::Create); // what made room comes back
        QCOMPARE(stepsOf(plan).constLast(), Step::Host);
    }

    void whatServesTheFileAlreadyIsKept()
    {
        Plan plan = planned();
        plan.host = hosting(HostStep::Action::Keep);
        QCOMPARE(planParts(plan, {}).constFirst().kind, PlanPart::Kind::Keep);
        QCOMPARE(stepsOf(plan).constFirst(), Step::Policy);
    }
};
QTEST_GUILESS_MAIN(TestPushParts)
#include "tst_pushparts.moc"
