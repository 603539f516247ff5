// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// T-30: a push that sets up the policy host too, with a fault at every single request in turn.
#include "push/hostedworld.h"

using State = Outcome::State;

namespace {

/// One push with one fault in it, and the next one without.
struct Faulty
{
    World &world;
    QByteArray how;
    int at = 0;
    Result<Plan> plan = failed(Error::Kind::Unexpected, {});
    Outcome outcome = {};
    QStringList asked = {}, writes = {};
    bool isServed = false, isAnnounced = false;

    void run()
    {
        world.bed.control(object(R"({"fresh":true})"));
        world.keepAddress();
        world.connect();
        world.bed.control({{QStringLiteral("reset"), true},
                           {QStringLiteral("trouble"),
                            QJsonObject{{QStringLiteral("at"), at},
                                        {QStringLiteral("how"), QLatin1String(how)}}}});
        plan = world.planned("mx.example.com");
        world.connect(); // else the two would wait for their turn most of the time
        if (plan)
            outcome = world.pushed(*plan);
        asked = world.requests();
        writes = world.writes();
        isServed = !world.servedText().isEmpty();
        isAnnounced = !world.textsAt(Sts).isEmpty();
    }
    /// A check, and what led to it where it fails.
    bool holds(bool is, const char *what) const
    {
        const QString where = QStringLiteral("%1 at request %2 (%3): state %4, %5")
                                      .arg(QLatin1String(how))
                                      .arg(at)
                                      .arg(asked.value(at - 1))
                                      .arg(int(outcome.state))
                                      .arg(outcome.trouble ? outcome.trouble->what : QString());
        return QTest::qVerify(is, what, qPrintable(where), __FILE__, __LINE__);
    }
    bool isSafe() const
    {
        return holds(!isAnnounced || isServed, "senders are told only of what is served") &&
               holds(isServed || world.textsAt(Host).size() == 1, "what made room is not lost");
    }
    /// What is said is so.
    bool isTrue() const
    {
        const QJsonObject scripts = world.bed.control(object(R"({"state":true})"))
                                            .value(QLatin1String("scripts"))
                                            .toObject();
        switch (outcome.state) {
        case State::Nothing:
            return holds(false, "there was something to do");
        case State::Done:
        case State::NotInDns:
        case State::NotProven:
            return holds(world.isAllThere(plan->policyText), "done is done");
        case State::NotDone:
            return holds(scripts.isEmpty() && !isServed && !isAnnounced && !outcome.isHostDone,
                         "nothing is nothing");
        case State::PartlyDone:
        case State::Unknown:
            break;
        }
        return holds(outcome.trouble.has_value(), "it is said why") &&
               holds(!scripts.isEmpty(), "something is something");
    }
    /// On disk before it is sent, whatever became of it (PUSH-9).
    bool isWrittenDown() const
    {
        if (!plan) // nothing was shown, so nothing was agreed to
            return holds(writes.isEmpty(), "a plan that failed writes nothing");
        const JournalRecord journal = world.journal();
        const char *end = outcome.state == State::Unknown ? "unknown" : "ended";
        return holds(journal.host && journal.host->before.inTheWay.size() == 1,
                     "the journal has what made room") &&
               holds(writes.isEmpty() || journal.notes.contains("host-sent"),
                     "the journal knew of the host") &&
               holds(!isAnnounced || journal.notes.contains("sent"),
                     "the journal knew of the records") &&
               holds(journal.notes.last() == end, "the journal has an end");
    }
    /// Whatever became of it and of the one that ended it, one undo leads back to before both.
    bool leadsBack() const
    {
        world.connect();
        world.bed.control(object(R"({"reset":true})"));
        const auto back = world.undo();
        if (!holds(back.has_value(), "there is a way back"))
            return false;
        world.connect();
        return holds(world.pushed(*back).state == State::Done, "the way back is gone") &&
               holds(world.servedText().isEmpty() && world.textsAt(Sts).isEmpty() &&
                             world.textsAt(Tls).size() == 1,
                     "nothing of ours is left") &&
               holds(world.textsAt(Host) == QList<QByteArray>{"192.0.2.1"},
                     "what made room is back") &&
               holds(world.bed.faults().isEmpty(), "every request fits");
    }
    bool endsWithTheNext() const
    {
        world.connect();
        world.bed.control(object(R"({"reset":true})"));
        const auto rest = world.planned("mx.example.com");
        world.connect();
        if (!holds(rest.has_value(), "there is a plan again"))
            return false;
        const State state = world.pushed(*rest).state;
        return holds(state == State::Done || state == State::Nothing, "the next push ends it") &&
               holds(world.isAllThere(rest->host->text), "everything stands, once") &&
               holds(world.bed.faults().isEmpty(), "every request fits");
    }
};

} // namespace

class tst_Faults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultAtEveryRequest_data();
    void faultAtEveryRequest();
};

void tst_Faults::faultAtEveryRequest_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how : {"500-before", "500-after", "cut-after", "html"})
        QTest::newRow(how) << QByteArray(how);
}

/// Whatever fails, what is said is true, nothing is lost, and the next push ends it.
void tst_Faults::faultAtEveryRequest()
{
    QFETCH(QByteArray, how);
    WORLD(world)
    constexpr int Fewest = 15, Most = 100;
    int at = 1;
    for (bool isOver = false; !isOver && at < Most; ++at) {
        Faulty faulty{world, how, at};
        faulty.run();
        if (!faulty.isSafe() || !faulty.isTrue() || !faulty.isWrittenDown() ||
            !faulty.endsWithTheNext() || !faulty.leadsBack())
            return;
        isOver = faulty.asked.size() < at; // none was left to go wrong
    }
    QVERIFY2(at > Fewest && at < Most, qPrintable(QString::number(at)));
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
