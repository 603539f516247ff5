// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A change of keys hour by hour, at a real server: whatever mta-sts tlsa roll says of an address, a sending
// Postfix (dane-only) and posttls-finger have to deliver there or refuse.
#include "fakes/ran.h"
#include "fakes/testpki.h"
#include "net/dane.h"
#include "real/bedprocess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace {

const QString Four = QStringLiteral("127.0.0.11"), Six = QStringLiteral("fd00::25");
const QByteArray Mx = "mx.roll.example";
constexpr int TtlSeconds = 2; // of the TLSA set: the two that are waited for are real
constexpr int PatienceMs = 60000;

struct Key
{
    TestIdentity identity;
    QByteArray record; // "3 1 1 hex"
};

} // namespace

class TestRolloverHours : public QObject
{
    Q_OBJECT

private:
    TestPki m_pki;
    Key m_old, m_next, m_rsa;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<BedProcess> m_bed;
    QJsonObject m_told; // by the newest call of the program
    int m_messages = 0;

    Key newKey(TestKey kind) const
    {
        CertificateWish wish;
        wish.dnsNames = {Mx};
        wish.key = kind;
        Key key{m_pki.leaf(wish), {}};
        const Certificate leaf = certificatesFromPem(key.identity.certificate).constFirst();
        key.record = tlsaToText({3, 1, 1, tlsaData(leaf, 1, 1)});
        return key;
    }
    QString path(const char *name) const { return m_dir->filePath(QLatin1String(name)); }
    void write(const char *name, const QByteArray &octets) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
            qFatal("a test file could not be written");
    }
    /// The key that an address shows from the next connection on.
    void show(const char *file, const Key &key) const
    {
        write(file, key.identity.key + m_pki.chain(key.identity));
    }
    static Ran run(const QStringList &command)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), environment.value(QStringLiteral("PATH")) +
                                                           QStringLiteral(":/usr/sbin:/sbin"));
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral("/usr/bin/env"), command);
        return ended(process);
    }
    Ran inBed(const QStringList &command) const
    {
        return run(m_bed->value("enter").split(QLatin1Char(' ')) + command);
    }
    void knot(const char *server, const QStringList &words) const
    {
        const Ran ran = run(QStringList{QStringLiteral("knotc"), QStringLiteral("-c"), path(server),
                                        QStringLiteral("-b")} +
                            words);
        QVERIFY2(ran.status == 0, ran.told());
    }
    /// At ns1, where changes are made, and which the resolver asks.
    void publish(const QList<QByteArray> &records,
                 const QString &owner = QStringLiteral("_25._tcp.mx"), int ttl = TtlSeconds) const
    {
        const QString zone = QStringLiteral("roll.example");
        knot("ns1.conf", {QStringLiteral("zone-begin"), zone});
        (void)run({QStringLiteral("knotc"), QStringLiteral("-c"), path("ns1.conf"),
                   QStringLiteral("zone-unset"), zone, owner, QStringLiteral("TLSA")});
        for (const QByteArray &record : records)
            knot("ns1.conf", {QStringLiteral("zone-set"), zone, owner, QString::number(ttl),
                              QStringLiteral("TLSA"), QString::fromLatin1(record)});
        knot("ns1.conf", {QStringLiteral("zone-commit"), zone});
        awaitResolver(owner + QLatin1Char('.') + zone, "TLSA", records);
    }
    /// The lines of the set as this resolver gives it, without blanks and in lower case, sorted.
    QList<QByteArray> asked(const char *resolver, const QString &name, const char *type) const
    {
        const Ran ran =
                inBed({QStringLiteral("dig"), QStringLiteral("+short"), QStringLiteral("+cd"),
                       QLatin1Char('@') + QLatin1String(resolver), name, QLatin1String(type)});
        QList<QByteArray> lines;
        for (const QByteArray &line : ran.out.toLower().split('\n')) {
            if (!line.isEmpty())
                lines.append(QByteArray(line).replace(' ', ""));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }
    /// Also a resolver that keeps nothing keeps an answer until its second is over.
    void awaitResolver(const QString &name, const char *type, QList<QByteArray> lines) const
    {
        for (QByteArray &line : lines)
            line.replace(' ', "");
        std::sort(lines.begin(), lines.end());
        QTRY_COMPARE_WITH_TIMEOUT(asked("127.0.0.1", name, type), lines, PatienceMs);
    }
    void syncSecondary() const
    {
        knot("ns2.conf", {QStringLiteral("zone-retransfer"), QStringLiteral("roll.example")});
    }

    Ran roll(const QStringList &words = {}, const QByteArray &host = Mx)
    {
        const Ran ran =
                inBed(QStringList{QStringLiteral(MTA_STS_PROGRAM), QStringLiteral("tlsa"),
                                  QStringLiteral("roll"), QString::fromLatin1(host),
                                  QStringLiteral("--json"), QStringLiteral("--state-dir"),
                                  path("state"), QStringLiteral("--resolver"),
                                  m_bed->value("resolver"), QStringLiteral("--trust-anchor"),
                                  m_bed->value("anchor"), QStringLiteral("--allow-private")} +
                      words);
        m_told = ran.json();
        return ran;
    }
    QStringList severities(const QString &id) const
    {
        QStringList all;
        for (const QJsonValue &finding : m_told[u"findings"].toArray()) {
            if (finding[u"id"].toString() == id)
                all.append(finding[u"severity"].toString());
        }
        return all;
    }
    QString shownAt(const QString &address) const
    {
        for (const QJsonValue &one : m_told[u"seen"][u"addresses"].toArray()) {
            if (one[u"address"].toString() == address)
                return one[u"shows"].toString();
        }
        return {};
    }
    /// Our verdict: some finding says that what this address shows has no record.
    bool isRefused(const QString &address) const
    {
        for (const QJsonValue &finding : m_told[u"findings"].toArray()) {
            const QString id = finding[u"id"].toString();
            if ((id == QLatin1String("DANE-32.refused") || id == QLatin1String("DANE-32.gone")) &&
                finding[u"title"].toString().startsWith(address + QLatin1Char(' ')))
                return true;
        }
        return false;
    }

    /// What became of a message to this domain: "sent", "deferred", "bounced"; with Postfix's words.
    QByteArray fateOf(const char *domain)
    {
        const QString to = QStringLiteral("m%1@%2").arg(++m_messages).arg(QLatin1String(domain));
        const Ran ran = inBed({QStringLiteral("smtp-source"), QStringLiteral("-4"),
                               QStringLiteral("-f"), QStringLiteral("probe@sender.roll.example"),
                               QStringLiteral("-t"), to, m_bed->value("submit")});
        if (ran.status != 0)
            return ran.told();
        const QRegularExpression line(
                QStringLiteral("to=<%1>.* status=(.*)").arg(QRegularExpression::escape(to)));
        QElapsedTimer since;
        for (since.start(); since.elapsed() < PatienceMs; QTest::qWait(50)) {
            QFile log(m_bed->value("log"));
            if (!log.open(QIODevice::ReadOnly))
                continue;
            const auto found = line.match(QString::fromUtf8(log.readAll()));
            if (found.hasMatch())
                return found.captured(1).toUtf8();
        }
        return "nothing is known of " + to.toUtf8();
    }
    QByteArray fingerOf(const char *family) const
    {
        const Ran ran =
                inBed({QStringLiteral("posttls-finger"), QStringLiteral("-c"), QStringLiteral("-o"),
                       QStringLiteral("inet_protocols=%1").arg(QLatin1String(family)),
                       QStringLiteral("-l"), QStringLiteral("dane-only"),
                       QStringLiteral("[%1]").arg(QLatin1String(Mx))});
        return ran.out + ran.err;
    }
    /// Both judges at one address, against what our newest look said of it.
    void judge(const QString &address, const char *family, const char *domain)
    {
        const bool isRefusedByUs = isRefused(address);
        const QByteArray fate = fateOf(domain);
        QVERIFY2(fate.startsWith(isRefusedByUs ? "deferred" : "sent"),
                 fate + " at " + address.toLatin1());
        const QByteArray finger = fingerOf(family);
        QVERIFY2(finger.contains("Verified TLS connection established") != isRefusedByUs,
                 finger + " at " + address.toLatin1());
    }
    enum class Delivery { Both, FourOnly, None };
    /// One hour: our step and exit status, and everybody's word on both addresses.
    void hour(const char *step, int status, Delivery delivery, const QStringList &words = {})
    {
        const Ran ran = roll(words);
        QVERIFY2(m_told[u"step"].toString() == QLatin1String(step) && ran.status == status,
                 ran.told());
        QVERIFY2(isRefused(Four) == (delivery == Delivery::None), ran.told());
        QVERIFY2(isRefused(Six) == (delivery != Delivery::Both), ran.told());
        judge(Four, "ipv4", "four.roll.example");
        judge(Six, "ipv6", "six.roll.example");
    }
    /// Looks again until the two TTLs are over.
    void waitFor(const char *step)
    {
        QElapsedTimer since;
        since.start();
        do {
            (void)roll();
        } while (m_told[u"step"].toString() != QLatin1String(step) && since.elapsed() < PatienceMs);
        QCOMPARE(m_told[u"step"].toString(), QLatin1String(step));
    }
    /// The records that the program wants in the zone now, without the owner.
    QList<QByteArray> lines(const char *member) const
    {
        QList<QByteArray> all;
        for (const QJsonValue &line : m_told[QLatin1String(member)].toArray()) {
            const QByteArray text = line.toString().toLatin1();
            all.append(text.startsWith("_25._tcp.mx.roll.example. 2 IN TLSA ")
                               ? text.mid(text.indexOf("TLSA ") + 5)
                               : text);
        }
        return all;
    }

private Q_SLOTS:
    void init()
    {
        m_old = newKey(TestKey::P256);
        m_next = newKey(TestKey::P256);
        m_rsa = newKey(TestKey::Rsa2048);
        m_told = {};
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("pki")));
        show("pki/four.pem", m_old);
        show("pki/six.pem", m_old);
        show("pki/both.pem", m_rsa); // a second kind of key, which stays
        write("next.pem", m_next.identity.certificate);
        m_bed = std::make_unique<BedProcess>();
        const QString why = m_bed->start(QStringLiteral(TESTS_SOURCE_DIR "/real/rolloverbed.sh"),
                                         {m_dir->path()}, 120000);
        if (m_bed->isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
        publish({m_old.record, m_rsa.record});
        syncSecondary();
    }
    void cleanup() { m_bed.reset(); }

    void inGoodOrder();
    void switchedBeforeThePublication();
    void removedWhileAnAddressShowsTheOldKey();
    void cachesHoldTheRecordsOfBefore();
    void whatIsUnseenHoldsEverything();
    void signaturesThatDoNotHold();
    void aNameServerWithoutAddress();
    void recordsBehindAnAlias();
    void anotherNameThanTheServers();
    void nothingToBeginFrom();
};

void TestRolloverHours::inGoodOrder()
{
    const QList<QByteArray> both{m_old.record, m_next.record, m_rsa.record};
    const QString calendar = path("key.ics");
    hour("publish", 3, Delivery::Both,
         {QStringLiteral("--next"), path("next.pem"), QStringLiteral("--calendar"), calendar});
    QCOMPARE(lines("add"), QList<QByteArray>{m_next.record});
    QFile ics(calendar);
    QVERIFY(ics.open(QIODevice::ReadOnly));
    QCOMPARE(ics.readAll().count("BEGIN:VEVENT"), 3); // publish, switch, remove
    publish(both);
    hour("publish", 3, Delivery::Both); // one name server is behind
    QCOMPARE(severities(QStringLiteral("DANE-32.servers")), QStringList{QStringLiteral("warning")});
    syncSecondary();
    hour("wait", 0, Delivery::Both);
    QVERIFY(lines("add").isEmpty() && lines("remove").isEmpty());
    waitFor("switch");
    hour("switch", 3, Delivery::Both);
    show("pki/four.pem", m_next);
    hour("verify", 3, Delivery::Both);
    QCOMPARE(shownAt(Four), QStringLiteral("next"));
    QCOMPARE(shownAt(Six), QStringLiteral("old"));
    QVERIFY(!severities(QStringLiteral("DANE-32.verify")).isEmpty());
    show("pki/six.pem", m_next);
    hour("remove", 3, Delivery::Both);
    QCOMPARE(lines("remove"), QList<QByteArray>{m_old.record});
    publish({m_next.record, m_rsa.record});
    hour("remove", 3, Delivery::Both); // the other name server still has it
    syncSecondary();
    hour("done", 0, Delivery::Both);
    QVERIFY(m_told[u"findings"].toArray().isEmpty());
    // And once more, now that this one is done.
    write("third.pem", newKey(TestKey::P256).identity.certificate);
    QCOMPARE(roll({QStringLiteral("--next"), path("third.pem")}).status, 3);
    QCOMPARE(m_told[u"oldKey"][0].toString().toLatin1(), m_next.record);
    QCOMPARE(roll({QStringLiteral("--forget")}).status, 0);
    QCOMPARE(roll().status, 64); // nothing is kept any more
}

void TestRolloverHours::switchedBeforeThePublication()
{
    hour("publish", 3, Delivery::Both, {QStringLiteral("--next"), path("next.pem")});
    show("pki/six.pem", m_next);
    hour("broken", 1, Delivery::FourOnly);
    QCOMPARE(lines("add"), QList<QByteArray>{m_next.record});
    show("pki/four.pem", m_next);
    hour("broken", 1, Delivery::None);
    // What the program asks for helps at once, where no cache has the set of before.
    publish({m_old.record, m_next.record, m_rsa.record});
    syncSecondary();
    hour("broken", 1, Delivery::Both);
    QCOMPARE(severities(QStringLiteral("DANE-32.early")), QStringList{QStringLiteral("error")});
    waitFor("remove");
    hour("remove", 3, Delivery::Both);
}

void TestRolloverHours::removedWhileAnAddressShowsTheOldKey()
{
    hour("publish", 3, Delivery::Both, {QStringLiteral("--next"), path("next.pem")});
    publish({m_old.record, m_next.record, m_rsa.record});
    syncSecondary();
    waitFor("switch");
    show("pki/four.pem", m_next);
    hour("verify", 3, Delivery::Both);
    publish({m_next.record, m_rsa.record});
    syncSecondary();
    hour("broken", 1, Delivery::FourOnly);
    QCOMPARE(severities(QStringLiteral("DANE-32.gone")), QStringList{QStringLiteral("error")});
    QCOMPARE(lines("add"), QList<QByteArray>{m_old.record});
    publish({m_old.record, m_next.record, m_rsa.record});
    syncSecondary();
    hour("verify", 3, Delivery::Both);
    // The record of the kind of key that stays was taken for the old one.
    show("pki/six.pem", m_next);
    hour("remove", 3, Delivery::Both);
    publish({m_old.record, m_next.record});
    syncSecondary();
    const Ran ran = roll();
    QCOMPARE(m_told[u"step"].toString(), QStringLiteral("broken"));
    QVERIFY2(ran.status == 1 && isRefused(Four) && isRefused(Six), ran.told());
    QCOMPARE(lines("add"), QList<QByteArray>{m_rsa.record});
    const QByteArray rsaOnly =
            inBed({QStringLiteral("openssl"), QStringLiteral("s_client"), QStringLiteral("-brief"),
                   QStringLiteral("-starttls"), QStringLiteral("smtp"), QStringLiteral("-sigalgs"),
                   QStringLiteral("rsa_pss_rsae_sha256"), QStringLiteral("-connect"),
                   Four + QStringLiteral(":25"), QStringLiteral("-dane_tlsa_domain"),
                   QString::fromLatin1(Mx), QStringLiteral("-dane_tlsa_rrdata"),
                   QString::fromLatin1(m_old.record), QStringLiteral("-dane_tlsa_rrdata"),
                   QString::fromLatin1(m_next.record), QStringLiteral("-dane_ee_no_namechecks")})
                    .told();
    QVERIFY2(!rsaOnly.contains("Verification: OK"), rsaOnly); // a sender that only knows RSA
}

// The verdict "too early" against a resolver that still has the set without the next key, as RFC 7671 8.1 fears.
void TestRolloverHours::cachesHoldTheRecordsOfBefore()
{
    constexpr int LongTtl = 3600;
    const QString owner = QStringLiteral("_25._tcp.mx");
    publish({m_old.record, m_rsa.record}, owner, LongTtl);
    syncSecondary();
    QCOMPARE(asked("127.0.0.2", owner + QStringLiteral(".roll.example"), "TLSA").size(), 2);
    QCOMPARE(roll({QStringLiteral("--next"), path("next.pem")}).status, 3);
    publish({m_old.record, m_next.record, m_rsa.record}, owner, LongTtl);
    syncSecondary();
    QCOMPARE(roll().status, 0);
    QCOMPARE(m_told[u"step"].toString(), QStringLiteral("wait"));
    write("resolv.conf", "nameserver 127.0.0.2\noptions trust-ad\n");
    judge(Four, "ipv4", "four.roll.example"); // nobody notices as long as the old key is shown
    show("pki/four.pem", m_next);
    const Ran early = roll();
    QVERIFY2(early.status == 1 && m_told[u"step"].toString() == QLatin1String("broken"),
             early.told());
    QCOMPARE(severities(QStringLiteral("DANE-32.early")), QStringList{QStringLiteral("error")});
    QVERIFY(!isRefused(Four)); // those that look now get it
    const QByteArray fate = fateOf("four.roll.example");
    QVERIFY2(fate.startsWith("deferred"), fate);
    QVERIFY(!fingerOf("ipv4").contains("Verified TLS connection established"));
    judge(Six, "ipv6", "six.roll.example");
}

void TestRolloverHours::signaturesThatDoNotHold()
{
    hour("publish", 3, Delivery::Both, {QStringLiteral("--next"), path("next.pem")});
    const QString root = QStringLiteral("."), zone = QStringLiteral("roll.example.");
    knot("ns1.conf", {QStringLiteral("zone-begin"), root});
    knot("ns1.conf", {QStringLiteral("zone-unset"), root, zone, QStringLiteral("DS")});
    knot("ns1.conf", {QStringLiteral("zone-set"), root, zone, QStringLiteral("3600"),
                      QStringLiteral("DS"), QStringLiteral("1 13 2 ") + QString(64, u'0')});
    knot("ns1.conf", {QStringLiteral("zone-commit"), root});
    awaitResolver(zone, "DS", {"1 13 2 " + QByteArray(64, '0')});
    publish({m_old.record, m_next.record, m_rsa.record});
    syncSecondary();
    const Ran ran = roll();
    QVERIFY2(ran.status == 1 && m_told[u"step"].toString() == QLatin1String("publish"), ran.told());
    QCOMPARE(severities(QStringLiteral("DANE-10")), QStringList{QStringLiteral("error")});
    QVERIFY(m_told[u"published"].isNull());
    const QByteArray fate = fateOf("four.roll.example");
    QVERIFY2(fate.startsWith("deferred"), fate);
}

void TestRolloverHours::aNameServerWithoutAddress()
{
    // It may serve the zone to others: nobody knows what it has.
    const QString zone = QStringLiteral("roll.example");
    knot("ns1.conf", {QStringLiteral("zone-begin"), zone});
    knot("ns1.conf", {QStringLiteral("zone-set"), zone, QStringLiteral("@"), QStringLiteral("60"),
                      QStringLiteral("NS"), QStringLiteral("ns3")});
    knot("ns1.conf", {QStringLiteral("zone-commit"), zone});
    awaitResolver(zone, "NS", {"ns1.roll.example.", "ns2.roll.example.", "ns3.roll.example."});
    const Ran ran = roll({QStringLiteral("--next"), path("next.pem")});
    QVERIFY2(ran.status == 2 && ran.out.contains("ns3.roll.example"), ran.told());
    QCOMPARE(roll().status, 64); // not begun
}

void TestRolloverHours::recordsBehindAnAlias()
{
    // RFC 7671 7: the records may stand elsewhere.
    const QString zone = QStringLiteral("roll.example"), owner = QStringLiteral("_dane");
    publish({});
    knot("ns1.conf", {QStringLiteral("zone-begin"), zone});
    knot("ns1.conf", {QStringLiteral("zone-set"), zone, QStringLiteral("_25._tcp.mx"),
                      QStringLiteral("60"), QStringLiteral("CNAME"), QStringLiteral("_dane")});
    knot("ns1.conf", {QStringLiteral("zone-commit"), zone});
    publish({m_old.record, m_rsa.record}, owner);
    awaitResolver(QStringLiteral("_25._tcp.mx.roll.example"), "TLSA",
                  {"_dane.roll.example.", m_old.record, m_rsa.record});
    syncSecondary();
    hour("publish", 3, Delivery::Both, {QStringLiteral("--next"), path("next.pem")});
    QCOMPARE(m_told[u"owner"].toString(), QStringLiteral("_dane.roll.example"));
    QCOMPARE(lines("add"), QList<QByteArray>{"_dane.roll.example. 2 IN TLSA " + m_next.record});
    publish({m_old.record, m_next.record, m_rsa.record}, owner);
    syncSecondary();
    hour("wait", 0, Delivery::Both);
}

void TestRolloverHours::anotherNameThanTheServers()
{
    const QString zone = QStringLiteral("roll.example");
    const QStringList begin{QStringLiteral("--next"), path("next.pem")};
    knot("ns1.conf", {QStringLiteral("zone-begin"), zone});
    knot("ns1.conf", {QStringLiteral("zone-set"), zone, QStringLiteral("mail"),
                      QStringLiteral("60"), QStringLiteral("CNAME"), QStringLiteral("mx")});
    knot("ns1.conf",
         {QStringLiteral("zone-set"), zone, QStringLiteral("_25._tcp.mail"), QStringLiteral("60"),
          QStringLiteral("TLSA"), QString::fromLatin1(m_old.record)});
    knot("ns1.conf",
         {QStringLiteral("zone-set"), zone, QStringLiteral("_25._tcp.mail"), QStringLiteral("60"),
          QStringLiteral("TLSA"), QString::fromLatin1(m_rsa.record)});
    knot("ns1.conf", {QStringLiteral("zone-commit"), zone});
    syncSecondary();
    const Ran alias = roll(begin, "mail.roll.example");
    QVERIFY2(alias.status == 1, alias.told());
    QCOMPARE(severities(QStringLiteral("DANE-32.alias")), QStringList{QStringLiteral("error")});
    const Ran domain = roll(begin, "four.roll.example");
    QVERIFY2(domain.status == 2 || domain.status == 1, domain.told());
    QCOMPARE(severities(QStringLiteral("DANE-42.domain")), QStringList{QStringLiteral("warning")});
    QVERIFY(domain.out.contains("mx.roll.example"));
    for (const char *host : {"mail.roll.example", "four.roll.example"})
        QCOMPARE(roll({}, host).status, 64); // not begun
}

void TestRolloverHours::whatIsUnseenHoldsEverything()
{
    hour("publish", 3, Delivery::Both, {QStringLiteral("--next"), path("next.pem")});
    publish({m_old.record, m_next.record, m_rsa.record});
    syncSecondary();
    hour("wait", 0, Delivery::Both);
    knot("ns2.conf", {QStringLiteral("stop")});
    const QJsonValue published = m_told[u"published"];
    QElapsedTimer since;
    for (since.start(); since.elapsed() < 3000 * TtlSeconds;) // longer than the two TTLs
        QCOMPARE(roll().status, 2);
    QCOMPARE(m_told[u"step"].toString(), QStringLiteral("wait"));
    QCOMPARE(m_told[u"published"], published);
    QCOMPARE(severities(QStringLiteral("DANE-32.unseen")), QStringList{QStringLiteral("unknown")});
}

void TestRolloverHours::nothingToBeginFrom()
{
    const QStringList begin{QStringLiteral("--next"), path("next.pem")};
    QCOMPARE(roll().status, 64);
    write("old.pem", m_old.identity.certificate);
    QCOMPARE(roll({QStringLiteral("--next"), path("old.pem")}).status, 0);
    QCOMPARE(severities(QStringLiteral("DANE-32.same")), QStringList{QStringLiteral("info")});
    write("key.pem", m_next.identity.key);
    const Ran refused = roll({QStringLiteral("--next"), path("key.pem")});
    QVERIFY2(refused.status == 64 && refused.err.contains("private key"), refused.told());
    publish({});
    syncSecondary();
    QCOMPARE(roll(begin).status, 1);
    QCOMPARE(severities(QStringLiteral("DANE-32.none")), QStringList{QStringLiteral("error")});
    publish({m_next.record, m_rsa.record});
    syncSecondary();
    QCOMPARE(roll(begin).status, 1);
    QVERIFY(isRefused(Four) && isRefused(Six));
    judge(Four, "ipv4", "four.roll.example");
    publish({m_old.record, m_rsa.record});
    knot("ns2.conf", {QStringLiteral("stop")});
    QCOMPARE(roll(begin).status, 2);
    QCOMPARE(roll().status, 64); // still nothing is kept
}

QTEST_GUILESS_MAIN(TestRolloverHours)
#include "tst_rolloverhours.moc"
