// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in which a push can go wrong, and what is said and written down of it.
#include "provider/fakeprovider.h"
#include "push/push.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray Sts = "_mta-sts.example.com";
using State = Outcome::State;
using Trouble = FakeProvider::Trouble;

Plan thePlan()
{
    Plan made;
    made.domain = DomainName::parse(QStringLiteral("example.com")).domain;
    made.provider = "fake";
    made.zone = {"example.com", "example.com", {}};
    made.policyText = "version: STSv1\r\n";
    const QByteArray reports = "_smtp._tls.example.com";
    made.sets = {{reports,
                  RecordType::TXT,
                  {},
                  {{reports, RecordType::TXT, 3600, "v=TLSRPTv1; rua=mailto:a@example.com"}}},
                 {Sts, RecordType::TXT, {}, {{Sts, RecordType::TXT, 3600, "v=STSv1; id=1;"}}}};
    return made;
}

struct Push
{
    FakeProvider provider;
    Result<QByteArray> served = QByteArray("version: STSv1\r\n");
    QTemporaryDir folder;
    Plan plan = thePlan();
    Cancel cancel;
    QList<PushEvent> events;
    QString journal; // its path
    std::function<Result<void>(const Plan &, const Cancel &)> lastLook;

    Outcome run()
    {
        auto begun = Journal::start(folder.path(), plan, QDateTime::currentDateTimeUtc());
        if (!begun)
            qFatal("no journal");
        journal = begun->path();
        const PushDoors doors{
                provider, [this](const DomainName &, const Cancel &) { return served; },
                // Nobody listens there: what DNS says is proved with real servers.
                [](const Cancel &) -> Result<QList<NamedServer>> {
                    return QList<NamedServer>{
                            {"ns1.example.com", {QHostAddress(QHostAddress::LocalHost), 1}}};
                },
                nullptr, lastLook};
        return push(plan, doors, *begun, cancel,
                    [this](const PushEvent &event) { events.append(event); },
                    {.readBacks = 2, .readBackMs = 1, .dnsMs = 1});
    }
    QList<QByteArray> notes() const
    {
        const auto record = readJournal(journal);
        return record ? record->notes : QList<QByteArray>();
    }
};

} // namespace

class tst_Push : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void done();
    void troubles_data();
    void troubles();
    void policyFirst();
    void anotherPolicy();
    void changedSinceShown();
    void stopped();
    void blocked();
    void nothingToDo();
    void outcomeCannotBeRead();
    void halfDone();
    void journalCannotBeWritten();
    void hostWithoutDoor();
    void keysAreLookedAtAgain_data();
    void keysAreLookedAtAgain();
    void sendersComeLast();
};

void tst_Push::done()
{
    Push p;
    const Outcome outcome = p.run();
    // Written and read back; the name server is not there, so never "done".
    QCOMPARE(outcome.state, State::NotInDns);
    QCOMPARE(outcome.done.size(), 2);
    QCOMPARE(outcome.serversWithout, QStringList{QStringLiteral("ns1.example.com (127.0.0.1)")});
    QCOMPARE(p.provider.applied, 1);
    QCOMPARE(p.notes(), (QList<QByteArray>{"sent", "done", "ended"}));
}

void tst_Push::troubles_data()
{
    QTest::addColumn<int>("trouble");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("done");
    QTest::newRow("refused: nothing done") << int(Trouble::Refuse) << int(State::NotDone) << 0;
    QTest::newRow("answer lost before the effect")
            << int(Trouble::BeforeEffect) << int(State::NotDone) << 0;
    QTest::newRow("answer lost after the effect: done, and not sent again")
            << int(Trouble::AfterEffect) << int(State::NotInDns) << 2;
    QTest::newRow("yes, and nothing stands there")
            << int(Trouble::Silent) << int(State::NotDone) << 0;
}

void tst_Push::troubles()
{
    QFETCH(int, trouble);
    QFETCH(int, state);
    QFETCH(int, done);
    Push p;
    p.provider.trouble = Trouble(trouble);
    const Outcome outcome = p.run();
    QCOMPARE(int(outcome.state), state);
    QCOMPARE(int(outcome.done.size()), done);
    QCOMPARE(int(outcome.notDone.size()), 2 - done);
    QVERIFY(outcome.trouble);
    QCOMPARE(p.provider.applied, 1); // never blindly again
    QCOMPARE(p.notes().first(), QByteArray("sent"));
}

void tst_Push::policyFirst()
{
    Push p;
    p.served = failed(Error::Kind::NotFound, QStringLiteral("404"));
    QCOMPARE(p.run().state, State::NotDone);
    QCOMPARE(p.provider.applied, 0);
    QVERIFY(!p.notes().contains("sent"));
}

void tst_Push::anotherPolicy()
{
    Push p;
    p.served = QByteArray("version: STSv1\n");
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::NotDone);
    QCOMPARE(p.provider.applied, 0);
    QVERIFY(p.provider.held.isEmpty());
}

void tst_Push::changedSinceShown()
{
    Push p;
    p.provider.onRead = [&] {
        if (p.provider.read == 1)
            p.provider.held.append({{Sts, RecordType::TXT, 3600, "v=STSv1; id=other;"}, {}, false});
    };
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::NotDone);
    QVERIFY(outcome.trouble->what.contains(QLatin1String("_mta-sts.example.com")));
    QCOMPARE(p.provider.applied, 0);
    QCOMPARE(p.provider.held.size(), 1);
}

void tst_Push::stopped()
{
    Push p;
    p.provider.onRead = [&] { p.cancel.cancel(); };
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::NotDone);
    QCOMPARE(outcome.trouble->kind, Error::Kind::Cancelled);
    QCOMPARE(p.provider.applied, 0);
}

void tst_Push::blocked()
{
    Push p;
    p.plan.blockers = {{"PUSH-6.alias", Severity::Error, {}}};
    QCOMPARE(p.run().state, State::NotDone);
    QCOMPARE(p.provider.read, 0);
}

void tst_Push::nothingToDo()
{
    Push p;
    p.plan.sets.clear();
    QCOMPARE(p.run().state, State::Nothing);
    QCOMPARE(p.provider.applied, 0);
}

void tst_Push::outcomeCannotBeRead()
{
    Push p;
    p.provider.trouble = Trouble::AfterEffect;
    p.provider.cannotRead = true;
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::Unknown);
    QCOMPARE(p.notes().last(), QByteArray("unknown"));
}

void tst_Push::halfDone()
{
    Push p;
    p.provider.isAtomic = false;
    p.provider.trouble = Trouble::HalfDone;
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::PartlyDone);
    QCOMPARE(outcome.done.size(), 1);
    QCOMPARE(outcome.notDone.size(), 1);
    QCOMPARE(outcome.notDone.first().name, Sts);
    // What was done can be taken back.
    QCOMPARE(undoOf(outcome.done, p.provider.held).size(), 1);
}

void tst_Push::journalCannotBeWritten()
{
    const auto journal = Journal::start(QStringLiteral("/dev/null/x"), thePlan(),
                                        QDateTime::currentDateTimeUtc());
    QVERIFY(!journal);
    QVERIFY(journal.error().detail.contains(QLatin1String("/dev/null/x")));
}

/// What a plan needs and the caller did not bring is told before anything is written.
void tst_Push::hostWithoutDoor()
{
    Push p;
    p.plan.host = HostStep{HostStep::Action::Publish, "mta-sts.example.com", p.plan.policyText, {}};
    const Outcome outcome = p.run();
    QCOMPARE(outcome.state, State::NotDone);
    QCOMPARE(p.provider.applied, 0);
    QVERIFY(!p.notes().contains("host-sent"));
}

void tst_Push::keysAreLookedAtAgain_data()
{
    QTest::addColumn<QList<DnsRecord>>("after");
    QTest::addColumn<bool>("hasDoor");
    QTest::addColumn<bool>("isAsked");
    QTest::addColumn<bool>("isWritten");
    const QList<DnsRecord> some{
            {"_25._tcp.mx.example.com", RecordType::TLSA, 3600, "3 1 1 " + QByteArray(64, 'a')}};
    QTest::newRow("as they were") << some << true << true << true;
    QTest::newRow("nobody to look") << some << false << false << false;
    QTest::newRow("all go: nothing to look at") << QList<DnsRecord>() << false << false << true;
}

/// T-32: a plan may be old. Nothing is written where the keys are others now, or nobody looked.
void tst_Push::keysAreLookedAtAgain()
{
    QFETCH(QList<DnsRecord>, after);
    QFETCH(bool, hasDoor);
    const QByteArray owner = "_25._tcp.mx.example.com";
    Push p;
    const ZoneRecord old{
            {owner, RecordType::TLSA, 3600, "3 1 1 " + QByteArray(64, 'b')}, {}, false};
    p.provider.held = {old};
    p.plan.sets.append({owner, RecordType::TLSA, {old}, after});
    int asked = 0;
    if (hasDoor)
        p.lastLook = [&](const Plan &, const Cancel &) -> Result<void> {
            asked += p.provider.applied == 0 ? 1 : 100; // before anything is sent
            return {};
        };
    const Outcome outcome = p.run();
    QTEST(asked == 1, "isAsked");
    QTEST(p.provider.applied == 1, "isWritten");
    QCOMPARE(outcome.state, p.provider.applied == 1 ? State::NotInDns : State::NotDone);

    Push changed;
    changed.provider.held = {old};
    changed.plan = p.plan;
    changed.lastLook = [](const Plan &, const Cancel &) -> Result<void> {
        return failed(Error::Kind::Refused, QStringLiteral("another key"));
    };
    if (after.isEmpty())
        return;
    const Outcome refused = changed.run();
    QCOMPARE(refused.state, State::NotDone);
    QCOMPARE(refused.trouble->what, QStringLiteral("another key"));
    QCOMPARE(changed.provider.applied, 0);
    QVERIFY(!changed.notes().contains("sent"));
    QCOMPARE(changed.events.last().step, PushEvent::Step::Keys);
}

/// Without a name server that has the records nobody asks what senders see.
void tst_Push::sendersComeLast()
{
    Push p;
    QVERIFY(!p.run().serversWithout.isEmpty());
    for (const PushEvent &event : std::as_const(p.events))
        QVERIFY(event.step != PushEvent::Step::Senders && event.step != PushEvent::Step::Keys);
}

QTEST_GUILESS_MAIN(tst_Push)
#include "tst_push.moc"
