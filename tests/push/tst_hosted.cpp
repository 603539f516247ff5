// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A push that sets up the policy host too: the whole of it against the stand-in for Cloudflare, there and
// back, and with a fault at every single request.
#include "mail/workerscript.h"
#include "provider/zonebed.h"
#include "push/push.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

using State = Outcome::State;

const QByteArray Host = "mta-sts.example.com";
const QByteArray Sts = "_mta-sts.example.com";
const QByteArray Tls = "_smtp._tls.example.com";
constexpr char Worker[] = "mta-sts-example-com";
const QDateTime Now({2026, 3, 1}, {10, 0}, Qt::UTC);

Choices choices(const QByteArray &pattern)
{
    Choices made;
    made.domain = DomainName::parse(QStringLiteral("example.com")).domain;
    made.mx = {*MxPattern::parse(pattern)};
    made.reportTo = {"mailto:tls@example.com"};
    made.hosting = Hosting::CloudflareWorker;
    return made;
}

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

/// Quick, because nothing here waits for a certificate but where a test says so.
PushLimits quick()
{
    return {.readBacks = 2,
            .readBackMs = 50,
            .dnsMs = 5000,
            .served = {.firstMs = 1, .laterMs = 1, .totalMs = 20000, .inARow = 3}};
}

struct World
{
    ZoneBed bed;
    QTemporaryDir folder;
    Cancel cancel;
    int withoutCertificate = 0; // so many fetches fail yet
    int fetches = 0, pushes = 0;
    PushLimits limits = quick();
    std::unique_ptr<Provider> provider;
    std::unique_ptr<PolicyHost> host;
    QList<PushEvent> events;

    QString start()
    {
        QString why = bed.start(QStringLiteral("cloudflare"));
        if (why.isEmpty())
            connect();
        return why;
    }
    /// Anew, as another start of the program does.
    void connect()
    {
        provider = bed.provider("cloudflare");
        host = *makePolicyHost(*providerInfo("cloudflare"), bed.value("address"),
                               Secret(bed.value("secret").toLatin1()));
    }
    QByteArray servedText() const
    {
        const QByteArray script = bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                                          .value(QLatin1String("served"))
                                          .toString()
                                          .toUtf8();
        const auto policies = policiesOfWorker(script);
        return policies ? policies->first().text : QByteArray();
    }
    /// As senders see the domain now.
    LiveState live() const
    {
        LiveState state;
        state.policyKnown = state.stsKnown = state.tlsRptKnown = true;
        if (const QByteArray text = servedText(); !text.isEmpty())
            state.policyBody = text;
        state.stsText = kept(Sts, "v=STSv1");
        if (!state.stsText.isEmpty())
            state.stsId = state.stsText.mid(state.stsText.indexOf("id=") + 3).chopped(1);
        state.tlsRptText = kept(Tls, "v=TLSRPTv1");
        return state;
    }
    QList<QByteArray> textsAt(const QByteArray &name) const
    {
        QList<QByteArray> texts;
        const QJsonValue zones =
                bed.control(object(R"({"state":true})")).value(QLatin1String("records"));
        for (const QJsonValue record : zones[QLatin1String("example.com")].toArray()) {
            if (record[QLatin1String("name")].toString() == QLatin1String(name) &&
                !record[QLatin1String("meta")][QLatin1String("read_only")].toBool())
                texts.append(record[QLatin1String("content")].toString().toUtf8());
        }
        return texts;
    }
    QByteArray kept(const QByteArray &name, const QByteArray &start) const
    {
        for (const QByteArray &text : textsAt(name)) {
            if (text.startsWith('"' + start))
                return text.mid(1).chopped(1);
        }
        return {};
    }
    QStringList requests() const
    {
        QStringList list;
        for (const QJsonValue request : bed.control().value(QLatin1String("requests")).toArray())
            list.append(request.toString());
        return list;
    }
    QStringList writes() const
    {
        return requests().filter(QRegularExpression(QStringLiteral("^(?!GET )")));
    }

    Result<Plan> planned(const QByteArray &pattern, int day = 0)
    {
        const Deployment wanted = deployment(choices(pattern), live(), Now.addDays(day));
        const auto zones = provider->zones(Sts, cancel);
        if (!zones)
            return tl::unexpected(zones.error());
        const Zone zone = *zoneFor(Sts, *zones);
        const auto records = provider->records(zone, namesToRead(wanted.domain), cancel);
        if (!records)
            return tl::unexpected(records.error());
        const auto state = host->look(zone, Host, wanted.policyText, cancel);
        if (!state)
            return tl::unexpected(state.error());
        return plan(wanted, live(), "cloudflare", zone, *records, provider->traits(), &*state);
    }
    Outcome pushed(const Plan &plan)
    {
        auto journal = Journal::start(folder.path(), plan, Now.addSecs(++pushes));
        if (!journal)
            qFatal("no journal");
        const PushDoors doors{
                *provider,
                [this](const Cancel &) -> Result<QByteArray> {
                    ++fetches;
                    const QByteArray text = servedText();
                    if (withoutCertificate-- > 0 || text.isEmpty())
                        return failed(Error::Kind::Network, QStringLiteral("no certificate yet"));
                    return text;
                },
                [this](const Cancel &) -> Result<QList<QPair<QByteArray, ServerAddress>>> {
                    return QList<QPair<QByteArray, ServerAddress>>{
                            {"bob.ns.cloudflare.com", bed.nameServer()}};
                },
                host.get()};
        return push(
                plan, doors, *journal, cancel,
                [this](const PushEvent &event) { events.append(event); }, limits);
    }
    JournalRecord journal() const
    {
        const auto read =
                readJournal(newestJournal(folder.path(), choices("mx.example.com").domain));
        return read.value_or(JournalRecord());
    }
    /// What the newest journal did, taken back.
    Result<Plan> undo()
    {
        const JournalRecord done = journal();
        const DomainName domain = choices("mx.example.com").domain;
        const auto records = provider->records(done.zone, namesToRead(domain), cancel);
        if (!records)
            return tl::unexpected(records.error());
        const auto state = host->look(done.zone, Host, done.host->before.text, cancel);
        if (!state)
            return tl::unexpected(state.error());
        return undoPlan(done, domain, *records, &*state);
    }
    void keepAddress() const
    {
        bed.control(object(R"({"records":[{"zone":"example.com","name":"mta-sts.example.com",
            "type":"A","content":"192.0.2.1","proxied":true,"comment":"old server"}]})"));
    }
    bool isAllThere(const QByteArray &text) const
    {
        return servedText() == text && textsAt(Host).isEmpty() && textsAt(Sts).size() == 1 &&
               textsAt(Tls).size() == 2;
    }
};

} // namespace

#define WORLD(world)                                                                               \
    World world;                                                                                   \
    if (const QString why = world.start(); !why.isEmpty()) {                                       \
        if (world.bed.isMissing())                                                                 \
            QSKIP(qPrintable(why));                                                                \
        QFAIL(qPrintable(why));                                                                    \
    }

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
    void faultAtEveryRequest_data();
    void faultAtEveryRequest();
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

void tst_Hosted::faultAtEveryRequest_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how : {"500-before", "500-after", "cut-after", "html"})
        QTest::newRow(how) << QByteArray(how);
}

/// T-30: whatever fails, what is said is true, nothing is lost, and the next push ends it.
void tst_Hosted::faultAtEveryRequest()
{
    QFETCH(QByteArray, how);
    WORLD(world)
    int requests = 100;
    for (int at = 1; at <= requests; ++at) {
        world.bed.control(object(R"({"fresh":true})"));
        world.keepAddress();
        world.connect();
        world.bed.control({{QStringLiteral("reset"), true},
                           {QStringLiteral("trouble"),
                            QJsonObject{{QStringLiteral("at"), at},
                                        {QStringLiteral("how"), QLatin1String(how)}}}});
        QString where = QStringLiteral("%1 at request %2").arg(QLatin1String(how)).arg(at);
        const auto plan = world.planned("mx.example.com");
        world.connect(); // else the two would wait for their turn most of the time
        const Outcome outcome = plan ? world.pushed(*plan) : Outcome();
        const QStringList asked = world.requests(), writes = world.writes();
        where += QStringLiteral(" (%1): state %2, %3")
                         .arg(asked.value(at - 1))
                         .arg(int(outcome.state))
                         .arg(outcome.trouble ? outcome.trouble->what : QString());
        const auto holds = [&](bool is, const char *what) {
            return QTest::qVerify(is, what, qPrintable(where), __FILE__, __LINE__);
        };
        const bool isServed = !world.servedText().isEmpty();
        const bool isAnnounced = !world.textsAt(Sts).isEmpty();
        if (!holds(!isAnnounced || isServed, "senders are told only of what is served") ||
            !holds(isServed || world.textsAt(Host).size() == 1, "what made room is not lost"))
            return;
        switch (outcome.state) {
        case State::Nothing:
            holds(false, "there was something to do");
            return;
        case State::Done:
        case State::NotInDns:
            if (!holds(world.isAllThere(plan->policyText), "done is done"))
                return;
            break;
        case State::NotDone:
            if (!holds(!isServed && !isAnnounced && !outcome.isHostDone, "nothing is nothing") ||
                !holds(world.bed.control(object(R"({"state":true})"))
                               .value(QLatin1String("scripts"))
                               .toObject()
                               .isEmpty(),
                       "no Worker is left"))
                return;
            break;
        case State::PartlyDone:
        case State::Unknown:
            if (!holds(outcome.trouble.has_value(), "it is said why"))
                return;
            break;
        }
        if (plan) {
            // On disk before it is sent, whatever became of it (PUSH-9).
            const JournalRecord journal = world.journal();
            const bool isBatch = !asked.filter(QStringLiteral("/dns_records/batch")).isEmpty() &&
                                 journal.notes.contains("sent");
            if (!holds(journal.host && journal.host->before.inTheWay.size() == 1,
                       "the journal has what made room") ||
                !holds(writes.isEmpty() || journal.notes.contains("host-sent"),
                       "the journal knew of the host") ||
                !holds(!isAnnounced || isBatch, "the journal knew of the records") ||
                !holds(journal.notes.last() ==
                               (outcome.state == State::Unknown ? "unknown" : "ended"),
                       "the journal has an end"))
                return;
        }
        world.connect();
        world.bed.control(object(R"({"reset":true})"));
        const auto rest = world.planned("mx.example.com");
        if (!holds(rest.has_value(), "there is a plan again"))
            return;
        world.connect();
        const State state = world.pushed(*rest).state;
        if (!holds(state == State::Done || state == State::Nothing, "the next push ends it") ||
            !holds(world.isAllThere(rest->host->text), "everything stands, once") ||
            !holds(world.bed.faults().isEmpty(), "every request fits"))
            return;
        if (asked.size() < at) // no request was left to go wrong
            requests = at;
    }
    QVERIFY2(requests >= 15 && requests < 100, qPrintable(QString::number(requests)));
}

QTEST_GUILESS_MAIN(tst_Hosted)
#include "tst_hosted.moc"
