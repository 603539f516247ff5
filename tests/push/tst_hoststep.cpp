// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/hoststep.h"

#include <QTest>

namespace {

using Action = HostStep::Action;
using Content = HostState::Content;

const QByteArray Host = "mta-sts.example.com";
const QByteArray Service = "mta-sts-example-com";
const Zone TheZone{"example.com", "1/2", {}};

Deployment wanted()
{
    Choices made;
    made.domain = DomainName::parse(QStringLiteral("example.com")).domain;
    made.mx = {*MxPattern::parse("mx.example.com")};
    made.hosting = Hosting::CloudflareWorker;
    return deployment(made, {}, QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC));
}

HostState state(Content content, const QByteArray &text = {}, const QByteArray &attachedTo = {})
{
    return {.content = content, .text = text, .service = Service, .attachedTo = attachedTo};
}

QList<QByteArray> ids(const QList<Issue> &issues)
{
    QList<QByteArray> list;
    for (const Issue &issue : issues)
        list.append(issue.id);
    return list;
}

} // namespace

class tst_HostStep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actions();
    void blockers();
    void undo_data();
    void undo();
    void json();
};

void tst_HostStep::actions()
{
    HostState now = state(Content::Absent);
    QCOMPARE(hostStep(wanted(), now).action, Action::Publish);
    QCOMPARE(hostStep(wanted(), now).host, Host);
    QCOMPARE(hostStep(wanted(), now).text, wanted().policyText);
    now = state(Content::Ours, wanted().policyText, Service);
    now.isCurrent = true;
    QVERIFY(!hostStep(wanted(), now).isWrite());
}

void tst_HostStep::blockers()
{
    const auto of = [](const HostState &now, const Zone &zone = TheZone) {
        return hostBlockers(hostStep(wanted(), now), zone);
    };
    QVERIFY(of(state(Content::Absent)).isEmpty());
    QVERIFY(of(state(Content::Ours, "x", Service)).isEmpty());
    const QList<Issue> foreign = of(state(Content::Foreign, {}, Service));
    QCOMPARE(ids(foreign), QList<QByteArray>{"PUSH-6.foreign"});
    QCOMPARE(foreign.first().values.last(), QString::fromLatin1(Service));
    QCOMPARE(ids(of(state(Content::Absent, {}, "shop"))), QList<QByteArray>{"PUSH-6.taken"});
    Zone paused = TheZone;
    paused.hostObstacle = "PUSH-2.paused";
    QCOMPARE(ids(of(state(Content::Absent), paused)), QList<QByteArray>{"PUSH-2.paused"});
    QCOMPARE(ids(of(HostState())), QList<QByteArray>{"PUSH-6.foreign"}); // not looked: never good
}

void tst_HostStep::undo_data()
{
    const HostState first = state(Content::Absent);
    const HostState old = state(Content::Ours, "old", Service);
    const HostState detached = state(Content::Ours, "old");
    const HostState ours = state(Content::Ours, "new", Service);
    QTest::addColumn<HostStep>("done");
    QTest::addColumn<HostState>("now");
    QTest::addColumn<int>("action"); // -1: none
    QTest::addColumn<QByteArray>("text");
    const HostStep publish{Action::Publish, Host, "new", first};
    const HostStep update{Action::Publish, Host, "new", old};
    const HostStep again{Action::Publish, Host, "new", detached};
    const HostStep withdraw{Action::Withdraw, Host, "new", first};
    const auto row = [](const char *name, const HostStep &done, const HostState &now, int action,
                        const QByteArray &text) {
        QTest::newRow(name) << done << now << action << text;
    };
    row("of the first", publish, ours, int(Action::Withdraw), "new");
    row("of the first, that was left half-way", publish, state(Content::Ours, "new"),
        int(Action::Withdraw), "new");
    row("of an update", update, ours, int(Action::Publish), "old");
    row("of what was never in use", again, ours, int(Action::Withdraw), "new");
    row("of a withdrawal", withdraw, first, int(Action::Publish), "new");
    row("never done", publish, first, -1, {});
    row("an update that was never done", update, old, -1, {});
    row("changed since", publish, state(Content::Foreign, {}, Service), -1, {});
    row("published anew since", publish, state(Content::Ours, "newest", Service), -1, {});
    row("taken by another since", publish, state(Content::Ours, "new", "shop"), -1, {});
    row("withdrawn, and there again", withdraw, ours, -1, {});
    row("kept", {Action::Keep, Host, "new", ours}, ours, -1, {});
}

void tst_HostStep::undo()
{
    QFETCH(HostStep, done);
    QFETCH(HostState, now);
    QFETCH(int, action);
    QFETCH(QByteArray, text);
    const auto back = undoOf(done, now);
    QCOMPARE(back ? int(back->action) : -1, action);
    QCOMPARE(back ? back->text : QByteArray(), text);
    if (back) // what comes back is what made room, what is published is held against what is there
        QCOMPARE(back->before, back->action == Action::Withdraw ? done.before : now);
}

void tst_HostStep::json()
{
    HostStep step{Action::Withdraw, Host, "version: STSv1\r\n", state(Content::Ours, "a", Service)};
    step.before.isCurrent = true;
    step.before.inTheWay = {
            {{Host, RecordType::A, 300, "192.0.2.1"}, "id1", false, R"({"proxied":true})"}};
    const auto read = hostFrom(hostJson(step));
    QVERIFY(read);
    QCOMPARE(*read, step);
    for (const char *key : {"action", "before"}) {
        QJsonObject broken = hostJson(step);
        broken[QLatin1String(key)] = QStringLiteral("?");
        QVERIFY(!hostFrom(broken));
    }
}

QTEST_GUILESS_MAIN(tst_HostStep)
#include "tst_hoststep.moc"
