// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A push that sets up the policy host too: the whole of it against the stand-in for Cloudflare, there and
// back.
#include "push/hostedworld.h"

using State = Outcome::State;

namespace {

/// As after a crash between taking away what was in the way and attaching the host.
void crash(World &world)
{
    world.keepAddress();
    const auto plan = world.planned("mx.example.com");
    auto journal = Journal::start(world.folder.path(), *plan, Now.addSecs(++world.pushes));
    QVERIFY(journal && journal->note("host-sent"));
    const QByteArray script = workerScript({{Host, plan->policyText}}).value();
    world.bed.control({{QStringLiteral("scripts"),
                        QJsonObject{{QLatin1String(Worker), QString::fromUtf8(script)}}}});
    const SetChange gone{Host, RecordType::A, plan->host->before.inTheWay, {}};
    QVERIFY(world.provider->apply(plan->zone, {gone}, world.cancel));
    QVERIFY(world.textsAt(Host).isEmpty() && world.servedText().isEmpty());
    world.connect();
}

} // namespace

class tst_Hosted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstDeployment();
    void nothingChanged();
    void update();
    void whatIsShown();
    void backFromTheFirst();
    void backFromAnUpdate();
    void waitsForTheCertificate();
    void waitIsLeftAndResumed();
    void waitEnds();
    void foreignWorker();
    void noCertificateAllowed();
    void crashBeforeAttaching();
    void attachingIsRefusedAgain();
    void backFromTwoRuns();
    void passedOn();
    void passedOnInPlaceOfOurs();
    void notToBePassedOn_data();
    void notToBePassedOn();
};

void tst_Hosted::firstDeployment()
{
    WORLD(world)
    const auto plan = world.planned("mx.example.com");
    QVERIFY(plan && plan->blockers.isEmpty());
    const Outcome outcome = world.pushed(*plan);
    QVERIFY2(outcome.state == State::Done,
             qPrintable(outcome.trouble ? outcome.trouble->what + outcome.trouble->detail
                                        : QString()));
    QVERIFY(outcome.isHostDone);
    QVERIFY(world.isAllThere(plan->policyText));
    // With the one that verifies the token it is at most 14.
    QVERIFY2(world.requests().size() + 1 <= 14, qPrintable(world.requests().join(u'\n')));
    const QStringList writes = world.writes();
    QVERIFY(writes.first().startsWith(QLatin1String("PUT /accounts/")));
    QVERIFY(writes.last().endsWith(QLatin1String("/dns_records/batch"))); // file first, record last
    QCOMPARE(world.journal().notes,
             (QList<QByteArray>{"host-sent", "host-done", "sent", "done", "ended"}));
    QCOMPARE(world.bed.faults(), QByteArray());
}

void tst_Hosted::nothingChanged()
{
    WORLD(world)
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
    world.bed.control(object(R"({"reset":true})"));
    const auto again = world.planned("mx.example.com", 1);
    QVERIFY(again && again->isEmpty());
    QCOMPARE(again->host->action, HostStep::Action::Keep);
    QCOMPARE(world.pushed(*again).state, State::Nothing);
    QCOMPARE(world.writes(), QStringList());
}

/// The file first, and of the records only the id.
void tst_Hosted::update()
{
    WORLD(world)
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
    const QByteArray oldRecord = world.kept(Sts, "v=STSv1");
    world.bed.control(object(R"({"reset":true})"));
    const auto plan = world.planned("*.example.com", 1);
    QVERIFY(plan);
    QCOMPARE(plan->sets.size(), 1);
    world.fetches = 0;
    QCOMPARE(world.pushed(*plan).state, State::Done);
    QCOMPARE(world.fetches, 3); // three times in a row: some places may still have the old file
    QVERIFY(world.isAllThere(plan->policyText));
    QVERIFY(world.kept(Sts, "v=STSv1") != oldRecord);
    const QStringList writes = world.writes();
    QCOMPARE(writes.size(), 3); // script, workers.dev, id; the host is attached already
    QVERIFY(writes.last().endsWith(QLatin1String("/dns_records/batch")));
    QCOMPARE(world.bed.faults(), QByteArray());
}

/// PUSH-1: everything that is sent is in what was shown.
void tst_Hosted::whatIsShown()
{
    WORLD(world)
    world.keepAddress();
    const auto plan = world.planned("mx.example.com");
    QVERIFY(plan);
    QStringList steps;
    const QJsonArray all = planJson(*plan).value(QLatin1String("steps")).toArray();
    for (const QJsonValue step : all)
        steps.append(step[QLatin1String("action")].toString() + u' ' +
                     step[QLatin1String("name")].toString() + u' ' +
                     step[QLatin1String("type")].toString());
    QCOMPARE(steps, (QStringList{QStringLiteral("publish mta-sts.example.com policy"),
                                 QStringLiteral("delete mta-sts.example.com A"),
                                 QStringLiteral("verify mta-sts.example.com policy"),
                                 QStringLiteral("create _smtp._tls.example.com TXT"),
                                 QStringLiteral("create _mta-sts.example.com TXT")}));
    QCOMPARE(all.at(1)[QLatin1String("before")].toArray().first().toString(),
             QStringLiteral("192.0.2.1"));
    QCOMPARE(all.at(1)[QLatin1String("why")].toString(), QStringLiteral("PUSH-6.room"));
    QCOMPARE(all.at(0)[QLatin1String("after")].toArray().first().toString().toUtf8(),
             plan->policyText);
}

void tst_Hosted::backFromTheFirst()
{
    WORLD(world)
    world.keepAddress();
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
    QVERIFY(world.textsAt(Host).isEmpty());
    const auto back = world.undo();
    QVERIFY(back && back->host);
    QCOMPARE(back->host->action, HostStep::Action::Withdraw);
    world.bed.control(object(R"({"reset":true})"));
    const Outcome outcome = world.pushed(*back);
    QVERIFY2(outcome.state == State::Done,
             qPrintable(outcome.trouble ? outcome.trouble->what + outcome.trouble->detail
                                        : QString()));
    QVERIFY(world.writes().first().endsWith(QLatin1String("/dns_records/batch"))); // records first
    QVERIFY(world.textsAt(Sts).isEmpty());
    QCOMPARE(world.textsAt(Tls).size(), 1);
    QCOMPARE(world.textsAt(Host), QList<QByteArray>{"192.0.2.1"});
    QVERIFY(world.servedText().isEmpty());
    // And there again: the undo can be undone.
    const auto forth = world.undo();
    QVERIFY(forth && forth->host);
    QCOMPARE(world.pushed(*forth).state, State::Done);
    QVERIFY(world.isAllThere(forth->host->text));
    QCOMPARE(world.bed.faults(), QByteArray());
}

void tst_Hosted::backFromAnUpdate()
{
    WORLD(world)
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
    const QByteArray oldText = world.servedText(), oldRecord = world.kept(Sts, "v=STSv1");
    QCOMPARE(world.pushed(*world.planned("*.example.com", 1)).state, State::Done);
    const auto back = world.undo();
    QVERIFY(back && back->host);
    QCOMPARE(back->host->action, HostStep::Action::Publish);
    QCOMPARE(world.pushed(*back).state, State::Done);
    QCOMPARE(world.servedText(), oldText);
    QCOMPARE(world.kept(Sts, "v=STSv1"), oldRecord);
    QVERIFY(!world.undo()->isEmpty()); // back once more would be the update
}

void tst_Hosted::waitsForTheCertificate()
{
    WORLD(world)
    world.withoutCertificate = 4;
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
    QCOMPARE(world.fetches, 5);
    int waits = 0;
    for (const PushEvent &event : std::as_const(world.events))
        waits += event.step == PushEvent::Step::Policy && !event.detail.isEmpty();
    QCOMPARE(waits, 4); // each is told, with what it waits for
}

void tst_Hosted::waitIsLeftAndResumed()
{
    WORLD(world)
    world.withoutCertificate = 1000000;
    world.limits.served.firstMs = world.limits.served.laterMs = 60000;
    const Cancel first = world.cancel;
    const auto plan = world.planned("mx.example.com");
    world.cancel = first.until(QDeadlineTimer(15000));
    const Outcome left = world.pushed(*plan);
    QCOMPARE(left.state, State::PartlyDone);
    QVERIFY(left.isHostDone);
    QCOMPARE(left.trouble->kind, Error::Kind::Cancelled);
    QVERIFY(world.textsAt(Sts).isEmpty()); // no sender is told yet
    QVERIFY(world.journal().wasSent());

    world.cancel = first;
    world.withoutCertificate = 2;
    world.limits = quick();
    world.connect();
    world.bed.control(object(R"({"reset":true})"));
    const auto rest = world.planned("mx.example.com");
    QCOMPARE(rest->host->action, HostStep::Action::Keep);
    QCOMPARE(world.pushed(*rest).state, State::Done);
    QCOMPARE(world.writes().size(), 1);
    QVERIFY(world.isAllThere(plan->policyText));
}

void tst_Hosted::waitEnds()
{
    WORLD(world)
    world.withoutCertificate = 1000000;
    world.limits.served.totalMs = 1;
    const Outcome outcome = world.pushed(*world.planned("mx.example.com"));
    QCOMPARE(outcome.state, State::PartlyDone);
    QCOMPARE(outcome.trouble->kind, Error::Kind::Timeout);
    QCOMPARE(outcome.trouble->detail, QStringLiteral("no certificate yet"));
    QVERIFY(world.textsAt(Sts).isEmpty());
}

void tst_Hosted::foreignWorker()
{
    WORLD(world)
    world.bed.control(
            {{QStringLiteral("scripts"),
              QJsonObject{{QLatin1String(Worker), QStringLiteral("export default {}")}}}});
    const auto plan = world.planned("mx.example.com");
    QVERIFY(plan);
    QCOMPARE(plan->blockers.size(), 1);
    QCOMPARE(plan->blockers.first().id, QByteArray("PUSH-6.foreign"));
    QCOMPARE(world.pushed(*plan).state, State::NotDone);
    QCOMPARE(world.writes(), QStringList());
}

/// A certificate that can never come is told before anything is written.
void tst_Hosted::noCertificateAllowed()
{
    WORLD(world)
    world.allow("ca.example");
    const auto plan = world.planned("mx.example.com");
    QVERIFY(plan);
    QCOMPARE(plan->blockers.size(), 1);
    QCOMPARE(plan->blockers.first().id, QByteArray("PUSH-6.caa"));
    QCOMPARE(world.pushed(*plan).state, State::NotDone);
    QCOMPARE(world.writes(), QStringList());
    world.allow("pki.goog"); // the way out
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::Done);
}

void tst_Hosted::crashBeforeAttaching()
{
    WORLD(world)
    crash(world);
    const auto rest = world.planned("mx.example.com");
    QVERIFY(rest && rest->blockers.isEmpty());
    QCOMPARE(world.pushed(*rest).state, State::Done);
    QVERIFY(world.isAllThere(rest->policyText));
    // And back from there, to before both.
    const auto back = world.undo();
    QVERIFY(back && back->host);
    QCOMPARE(back->host->action, HostStep::Action::Withdraw);
    QCOMPARE(world.pushed(*back).state, State::Done);
    QCOMPARE(world.textsAt(Host), QList<QByteArray>{"192.0.2.1"});
    QVERIFY(world.servedText().isEmpty() && world.textsAt(Sts).isEmpty());
    QCOMPARE(world.bed.faults(), QByteArray());
}

/// What the first one took away comes back when the second one does not get its place either.
void tst_Hosted::attachingIsRefusedAgain()
{
    WORLD(world)
    crash(world);
    const auto rest = world.planned("mx.example.com");
    world.bed.control(object(R"({"reset":true,"refuse":"workers/domains"})"));
    QCOMPARE(world.pushed(*rest).state, State::PartlyDone);
    QCOMPARE(world.textsAt(Host), QList<QByteArray>{"192.0.2.1"});
    // The third one gets it, and the way back is still known.
    world.bed.control(object(R"({"reset":true})"));
    const auto third = world.planned("mx.example.com");
    QCOMPARE(world.pushed(*third).state, State::Done);
    QVERIFY(world.isAllThere(third->policyText));
    QCOMPARE(world.pushed(*world.undo()).state, State::Done);
    QCOMPARE(world.textsAt(Host), QList<QByteArray>{"192.0.2.1"});
    QCOMPARE(world.bed.faults(), QByteArray());
}

/// Left while it waited for the certificate, ended by the next: one undo leads back to before both.
void tst_Hosted::backFromTwoRuns()
{
    WORLD(world)
    world.keepAddress();
    world.withoutCertificate = 1000000;
    world.limits.served.totalMs = 1;
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::PartlyDone);
    QCOMPARE(world.pushed(*world.planned("mx.example.com")).state, State::NotDone); // waits on
    world.withoutCertificate = 0;
    world.limits = quick();
    const auto rest = world.planned("mx.example.com");
    QCOMPARE(rest->host->action, HostStep::Action::Keep);
    QCOMPARE(world.pushed(*rest).state, State::Done);
    const auto back = world.undo();
    QVERIFY(back && back->host);
    QCOMPARE(world.pushed(*back).state, State::Done);
    QCOMPARE(world.textsAt(Host), QList<QByteArray>{"192.0.2.1"});
    QVERIFY(world.servedText().isEmpty() && world.textsAt(Sts).isEmpty());
    QCOMPARE(world.textsAt(Tls).size(), 1);
}

/// RFC 8461 8.2: the record is an alias; the file is fetched from the mail provider by the Worker.
void tst_Hosted::passedOn()
{
    WORLD(world)
    const auto plan = world.plannedPassedOn();
    QVERIFY(plan && plan->blockers.isEmpty());
    QCOMPARE(passedOnDomain(plan->policyText), MailProvider);
    const Outcome outcome = world.pushed(*plan);
    QVERIFY2(outcome.state == State::Done,
             qPrintable(outcome.trouble ? outcome.trouble->what + outcome.trouble->detail
                                        : QString()));
    QCOMPARE(world.textsAt(Sts), QList<QByteArray>{"_mta-sts.mx.cloudflare.net"});
    QCOMPARE(world.servedText(), world.providersPolicy);
    QVERIFY(world.writes().first().startsWith(QLatin1String("PUT /accounts/")));
    QVERIFY(world.writes().last().endsWith(QLatin1String("/dns_records/batch")));

    world.bed.control(object(R"({"reset":true})"));
    world.providersPolicy.replace("86400", "604800"); // is theirs to change
    const auto again = world.plannedPassedOn();
    QVERIFY(again && again->isEmpty());
    QCOMPARE(world.pushed(*again).state, State::Nothing);
    QCOMPARE(world.writes(), QStringList());

    QCOMPARE(world.pushed(*world.undo()).state, State::Done);
    QVERIFY(world.servedText().isEmpty() && world.textsAt(Sts).isEmpty());
    QCOMPARE(world.bed.faults(), QByteArray());
}

void tst_Hosted::passedOnInPlaceOfOurs()
{
    WORLD(world)
    const auto first = world.planned("mx.example.com");
    QCOMPARE(world.pushed(*first).state, State::Done);
    const auto plan = world.plannedPassedOn();
    QVERIFY(plan && plan->blockers.isEmpty());
    world.fetches = 0;
    QCOMPARE(world.pushed(*plan).state, State::Done);
    QCOMPARE(world.fetches, 3); // some places have the old file for a while
    QCOMPARE(world.textsAt(Sts), QList<QByteArray>{"_mta-sts.mx.cloudflare.net"});
    QCOMPARE(world.pushed(*world.undo()).state, State::Done);
    QVERIFY(world.isAllThere(first->policyText));
    QCOMPARE(world.bed.faults(), QByteArray());
}

void tst_Hosted::notToBePassedOn_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("does not cover a mail server")
            << QByteArray("version: STSv1\nmode: enforce\nmx: isaac.mx.cloudflare.net\n"
                          "max_age: 86400\n")
            << Error::Kind::Refused;
    QTest::newRow("no policy") << QByteArray("<html>Sorry</html>") << Error::Kind::Malformed;
}

void tst_Hosted::notToBePassedOn()
{
    QFETCH(QByteArray, policy);
    WORLD(world)
    world.providersPolicy = policy;
    const auto plan = world.plannedPassedOn();
    QVERIFY(!plan);
    QTEST(plan.error().kind, "kind");
    QCOMPARE(world.writes(), QStringList());
}

QTEST_GUILESS_MAIN(tst_Hosted)
#include "tst_hosted.moc"
