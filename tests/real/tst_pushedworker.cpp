// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A push to the stand-in for Cloudflare whose proof is a real one: the uploaded script runs in the Workers
// runtime, behind a certificate, and the policy is fetched from there as a sender fetches it.
#include "mail/passedon.h"
#include "mail/workerscript.h"
#include "net/policyfetch.h"
#include "provider/zonebed.h"
#include "push/push.h"
#include "real/kitserver.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray Host = "mta-sts.example.com";

Deployment wanted()
{
    Choices made;
    made.domain = *DomainName::fromAscii("example.com");
    made.mode = Policy::Mode::Enforce;
    made.maxAge = 604800;
    for (const char *pattern : {"mx1.example.com", "*.mail.example.net", "xn--bcher-kva.example"})
        made.mx.append(*MxPattern::parse(pattern));
    made.reportTo = {"mailto:tls@example.com"};
    made.hosting = Hosting::CloudflareWorker;
    return deployment(made, {}, QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC));
}

/// What senders get from a script that answers at the host; an error while none does.
Result<QByteArray> fetched(const QByteArray &script, const Cancel &cancel,
                           const QByteArray &providersAnswer = {})
{
    if (script.isEmpty())
        return failed(Error::Kind::NotFound, QStringLiteral("nothing answers there"));
    KitServer runtime(Hosting::CloudflareWorker);
    if (!providersAnswer.isEmpty())
        runtime.setProvidersAnswer(providersAnswer);
    if (const QString trouble = runtime.start(Host, script); !trouble.isEmpty())
        return failed(Error::Kind::Unexpected, trouble);
    PolicyFetcher fetcher(TrustStore::only(runtime.root()));
    const PolicyFetch fetch =
            fetcher.fetch({Host, QHostAddress(QHostAddress::LocalHost), runtime.port()}, cancel);
    if (fetch.end != PolicyFetch::End::Answered || fetch.status != 200 ||
        !fetch.tls.pkix.isValid() || !fetch.contentType.startsWith("text/plain"))
        return failed(Error::Kind::Refused, QStringLiteral("not as a sender wants it"),
                      fetch.problem);
    return fetch.body;
}

} // namespace

class tst_PushedWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void served();
    void passedOn_data();
    void passedOn();
};

void tst_PushedWorker::served()
{
    if (const QString missing = KitServer(Hosting::CloudflareWorker).missing(); !missing.isEmpty())
        QSKIP(qPrintable(missing + QStringLiteral(" is not installed")));
    ZoneBed bed;
    if (const QString why = bed.start(QStringLiteral("cloudflare")); !why.isEmpty())
        QSKIP(qPrintable(why));
    const Cancel cancel;
    const auto provider = bed.provider("cloudflare");
    const auto host = *makePolicyHost(*providerInfo("cloudflare"), bed.value("address"),
                                      Secret(bed.value("secret").toLatin1()));
    const Deployment deployment = wanted();
    const Zone zone = *zoneFor(Host, *provider->zones(Host, cancel));
    const auto state = host->look(zone, Host, deployment.policyText, cancel);
    QVERIFY(state);
    const Plan made = plan(deployment, {}, "cloudflare", zone,
                           *provider->records(zone, namesToRead(deployment.domain), cancel),
                           provider->traits(), &*state);
    const PushDoors doors{*provider,
                          [&](const DomainName &, const Cancel &stop) {
                              return fetched(
                                      bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                                              .value(QLatin1String("served"))
                                              .toString()
                                              .toUtf8(),
                                      stop);
                          },
                          [&](const Cancel &) -> Result<QList<NamedServer>> {
                              return QList<NamedServer>{{"bob", bed.nameServer()}};
                          },
                          host.get()};
    QVERIFY(!doors.servedPolicy(deployment.domain, cancel)); // nothing before
    QTemporaryDir folder;
    auto journal = Journal::start(folder.path(), made, QDateTime::currentDateTimeUtc());
    QVERIFY(journal);
    const Outcome outcome = push(made, doors, *journal, cancel);
    QVERIFY2(outcome.state == Outcome::State::Done,
             qPrintable(outcome.trouble ? outcome.trouble->what + outcome.trouble->detail
                                        : QString()));
    QCOMPARE(doors.servedPolicy(deployment.domain, cancel).value_or(QByteArray()),
             deployment.policyText);
    QCOMPARE(bed.faults(), QByteArray());
}

/// What the Worker makes of the answers of a mail provider whose file it passes on.
void tst_PushedWorker::passedOn_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("served"); // empty: none that a sender takes
    QTest::newRow("a policy")
            << QByteArray(R"(return new Response("version: STSv1\r\nmode: enforce\r\n"))")
            << QByteArray("version: STSv1\r\nmode: enforce\r\n");
    QTest::newRow("no file") << QByteArray(R"(return new Response("a", { status: 404 }))")
                             << QByteArray();
    QTest::newRow("redirect")
            << QByteArray(R"(return Response.redirect("https://elsewhere.example/", 301))")
            << QByteArray();
    QTest::newRow("too long") << QByteArray(R"(return new Response("a".repeat(65537)))")
                              << QByteArray();
    QTest::newRow("nobody answers") << QByteArray(R"(throw new Error("down"))") << QByteArray();
}

void tst_PushedWorker::passedOn()
{
    QFETCH(QByteArray, answer);
    if (const QString missing = KitServer(Hosting::CloudflareWorker).missing(); !missing.isEmpty())
        QSKIP(qPrintable(missing + QStringLiteral(" is not installed")));
    const auto script = workerScript({{Host, policyPassedOn("mx.cloudflare.net")}});
    QVERIFY(script);
    const auto got = fetched(*script, Cancel(), answer);
    if (!got)
        QCOMPARE(got.error().kind, Error::Kind::Refused);
    QTEST(got.value_or(QByteArray()), "served");
}

QTEST_GUILESS_MAIN(tst_PushedWorker)
#include "tst_pushedworker.moc"
