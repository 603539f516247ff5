// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which records are made of which keys, and what is told of them.
#include "dane/keymaterial.h"
#include "dane/publishedtlsa.h"
#include "dane/tlsaconfirming.h"
#include "dane/tlsamaking.h"
#include "fakes/fakeresolver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using Form = KeyMaterial::Form;

namespace {

const QByteArray Host = QByteArrayLiteral("mx1.example.com");

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

TestIdentity leaf(TestKey kind = TestKey::P256, const QByteArray &name = Host)
{
    CertificateWish wish;
    wish.dnsNames = {name};
    wish.key = kind;
    return pki().leaf(wish);
}

QList<SourceKey> read(const QByteArray &octets)
{
    const auto source = readKeySource(Secret(QByteArray(octets)));
    return source ? source->keys : QList<SourceKey>();
}

QList<SourceKey> chainOf(const TestIdentity &server)
{
    return read(pki().chain(server));
}

TlsaRecord record(const Certificate &certificate, quint8 usage, quint8 selector, quint8 matching)
{
    return {usage, selector, matching, tlsaData(certificate, selector, matching)};
}

TlsaRecord keyRecord(const SourceKey &key)
{
    Certificate bare;
    bare.publicKey = key.publicKey;
    return record(bare, 3, 1, 1);
}

TlsaWish wishFor(const QList<SourceKey> &current)
{
    TlsaWish wish;
    wish.host = Host;
    wish.current = current;
    wish.now = QDateTime::currentDateTimeUtc();
    return wish;
}

QList<TlsaRecord> recordsOf(const TlsaMaking &making)
{
    QList<TlsaRecord> all;
    for (const MadeTlsa &made : making.records)
        all.append(made.record);
    return all;
}

QByteArrayList idsOf(const QList<Issue> &issues, Severity severity)
{
    QByteArrayList ids;
    for (const Issue &issue : issues) {
        if (issue.severity == severity)
            ids.append(issue.id);
    }
    return ids;
}

QByteArrayList errors(const TlsaMaking &making)
{
    return idsOf(making.issues, Severity::Error);
}

bool has(const QList<Issue> &issues, const QByteArray &id)
{
    return std::any_of(issues.begin(), issues.end(),
                       [&id](const Issue &issue) { return issue.id == id; });
}

QJsonObject vectors()
{
    QFile file(QStringLiteral(TESTS_DATA_DIR "/dane.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QByteArray fixture(const QString &name)
{
    return vectors()[u"fixtures"][name][u"pem"].toString().toUtf8();
}

/// The chain of a fixture of the vectors.
QList<SourceKey> fixtureChain(const QString &name)
{
    return read(fixture(name) + fixture(QStringLiteral("INT")) + fixture(QStringLiteral("ROOT")));
}

} // namespace

class tst_TlsaMaking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachKeyInUse();
    void sameKeyOnce();
    void nextKey_data();
    void nextKey();
    void nextIsTheKeyInUse();
    void issuer();
    void issuerProblems_data();
    void issuerProblems();
    void backupIssuers();
    void issuerNeedsTheRightName();
    void authorityIsNoServer();
    void publishedRecords();
    void publishedSetLeavesAKeyOut();
    void otherDigestForOneKeyOnly();
    void steps();
    void expired();
    void ports_data();
    void ports();
    void neverTheWholeCertificate();
    void vectors_data();
    void vectors();
    void confirming();
    void liveSet_data();
    void liveSet();
};

void tst_TlsaMaking::eachKeyInUse()
{
    const QList<SourceKey> keys = chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048));
    const TlsaMaking making = tlsaToPublish(wishFor(keys));
    QCOMPARE(making.records.size(), 2);
    for (int i = 0; i < 2; ++i) {
        const MadeTlsa &made = making.records.at(i);
        QCOMPARE(made.owner, QByteArray("_25._tcp.mx1.example.com"));
        QCOMPARE(made.record, keyRecord(keys.at(i)));
        QCOMPARE(made.why, TlsaReason::Current);
        QCOMPARE(made.of.kind, keys.at(i).kind);
    }
    QVERIFY(errors(making).isEmpty());
    QVERIFY(idsOf(making.issues, Severity::Warning).isEmpty());
    QVERIFY(has(making.issues, "DANE-32.alone"));
    QCOMPARE(dnsRecord(making.records.constFirst()).data,
             tlsaToText(making.records.constFirst().record));
}

void tst_TlsaMaking::sameKeyOnce()
{
    const TestIdentity first = leaf();
    CertificateWish renewed;
    renewed.dnsNames = {Host};
    renewed.keyPem = first.key;
    const TlsaMaking making = tlsaToPublish(wishFor(chainOf(first) + chainOf(pki().leaf(renewed))));
    QCOMPARE(making.records.size(), 1);
    QVERIFY(errors(making).isEmpty());
}

void tst_TlsaMaking::nextKey_data()
{
    QTest::addColumn<QByteArray>("octets");
    const TestIdentity next = leaf(TestKey::P384);
    const KeyMaterial material(next.key);
    QTest::newRow("certificate") << pki().chain(next);
    QTest::newRow("public key") << material.publicKey(Form::Pem);
    QTest::newRow("request") << material.request(Form::Pem, "mx1.example.com");
}

void tst_TlsaMaking::nextKey()
{
    QFETCH(QByteArray, octets);
    TlsaWish wish = wishFor(chainOf(leaf()));
    wish.next = read(octets);
    QCOMPARE(wish.next.size(), 1);
    const TlsaMaking making = tlsaToPublish(wish);
    QCOMPARE(making.records.size(), 2);
    QCOMPARE(making.records.at(1).why, TlsaReason::Next);
    QCOMPARE(making.records.at(1).record, keyRecord(wish.next.constFirst()));
    // It fits no key in use, which is what it is for.
    QVERIFY(making.issues.isEmpty());
    QCOMPARE(making.step, RolloverStep::PublishNext);
}

void tst_TlsaMaking::nextIsTheKeyInUse()
{
    const TestIdentity server = leaf();
    TlsaWish wish = wishFor(chainOf(server));
    wish.next = read(KeyMaterial(server.key).request(Form::Pem, "mx1.example.com"));
    const TlsaMaking making = tlsaToPublish(wish);
    QCOMPARE(making.records.size(), 1);
    QCOMPARE(making.records.constFirst().why, TlsaReason::Current);
    QVERIFY(has(making.issues, "DANE-32.same"));
    QCOMPARE(making.step, RolloverStep::None);
}

void tst_TlsaMaking::issuer()
{
    TlsaWish wish = wishFor(chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048)));
    wish.issuer = 1;
    const TlsaMaking making = tlsaToPublish(wish);
    const Certificate middle = certificatesFromPem(pki().intermediate.certificate).value(0);
    QCOMPARE(recordsOf(making), QList<TlsaRecord>{record(middle, 2, 1, 1)});
    QCOMPARE(making.records.constFirst().why, TlsaReason::Issuer);
    QCOMPARE(making.records.constFirst().of.chain.constFirst(), middle);
    QVERIFY(errors(making).isEmpty());
    QCOMPARE(idsOf(making.issues, Severity::Warning), QByteArrayList{"DANE-45"});
}

void tst_TlsaMaking::issuerProblems_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<int>("issuer");
    QTest::addColumn<bool>("wasSeen");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("records");
    const TestIdentity server = leaf();
    const TestIdentity root = makeCertificate({.commonName = "Own Root", .isAuthority = true});
    CertificateWish wish;
    wish.dnsNames = {Host};
    const QByteArray ofRoot = makeCertificate(wish, &root).certificate;
    QTest::newRow("leaf alone") << server.certificate << 1 << false << QByteArray("DANE-24.none")
                                << 0;
    QTest::newRow("above the end of the chain")
            << pki().chain(server) << 2 << true << QByteArray("DANE-24.none") << 0;
    QTest::newRow("the server's own certificate")
            << pki().chain(server) << 0 << true << QByteArray("DANE-24.none") << 0;
    QTest::newRow("public key") << KeyMaterial(server.key).publicKey(Form::Pem) << 1 << false
                                << QByteArray("DANE-24.none") << 0;
    QTest::newRow("root in the file, which the server may not send")
            << ofRoot + root.certificate << 1 << false << QByteArray("DANE-24.root") << 1;
    QTest::newRow("root higher up in the file") << pki().chain(server) + pki().root.certificate << 2
                                                << false << QByteArray("DANE-24.root") << 1;
}

void tst_TlsaMaking::issuerProblems()
{
    QFETCH(QByteArray, pem);
    QFETCH(int, issuer);
    QFETCH(bool, wasSeen);
    QFETCH(QByteArray, id);
    TlsaWish wish = wishFor(read(pem));
    wish.issuer = issuer;
    wish.wasSeen = wasSeen;
    const TlsaMaking making = tlsaToPublish(wish);
    QVERIFY(has(making.issues, id));
    QTEST(int(making.records.size()), "records");
    QCOMPARE(errors(making).isEmpty(), !making.records.isEmpty());
    if (id == "DANE-24.root") { // that it is sent has been seen
        wish.wasSeen = true;
        QVERIFY(!has(tlsaToPublish(wish).issues, id));
    }
}

void tst_TlsaMaking::backupIssuers()
{
    const TestPki other;
    TlsaWish wish = wishFor(chainOf(leaf()));
    wish.issuer = 1;
    wish.next = read(other.intermediate.certificate);
    const TlsaMaking making = tlsaToPublish(wish);
    QCOMPARE(making.records.size(), 2);
    QCOMPARE(making.records.at(1).record,
             record(certificatesFromPem(other.intermediate.certificate).value(0), 2, 1, 1));
    QCOMPARE(making.records.at(1).why, TlsaReason::Next);
    QVERIFY(errors(making).isEmpty());

    wish.next = read(other.chain(other.leaf(QList<QByteArray>{Host})));
    QCOMPARE(recordsOf(tlsaToPublish(wish)), recordsOf(making));

    wish.next = read(KeyMaterial(leaf().key).publicKey(Form::Pem));
    const TlsaMaking unknown = tlsaToPublish(wish);
    QCOMPARE(unknown.records.size(), 1);
    QVERIFY(has(unknown.issues, "DANE-45.next"));
}

void tst_TlsaMaking::issuerNeedsTheRightName()
{
    TlsaWish wish = wishFor(chainOf(leaf(TestKey::P256, "other.example.com")));
    const TlsaMaking ofKey = tlsaToPublish(wish);
    QVERIFY(errors(ofKey).isEmpty()); // RFC 7672 3.1.1: no names with 3 1 1
    QCOMPARE(idsOf(ofKey.issues, Severity::Warning), QByteArrayList{"DANE-18"}); // the wrong file?
    wish.wasSeen = true;
    QVERIFY(idsOf(tlsaToPublish(wish).issues, Severity::Warning).isEmpty());
    wish.issuer = 1;
    QCOMPARE(errors(tlsaToPublish(wish)), QByteArrayList{"DANE-21"});
}

void tst_TlsaMaking::authorityIsNoServer()
{
    const QByteArray chainPem = pki().intermediate.certificate;
    const TlsaMaking making = tlsaToPublish(wishFor(read(chainPem)));
    QVERIFY(making.records.isEmpty());
    QCOMPARE(errors(making), QByteArrayList{"DANE-29.issuer"});
    TlsaWish wish = wishFor(chainOf(leaf()));
    wish.next = read(chainPem);
    QCOMPARE(tlsaToPublish(wish).records.size(), 1);
    QCOMPARE(errors(tlsaToPublish(wish)), QByteArrayList{"DANE-29.issuer"});
}

void tst_TlsaMaking::publishedRecords()
{
    const QList<SourceKey> keys = chainOf(leaf());
    const QList<SourceKey> old = chainOf(leaf());
    const Certificate current = keys.constFirst().chain.constFirst();
    const Certificate middle = keys.constFirst().chain.at(1);
    TlsaWish wish = wishFor(keys);
    const TlsaRecord made = keyRecord(keys.constFirst());
    const TlsaRecord gone = keyRecord(old.constFirst());
    const TlsaRecord odd{0, 1, 1, made.data};            // not for mail servers
    const TlsaRecord cut{3, 1, 1, made.data.chopped(1)}; // the wrong length
    const TlsaRecord whole = record(current, 3, 0, 1);   // fits until the renewal
    const TlsaRecord anchor = record(middle, 2, 1, 1);
    wish.published = QList<TlsaRecord>{gone, made, odd, whole, cut, anchor};
    const TlsaMaking making = tlsaToPublish(wish);
    QCOMPARE(recordsOf(making), QList<TlsaRecord>{made});
    const QList<TlsaRecord> alsoFit{whole, anchor}, superfluous{gone, odd, cut};
    QCOMPARE(making.alsoFit, alsoFit);
    QCOMPARE(making.superfluous, superfluous);
    QVERIFY(has(making.publishedIssues, "DANE-32"));
}

void tst_TlsaMaking::publishedSetLeavesAKeyOut()
{
    const QList<SourceKey> keys = chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048));
    TlsaWish wish = wishFor(keys);
    wish.published = QList<TlsaRecord>{keyRecord(keys.constFirst())};
    const TlsaMaking making = tlsaToPublish(wish);
    QCOMPARE(idsOf(making.publishedIssues, Severity::Error), QByteArrayList{"DANE-38"});
    QVERIFY(errors(making).isEmpty()); // what was made covers both
    wish.published = recordsOf(making);
    QVERIFY(tlsaToPublish(wish).publishedIssues.isEmpty());
}

void tst_TlsaMaking::otherDigestForOneKeyOnly()
{
    const QList<SourceKey> keys = chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048));
    TlsaWish wish = wishFor(keys);
    wish.published = QList<TlsaRecord>{record(keys.constFirst().chain.constFirst(), 3, 1, 2)};
    // Adding 3 1 1 for both beside that one would leave the second key out for strong senders.
    QVERIFY(errors(tlsaToPublish(wish)).contains("DANE-27"));
}

void tst_TlsaMaking::steps()
{
    const QList<SourceKey> old = chainOf(leaf());
    const QList<SourceKey> next = read(KeyMaterial(leaf().key).publicKey(Form::Pem));
    TlsaWish wish = wishFor(old);
    wish.next = next;
    wish.published = QList<TlsaRecord>{keyRecord(old.constFirst())};
    QCOMPARE(tlsaToPublish(wish).step, RolloverStep::PublishNext);
    wish.published->append(keyRecord(next.constFirst()));
    QCOMPARE(tlsaToPublish(wish).step, RolloverStep::Switch);
    QVERIFY(tlsaToPublish(wish).superfluous.isEmpty());
    // The next key alone does not do: senders that come now find no match.
    wish.published = QList<TlsaRecord>{keyRecord(next.constFirst())};
    QCOMPARE(tlsaToPublish(wish).step, RolloverStep::PublishNext);

    const QList<SourceKey> fresh = chainOf(leaf());
    TlsaWish later = wishFor(fresh);
    later.published = QList<TlsaRecord>{keyRecord(old.constFirst()), keyRecord(fresh.constFirst())};
    const TlsaMaking making = tlsaToPublish(later);
    QCOMPARE(making.step, RolloverStep::RemoveOld);
    QCOMPARE(making.superfluous, QList<TlsaRecord>{keyRecord(old.constFirst())});
}

void tst_TlsaMaking::expired()
{
    CertificateWish old;
    old.dnsNames = {Host};
    old.notBefore = QDateTime::currentDateTimeUtc().addDays(-90);
    old.notAfter = QDateTime::currentDateTimeUtc().addDays(-1);
    TlsaWish wish = wishFor(chainOf(pki().leaf(old)));
    QCOMPARE(idsOf(tlsaToPublish(wish).issues, Severity::Warning), QByteArrayList{"DANE-19"});
    wish.issuer = 1; // RFC 7671 5.2: with an anchor the dates count
    QCOMPARE(errors(tlsaToPublish(wish)), QByteArrayList{"DANE-20"});
}

void tst_TlsaMaking::ports_data()
{
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("owner");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("mail") << 25 << QByteArray("_25._tcp.mx1.example.com") << QByteArray();
    QTest::newRow("web: browsers do not read it")
            << 443 << QByteArray("_443._tcp.mx1.example.com") << QByteArray("DANE-40.web");
    QTest::newRow("submission: nobody looks")
            << 465 << QByteArray("_465._tcp.mx1.example.com") << QByteArray("DANE-40");
}

void tst_TlsaMaking::ports()
{
    QFETCH(int, port);
    QFETCH(QByteArray, id);
    TlsaWish wish = wishFor(chainOf(leaf()));
    wish.port = quint16(port);
    const TlsaMaking making = tlsaToPublish(wish);
    QTEST(making.records.value(0).owner, "owner");
    for (const char *one : {"DANE-40", "DANE-40.web"})
        QCOMPARE(has(making.issues, one), id == one);
}

void tst_TlsaMaking::neverTheWholeCertificate()
{
    const QList<SourceKey> keys = chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048));
    for (const auto &issuer : {std::optional<int>(), std::optional<int>(1)}) {
        TlsaWish wish = wishFor(keys);
        wish.issuer = issuer;
        wish.next = chainOf(leaf());
        wish.published = QList<TlsaRecord>{record(keys.at(0).chain.at(0), 3, 0, 1)};
        const TlsaMaking making = tlsaToPublish(wish);
        QVERIFY(!making.records.isEmpty());
        for (const TlsaRecord &made : recordsOf(making)) {
            QCOMPARE(made.usage, issuer ? 2 : 3);
            QCOMPARE(made.selector, 1);
            QCOMPARE(made.matching, 1);
        }
        QCOMPARE(usableRecords(recordsOf(making)).size(), making.records.size());
    }
}

void tst_TlsaMaking::vectors_data()
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray rows = ::vectors()[u"publishing"].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &value : rows) {
        const QString name = value[u"id"].toString() + u' ' + value[u"description"].toString();
        QTest::newRow(qPrintable(name)) << value.toObject();
    }
}

/// What a row says of the published set is told of it, and what is made instead is right.
void tst_TlsaMaking::vectors()
{
    QFETCH(QJsonObject, row);
    const QString current = row[u"current_chain_key"].toString();
    const bool hasTls = !current.startsWith(u"none");
    TlsaWish wish =
            wishFor(hasTls ? fixtureChain(current.section(u' ', 0, 0)) : QList<SourceKey>());
    if (current.endsWith(u"RSA"))
        wish.current += chainOf(leaf(TestKey::Rsa2048));
    if (row[u"planned_key"].isString())
        wish.next = fixtureChain(row[u"planned_key"].toString());
    QList<TlsaRecord> published;
    for (const QJsonValue &value : row[u"rrset"].toArray()) {
        const QStringList parts = value.toString().split(u' ');
        published.append(record(fixtureChain(parts.at(3)).value(0).chain.value(0),
                                quint8(parts.at(0).toInt()), quint8(parts.at(1).toInt()),
                                quint8(parts.at(2).toInt())));
    }
    wish.published = published;
    const TlsaMaking making = tlsaToPublish(wish);
    if (!hasTls) { // nothing to vouch for
        QVERIFY(making.records.isEmpty());
        QCOMPARE(making.superfluous, published);
        return;
    }
    for (const QJsonValue &value : row[u"expected"][u"findings"].toArray()) {
        const QByteArray rule = value[u"req"].toString().toLatin1();
        QVERIFY2(has(making.publishedIssues, rule), rule.constData());
    }
    QCOMPARE(idsOf(making.publishedIssues, Severity::Error).isEmpty(),
             row[u"expected"][u"ok"].toBool());
    QList<QList<Certificate>> chains;
    for (const SourceKey &key : std::as_const(wish.current))
        chains.append(key.chain);
    QVERIFY(judgePublishing({recordsOf(making), chains, {}, true}).ok);
    QCOMPARE(making.records.size(), wish.current.size() + wish.next.size());
    const QString next = row[u"expected"][u"next_step"].toString();
    if (!next.isEmpty())
        QCOMPARE(QString::fromLatin1(rolloverStepName(making.step)), next);
}

void tst_TlsaMaking::confirming()
{
    const QList<SourceKey> keys = chainOf(leaf()) + chainOf(leaf(TestKey::Rsa2048));
    const auto digest = [&keys](int i) { return keys.at(i).chain.constFirst().sha256(); };
    const QByteArray another = QByteArray(32, 'x');

    QVERIFY(!confirmKeys(keys, {}).isConfirmed);
    QVERIFY(!confirmKeys(keys, {}).hasOther);
    const KeyConfirmation both = confirmKeys(keys, {digest(0), digest(1)});
    QVERIFY(both.isConfirmed && both.issues.isEmpty());
    const KeyConfirmation one = confirmKeys(keys, {digest(0)});
    QVERIFY(!one.isConfirmed && one.hasOther);
    QCOMPARE(idsOf(one.issues, Severity::Error), QByteArrayList{"DANE-29.other"});
    QCOMPARE(one.issues.constFirst().values, QStringList{keys.at(1).fingerprint});
    const KeyConfirmation more = confirmKeys(keys, {digest(0), digest(1), another});
    QCOMPARE(idsOf(more.issues, Severity::Unknown), QByteArrayList{"DANE-29.missing"});
    QVERIFY(!confirmKeys({}, {another}).isConfirmed);
    QVERIFY(!confirmKeys({}, {}).isConfirmed);
}

void tst_TlsaMaking::liveSet_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("signed") << QStringLiteral("secure") << QByteArray() << true;
    QTest::newRow("signed, none there") << QStringLiteral("secure-none") << QByteArray() << true;
    QTest::newRow("unsigned") << QStringLiteral("insecure") << QByteArray("DANE-2") << true;
    QTest::newRow("unsigned, none there")
            << QStringLiteral("insecure-none") << QByteArray("DANE-5") << true;
    QTest::newRow("resolver strips signatures")
            << QStringLiteral("stripped") << QByteArray("DANE-1") << true;
    QTest::newRow("no answer") << QStringLiteral("failed") << QByteArray("DNS-1") << false;
    QTest::newRow("bogus") << QStringLiteral("bogus") << QByteArray("DANE-10") << false;
}

void tst_TlsaMaking::liveSet()
{
    QFETCH(QString, zone);
    QFETCH(QByteArray, id);
    FakeResolver dns;
    dns.rootKey(zone == u"stripped" ? Security::Insecure : Security::Secure);
    dns.setDefaultSecurity(zone.startsWith(u"secure") ? Security::Secure : Security::Insecure);
    const QByteArray owner = tlsaOwner(Host, 25);
    const TlsaRecord there{3, 1, 1, QByteArray(32, 'x')};
    if (zone == u"failed")
        dns.fails(owner, RecordType::TLSA);
    else if (zone == u"bogus")
        dns.bogus(owner, RecordType::TLSA);
    else if (!zone.endsWith(u"none"))
        dns.tlsa(owner, {there});
    const PublishedTlsa live = publishedTlsa(owner, Host, dns, {});
    QTEST(live.records.has_value(), "isKnown");
    if (live.records && !zone.endsWith(u"none"))
        QCOMPARE(*live.records, QList<TlsaRecord>{there});
    QCOMPARE(live.issues.isEmpty() ? QByteArray() : live.issues.constFirst().id, id);
    QVERIFY(live.issues.size() <= 1);
}

QTEST_GUILESS_MAIN(tst_TlsaMaking)
#include "tst_tlsamaking.moc"
