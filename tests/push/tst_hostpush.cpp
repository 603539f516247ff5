// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/hostpush.h"

#include <QTest>

namespace {

using Action = HostStep::Action;
using Content = HostState::Content;
using State = HostOutcome::State;

const HostState Absent{.content = Content::Absent, .service = "w"};
const HostState Uploaded{.content = Content::Ours, .text = "new", .service = "w"};
const HostState Current{.content = Content::Ours,
                        .text = "new",
                        .isCurrent = true,
                        .service = "w",
                        .attachedTo = "w"};

/// Says what it is told to, and is then as it is told.
struct ScriptedHost : PolicyHost
{
    Result<void> says;
    Result<HostState> after = Absent;
    HostState shown;
    int looked = 0;

    Result<HostState> look(const Zone &, const QByteArray &, const QByteArray &,
                           const Cancel &) override
    {
        ++looked;
        return after;
    }
    Result<void> publish(const Zone &, const QByteArray &, const QByteArray &,
                         const HostState &asShown, const Cancel &) override
    {
        shown = asShown;
        return says;
    }
    Result<void> withdraw(const Zone &, const QByteArray &, const HostState &,
                          const Cancel &) override
    {
        return says;
    }
};

} // namespace

class tst_HostPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outcomes_data();
    void outcomes();
    void goesOn();
};

void tst_HostPush::outcomes_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<int>("error"); // -1: none
    QTest::addColumn<int>("after"); // 0: cannot be read, 1 absent, 2 uploaded, 3 current, 4 + alias
    QTest::addColumn<int>("state");
    const auto row = [](const char *name, Action action, int error, int after, State state) {
        QTest::newRow(name) << int(action) << error << after << int(state);
    };
    const int refused = int(Error::Kind::Refused), lost = int(Error::Kind::Network),
              broken = int(Error::Kind::Unexpected);
    row("published", Action::Publish, -1, 3, State::Done);
    row("refused at once", Action::Publish, refused, 1, State::NotDone);
    row("refused half-way", Action::Publish, refused, 2, State::PartlyDone);
    row("lost, and done", Action::Publish, lost, 3, State::Done);
    row("lost, and half done", Action::Publish, lost, 2, State::PartlyDone);
    row("lost, and not done", Action::Publish, lost, 1, State::NotDone);
    row("lost, and nobody can look", Action::Publish, lost, 0, State::Unknown);
    row("records could not be put back", Action::Publish, broken, 2, State::PartlyDone);
    row("withdrawn", Action::Withdraw, -1, 1, State::Done);
    row("not withdrawn", Action::Withdraw, refused, 3, State::NotDone);
    row("withdrawn half-way", Action::Withdraw, lost, 2, State::PartlyDone);
    row("withdrawn, but what made room is not back", Action::Withdraw, lost, 1, State::PartlyDone);
    row("withdrawn, the answer lost", Action::Withdraw, lost, 4, State::Done);
}

void tst_HostPush::outcomes()
{
    QFETCH(int, action);
    QFETCH(int, error);
    QFETCH(int, after);
    QFETCH(int, state);
    HostStep step{Action(action), "mta-sts.example.com", "new", Absent};
    const ZoneRecord room{{"mta-sts.example.com", RecordType::A, 300, "192.0.2.1"}, "1", false};
    HostState back = Absent;
    back.inTheWay = {room};
    if (step.action == Action::Withdraw)
        step.before = back;
    ScriptedHost host;
    if (error >= 0)
        host.says = failed(Error::Kind(error), QStringLiteral("no"));
    const Result<HostState> states[] = {failed(Error::Kind::Network, QStringLiteral("cut")), Absent,
                                        Uploaded, Current, back};
    host.after = states[after];
    const HostOutcome outcome = doHostStep(step, {"example.com", "1/2", {}}, host, Cancel());
    QCOMPARE(int(outcome.state), state);
    QCOMPARE(outcome.trouble.what, outcome.state == State::Done ? QString() : QStringLiteral("no"));
    QCOMPARE(host.looked, error >= 0 ? 1 : 0);
}

/// What an earlier push took away is put back too, should the host not be attached this time either.
void tst_HostPush::goesOn()
{
    const ZoneRecord room{{"mta-sts.example.com", RecordType::A, 300, "192.0.2.1"}, "1", false},
            newer{{"mta-sts.example.com", RecordType::A, 300, "192.0.2.2"}, "2", false};
    const auto shown = [](const HostStep &step) {
        ScriptedHost host;
        (void)doHostStep(step, {"example.com", "1/2", {}}, host, Cancel());
        return host.shown;
    };
    HostStep step{Action::Publish, "mta-sts.example.com", "new", Uploaded};
    QCOMPARE(shown(step), Uploaded);
    step.origin = Absent;
    step.origin->inTheWay = {room};
    HostState both = Uploaded;
    both.inTheWay = {room};
    QCOMPARE(shown(step), both);
    step.before.inTheWay = {newer}; // what stands there now comes back, and nothing beside it
    QCOMPARE(shown(step).inTheWay, QList<ZoneRecord>{newer});
    step.before = Current;
    QCOMPARE(shown(step), Current);
}

QTEST_GUILESS_MAIN(tst_HostPush)
#include "tst_hostpush.moc"
