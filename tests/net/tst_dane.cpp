// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of the DANE vectors: what a sender decides, and what a publisher is told.
#include "fakes/testpki.h"
#include "net/dane.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

const QList<QByteArray> Host{"mx1.example.com"};

QJsonObject vectors()
{
    static const QJsonObject all = [] {
        QFile file(QStringLiteral(TESTS_DATA_DIR "/dane.json"));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }();
    return all;
}

QByteArray rowName(const QJsonObject &row)
{
    return (row[u"id"].toString() + QStringLiteral(" ") + row[u"description"].toString()).toUtf8();
}

void addRows(const char *section)
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray rows = vectors()[QLatin1String(section)].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &value : rows)
        QTest::newRow(rowName(value.toObject()).constData()) << value.toObject();
}

Certificate fixture(const QString &name)
{
    const QByteArray pem = vectors()[u"fixtures"][name][u"pem"].toString().toUtf8();
    return certificatesFromPem(pem).value(0);
}

QByteArray severityName(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return "ok";
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    case Severity::Unknown:
        break;
    }
    return "unknown";
}

QStringList told(const QList<Issue> &issues)
{
    QStringList all;
    for (const Issue &issue : issues)
        all.append(QLatin1String(issue.rule() + ' ' + severityName(issue.severity)));
    return all;
}

// `expected.findings` is the least that has to be told. Empty means: nothing to worry about.
void compareFindings(const QList<Issue> &issues, const QJsonValue &expected)
{
    const QStringList all = told(issues);
    for (const QJsonValue &value : expected[u"findings"].toArray()) {
        const QString wanted =
                value[u"req"].toString() + QStringLiteral(" ") + value[u"severity"].toString();
        QVERIFY2(all.contains(wanted),
                 qPrintable(wanted + QStringLiteral(" not in ") + all.join(u',')));
    }
    if (expected[u"findings"].toArray().isEmpty())
        QVERIFY2(!all.join(u',').contains(QLatin1String("error")), qPrintable(all.join(u',')));
}

QList<int> numbers(const QJsonValue &array)
{
    QList<int> all;
    for (const QJsonValue &value : array.toArray())
        all.append(value.toInt());
    return all;
}

TlsaAnswer answerOf(const QString &word)
{
    if (word == u"secure")
        return TlsaAnswer::Secure;
    return word == u"insecure" ? TlsaAnswer::Insecure : TlsaAnswer::Failed;
}

/// "3 1 1 EENEXT"
TlsaRecord recordFor(const QString &text)
{
    const QStringList parts = text.split(u' ');
    TlsaRecord record{static_cast<quint8>(parts.at(0).toUInt()),
                      static_cast<quint8>(parts.at(1).toUInt()),
                      static_cast<quint8>(parts.at(2).toUInt()),
                      {}};
    record.data = tlsaData(fixture(parts.at(3)), record.selector, record.matching);
    return record;
}

QList<Certificate> parsed(const QByteArray &pem)
{
    return certificatesFromPem(pem);
}

TlsaRecord recordOf(const Certificate &certificate, quint8 usage, quint8 selector, quint8 matching)
{
    return {usage, selector, matching, tlsaData(certificate, selector, matching)};
}

} // namespace

class TestDane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fixtureDigests();
    void cases_data() { addRows("cases"); }
    void cases();
    void publishing_data() { addRows("publishing"); }
    void publishing();
    void anchors_data();
    void anchors();
    void agility();
    void noTlsWithUnusableRecords();
    void withoutChainNothingIsKnown();
    void withoutNamesNoAnchorIsGood();
    void shapedJunkIsUnusable();
    void severityOfStaleCombination();
    void digestsOfUnlikeKeys_data();
    void digestsOfUnlikeKeys();
    void rolloverSteps();

private:
    TestPki m_pki;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

void TestDane::fixtureDigests()
{
    const QJsonObject fixtures = vectors()[u"fixtures"].toObject();
    QVERIFY(!fixtures.isEmpty());
    for (auto it = fixtures.begin(); it != fixtures.end(); ++it) {
        const Certificate certificate = fixture(it.key());
        const auto digest = [&](quint8 selector, quint8 matching) {
            return QLatin1String(tlsaData(certificate, selector, matching).toHex());
        };
        QCOMPARE(digest(0, 1), it.value()[u"cert_sha256"].toString());
        QCOMPARE(digest(0, 2), it.value()[u"cert_sha512"].toString());
        QCOMPARE(digest(1, 1), it.value()[u"spki_sha256"].toString());
        QCOMPARE(digest(1, 2), it.value()[u"spki_sha512"].toString());
    }
}

void TestDane::cases()
{
    QFETCH(QJsonObject, row);
    DaneInput input;
    for (const QJsonValue &value : row[u"tlsa"].toArray()) {
        input.records.append({static_cast<quint8>(value[u"usage"].toInt()),
                              static_cast<quint8>(value[u"selector"].toInt()),
                              static_cast<quint8>(value[u"mtype"].toInt()),
                              QByteArray::fromHex(value[u"data"].toString().toLatin1())});
    }
    for (const QJsonValue &value : row[u"server_chain"].toArray())
        input.chain.append(fixture(value.toString()));
    for (const QJsonValue &value : row[u"reference_names"].toArray())
        input.names.append(value.toString().toLatin1());
    input.startTls = row[u"starttls"].toBool();
    input.answer = answerOf(row[u"tlsa_dnssec"].toString());
    input.now = m_now;

    const DaneVerdict verdict = judgeDane(input);
    const QJsonValue expected = row[u"expected"];
    QCOMPARE(QLatin1String(daneResultName(verdict.result)), expected[u"result"].toString());
    QCOMPARE(verdict.usable, numbers(expected[u"usable"]));
    QCOMPARE(verdict.considered, numbers(expected[u"considered_after_agility"]));
    QCOMPARE(verdict.matched, expected[u"matched_record"].toInt(-1));
    compareFindings(verdict.issues, expected);
}

void TestDane::publishing()
{
    QFETCH(QJsonObject, row);
    PublishingInput input;
    for (const QJsonValue &value : row[u"rrset"].toArray())
        input.records.append(recordFor(value.toString()));
    const QString current = row[u"current_chain_key"].toString();
    input.startTls = !current.startsWith(QLatin1String("none"));
    if (input.startTls)
        input.chains.append({fixture(current.section(u' ', 0, 0)), fixture(QStringLiteral("INT"))});
    if (current.contains(QLatin1String("RSA"))) {
        const TestIdentity other = m_pki.leaf(CertificateWish{
                .commonName = {}, .dnsNames = {"mx1.example.com"}, .key = TestKey::Rsa2048});
        input.chains.append(parsed(m_pki.chain(other)));
    }
    if (row[u"planned_key"].isString())
        input.planned = {fixture(row[u"planned_key"].toString())};

    const PublishingVerdict verdict = judgePublishing(input);
    const QJsonValue expected = row[u"expected"];
    QVERIFY2(verdict.ok == expected[u"ok"].toBool(), qPrintable(told(verdict.issues).join(u',')));
    compareFindings(verdict.issues, expected);
    if (expected[u"next_step"].isString())
        QCOMPARE(QLatin1String(rolloverStepName(verdict.next)), expected[u"next_step"].toString());
}

void TestDane::anchors_data()
{
    QTest::addColumn<QByteArray>("chain");
    QTest::addColumn<TlsaRecord>("record");
    QTest::addColumn<DaneResult>("result");
    QTest::addColumn<QByteArray>("told"); // id that has to be there; empty: no error

    const TestIdentity mail = m_pki.leaf(Host);
    const TestIdentity self = makeCertificate({.commonName = {}, .dnsNames = {"mx1.example.com"}});
    const TestIdentity stranger = makeCertificate({.commonName = "Other", .isAuthority = true});
    const TestIdentity client = m_pki.leaf(
            CertificateWish{.commonName = {}, .dnsNames = {"mx1.example.com"}, .clientOnly = true});
    const Certificate root = parsed(m_pki.root.certificate).at(0);
    const Certificate intermediate = parsed(m_pki.intermediate.certificate).at(0);
    const Certificate selfCertificate = parsed(self.certificate).at(0);
    const QByteArray chain = m_pki.chain(mail);
    const auto pass = DaneResult::Authenticated;
    const auto fail = DaneResult::Fail;

    QTest::newRow("root sent") << chain + m_pki.root.certificate << recordOf(root, 2, 0, 1) << pass
                               << QByteArray();
    QTest::newRow("root not sent, but whole in the record")
            << chain << recordOf(root, 2, 0, 0) << pass << QByteArray();
    QTest::newRow("root not sent, its bare key in the record")
            << chain << recordOf(root, 2, 1, 0) << pass << QByteArray("DANE-24.bare");
    QTest::newRow("root not sent, digest only")
            << chain << recordOf(root, 2, 1, 1) << fail << QByteArray("DANE-24");
    QTest::newRow("intermediate not sent")
            << mail.certificate << recordOf(intermediate, 2, 1, 1) << fail << QByteArray("DANE-24");
    QTest::newRow("chain in another order")
            << mail.certificate + m_pki.root.certificate + m_pki.intermediate.certificate
            << recordOf(root, 2, 1, 1) << pass << QByteArray();
    QTest::newRow("unrelated CA that the server sends along")
            << chain + stranger.certificate << recordOf(parsed(stranger.certificate).at(0), 2, 1, 1)
            << fail << QByteArray("DANE-20");
    QTest::newRow("self-signed leaf as anchor")
            << self.certificate << recordOf(selfCertificate, 2, 0, 1) << fail
            << QByteArray("DANE-20.leaf");
    QTest::newRow("self-signed leaf as DANE-EE")
            << self.certificate << recordOf(selfCertificate, 3, 1, 1) << pass << QByteArray();
    QTest::newRow("not for servers, with an anchor")
            << m_pki.chain(client) << recordOf(intermediate, 2, 1, 1) << fail
            << QByteArray("DANE-20");
}

void TestDane::anchors()
{
    QFETCH(QByteArray, chain);
    QFETCH(TlsaRecord, record);
    QFETCH(DaneResult, result);
    QFETCH(QByteArray, told);
    const DaneVerdict verdict =
            judgeDane({{record}, parsed(chain), true, {"mx1.example.com"}, m_now});
    QCOMPARE(verdict.result, result);
    QList<QByteArray> errors;
    for (const Issue &issue : verdict.issues) {
        if (issue.severity == Severity::Error)
            errors.append(issue.id);
    }
    if (told.isEmpty())
        QCOMPARE(errors, QList<QByteArray>());
    else
        QVERIFY2(errors.contains(told), errors.join(',').constData());
}

// RFC 7671 9: unusable records do not shadow, other selectors and full data stay.
void TestDane::agility()
{
    const Certificate mail = parsed(m_pki.leaf(Host).certificate).at(0);
    TlsaRecord broken = recordOf(mail, 3, 1, 2);
    broken.data.chop(1);
    TlsaRecord stale = recordOf(mail, 3, 1, 2);
    stale.data[0] = static_cast<char>(stale.data.at(0) ^ 1);
    const TlsaRecord good = recordOf(mail, 3, 1, 1);

    DaneVerdict verdict = judgeDane({{good, broken}, {mail}, true, {"mx1.example.com"}, m_now});
    QCOMPARE(verdict.considered, QList<int>{0});
    QCOMPARE(verdict.result, DaneResult::Authenticated);

    verdict = judgeDane({{good, stale}, {mail}, true, {"mx1.example.com"}, m_now});
    QCOMPARE(verdict.considered, QList<int>{1});
    QCOMPARE(verdict.result, DaneResult::Fail);
    QVERIFY(told(verdict.issues).contains(QLatin1String("DANE-28 error")));

    verdict = judgeDane({{recordOf(mail, 3, 0, 1), good, stale, recordOf(mail, 3, 1, 0)},
                         {mail},
                         true,
                         {"mx1.example.com"},
                         m_now});
    QCOMPARE(verdict.considered, (QList<int>{0, 2, 3}));
    QCOMPARE(verdict.matched, 0);
}

void TestDane::noTlsWithUnusableRecords()
{
    const TlsaRecord pkix{1, 1, 1, QByteArray(32, 'x')};
    const DaneVerdict verdict = judgeDane({{pkix}, {}, false, {"mx1.example.com"}, m_now});
    QCOMPARE(verdict.result, DaneResult::Fail);
    QVERIFY(told(verdict.issues).contains(QLatin1String("DANE-13 error")));
    QVERIFY(told(verdict.issues).contains(QLatin1String("DANE-12 error")));
}

void TestDane::withoutChainNothingIsKnown()
{
    const TlsaRecord record{3, 1, 1, QByteArray(32, 'x')};
    QCOMPARE(judgeDane({{record}, {}, true, {"mx1.example.com"}, m_now}).result,
             DaneResult::Unknown);
    DaneInput unknown{{record}, {}, true, {"mx1.example.com"}, m_now};
    unknown.answer = TlsaAnswer::Unknown;
    QCOMPARE(judgeDane(unknown).result, DaneResult::Unknown);
    QCOMPARE(told(judgeDane(unknown).issues), QStringList{QStringLiteral("DANE-1 unknown")});
}

void TestDane::withoutNamesNoAnchorIsGood()
{
    const QList<Certificate> chain = parsed(m_pki.chain(m_pki.leaf(Host)));
    for (const QList<QByteArray> &names :
         {QList<QByteArray>{}, QList<QByteArray>{""}, QList<QByteArray>{".example.com"}}) {
        const DaneInput input{{recordOf(chain.at(1), 2, 1, 1)}, chain, true, names, m_now};
        QCOMPARE(judgeDane(input).result, DaneResult::Fail);
    }
}

void TestDane::shapedJunkIsUnusable()
{
    // A public key in shape, of an algorithm nobody knows.
    const TlsaRecord junk{3, 1, 0, QByteArray::fromHex("300c300606042a03040503020000")};
    QVERIFY(whyUnusable(junk).isEmpty());
    const QList<Certificate> chain = parsed(m_pki.chain(m_pki.leaf(Host)));
    const DaneVerdict verdict = judgeDane({{junk}, chain, true, {"mx1.example.com"}, m_now});
    QCOMPARE(verdict.usable, QList<int>());
    QCOMPARE(verdict.result, DaneResult::EncryptUnauthenticated);
    QVERIFY(told(verdict.issues).contains(QLatin1String("DANE-16 error")));
}

void TestDane::severityOfStaleCombination()
{
    const QList<Certificate> chain = parsed(m_pki.chain(m_pki.leaf(Host)));
    const TlsaRecord good = recordOf(chain.at(0), 3, 1, 1);
    const TlsaRecord otherKey{2, 1, 1, QByteArray(32, 'x')};
    // Every sender still gets through by the other combination.
    QCOMPARE(told(judgePublishing({good, otherKey}, chain)),
             QStringList{QStringLiteral("DANE-28 warning")});
    QCOMPARE(told(judgePublishing({otherKey}, chain)),
             QStringList{QStringLiteral("DANE-28 error")});
    QVERIFY(judgePublishing({good, recordOf(chain.at(1), 2, 1, 1)}, chain).isEmpty());
}

// RFC 7671 9: a sender that knows SHA2-512 leaves the records with SHA2-256 out, one that does not
// leaves the others out; each has to find the chain that it is shown.
void TestDane::digestsOfUnlikeKeys_data()
{
    QTest::addColumn<QList<TlsaRecord>>("records");
    QTest::addColumn<QList<QList<Certificate>>>("chains");
    QTest::addColumn<QStringList>("expected");
    const QList<Certificate> a = parsed(m_pki.chain(m_pki.leaf(Host)));
    const QList<Certificate> b = parsed(m_pki.chain(m_pki.leaf(Host)));
    const Certificate none = parsed(m_pki.leaf(Host).certificate).at(0);
    const QString agility = QStringLiteral("DANE-27 error");
    const QString mismatch = QStringLiteral("DANE-28 error");
    const QString everyKind = QStringLiteral("DANE-38 error");
    const auto record = [](const Certificate &of, quint8 matching) {
        return recordOf(of, 3, 1, matching);
    };
    QTest::newRow("one digest of each key, both shown")
            << QList<TlsaRecord>{record(a[0], 1), record(b[0], 2)}
            << QList<QList<Certificate>>{a, b} << QStringList{agility};
    QTest::newRow("both digests of each key, both shown")
            << QList<TlsaRecord>{record(a[0], 1), record(a[0], 2), record(b[0], 1), record(b[0], 2)}
            << QList<QList<Certificate>>{a, b} << QStringList{};
    QTest::newRow("as many digests, but of other keys")
            << QList<TlsaRecord>{record(a[0], 1), record(none, 1), record(b[0], 2), record(none, 2)}
            << QList<QList<Certificate>>{a, b} << QStringList{agility};
    QTest::newRow("one digest of each key, one shown")
            << QList<TlsaRecord>{record(a[0], 1), record(b[0], 2)} << QList<QList<Certificate>>{a}
            << QStringList{mismatch, agility};
    QTest::newRow("only senders without SHA2-512 find the second key by the whole certificate")
            << QList<TlsaRecord>{record(a[0], 2), recordOf(b[0], 3, 0, 1)}
            << QList<QList<Certificate>>{a, b} << QStringList{everyKind};
    QTest::newRow("neither chain is found by every sender")
            << QList<TlsaRecord>{record(a[0], 2), recordOf(b[0], 3, 0, 1), recordOf(a[0], 3, 0, 2)}
            << QList<QList<Certificate>>{a, b} << QStringList{agility};
}

void TestDane::digestsOfUnlikeKeys()
{
    QFETCH(QList<TlsaRecord>, records);
    QFETCH(QList<QList<Certificate>>, chains);
    QFETCH(QStringList, expected);
    const PublishingVerdict verdict = judgePublishing(PublishingInput{records, chains, {}, true});
    QCOMPARE(told(verdict.issues), expected);
    QCOMPARE(verdict.ok, expected.isEmpty());
    // As each sender sees it: whoever is refused, the publisher is told.
    bool everybodyPasses = true;
    for (const QList<Certificate> &chain : chains) {
        for (const bool knowsSha512 : {true, false}) {
            DaneInput input{records, chain, true, Host, m_now};
            if (!knowsSha512)
                input.records.removeIf([](const TlsaRecord &one) { return one.matching == 2; });
            everybodyPasses =
                    everybodyPasses && (input.records.isEmpty() ||
                                        judgeDane(input).result == DaneResult::Authenticated);
        }
    }
    QCOMPARE(verdict.ok, everybodyPasses);
}

void TestDane::rolloverSteps()
{
    const QList<Certificate> now = parsed(m_pki.chain(m_pki.leaf(Host)));
    const QList<Certificate> next = parsed(m_pki.chain(m_pki.leaf(Host)));
    const TlsaRecord current = recordOf(now.at(0), 3, 1, 1);
    const TlsaRecord planned = recordOf(next.at(0), 3, 1, 1);
    QCOMPARE(judgePublishing(PublishingInput{{current}, {now}, next, true}).next,
             RolloverStep::PublishNext);
    const PublishingVerdict both =
            judgePublishing(PublishingInput{{current, planned}, {now}, next, true});
    QCOMPARE(both.next, RolloverStep::Switch);
    QVERIFY(both.ok && both.issues.isEmpty());
    QCOMPARE(judgePublishing(PublishingInput{{current, planned}, {next}, {}, true}).next,
             RolloverStep::RemoveOld);
    QCOMPARE(judgePublishing(PublishingInput{{current}, {now}, {}, true}).next, RolloverStep::None);
}

QTEST_APPLESS_MAIN(TestDane)
#include "tst_dane.moc"
