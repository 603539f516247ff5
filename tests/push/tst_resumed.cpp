// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/resumed.h"

#include <QTest>

namespace {

using Action = HostStep::Action;
using Content = HostState::Content;

const QByteArray Host = "mta-sts.example.com";
const QByteArray Service = "mta-sts-example-com";
const QByteArray Sts = "_mta-sts.example.com";
const ZoneRecord OldServer{{Host, RecordType::A, 300, "192.0.2.1"}, "id1", false};
const ZoneRecord NewServer{{Host, RecordType::A, 300, "192.0.2.2"}, "id2", false};
const ZoneRecord OldId{{Sts, RecordType::TXT, 3600, "v=STSv1; id=1;"}, "id3", false};
const ZoneRecord NewId{{Sts, RecordType::TXT, 3600, "v=STSv1; id=2;"}, "id4", false};
const ZoneRecord OtherId{{Sts, RecordType::TXT, 3600, "v=STSv1; id=3;"}, "id5", false};

HostState state(Content content, const QByteArray &text = {}, const QByteArray &attachedTo = {},
                const QList<ZoneRecord> &inTheWay = {})
{
    return {.content = content,
            .text = text,
            .service = Service,
            .attachedTo = attachedTo,
            .inTheWay = inTheWay};
}

JournalRecord journal(Action action, const HostState &before, const QList<QByteArray> &notes)
{
    JournalRecord made;
    made.domain = "example.com";
    made.provider = "cloudflare";
    made.zone = {"example.com", "1/2", {}};
    made.sets = {{Sts, RecordType::TXT, {}, {NewId.record}}};
    made.notes = notes;
    made.host = HostStep{action, Host, "new", before};
    return made;
}

Plan planFrom(const HostState &now)
{
    Plan plan;
    plan.domain = *DomainName::fromAscii("example.com");
    plan.provider = "cloudflare";
    plan.zone = {"example.com", "1/2", {}};
    plan.host =
            HostStep{now.attachedTo.isEmpty() ? Action::Publish : Action::Keep, Host, "new", now};
    return plan;
}

const QList<QByteArray> Crashed = {"host-sent"};
const QList<QByteArray> Waiting = {"host-sent", "host-done", "ended"};

} // namespace

class tst_Resumed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void origin_data();
    void origin();
    void anotherPlace();
};

void tst_Resumed::origin_data()
{
    QTest::addColumn<JournalRecord>("last");
    QTest::addColumn<HostState>("now");
    QTest::addColumn<QList<ZoneRecord>>("records");
    QTest::addColumn<std::optional<HostState>>("origin");
    using Records = QList<ZoneRecord>;
    using Origin = std::optional<HostState>;
    const auto row = [](const char *why, const JournalRecord &last, const HostState &now,
                        const Records &records, const Origin &origin) {
        QTest::newRow(why) << last << now << records << origin;
    };
    const HostState first = state(Content::Absent, {}, {}, {OldServer}),
                    uploaded = state(Content::Ours, "new"),
                    attached = state(Content::Ours, "new", Service),
                    old = state(Content::Ours, "old", Service);
    row("a crash before the host had its place", journal(Action::Publish, first, Crashed), uploaded,
        {}, first);
    row("left while it waited for the certificate", journal(Action::Publish, first, Waiting),
        attached, {}, first);
    row("an update, left before its record", journal(Action::Publish, old, Waiting), attached, {},
        old);
    row("a crash before anything was sent", journal(Action::Publish, first, {}), first, {}, {});
    row("a crash before anything was done", journal(Action::Publish, first, Crashed), first, {},
        {});
    row("all done", journal(Action::Publish, first, {"host-sent", "host-done", "sent", "done"}),
        attached, {NewId}, {});
    row("all done, and a crash before that was noted",
        journal(Action::Publish, first, {"host-sent", "host-done", "sent"}), attached, {NewId}, {});
    row("announced by somebody else since", journal(Action::Publish, first, Waiting), attached,
        {OtherId}, {});
    row("another file since", journal(Action::Publish, first, Crashed),
        state(Content::Ours, "newest"), {}, {});
    row("changed by hand since", journal(Action::Publish, first, Crashed),
        state(Content::Foreign, {}, Service), {}, {});
    row("taken by another since", journal(Action::Publish, first, Crashed),
        state(Content::Ours, "new", "shop"), {}, {});
    HostState both = first;
    both.inTheWay = {NewServer};
    row("another record in the way since", journal(Action::Publish, first, Crashed),
        state(Content::Ours, "new", {}, {NewServer}), {}, both);
    JournalRecord third = journal(Action::Publish, uploaded, Crashed);
    third.host->origin = first;
    row("left half-way twice", third, uploaded, {}, first);
    JournalRecord kept = journal(Action::Keep, attached, {"sent"});
    kept.host->origin = first;
    row("left half-way while only the records were missing", kept, attached, {}, first);

    JournalRecord alone = journal(Action::Publish, first, Crashed);
    alone.sets.clear();
    row("the host alone, left half-way", alone, uploaded, {}, first);
    row("the host alone, and a crash before that was noted", alone, attached, {}, {});

    HostState owed = state(Content::Absent);
    owed.inTheWay = {OldServer};
    const JournalRecord back = journal(Action::Withdraw, first, {"sent", "done", "host-sent"});
    row("a way back, left before the old records were there", back, state(Content::Absent), {NewId},
        owed);
    row("a way back, left when they were there", back, first, {NewId}, {});
    HostState half = uploaded;
    half.inTheWay = {OldServer};
    row("a way back, left when the host had lost its place", back, uploaded, {NewId}, half);
}

void tst_Resumed::origin()
{
    QFETCH(JournalRecord, last);
    QFETCH(HostState, now);
    QFETCH(QList<ZoneRecord>, records);
    Plan plan = planFrom(now);
    goOnFrom(last, records, plan);
    QTEST(plan.host->origin, "origin");
    Plan same = planFrom(now); // nothing else of the plan is touched
    same.host->origin = plan.host->origin;
    QCOMPARE(*plan.host, *same.host);
}

/// Another service, account or name: none of its business.
void tst_Resumed::anotherPlace()
{
    const JournalRecord last =
            journal(Action::Publish, state(Content::Absent, {}, {}, {OldServer}), Crashed);
    const HostState now = state(Content::Ours, "new");
    Plan plan = planFrom(now);
    goOnFrom(last, {}, plan);
    QVERIFY(plan.host->origin);
    plan = planFrom(now);
    plan.provider = "other";
    goOnFrom(last, {}, plan);
    QVERIFY(!plan.host->origin);
    plan = planFrom(now);
    plan.zone.handle = "1/3";
    goOnFrom(last, {}, plan);
    QVERIFY(!plan.host->origin);
    plan = planFrom(now);
    plan.host->host = "mta-sts.shop.example.com";
    goOnFrom(last, {}, plan);
    QVERIFY(!plan.host->origin);
    plan.host.reset();
    goOnFrom(last, {}, plan);
    QVERIFY(!plan.host);
}

QTEST_GUILESS_MAIN(tst_Resumed)
#include "tst_resumed.moc"
