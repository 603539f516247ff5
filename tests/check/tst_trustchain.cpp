// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The chain of trust: each row spoils one thing, and says how every link then stands.
#include "check/danestate.h"
#include "check/judged.h"
#include "check/reporttrust.h"
#include "check/trustchain.h"
#include "check/trustjson.h"
#include "check/trustwords.h"
#include "fakes/testpki.h"

#include <QJsonDocument>

#include <functional>

namespace {

const QString Mx1 = QStringLiteral("192.0.2.1");
const QByteArray Tlsa1 = "_25._tcp.mx1.shop.example";
const QByteArray Abroad = "mx.other.test";

/// One mail server with a real certificate, and the TLSA record that names it.
struct ChainWorld : FakeWorld
{
    ChainWorld()
    {
        const TestPki pki;
        const TestIdentity leaf = pki.leaf(QList<QByteArray>{"mx1.shop.example", "mx.other.test"});
        smtp.facts[Mx1].tls.chain = certificatesFromPem(pki.chain(leaf));
        dns.mx("shop.example", {{10, "mx1.shop.example"}});
        publish(Tlsa1);
        // The top-level domain is there, and is signed.
        dns.noData("example", RecordType::CAA, Security::Secure);
    }
    void publish(const QByteArray &name, FakeResolver::Flag security = {})
    {
        const Certificate leaf = smtp.facts[Mx1].tls.chain.first();
        dns.tlsa(name, {{3, 1, 1, tlsaData(leaf, 1, 1)}}, security);
    }
    void unsignDomain() // all but the root and the top level
    {
        dns.setDefaultSecurity(Security::Insecure);
        dns.rootKey(Security::Secure);
    }
    void moveAbroad(Security security)
    {
        dns.mx("shop.example", {{10, Abroad}});
        dns.a(Abroad, {Mx1}, security);
        dns.noData(Abroad, RecordType::AAAA, security);
        publish("_25._tcp." + Abroad, security);
    }
};

using Spoil = std::function<void(ChainWorld &)>;
using Mend = std::function<void(Survey &)>;

QString shortState(const TrustLink &link)
{
    return QString::fromLatin1(trustKindName(link.kind)) + QLatin1Char('=') +
           QString::fromLatin1(trustStateName(link.state));
}

QString shape(const TrustChain &chain)
{
    QStringList parts;
    for (const TrustLink &link : chain.links)
        parts << shortState(link);
    return parts.join(QLatin1Char(' '));
}

/// "root=holds top-level=holds …", so far for every kind but where the row says otherwise.
QString expected(const QString &changes, bool isAbroad)
{
    QStringList kinds{QStringLiteral("root"),       QStringLiteral("top-level"),
                      QStringLiteral("zone"),       QStringLiteral("mx"),
                      QStringLiteral("address"),    QStringLiteral("tlsa"),
                      QStringLiteral("certificate")};
    if (isAbroad)
        kinds.insert(4, QStringLiteral("host-zone"));
    QStringList parts;
    for (const QString &kind : std::as_const(kinds)) {
        const QStringList rows = changes.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const QStringList own = rows.filter(kind + QLatin1Char('='));
        QString part = kind + QStringLiteral("=holds");
        for (const QString &one : own) {
            if (one.startsWith(kind + QLatin1Char('=')))
                part = one;
        }
        parts << part;
    }
    return parts.join(QLatin1Char(' '));
}

const QByteArray Behind = "address=not-reached tlsa=not-reached certificate=not-reached";

void addRow(const char *name, const Spoil &spoil, const QByteArray &changes, const char *why,
            bool isAbroad = false, const Mend &mend = {})
{
    QTest::newRow(name) << spoil << mend << expected(QString::fromLatin1(changes), isAbroad)
                        << QByteArray(why);
}

/// As it stands in a file.
QJsonArray trustOf(const QList<TrustChain> &chains)
{
    JsonWriter json;
    writeTrust(json.beginObject(), chains);
    return QJsonDocument::fromJson(json.endObject().text())[u"trust"].toArray();
}

} // namespace

class tst_TrustChain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void links_data();
    void links();
    void nothingIsClaimedWithoutValidation_data();
    void nothingIsClaimedWithoutValidation();
    void nullMx();
    void domainWithoutMailServer();
    void unfinished();
    void everyServerHasItsOwn();
    void agreesWithTheReport();
    void unsignedWeighsAsItMatters();
    void everyReasonHasItsSentence();
    void thereAndBackAsJson();
    void aFileClaimsNothing();
    void inTheReport();
};

void tst_TrustChain::links_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<Mend>("mend");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QByteArray>("why"); // of the first break
    addRow(
            "all signed", [](ChainWorld &) {}, "", "");
    addRow(
            "zone unsigned", [](ChainWorld &world) { world.unsignDomain(); },
            "zone=unsigned mx=not-reached " + Behind, "unsigned");
    addRow(
            "zone unsigned, and nothing seen of the top level",
            [](ChainWorld &world) {
                world.unsignDomain();
                world.dns.fails("example", RecordType::CAA);
            },
            "top-level=unknown zone=unsigned mx=not-reached " + Behind, "unsigned-above");
    addRow(
            "top level unsigned",
            [](ChainWorld &world) {
                world.unsignDomain();
                world.dns.noData("example", RecordType::CAA, Security::Insecure);
            },
            "top-level=unsigned zone=not-reached mx=not-reached " + Behind, "unsigned");
    addRow(
            "keys without DS",
            [](ChainWorld &world) {
                world.unsignDomain();
                world.dns.records("shop.example", RecordType::DNSKEY, {"\x01\x01\x03\x0d key"});
            },
            "zone=unsigned mx=not-reached " + Behind, "no-ds");
    addRow(
            "keys, and nothing seen of the top level",
            [](ChainWorld &world) {
                world.unsignDomain();
                world.dns.records("shop.example", RecordType::DNSKEY, {"\x01\x01\x03\x0d key"});
                world.dns.fails("example", RecordType::CAA);
            },
            "top-level=unknown zone=unsigned mx=not-reached " + Behind, "no-ds-above");
    addRow(
            "MX records bogus, the rest of the zone is right",
            [](ChainWorld &world) { world.dns.bogus("shop.example", RecordType::MX); },
            "mx=broken " + Behind, "records-bogus", false,
            [](Survey &survey) {
                MailHost host; // as where the quick resolver had told of it
                host.name = "mx1.shop.example";
                survey.hosts = {host};
            });
    addRow(
            "server in an unsigned zone",
            [](ChainWorld &world) { world.moveAbroad(Security::Insecure); },
            "host-zone=unsigned " + Behind, "unsigned-above", true);
    addRow(
            "server in a signed zone",
            [](ChainWorld &world) { world.moveAbroad(Security::Secure); }, "", "", true);
    addRow(
            "server in a signed zone, domain unsigned",
            [](ChainWorld &world) {
                world.unsignDomain();
                world.moveAbroad(Security::Secure);
            },
            "zone=unsigned mx=not-reached", "unsigned", true);
    addRow(
            "server in an unsigned zone below the domain",
            [](ChainWorld &world) {
                world.dns.a("mx1.shop.example", {Mx1}, Security::Insecure);
                world.dns.noData("mx1.shop.example", RecordType::AAAA, Security::Insecure);
                world.publish(Tlsa1, Security::Insecure);
            },
            "host-zone=unsigned " + Behind, "unsigned", true);
    addRow(
            "addresses bogus",
            [](ChainWorld &world) { world.dns.bogus("mx1.shop.example", RecordType::A); },
            "address=broken tlsa=not-reached certificate=not-reached", "records-bogus");
    addRow(
            "no TLSA", [](ChainWorld &world) { world.dns.remove(Tlsa1); },
            "tlsa=absent certificate=not-reached", "no-tlsa");
    addRow(
            "TLSA bogus", [](ChainWorld &world) { world.dns.bogus(Tlsa1, RecordType::TLSA); },
            "tlsa=broken certificate=not-reached", "records-bogus");
    addRow(
            "look-up of TLSA fails",
            [](ChainWorld &world) { world.dns.fails(Tlsa1, RecordType::TLSA); },
            "tlsa=broken certificate=not-reached", "failed");
    addRow(
            "TLSA of an older certificate",
            [](ChainWorld &world) {
                world.dns.tlsa(Tlsa1, {{3, 1, 1, QByteArray(32, 'x')}});
            },
            "certificate=broken", "no-match");
    addRow(
            "TLSA that nobody can use",
            [](ChainWorld &world) {
                world.dns.tlsa(Tlsa1, {{1, 1, 1, QByteArray(32, 'x')}});
            },
            "certificate=broken", "none-usable");
    addRow(
            "TLSA, and no TLS",
            [](ChainWorld &world) {
                SmtpFacts &facts = world.smtp.facts[Mx1];
                facts = SmtpFacts();
                facts.stage = SmtpFacts::Stage::Ehlo;
                facts.end = SmtpFacts::End::NoStartTls;
            },
            "certificate=broken", "no-tls");
    addRow(
            "server not reached", [](ChainWorld &world) { world.smtp.facts.remove(Mx1); },
            "certificate=unknown", "certificate-unseen");
    addRow(
            "one of two addresses not reached",
            [](ChainWorld &world) {
                world.dns.a("mx1.shop.example", {Mx1, QStringLiteral("192.0.2.9")});
            },
            "certificate=unknown", "matches-partly");
    addRow(
            "server is an alias, all signed",
            [](ChainWorld &world) {
                world.dns.remove("mx1.shop.example");
                world.dns.alias("mx1.shop.example", "host.shop.example");
                world.dns.a("host.shop.example", {Mx1});
            },
            "", "");
    addRow(
            "server is an alias into an unsigned zone",
            [](ChainWorld &world) {
                world.dns.remove("mx1.shop.example");
                world.dns.alias("mx1.shop.example", Abroad);
                world.dns.a(Abroad, {Mx1}, Security::Insecure);
                world.dns.noData(Abroad, RecordType::AAAA, Security::Insecure);
            },
            "address=unsigned", "alias-end", false,
            [](Survey &survey) {
                // RFC 7672 2.2.2: the alias itself is of the signed zone.
                survey.hosts.first().alias->security = Security::Secure;
                survey.hosts.first().a->security = Security::Insecure;
                survey.hosts.first().aaaa->security = Security::Insecure;
            });
    addRow(
            "stopped before TLSA was answered", [](ChainWorld &) {},
            "tlsa=unknown certificate=unknown", "unseen", false,
            [](Survey &survey) {
                survey.cancelled = true;
                survey.hosts.first().tlsa->status = AnswerStatus::Failed;
                survey.hosts.first().tlsa->security = Security::Unknown;
            });
}

void tst_TrustChain::links()
{
    QFETCH(Spoil, spoil);
    QFETCH(Mend, mend);
    QFETCH(QString, wanted);
    QFETCH(QByteArray, why);
    ChainWorld world;
    spoil(world);
    Survey survey = world.look();
    if (mend)
        mend(survey);
    const QList<TrustChain> chains = trustChains(survey);
    QCOMPARE(chains.size(), 1);
    QCOMPARE(shape(chains.first()), wanted);
    const qsizetype at = firstBreak(chains.first());
    QCOMPARE(at < 0 ? QByteArray() : chains.first().links.at(at).why, why);
    QCOMPARE(trustSummary(chains.first()).contains(QLatin1String("whole")), why.isEmpty());
    for (const TrustLink &link : chains.first().links)
        QVERIFY2(!trustSentence(link).isEmpty(), link.why.constData());
}

void tst_TrustChain::nothingIsClaimedWithoutValidation_data()
{
    QTest::addColumn<Validation>("validation");
    QTest::addColumn<bool>("isFinished");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("the resolver takes signatures away")
            << Validation::Stripped << true << QByteArray("not-validated");
    QTest::newRow("not tried yet") << Validation::Unknown << false << QByteArray("waiting");
    QTest::newRow("it could not be tried") << Validation::Unknown << true << QByteArray("unseen");
}

void tst_TrustChain::nothingIsClaimedWithoutValidation()
{
    QFETCH(Validation, validation);
    QFETCH(bool, isFinished);
    QFETCH(QByteArray, why);
    ChainWorld world;
    Survey survey = world.look(); // even where every answer says that it is secure
    survey.validation = validation;
    survey.finished = isFinished;
    const TrustChain chain = trustChains(survey).first();
    QCOMPARE(chain.links.size(), 7);
    for (const TrustLink &link : chain.links) {
        QCOMPARE(link.state, TrustLink::State::Unknown);
        QCOMPARE(link.why, why);
        QCOMPARE(trustSeverity(chain, link), Severity::Unknown);
    }
}

void tst_TrustChain::nullMx()
{
    ChainWorld world;
    world.dns.mx("shop.example", {{0, ""}});
    const QList<TrustChain> chains = trustChains(world.look());
    QCOMPARE(chains.size(), 1);
    QCOMPARE(chains.first().host, QString());
    QCOMPARE(shape(chains.first()),
             QStringLiteral("root=holds top-level=holds zone=holds mx=absent"));
    QCOMPARE(chains.first().links.last().why, QByteArray("null-mx"));
}

void tst_TrustChain::domainWithoutMailServer()
{
    ChainWorld world;
    world.dns.remove("shop.example");
    world.dns.noName("shop.example");
    const TrustChain chain = trustChains(world.look()).first();
    QCOMPARE(chain.links.last().state, TrustLink::State::Absent);
    QVERIFY(firstBreak(chain) >= 0);
}

void tst_TrustChain::unfinished()
{
    ChainWorld world;
    Survey survey = world.look();
    survey.finished = false;
    MailHost &host = survey.hosts.first();
    host.done = false;
    host.tlsa.reset();
    QCOMPARE(shape(trustChains(survey).first()),
             expected(QStringLiteral("tlsa=unknown certificate=unknown"), false));
    QCOMPARE(trustChains(survey).first().links.last().why, QByteArray("waiting"));
    // Every address is right so far, and another may still come.
    Survey nearly = world.look();
    nearly.finished = false;
    nearly.hosts.first().done = false;
    QCOMPARE(shape(trustChains(nearly).first()),
             expected(QStringLiteral("certificate=unknown"), false));
}

void tst_TrustChain::everyServerHasItsOwn()
{
    ChainWorld world;
    world.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}});
    const QList<TrustChain> chains = trustChains(world.look());
    QCOMPARE(chains.size(), 2);
    QCOMPARE(chains.at(0).host, QStringLiteral("mx1.shop.example"));
    QCOMPARE(firstBreak(chains.at(0)), -1);
    QCOMPARE(chains.at(1).host, QStringLiteral("mx2.shop.example"));
    QCOMPARE(chains.at(1).links.at(firstBreak(chains.at(1))).why, QByteArray("no-tlsa"));
    QVERIFY(chains.at(0).hasRecords);
    QVERIFY(!chains.at(1).hasRecords);
}

/// The picture is never better than the verdict of the judges.
void tst_TrustChain::agreesWithTheReport()
{
    ChainWorld world;
    QCOMPARE(judged(world).dane, Report::Dane::All);
    QVERIFY(firstBreak(trustChains(world.look()).first()) < 0);
    world.unsignDomain();
    world.moveAbroad(Security::Secure);
    const Survey survey = world.look();
    QCOMPARE(judge(survey).dane, Report::Dane::Some);
    const TrustChain chain = trustChains(survey).first();
    QCOMPARE(chain.links.last().state, TrustLink::State::Holds);
    QCOMPARE(trustSeverity(chain, chain.links.at(firstBreak(chain))), Severity::Warning);
    QVERIFY(trustSummary(chain).startsWith(QLatin1String("Only mx.other.test is protected")));
}

/// As the judges say of the same: a note, a warning (above), a problem.
void tst_TrustChain::unsignedWeighsAsItMatters()
{
    ChainWorld world;
    world.unsignDomain();
    TrustChain chain = trustChains(world.look()).first();
    QCOMPARE(trustSeverity(chain, chain.links.at(firstBreak(chain))), Severity::Error);
    world.dns.remove(Tlsa1);
    chain = trustChains(world.look()).first();
    QCOMPARE(trustSeverity(chain, chain.links.at(firstBreak(chain))), Severity::Info);
}

void tst_TrustChain::everyReasonHasItsSentence()
{
    // Reasons that links() does not come to.
    using Kind = TrustLink::Kind;
    const QList<QPair<Kind, QByteArray>> all{
            {Kind::Zone, "bogus"},     {Kind::Zone, "bogus-above"},  {Kind::Mx, "failed"},
            {Kind::Mx, "alias"},       {Kind::Mx, "implicit-mx"},    {Kind::Mx, "records"},
            {Kind::Mx, "no-answer"},   {Kind::Mx, "no-mx"},          {Kind::Address, "alias"},
            {Kind::Address, "failed"}, {Kind::Address, "no-address"}};
    for (const auto &[kind, why] : all) {
        const TrustLink link{kind, QStringLiteral("NAME"), TrustLink::State::Broken, why,
                             QStringLiteral("ABOUT")};
        const QString sentence = trustSentence(link);
        QVERIFY2(sentence.size() > 10 && !sentence.contains(QLatin1Char('%')), why.constData());
    }
}

void tst_TrustChain::thereAndBackAsJson()
{
    ChainWorld world;
    world.moveAbroad(Security::Insecure);
    const QList<TrustChain> chains = trustChains(world.look());
    QCOMPARE(trustChains(trustOf(chains)), chains);
}

void tst_TrustChain::aFileClaimsNothing()
{
    QJsonObject root{{QStringLiteral("link"), QStringLiteral("root")},
                     {QStringLiteral("state"), QStringLiteral("perfect")},
                     {QStringLiteral("name"), QStringLiteral("a\u202eb")},
                     {QStringLiteral("reason"), QStringLiteral("because")}};
    const QJsonObject zone{{QStringLiteral("link"), QStringLiteral("zone")},
                           {QStringLiteral("state"), QStringLiteral("holds")}};
    const QJsonObject strange{{QStringLiteral("link"), QStringLiteral("weather")}};
    const auto read = [&] {
        return trustChains(QJsonArray{
                QJsonObject{{QStringLiteral("links"), QJsonArray{root, strange, zone}}}, 7});
    };
    QList<TrustChain> chains = read();
    QCOMPARE(chains.size(), 1);
    QCOMPARE(shape(chains.first()), QStringLiteral("root=unknown zone=unknown"));
    QVERIFY(!chains.first().links.first().name.contains(QChar(0x202e)));
    root.insert(QStringLiteral("state"), QStringLiteral("holds"));
    QCOMPARE(shape(read().first()), QStringLiteral("root=holds zone=holds"));
}

void tst_TrustChain::inTheReport()
{
    ChainWorld world;
    world.unsignDomain();
    QJsonObject observed{{QStringLiteral("trust"), trustOf(trustChains(world.look()))}};
    const QString html = trustHtml(observed, Qt::LeftToRight);
    QVERIFY(html.contains(QLatin1String("<h3>mx1.shop.example</h3>")));
    QVERIFY(html.contains(QLatin1String("The chain breaks at Zone shop.example. "
                                        "The zone of shop.example is not signed.")));
    QCOMPARE(html.count(QLatin1String("<li>")), 7);
    QVERIFY(html.contains(QStringLiteral("✓ Signed")));
    QVERIFY(html.contains(QStringLiteral("Not signed")));
    QVERIFY(!html.contains(QStringLiteral("Matches")));
    QCOMPARE(trustHtml({}, Qt::LeftToRight), QString());
}

QTEST_GUILESS_MAIN(tst_TrustChain)
#include "tst_trustchain.moc"
