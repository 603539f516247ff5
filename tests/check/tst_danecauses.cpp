// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one slip in a TLSA record ends in: one finding, and a sentence that names the server.
#include "check/danecauses.h"
#include "check/daneworld.h"
#include "check/judged.h"
#include "check/words.h"

class tst_DaneCauses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneSlipIsToldOnce_data();
    void oneSlipIsToldOnce();
    void causesAreAsGrave();
    void namesTheServer();
};

void tst_DaneCauses::oneSlipIsToldOnce_data()
{
    QTest::addColumn<TlsaRecord>("wish"); // octet of the place in the chain for data
    QTest::addColumn<QByteArray>("cause");
    const auto row = [](const char *why, quint8 usage, quint8 selector, int at, bool isOther,
                        const char *cause) {
        TlsaRecord wish{usage, selector, 1, {}};
        wish.data = QByteArray::number(at) + (isOther ? "other" : "");
        QTest::newRow(why) << wish << QByteArray(cause);
    };
    row("the key's digest as that of the certificate", 3, 0, 0, true, "DANE-42.selector");
    row("the certificate's digest as that of the key", 3, 1, 0, true, "DANE-42.selector");
    row("the issuer as the server", 3, 1, 1, false, "DANE-17");
    row("the issuer's certificate as the server's", 3, 0, 1, false, "DANE-17");
    row("the server as its issuer", 2, 1, 0, false, "DANE-20.leaf");
    row("a certificate of before", 3, 0, 9, false, "DANE-31.broken");
    row("an issuer that is not sent", 2, 1, 9, false, "DANE-24");
    row("a key of before", 3, 1, 9, false, "DANE-28");
}

void tst_DaneCauses::oneSlipIsToldOnce()
{
    QFETCH(TlsaRecord, wish);
    QFETCH(QByteArray, cause);
    DaneWorld world;
    world.publishBoth();
    const int at = wish.data.left(1).toInt();
    const quint8 selector = wish.data.endsWith("other") ? quint8(1 - wish.selector) : wish.selector;
    TlsaRecord record = wish;
    record.data = at == 9 ? QByteArray(32, 'x')
                          : tlsaData(world.smtp.facts[Mx1].tls.chain.at(at), selector, 1);
    world.dns.tlsa(Tlsa1, {record});
    const Report report = judged(world);
    QList<QByteArray> told;
    for (const Finding &finding : report.findings) {
        if (finding.group == Group::Dane && finding.severity != Severity::Ok &&
            finding.id != "STS-82")
            told.append(finding.id);
    }
    QVERIFY2(told == QList<QByteArray>{cause}, listed(report).constData());
    QCOMPARE(report.dane, Report::Dane::Broken);
}

// The text report prints the sentence alone.
void tst_DaneCauses::namesTheServer()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa1, {{3, 1, 1, QByteArray(32, 'x')}});
    SmtpFacts &second = world.smtp.facts[Mx2];
    second.tls = TlsFacts();
    second.stage = SmtpFacts::Stage::Ehlo;
    second.end = SmtpFacts::End::NoStartTls;
    const Report report = judged(world);
    for (const auto &[id, host] :
         {std::pair("DANE-28", "mx1.shop.example"), std::pair("DANE-13", "mx2.shop.example")}) {
        QCOMPARE(count(report, id), 1);
        QVERIFY2(wordsFor(findingsOf(report, id).first()).title.contains(QLatin1String(host)), id);
    }
}

// A warning does not take the place of an error, nor the cause of one record that of another.
void tst_DaneCauses::causesAreAsGrave()
{
    const TlsaRecord one{3, 1, 1, QByteArray(32, 'x')}, other{3, 1, 1, QByteArray(32, 'y')};
    const auto shown = [](const TlsaRecord &record) {
        return QString::fromLatin1(tlsaToText(record));
    };
    const QList<Issue> mismatch{
            {"DANE-28", Severity::Error, {QStringLiteral("3 1 1"), QStringLiteral("mx")}}};
    const Issue error{"DANE-17", Severity::Error, {shown(one)}};
    const Issue warning{"DANE-17", Severity::Warning, {shown(one)}};
    QVERIFY(withoutFollowers(mismatch, {error}, {one}).isEmpty());
    QCOMPARE(withoutFollowers(mismatch, {warning}, {one}), mismatch);
    QCOMPARE(withoutFollowers(mismatch, {error}, {one, other}), mismatch);
    QCOMPARE(withoutFollowers(mismatch, {}, {one}), mismatch);
}

QTEST_GUILESS_MAIN(tst_DaneCauses)
#include "tst_danecauses.moc"
