// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/catalogue.h"
#include "push/choices.h"
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
    return deployment(choices("mx.example.com", Hosting::CloudflareWorker), {},
                      QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC));
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
    void certificate_data();
    void certificate();
    void undo_data();
    void undo();
    void owed();
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

void tst_HostStep::certificate_data()
{
    using Set = QList<CaaRecord>;
    using Climb = QList<CaaAnswer>;
    QTest::addColumn<Climb>("answers"); // of the host, then of the domain, then of the top
    QTest::addColumn<QByteArray>("id"); // empty: nothing is in the way
    QTest::addColumn<QString>("at");
    const Set other = {{0, "issue", "ca.example"}}, ours = {{0, "issue", "letsencrypt.org"}},
              google = {{0, "issue", "pki.goog; cansignhttpexchanges=yes"}},
              nobody = {{0, "issue", ";"}}, critical = {{128, "future", "x"}},
              wild = {{0, "issuewild", "ca.example"}};
    const auto climb = [](const Set &host, const Set &domain, const QByteArray &alias = {}) {
        return Climb{{Host, false, alias, host},
                     {"example.com", false, {}, domain},
                     {"com", false, {}, {}}};
    };
    const auto row = [](const char *why, const Climb &answers, const char *id, const char *at) {
        QTest::newRow(why) << answers << QByteArray(id) << QString::fromLatin1(at);
    };
    const QByteArray top = "com";
    row("none", climb({}, {}), "", "");
    row("one of theirs", climb({}, ours), "", "");
    row("another of theirs, with a parameter", climb({}, google), "", "");
    row("somebody else and one of theirs", climb({}, other + ours), "", "");
    row("somebody else", climb({}, other), "PUSH-6.caa", "example.com");
    row("nobody", climb({}, nobody), "PUSH-6.caa", "example.com");
    row("only wildcards are restricted", climb({}, wild), "", "");
    row("the host's own come first", climb(other, ours), "PUSH-6.caa", "mta-sts.example.com");
    row("the host's own allow it", climb(ours, other), "", "");
    row("the alias of the host goes", climb(other, {}, "old.example.net"), "", "");
    row("the alias of the host goes, the domain's count", climb(ours, other, "old.example.net"),
        "PUSH-6.caa", "example.com");
    row("a critical one that nobody knows", climb({}, ours + critical), "CAA-6.any", "example.com");
    row("not looked up", {}, "", "");
    row("the domain's not known", {{Host, false, {}, {}}, {"example.com", true, {}, {}}}, "", "");
    row("one on the way not known",
        {{Host, true, {}, {}}, {"example.com", false, {}, other}, {top, false, {}, {}}}, "", "");
    row("the domain is an alias",
        {{Host, false, {}, {}}, {"example.com", false, "hub.example.net", other}}, "PUSH-6.caa",
        "hub.example.net");
}

void tst_HostStep::certificate()
{
    QFETCH(QList<CaaAnswer>, answers);
    QFETCH(QByteArray, id);
    QFETCH(QString, at);
    const QList<QByteArray> &issuers = providerInfo("cloudflare")->issuers;
    const HostStep step = hostStep(wanted(), state(Content::Absent));
    const QList<Issue> issues = certificateBlockers(step, answers, issuers);
    QCOMPARE(ids(issues), id.isEmpty() ? QList<QByteArray>() : QList<QByteArray>{id});
    if (!issues.isEmpty())
        QVERIFY(issues.first().values.contains(at));
    // Where it has its place already, it has its certificate or waits for it.
    const HostStep update = hostStep(wanted(), state(Content::Ours, "old", Service));
    QVERIFY(certificateBlockers(update, answers, issuers).isEmpty());
    QVERIFY(certificateBlockers(step, answers, {}).isEmpty());
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
    row("withdrawn half-way", withdraw, state(Content::Ours, "new"), int(Action::Publish), "new");
    row("withdrawn half-way, and another file since", withdraw, state(Content::Ours, "newest"), -1,
        {});
    row("kept", {Action::Keep, Host, "new", ours}, ours, -1, {});
    row("kept, where an earlier one was left", {Action::Keep, Host, "new", ours, first}, ours,
        int(Action::Withdraw), "new");
    row("published, where an earlier one was left",
        {Action::Publish, Host, "new", state(Content::Ours, "new"), old}, ours,
        int(Action::Publish), "old");
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
        QCOMPARE(back->before, back->action == Action::Withdraw ? done.cameFrom() : now);
}

/// What a withdrawal did not put back any more is not lost when it is taken back itself.
void tst_HostStep::owed()
{
    const ZoneRecord room{{Host, RecordType::A, 300, "192.0.2.1"}, "id1", false};
    HostState before = state(Content::Absent);
    before.inTheWay = {room};
    const HostStep withdraw{Action::Withdraw, Host, "new", before};
    const auto all = undoOf(withdraw, before);
    QVERIFY(all && !all->origin);
    const auto some = undoOf(withdraw, state(Content::Absent));
    QVERIFY(some && some->origin);
    QCOMPARE(some->before, state(Content::Absent));
    QCOMPARE(some->cameFrom(), before);
    QCOMPARE(undoOf(*some, state(Content::Ours, "new", Service))->before.inTheWay,
             QList<ZoneRecord>{room});
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
    step.origin = state(Content::Absent);
    step.origin->inTheWay = step.before.inTheWay;
    QCOMPARE(hostFrom(hostJson(step)), std::optional(step));
    for (const char *key : {"action", "before"}) {
        QJsonObject broken = hostJson(step);
        broken[QLatin1String(key)] = QStringLiteral("?");
        QVERIFY(!hostFrom(broken));
    }
}

QTEST_GUILESS_MAIN(tst_HostStep)
#include "tst_hoststep.moc"
