// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where DANE applies: every discovery row of the vectors, and the aliases of RFC 7672 2.2.2.
#include "net/danediscovery.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

namespace {

DaneLookup lookup(AnswerStatus status, Security security)
{
    return {true, status, security};
}

const DaneLookup SecureFound = lookup(AnswerStatus::Found, Security::Secure);
const DaneLookup SecureNothing = lookup(AnswerStatus::NoName, Security::Secure);
const DaneLookup InsecureFound = lookup(AnswerStatus::Found, Security::Insecure);
const DaneLookup Failure = lookup(AnswerStatus::Failed, Security::Unknown);

// "secure RRset", "insecure: 10 mx.example", "secure NXDOMAIN", "SERVFAIL", "bogus NXDOMAIN"
DaneLookup readLookup(const QString &text)
{
    Security security = Security::Unknown;
    if (text.startsWith(QLatin1String("secure")))
        security = Security::Secure;
    else if (text.startsWith(QLatin1String("insecure")))
        security = Security::Insecure;
    else if (text.startsWith(QLatin1String("bogus")))
        security = Security::Bogus;
    const bool known = security == Security::Secure || security == Security::Insecure;
    AnswerStatus status = known ? AnswerStatus::Found : AnswerStatus::Failed;
    if (known && text.contains(QLatin1String("NODATA")))
        status = AnswerStatus::NoData;
    else if (known && text.contains(QLatin1String("NXDOMAIN")))
        status = AnswerStatus::NoName;
    return lookup(status, security);
}

Security weaker(Security a, Security b)
{
    return a == Security::Insecure || b == Security::Secure ? a : b;
}

// A row's lookups, with what it leaves out taken as signed and in order.
class Zone
{
public:
    explicit Zone(const QJsonObject &lookups)
        : m_lookups(lookups)
    {
    }

    QString text(const QByteArray &name, const char *type) const
    {
        const QString value = m_lookups[QLatin1String(name + ' ' + type)].toString();
        return value.isEmpty() && qstrcmp(type, "A/AAAA") == 0 ? text(name, "A") : value;
    }
    DaneLookup at(const QByteArray &name, const char *type, const DaneLookup &otherwise) const
    {
        const QString value = text(name, type);
        return value.isEmpty() ? otherwise : readLookup(value);
    }
    QByteArray aliasOf(const QByteArray &name) const
    {
        return text(name, "CNAME").section(QLatin1String("-> "), 1).toLatin1();
    }
    QByteArray expanded(const QByteArray &name) const
    {
        const QByteArray next = aliasOf(name);
        return next.isEmpty() ? name : expanded(next);
    }
    // As a resolver answers: aliases followed, the weakest link counts.
    DaneLookup follow(const QByteArray &name, const char *type, const DaneLookup &otherwise) const
    {
        const QByteArray next = aliasOf(name);
        if (next.isEmpty())
            return at(name, type, otherwise);
        const DaneLookup alias = at(name, "CNAME", SecureFound);
        DaneLookup end = follow(next, type, otherwise);
        if (alias.status == AnswerStatus::Failed)
            return alias;
        end.security = weaker(alias.security, end.security);
        return end;
    }
    QList<QByteArray> keys() const
    {
        QList<QByteArray> all;
        for (const QString &key : m_lookups.keys())
            all.append(key.toLatin1());
        return all;
    }

private:
    QJsonObject m_lookups;
};

QList<QByteArray> hostsOf(const Zone &zone, const QByteArray &domain)
{
    QList<QByteArray> hosts;
    const QString mx = zone.text(domain, "MX");
    for (const QString &entry : mx.section(u':', 1).split(u',', Qt::SkipEmptyParts))
        hosts.append(entry.trimmed().section(u' ', 1).toLatin1());
    if (mx.isEmpty()) {
        for (const QByteArray &key : zone.keys()) { // rows that begin at the host
            if (key.startsWith("mx1."))
                hosts = {key.split(' ').at(0)};
            else if (key.startsWith("_25._tcp.") && hosts.isEmpty())
                hosts = {key.mid(9).split(' ').at(0)};
        }
    }
    return hosts.isEmpty() ? QList<QByteArray>{domain} : hosts;
}

DaneHostFacts hostFacts(const Zone &zone, const QByteArray &name)
{
    DaneHostFacts host;
    host.name = name;
    host.expanded = zone.expanded(name);
    host.alias = zone.at(name, "CNAME", SecureFound);
    host.address = zone.follow(name, "A/AAAA", SecureFound);
    host.tlsa = zone.follow("_25._tcp." + name, "TLSA", SecureNothing);
    host.tlsaAtExpanded = zone.follow("_25._tcp." + host.expanded, "TLSA", SecureNothing);
    host.besideTlsa = zone.at("_25._tcp." + name, "A", SecureNothing);
    return host;
}

DaneDomainFacts readFacts(const Zone &zone)
{
    DaneDomainFacts facts;
    facts.validates = zone.text(".", "DNSKEY").isEmpty();
    facts.domain = "example.com";
    for (const QByteArray &key : zone.keys()) { // a next hop that is an alias of it
        if (key.endsWith(" CNAME") && zone.aliasOf(key.chopped(6)) == "example.com")
            facts.domain = key.chopped(6);
    }
    facts.expanded = zone.expanded(facts.domain);
    facts.alias = zone.at(facts.domain, "CNAME", SecureFound);
    facts.mx = zone.follow(facts.domain, "MX", SecureFound);
    for (const QByteArray &host : hostsOf(zone, facts.expanded))
        facts.hosts.append(hostFacts(zone, host));
    return facts;
}

QByteArray severityName(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    default:
        return "other";
    }
}

QStringList told(const QList<Issue> &issues)
{
    QStringList all;
    for (const Issue &issue : issues)
        all.append(QLatin1String(issue.rule() + ' ' + severityName(issue.severity)));
    return all;
}

DaneDomainFacts aliasFacts()
{
    DaneDomainFacts facts;
    facts.domain = "example.com";
    facts.mx = SecureFound;
    facts.hosts = {{"mx1.example.com", "mx.provider.example", SecureFound, SecureFound,
                    SecureNothing, SecureNothing, SecureNothing}};
    return facts;
}

} // namespace

class TestDaneDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data();
    void rows();
    void aliases_data();
    void aliases();
    void namesFollowTheMx();
    void unknownStaysUnknown();
    void failuresAreUnreachable();
    void addressesAreAsSecureAsTheWeaker();
};

void TestDaneDiscovery::rows_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QStringLiteral(TESTS_DATA_DIR "/dane.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows =
            QJsonDocument::fromJson(file.readAll()).object()[u"discovery"].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows) {
        const QString name = row[u"id"].toString() + u' ' + row[u"description"].toString();
        QTest::newRow(name.toUtf8().constData()) << row.toObject();
    }
}

void TestDaneDiscovery::rows()
{
    QFETCH(QJsonObject, row);
    const DaneDiscovery found = discoverDane(readFacts(Zone(row[u"lookups"].toObject())));
    const QJsonObject expected = row[u"expected"].toObject();
    QCOMPARE(QLatin1String(daneAppliesName(found.applies)), expected[u"dane"].toString());
    QList<Issue> issues = found.issues;
    for (const DaneHostPlan &host : found.hosts)
        issues += host.issues;
    const DaneHostPlan plan = found.hosts.value(0);
    if (expected.contains(u"base_domain"))
        QCOMPARE(QLatin1String(plan.base), expected[u"base_domain"].toString());
    if (expected.contains(u"sni"))
        QCOMPARE(QLatin1String(plan.sni()), expected[u"sni"].toString());
    if (expected.contains(u"tlsa_queried"))
        QCOMPARE(plan.asksTlsa, expected[u"tlsa_queried"].toBool());
    if (expected.contains(u"names")) {
        QJsonArray names;
        for (const QByteArray &name : plan.names)
            names.append(QLatin1String(name));
        QCOMPARE(names, expected[u"names"].toArray());
    }
    QStringList wanted;
    for (const QJsonValue &finding : expected[u"findings"].toArray())
        wanted.append(finding[u"req"].toString() + u' ' + finding[u"severity"].toString());
    const QStringList all = told(issues);
    for (const QString &one : wanted)
        QVERIFY2(all.contains(one), qPrintable(one + QStringLiteral(" not in ") + all.join(u',')));
    if (wanted.isEmpty())
        QCOMPARE(all, QStringList());
}

void TestDaneDiscovery::aliases_data()
{
    QTest::addColumn<DaneLookup>("alias");
    QTest::addColumn<DaneLookup>("address");
    QTest::addColumn<DaneLookup>("atExpanded");
    QTest::addColumn<DaneLookup>("atOriginal");
    QTest::addColumn<DaneApplies>("applies");
    QTest::addColumn<QByteArray>("base");
    const QByteArray original = "mx1.example.com";
    const QByteArray expanded = "mx.provider.example";

    QTest::newRow("TLSA at both: expanded wins") << SecureFound << SecureFound << SecureFound
                                                 << SecureFound << DaneApplies::Applies << expanded;
    QTest::newRow("TLSA at the original only") << SecureFound << SecureFound << SecureNothing
                                               << SecureFound << DaneApplies::Applies << original;
    QTest::newRow("insecure TLSA at expanded is none")
            << SecureFound << SecureFound << InsecureFound << SecureFound << DaneApplies::Applies
            << original;
    QTest::newRow("final address insecure: original only")
            << SecureFound << InsecureFound << SecureFound << SecureFound << DaneApplies::Applies
            << original;
    QTest::newRow("final address insecure, nothing at the original")
            << SecureFound << InsecureFound << SecureFound << SecureNothing
            << DaneApplies::NotApplicable << original;
    QTest::newRow("insecure alias: nothing counts")
            << InsecureFound << InsecureFound << SecureFound << SecureFound
            << DaneApplies::NotApplicable << original;
    QTest::newRow("failure at expanded ends it")
            << SecureFound << SecureFound << Failure << SecureFound << DaneApplies::Unreachable
            << original;
    QTest::newRow("failure at the original does not matter once expanded has it")
            << SecureFound << SecureFound << SecureFound << Failure << DaneApplies::Applies
            << expanded;
    QTest::newRow("not asked yet at expanded") << SecureFound << SecureFound << DaneLookup()
                                               << SecureFound << DaneApplies::Unknown << original;
}

void TestDaneDiscovery::aliases()
{
    QFETCH(DaneLookup, alias);
    QFETCH(DaneLookup, address);
    QFETCH(DaneLookup, atExpanded);
    QFETCH(DaneLookup, atOriginal);
    QFETCH(DaneApplies, applies);
    QFETCH(QByteArray, base);
    DaneDomainFacts facts = aliasFacts();
    DaneHostFacts &host = facts.hosts.first();
    host.alias = alias;
    host.address = address;
    host.tlsaAtExpanded = atExpanded;
    host.tlsa = atOriginal;
    const DaneDiscovery found = discoverDane(facts);
    QCOMPARE(found.applies, applies);
    QCOMPARE(found.hosts.at(0).base, base);
    QVERIFY(told(found.hosts.at(0).issues).contains(QLatin1String("DANE-9 warning")));
}

void TestDaneDiscovery::namesFollowTheMx()
{
    DaneDomainFacts facts = aliasFacts();
    facts.hosts.first().tlsaAtExpanded = SecureFound;
    const QList<QByteArray> all{"mx.provider.example", "example.com"};
    QCOMPARE(discoverDane(facts).hosts.at(0).names, all);
    facts.mx = InsecureFound;
    QCOMPARE(discoverDane(facts).hosts.at(0).names, QList<QByteArray>{"mx.provider.example"});
    facts.mx = SecureFound;
    facts.domain = "alias.example.org";
    facts.expanded = "example.com";
    facts.alias = InsecureFound;
    QCOMPARE(discoverDane(facts).hosts.at(0).names, QList<QByteArray>{"mx.provider.example"});
    QCOMPARE(discoverDane(facts).applies, DaneApplies::HostOnly);
}

void TestDaneDiscovery::unknownStaysUnknown()
{
    DaneDomainFacts facts = aliasFacts();
    facts.hosts.first().tlsaAtExpanded = lookup(AnswerStatus::Found, Security::Unknown);
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unknown);
    facts.hosts.first().tlsaAtExpanded = SecureFound;
    facts.mx.security = Security::Unknown;
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unknown);
    facts.validates = false;
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unknown);
    QCOMPARE(discoverDane(facts).hosts.at(0).applies, DaneApplies::Unknown);
    facts.validates = true;
    facts.hosts.clear();
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unknown);
}

void TestDaneDiscovery::failuresAreUnreachable()
{
    DaneDomainFacts facts = aliasFacts();
    facts.hosts.first().address = Failure;
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unreachable);
    QVERIFY(told(discoverDane(facts).hosts.at(0).issues).contains(QLatin1String("DANE-10 error")));
    facts.mx = Failure;
    QCOMPARE(discoverDane(facts).applies, DaneApplies::Unreachable);
    QCOMPARE(discoverDane(facts).hosts.size(), facts.hosts.size());
    QCOMPARE(discoverDane(facts).hosts.at(0).applies, DaneApplies::Unreachable);
}

void TestDaneDiscovery::addressesAreAsSecureAsTheWeaker()
{
    const auto answer = [](AnswerStatus status, Security security) {
        DnsAnswer made;
        made.status = status;
        made.security = security;
        return std::optional<DnsAnswer>(made);
    };
    const auto found = answer(AnswerStatus::Found, Security::Secure);
    QCOMPARE(daneAddresses(found, answer(AnswerStatus::NoData, Security::Secure)), SecureFound);
    QCOMPARE(daneAddresses(found, answer(AnswerStatus::NoData, Security::Insecure)), InsecureFound);
    QCOMPARE(daneAddresses(found, answer(AnswerStatus::Failed, Security::Unknown)), Failure);
    QCOMPARE(daneAddresses(found, std::nullopt), DaneLookup());
}

QTEST_APPLESS_MAIN(TestDaneDiscovery)
#include "tst_danediscovery.moc"
