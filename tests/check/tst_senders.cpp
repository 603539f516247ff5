// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What each sender does, row by row: RFC 8461 2, 4, 5; RFC 7672; RFC 5321 5.1. Nothing unseen may come
// out as delivered.
#include "check/judged.h"
#include "check/senders.h"
#include "check/senderwords.h"
#include "fakes/testpki.h"
#include "net/dane.h"

namespace {

using enum Handling;

const QString Mx1 = QStringLiteral("192.0.2.1");
const QString Mx2 = QStringLiteral("192.0.2.2");
const QByteArray Tlsa1 = "_25._tcp.mx1.shop.example";
const QByteArray Tlsa2 = "_25._tcp.mx2.shop.example";

/// A whole right domain whose servers have real certificates, so that DANE can be judged.
struct World : FakeWorld
{
    World()
    {
        const TestPki pki;
        for (const auto &[address, name] :
             {std::pair(Mx1, QByteArray("mx1.shop.example")), {Mx2, "mx2.shop.example"}}) {
            const TestIdentity leaf = pki.leaf(QList<QByteArray>{name});
            smtp.facts[address].tls.chain = certificatesFromPem(pki.chain(leaf));
        }
    }
    void pin(bool right = true)
    {
        const auto key = [&](const QString &address) {
            return right ? tlsaData(smtp.facts[address].tls.chain.first(), 1, 1)
                         : QByteArray(32, 'x');
        };
        dns.tlsa(Tlsa1, {{3, 1, 1, key(Mx1)}});
        dns.tlsa(Tlsa2, {{3, 1, 1, key(Mx2)}});
    }
    void mode(const QByteArray &mode, const QByteArray &mx = "mx1.shop.example")
    {
        setPolicy("version: STSv1\r\nmode: " + mode + "\r\nmx: " + mx +
                  "\r\nmx: mx2.shop.example\r\nmax_age: 604800\r\n");
    }
    void withoutSts()
    {
        dns.remove("_mta-sts.shop.example");
        dns.remove("mta-sts.shop.example");
    }
    void each(const std::function<void(SmtpFacts &)> &spoil)
    {
        spoil(smtp.facts[Mx1]);
        spoil(smtp.facts[Mx2]);
    }
};

using Spoil = std::function<void(World &)>;

void noStartTls(SmtpFacts &facts)
{
    facts.end = SmtpFacts::End::NoStartTls;
    facts.stage = SmtpFacts::Stage::Ehlo;
    facts.offersStartTls = false;
    facts.tls = {};
}

void expired(SmtpFacts &facts)
{
    facts.tls.pkix.expired = true;
}

const SenderView &of(const QList<SenderView> &views, SenderKind kind)
{
    for (const SenderView &view : views)
        if (view.sender.kind == kind)
            return view;
    qFatal("no such sender");
}

QByteArray told(const QList<SenderView> &views)
{
    QByteArray text;
    for (const SenderView &view : views)
        text += senderName(view.sender.kind).toUtf8() + "\n" + senderMethods(view.sender).toUtf8() +
                ": " + outcomeSentence(view.now).toUtf8() + "\n";
    return text;
}

bool hasReason(const SenderOutcome &outcome, const QByteArray &id)
{
    QList<Issue> all = outcome.reasons;
    for (const SenderStep &step : outcome.steps)
        all += step.reasons;
    return std::any_of(all.begin(), all.end(), [&](const Issue &issue) { return issue.id == id; });
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

class tst_Senders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void outcomes_data();
    void outcomes();
    void nothingUnseenIsDelivered_data();
    void nothingUnseenIsDelivered();
    void theOrderOfTheServers_data();
    void theOrderOfTheServers();
    void reasons_data();
    void reasons();
    void heldPolicy_data();
    void heldPolicy();
    void theWorstOfSeveralHeldPolicies_data();
    void theWorstOfSeveralHeldPolicies();
    void oneAddressOutOfReach();
    void beforeAnythingIsLookedAt();
    void everySentenceIsThere();
};

void tst_Senders::outcomes_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QList<Handling>>("expected"); // Gmail, Microsoft, Postfix STS, DANE, neither
    const auto row = [](const char *name, const Spoil &spoil, const QList<Handling> &expected) {
        QTest::newRow(name) << spoil << expected;
    };
    const QList<Handling> sts{Verified, Verified, Verified, Encrypted, Encrypted};
    const QList<Handling> all{Verified, Verified, Verified, Verified, Encrypted};
    const QList<Handling> open{Encrypted, Encrypted, Encrypted, Encrypted, Encrypted};
    row(
            "enforce, everything right", [](World &) {}, sts);
    row(
            "enforce and DANE right", [](World &w) { w.pin(); }, all);
    row("DANE only",
        [](World &w) {
            w.withoutSts();
            w.pin();
        },
        {Encrypted, Verified, Encrypted, Verified, Encrypted});
    row(
            "nothing set up", [](World &w) { w.withoutSts(); }, open);
    row(
            "testing verifies nothing", [](World &w) { w.mode("testing"); }, open);
    row(
            "mode none", [](World &w) { w.mode("none"); }, open);
    row("DANE fails: MTA-STS does not save it (STS-82)", [](World &w) { w.pin(false); },
        {Verified, Deferred, Verified, Deferred, Encrypted});
    row("DANE fails in testing too",
        [](World &w) {
            w.pin(false);
            w.mode("testing");
        },
        {Encrypted, Deferred, Encrypted, Deferred, Encrypted});
    row("certificates expired, enforce", [](World &w) { w.each(expired); },
        {Deferred, Deferred, Deferred, Encrypted, Encrypted});
    row("certificates expired, DANE-EE does not mind; of both nobody has said",
        [](World &w) {
            w.pin();
            w.each(expired);
        },
        {Deferred, Unknown, Deferred, Verified, Encrypted});
    row(
            "certificates expired, testing",
            [](World &w) {
                w.each(expired);
                w.mode("testing");
            },
            open);
    row("for another name",
        [](World &w) { w.each([](SmtpFacts &f) { f.tls.pkix.nameMatches = false; }); },
        {Deferred, Deferred, Deferred, Encrypted, Encrypted});
    row("old TLS only, enforce",
        [](World &w) { w.each([](SmtpFacts &f) { f.tls.protocol = "TLSv1.1"; }); },
        {Deferred, Deferred, Deferred, Encrypted, Encrypted});
    row("no STARTTLS, enforce", [](World &w) { w.each(noStartTls); },
        {Deferred, Deferred, Deferred, Plain, Plain});
    row("no STARTTLS, nothing set up",
        [](World &w) {
            w.withoutSts();
            w.each(noStartTls);
        },
        {Plain, Plain, Plain, Plain, Plain});
    row("no STARTTLS, TLSA promises it",
        [](World &w) {
            w.pin();
            w.withoutSts();
            w.each(noStartTls);
        },
        {Plain, Deferred, Plain, Deferred, Plain});
    row("TLS fails, testing",
        [](World &w) {
            w.mode("testing");
            w.each([](SmtpFacts &f) {
                f.end = SmtpFacts::End::TlsFailed;
                f.tls = {};
                f.tls.alert = QStringLiteral("handshake failure");
            });
        },
        {Plain, Plain, Plain, Plain, Plain});
    row("no server in the policy",
        [](World &w) {
            w.setPolicy("version: STSv1\r\nmode: enforce\r\nmx: old.shop.example\r\nmax_age: "
                        "604800\r\n");
        },
        {Deferred, Deferred, Deferred, Encrypted, Encrypted});
    row("the bare parent is not covered by its wildcard",
        [](World &w) {
            w.setPolicy("version: STSv1\r\nmode: enforce\r\nmx: *.mx1.shop.example\r\nmax_age: "
                        "604800\r\n");
        },
        {Deferred, Deferred, Deferred, Encrypted, Encrypted});
    row(
            "the policy cannot be fetched: as if there were none",
            [](World &w) { w.http.fetches.clear(); }, open);
    row(
            "a 404",
            [](World &w) {
                for (PolicyFetch &fetch : w.http.fetches)
                    fetch.status = 404;
            },
            open);
    row(
            "the MX set is not signed: Postfix takes DANE for the host, Microsoft does not",
            [](World &w) {
                w.withoutSts();
                w.pin();
                w.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}},
                         Security::Insecure);
            },
            open);
    row("the same, and DANE fails",
        [](World &w) {
            w.withoutSts();
            w.pin(false);
            w.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}},
                     Security::Insecure);
        },
        {Encrypted, Encrypted, Encrypted, Deferred, Encrypted});
    row("TLSA look-up fails: DANE senders wait",
        [](World &w) {
            w.dns.fails(Tlsa1, RecordType::TLSA);
            w.dns.fails(Tlsa2, RecordType::TLSA);
        },
        {Verified, Deferred, Verified, Deferred, Encrypted});
    row(
            "unusable TLSA: TLS is a must, the policy verifies",
            [](World &w) {
                w.dns.tlsa(Tlsa1, {{0, 0, 1, QByteArray(32, 'x')}});
                w.dns.tlsa(Tlsa2, {{0, 0, 1, QByteArray(32, 'x')}});
            },
            sts);
    row("null MX",
        [](World &w) {
            w.dns.mx("shop.example", {{0, QByteArray()}});
        },
        {NoMail, NoMail, NoMail, NoMail, NoMail});
    row("the domain does not exist",
        [](World &w) {
            w.dns.remove("shop.example");
            w.dns.noName("shop.example");
        },
        {NoMail, NoMail, NoMail, NoMail, NoMail});
    row("servers without addresses",
        [](World &w) {
            w.dns.noData("mx1.shop.example", RecordType::A);
            w.dns.noData("mx1.shop.example", RecordType::AAAA);
            w.dns.noData("mx2.shop.example", RecordType::A);
            w.dns.noData("mx2.shop.example", RecordType::AAAA);
        },
        {Deferred, Deferred, Deferred, Deferred, Deferred});
}

void tst_Senders::outcomes()
{
    QFETCH(Spoil, spoil);
    QFETCH(QList<Handling>, expected);
    World world;
    spoil(world);
    const Survey survey = world.look();
    const QList<SenderView> views = whatSendersDo(survey, judge(survey));
    QCOMPARE(views.size(), expected.size());
    for (qsizetype i = 0; i < views.size(); ++i) {
        QVERIFY2(views.at(i).now.delivery == expected.at(i),
                 qPrintable(senderName(views.at(i).sender.kind) + QLatin1Char('\n') +
                            QString::fromUtf8(told(views))));
        QVERIFY(!views.at(i).withCached);
        const bool isDelivered = views.at(i).now.delivery >= Plain;
        QCOMPARE(!views.at(i).now.hosts.isEmpty(), isDelivered);
    }
}

void tst_Senders::nothingUnseenIsDelivered_data()
{
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const Spoil &spoil) { QTest::newRow(name) << spoil; };
    row("port 25 blocked", [](World &w) {
        w.smtp.facts.clear();
        w.options.controlHosts = {"control.example.org"};
        w.dns.a("control.example.org", {QStringLiteral("192.0.2.99")});
    });
    row("the mail servers were left alone", [](World &w) { w.options.smtp = false; });
    row("MX look-up fails", [](World &w) { w.dns.fails("shop.example", RecordType::MX); });
    row("address look-ups fail", [](World &w) {
        for (const QByteArray &name :
             {QByteArray("mx1.shop.example"), QByteArray("mx2.shop.example")}) {
            w.dns.fails(name, RecordType::A);
            w.dns.fails(name, RecordType::AAAA);
        }
    });
    row("servers ask to come back later", [](World &w) {
        w.each([](SmtpFacts &f) {
            f.end = SmtpFacts::End::TemporaryRefusal;
            f.stage = SmtpFacts::Stage::Greeting;
            f.tls = {};
        });
    });
    row("servers refuse this computer", [](World &w) {
        w.each([](SmtpFacts &f) {
            f.end = SmtpFacts::End::RefusesUs;
            f.stage = SmtpFacts::Stage::Greeting;
            f.tls = {};
        });
    });
    row("a firewall hides the offer", [](World &w) {
        w.each([](SmtpFacts &f) {
            noStartTls(f);
            f.issues.append({"TLS-24", Severity::Warning, {}});
        });
    });
    row("the connection is cut in the second EHLO",
        [](World &w) { w.each([](SmtpFacts &f) { f.end = SmtpFacts::End::Closed; }); });
}

void tst_Senders::nothingUnseenIsDelivered()
{
    QFETCH(Spoil, spoil);
    World world;
    world.pin();
    spoil(world);
    const Survey survey = world.look();
    const QList<SenderView> views = whatSendersDo(survey, judge(survey));
    for (const SenderView &view : views) {
        QVERIFY2(view.now.delivery == Unknown || view.now.delivery == Deferred, told(views));
        QVERIFY2(view.now.asFarAsSeen < Plain, told(views));
        QVERIFY(view.now.hosts.isEmpty());
        QVERIFY(!view.now.reasons.isEmpty() || !view.now.steps.first().reasons.isEmpty());
    }
    QCOMPARE(of(views, SenderKind::Neither).now.delivery, Unknown);
}

void tst_Senders::theOrderOfTheServers_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<Handling>("gmail");
    QTest::addColumn<QList<QByteArray>>("hosts");
    const auto row = [](const char *name, const Spoil &spoil, Handling gmail,
                        const QList<QByteArray> &hosts) {
        QTest::newRow(name) << spoil << gmail << hosts;
    };
    row("the first one takes it", [](World &) {}, Verified, {"mx1.shop.example"});
    row("the first one's certificate is bad: the second",
        [](World &w) { expired(w.smtp.facts[Mx1]); }, Verified, {"mx2.shop.example"});
    row("the first one does not answer: the second", [](World &w) { w.smtp.facts.remove(Mx1); },
        Verified, {"mx2.shop.example"});
    row("the second one is bad: nobody comes to it", [](World &w) { expired(w.smtp.facts[Mx2]); },
        Verified, {"mx1.shop.example"});
    row("the first one is not listed", [](World &w) { w.mode("enforce", "old.shop.example"); },
        Verified, {"mx2.shop.example"});
    row("the first one was not seen: whatever the second does",
        [](World &w) { w.smtp.facts[Mx1].end = SmtpFacts::End::TemporaryRefusal; }, Unknown, {});
    row("equal preference: one of both",
        [](World &w) {
            w.dns.mx("shop.example", {{10, "mx1.shop.example"}, {10, "mx2.shop.example"}});
        },
        Verified, {"mx1.shop.example", "mx2.shop.example"});
    row("equal preference, one refuses",
        [](World &w) {
            w.dns.mx("shop.example", {{10, "mx1.shop.example"}, {10, "mx2.shop.example"}});
            expired(w.smtp.facts[Mx1]);
        },
        Verified, {"mx2.shop.example"});
    row("equal preference, one unseen",
        [](World &w) {
            w.dns.mx("shop.example", {{10, "mx1.shop.example"}, {10, "mx2.shop.example"}});
            w.smtp.facts[Mx1].end = SmtpFacts::End::TemporaryRefusal;
        },
        Unknown, {});
    row("listed in no order",
        [](World &w) {
            w.dns.mx("shop.example", {{20, "mx2.shop.example"}, {5, "mx1.shop.example"}});
        },
        Verified, {"mx1.shop.example"});
}

void tst_Senders::theOrderOfTheServers()
{
    QFETCH(Spoil, spoil);
    QFETCH(Handling, gmail);
    QFETCH(QList<QByteArray>, hosts);
    World world;
    spoil(world);
    const Survey survey = world.look();
    const QList<SenderView> views = whatSendersDo(survey, judge(survey));
    const SenderOutcome &outcome = of(views, SenderKind::Gmail).now;
    QVERIFY2(outcome.delivery == gmail, told(views));
    QList<QByteArray> sorted = outcome.hosts;
    std::sort(sorted.begin(), sorted.end());
    QCOMPARE(sorted, hosts);
    QCOMPARE(outcome.steps.size(), 2); // all are told of
}

void tst_Senders::reasons_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<SenderKind>("kind");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char *name, SenderKind kind, const char *id, const Spoil &spoil) {
        QTest::newRow(name) << spoil << kind << QByteArray(id);
    };
    row("not listed", SenderKind::Gmail, "STS-70.enforce",
        [](World &w) { w.mode("enforce", "old.shop.example"); });
    row("expired", SenderKind::PostfixMtaSts, "TLS-18", [](World &w) { w.each(expired); });
    row("testing", SenderKind::Gmail, "STS-79.testing", [](World &w) { w.mode("testing"); });
    row("DANE decides", SenderKind::Microsoft365, "STS-82", [](World &w) { w.pin(false); });
    row("DANE holds", SenderKind::PostfixDane, "DANE-26.ok", [](World &w) { w.pin(); });
    row("TLS promised", SenderKind::PostfixDane, "DANE-13", [](World &w) {
        w.pin();
        w.each(noStartTls);
    });
    row("port 25", SenderKind::Neither, "TLS-22.unsure", [](World &w) { w.smtp.facts.clear(); });
    row("record unknown", SenderKind::Gmail, "STS-18",
        [](World &w) { w.dns.fails("_mta-sts.shop.example", RecordType::TXT); });
    row("no mail", SenderKind::Gmail, "NMX-1", [](World &w) {
        w.dns.mx("shop.example", {{0, QByteArray()}});
    });
    row("bogus MX", SenderKind::PostfixDane, "DNS-9",
        [](World &w) { w.dns.bogus("shop.example", RecordType::MX); });
}

void tst_Senders::reasons()
{
    QFETCH(Spoil, spoil);
    QFETCH(SenderKind, kind);
    QFETCH(QByteArray, id);
    World world;
    spoil(world);
    const Survey survey = world.look();
    const SenderView view = of(whatSendersDo(survey, judge(survey)), kind);
    QVERIFY2(hasReason(view.now, id), qPrintable(outcomeSentence(view.now)));
}

void tst_Senders::heldPolicy_data()
{
    QTest::addColumn<QByteArray>("held");
    QTest::addColumn<int>("hours"); // it may still be held
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<bool>("told");
    QTest::addColumn<Handling>("gmail"); // with it
    const QByteArray both = "version: STSv1\r\nmode: enforce\r\nmx: mx1.shop.example\r\n"
                            "mx: mx2.shop.example\r\nmax_age: 2592000\r\n";
    const QByteArray old = "version: STSv1\r\nmode: enforce\r\nmx: old.shop.example\r\nmax_age: "
                           "604800\r\n";
    const QByteArray testing =
            "version: STSv1\r\nmode: testing\r\nmx: old.shop.example\r\nmax_age: "
            "604800\r\n";
    const Spoil nothing = [](World &) {};
    QTest::newRow("servers renamed, the old list is still held")
            << old << 24 << nothing << true << Deferred;
    QTest::newRow("it has run out") << old << -1 << nothing << false << Unknown;
    QTest::newRow("the same as is served") << both << 24 << nothing << false << Unknown;
    QTest::newRow("record deleted too early: still enforced")
            << both << 24 << Spoil([](World &w) { w.withoutSts(); }) << true << Verified;
    QTest::newRow("record deleted, and a certificate goes bad: mail waits (STS-88)")
            << both << 24 << Spoil([](World &w) {
                   w.withoutSts();
                   w.each(expired);
               })
            << true << Deferred;
    QTest::newRow("testing was held") << testing << 24 << nothing << true << Encrypted;
    QTest::newRow("held, and nothing was seen") << both << 24 << Spoil([](World &w) {
        w.withoutSts();
        w.smtp.facts.clear();
    }) << true << Unknown;
}

void tst_Senders::heldPolicy()
{
    QFETCH(QByteArray, held);
    QFETCH(int, hours);
    QFETCH(Spoil, spoil);
    QFETCH(bool, told);
    QFETCH(Handling, gmail);
    World world;
    spoil(world);
    const Survey survey = world.look();
    const CachedPolicy cached{*readPolicy(held).policy, survey.at.addSecs(hours * 3600)};
    const QList<SenderView> views = whatSendersDo(survey, judge(survey), {cached});
    QCOMPARE(of(views, SenderKind::Gmail).withCached.has_value(), told);
    QVERIFY(!of(views, SenderKind::PostfixDane).withCached); // it knows no policies
    QVERIFY(!of(views, SenderKind::Neither).withCached);
    if (told)
        QCOMPARE(of(views, SenderKind::Gmail).withCached->delivery, gmail);
}

void tst_Senders::theWorstOfSeveralHeldPolicies_data()
{
    QTest::addColumn<QList<QByteArray>>("held"); // mode and pattern; the first until tomorrow, ...
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<int>("worst"); // which; -1: none
    QTest::addColumn<Handling>("gmail");
    QTest::addColumn<int>("others");
    const Spoil nothing = [](World &) {};
    const auto row = [](const char *name, const QList<QByteArray> &held, const Spoil &spoil,
                        int worst, Handling gmail, int others) {
        QTest::newRow(name) << held << spoil << worst << gmail << others;
    };
    const QByteArray lost = "enforce old.shop.example", second = "enforce mx2.shop.example",
                     tried = "testing old.shop.example", off = "none mx1.shop.example";
    row("what loses mail before what does not", {off, tried, lost, second}, nothing, 2, Deferred,
        3);
    row("in whatever order they were seen", {lost, off}, nothing, 0, Deferred, 1);
    row("two that lose mail: the one held longest", {lost, "enforce older.shop.example"}, nothing,
        1, Deferred, 1);
    row("none verifies less than enforce", {second, off}, nothing, 1, Encrypted, 1);
    row("the same servers twice count once", {lost, lost}, nothing, 1, Deferred, 0);
    row(
            "what waits for certain before what nobody knows", {"enforce mx1.shop.example", lost},
            [](World &w) {
                w.withoutSts();
                w.smtp.facts[Mx1].end = SmtpFacts::End::TemporaryRefusal;
            },
            1, Deferred, 1);
    row(
            "what nobody knows before what is verified", {second, "enforce mx1.shop.example"},
            [](World &w) {
                w.withoutSts();
                w.smtp.facts[Mx1].end = SmtpFacts::End::TemporaryRefusal;
            },
            1, Unknown, 1);
}

void tst_Senders::theWorstOfSeveralHeldPolicies()
{
    QFETCH(QList<QByteArray>, held);
    QFETCH(Spoil, spoil);
    QFETCH(int, worst);
    QFETCH(Handling, gmail);
    QFETCH(int, others);
    World world;
    spoil(world);
    const Survey survey = world.look();
    QList<CachedPolicy> all;
    for (const QByteArray &one : std::as_const(held)) {
        const QList<QByteArray> parts = one.split(' ');
        all.append({*readPolicy("version: STSv1\r\nmode: " + parts.first() +
                                "\r\nmx: " + parts.last() + "\r\nmax_age: 604800\r\n")
                             .policy,
                    survey.at.addDays(all.size() + 1)});
    }
    CachedPolicy past = all.first(); // and one that nobody holds any more
    past.policy.mx = {*MxPattern::parse("past.shop.example")};
    past.until = survey.at.addSecs(-1);
    const SenderView view =
            of(whatSendersDo(survey, judge(survey), all + QList{past}), SenderKind::Gmail);
    QVERIFY(view.withCached);
    QCOMPARE(view.cached, all.at(worst));
    QCOMPARE(view.withCached->delivery, gmail);
    QCOMPARE(view.othersHeld, others);
    const QString text = cachedPolicyText(view);
    QVERIFY(text.contains(QString::fromLatin1(modeName(view.cached.policy.mode))));
    QCOMPARE(text.contains(QLatin1String("most harm")), others > 0);
}

void tst_Senders::oneAddressOutOfReach()
{
    World world;
    Survey survey = world.look();
    AddressLook six;
    six.address = QHostAddress(QStringLiteral("2001:db8::1"));
    six.skip = AddressLook::Skip::NoIpv6;
    six.done = true;
    survey.hosts.first().addresses.append(six);
    const QList<SenderView> views = whatSendersDo(survey, judge(survey));
    const SenderOutcome &outcome = of(views, SenderKind::Gmail).now;
    QCOMPARE(outcome.delivery, Unknown);
    QCOMPARE(outcome.asFarAsSeen, Verified);
    QVERIFY(outcomeSentence(outcome).startsWith(QLatin1String("Not known for every address")));
    QCOMPARE(deliverySeverity(outcome.delivery), Severity::Unknown);
}

void tst_Senders::beforeAnythingIsLookedAt()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("shop.example");
    for (const SenderView &view : whatSendersDo(survey, judge(survey)))
        QCOMPARE(view.now.delivery, Unknown);
}

void tst_Senders::everySentenceIsThere()
{
    for (const Handling delivery : {Unknown, NoMail, Deferred, Plain, Encrypted, Verified}) {
        SenderOutcome outcome;
        outcome.delivery = delivery;
        outcome.hosts = {"mx1.shop.example"};
        QVERIFY(!deliverySentence(delivery).isEmpty());
        QVERIFY(!stepSentence(delivery).isEmpty());
        QVERIFY(outcomeSentence(outcome).endsWith(QLatin1Char('.')));
        QVERIFY(!outcomeSentence(outcome).contains(QLatin1String("%1")));
        QCOMPARE(outcomeSentence(outcome).contains(QLatin1String("mx1.shop.example")),
                 delivery >= Plain);
    }
    QSet<QString> names;
    for (const SenderTraits &sender : knownSenders()) {
        names.insert(senderName(sender.kind));
        QCOMPARE(senderMethods(sender).contains(QLatin1String("20")), sender.asOf.isValid());
    }
    QCOMPARE(names.size(), knownSenders().size());
}

QTEST_GUILESS_MAIN(tst_Senders)
#include "tst_senders.moc"
