// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program against real name servers, a real web server and real mail servers: every domain of
// bed.sh has its row.
#include "real/mailbed.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

namespace {

/// What is to come out for one domain; rules are those that must be among the errors.
struct Expected
{
    const char *why;
    const char *domain;
    const char *verdict;
    const char *mtaSts;
    const char *dane;
    const char *tlsRpt;
    int status;
    const char *errors = "";
};

// clang-format off
const Expected Rows[] = {
    {"all good, 3 1 1", "good.signed.example", "ok", "enforce", "all", "present", 0},
    {"all good, 2 1 1", "anchor.signed.example", "ok", "enforce", "all", "present", 0},
    {"DANE-TA anchor not sent", "unanchored.signed.example", "error", "enforce", "broken", "present", 1, "DANE-24 STS-82"},
    {"testing without TLSRPT", "testing.signed.example", "warning", "testing", "absent", "absent", 0},
    {"mode none", "off.signed.example", "ok", "none", "absent", "present", 0},
    {"MX not in the policy", "uncovered.signed.example", "error", "enforce", "absent", "present", 1, "STS-70"},
    {"expired MX certificate", "expired.signed.example", "error", "enforce", "absent", "present", 1, "TLS-18"},
    {"self-signed MX certificate", "selfsigned.signed.example", "error", "enforce", "absent", "present", 1, "STS-74"},
    {"MX certificate of another name", "wrongname.signed.example", "error", "enforce", "absent", "present", 1, "STS-74"},
    {"intermediate not sent", "leafonly.signed.example", "error", "enforce", "absent", "present", 1, "STS-74"},
    {"no STARTTLS, with TLSA", "notls.signed.example", "error", "enforce", "broken", "present", 1, "STS-77 DANE-13"},
    {"TLSA of another key", "mismatch.signed.example", "error", "enforce", "broken", "present", 1, "DANE-17 STS-82"},
    {"TLSA for one of two", "half.signed.example", "warning", "enforce", "some", "present", 0},
    {"DANE alone, self-signed", "daneonly.signed.example", "not-deployed", "absent", "all", "present", 0},
    {"DANE alone, expired", "daneexpired.signed.example", "not-deployed", "absent", "all", "present", 0},
    {"policy host certified for another name", "webcert.signed.example", "error", "broken", "absent", "present", 1, "STS-46 STS-57"},
    {"redirect", "redirect.signed.example", "error", "broken", "absent", "present", 1, "STS-51 STS-57"},
    {"no file", "missing.signed.example", "error", "broken", "absent", "present", 1, "STS-50 STS-57"},
    {"text/html", "html.signed.example", "error", "broken", "absent", "present", 1, "STS-53"},
    {"two records", "twice.signed.example", "error", "broken", "absent", "present", 1, "STS-6"},
    {"nothing there", "none.signed.example", "not-deployed", "absent", "absent", "absent", 0},
    {"international name", "b\xc3\xbc" "cher.signed.example", "ok", "enforce", "absent", "present", 0},
    {"null MX", "nullmx.signed.example", "not-deployed", "absent", "absent", "absent", 0},
    {"nothing listens", "blocked.signed.example", "unknown", "enforce", "absent", "present", 2},
    {"unsigned zone", "plain.unsigned.example", "ok", "enforce", "absent", "present", 0},
    {"unsigned MX, signed host", "hosted.unsigned.example", "warning", "enforce", "some", "present", 0},
    {"TLSA in an unsigned zone", "tlsa.unsigned.example", "error", "enforce", "absent", "present", 1, "DANE-2"},
    {"RSA and ECDSA, both published", "bothkeys.signed.example", "not-deployed", "absent", "all", "present", 0},
    {"RSA and ECDSA, one published", "onekey.signed.example", "error", "absent", "broken", "present", 1, "DANE-38"},
    {"usage that is not for mail", "unusable.signed.example", "error", "absent", "broken", "present", 1, "DANE-12 DANE-14"},
    {"issuer that is sent", "chained.signed.example", "not-deployed", "absent", "all", "present", 0},
    {"issuer that is not sent", "notchained.signed.example", "error", "absent", "broken", "present", 1, "DANE-24"},
    {"one place for two servers", "delegated.signed.example", "not-deployed", "absent", "all", "present", 0},
    {"one place, in an unsigned zone", "abroad.signed.example", "error", "absent", "absent", "present", 1, "DANE-2"},
    {"denials that are not proven", "mail.unproven.example", "error", "absent", "all", "absent", 1, "DANE-43"},
    {"MX records whose signatures do not hold", "mail.bogus.example", "error", "unknown", "broken", "unknown", 1, "DANE-10 DNS-9"},
    {"DNSSEC broken", "bogus.example", "error", "unknown", "broken", "unknown", 1, "DNS-9"},
};
// clang-format on

QStringList rulesOf(const QJsonObject &report, const char *severity)
{
    QStringList rules;
    for (const QJsonValue &finding : report[QLatin1String("findings")].toArray()) {
        if (finding[QLatin1String("severity")].toString() == QLatin1String(severity))
            rules.append(finding[QLatin1String("rule")].toString());
    }
    return rules;
}

QString word(const QJsonObject &report, const char *key)
{
    return report[QLatin1String(key)].toString();
}

QString asciiOf(const Expected &row)
{
    return QString::fromLatin1(QUrl::toAce(QString::fromUtf8(row.domain)));
}

} // namespace

class TestCheck : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<MailBed> m_bed;

    void compare(const QJsonObject &report, const Expected &row)
    {
        QCOMPARE(word(report, "schema"), QStringLiteral("mta-sts-check/1"));
        QCOMPARE(word(report, "domain"), asciiOf(row));
        QCOMPARE(word(report, "unicode"), QString::fromUtf8(row.domain));
        const QStringList errors = rulesOf(report, "error");
        const QByteArray told = errors.join(QLatin1Char(' ')).toLatin1();
        QVERIFY2(word(report, "verdict") == QLatin1String(row.verdict),
                 word(report, "verdict").toLatin1() + ": " + told);
        QCOMPARE(word(report, "mtaSts"), QLatin1String(row.mtaSts));
        QCOMPARE(word(report, "dane"), QLatin1String(row.dane));
        QCOMPARE(word(report, "tlsRpt"), QLatin1String(row.tlsRpt));
        for (const QString &rule :
             QString::fromLatin1(row.errors).split(QLatin1Char(' '), Qt::SkipEmptyParts))
            QVERIFY2(errors.contains(rule),
                     qPrintable(rule + QStringLiteral(" not in ") + QString::fromLatin1(told)));
        QCOMPARE(errors.isEmpty(), row.status != 1);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_bed = std::make_unique<MailBed>();
        const QString why = m_bed->start();
        if (m_bed->isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
    }
    void cleanupTestCase() { m_bed.reset(); }

    void everyDomainOfTheBedHasARow()
    {
        QStringList rows;
        for (const Expected &row : Rows)
            rows.append(asciiOf(row));
        rows.removeAll(QStringLiteral("bogus.example")); // it is of dnsbed.sh
        rows.sort();
        QCOMPARE(rows, m_bed->domains());
    }

    void domains_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; const Expected &row : Rows)
            QTest::newRow(row.why) << i++;
    }
    void domains()
    {
        QFETCH(int, row);
        const Expected &expected = Rows[row];
        const MailBed::Run run =
                m_bed->check({QStringLiteral("--json"), QString::fromUtf8(expected.domain)});
        const QJsonDocument document = QJsonDocument::fromJson(run.out);
        QVERIFY2(document.isObject(), run.told());
        compare(document.object(), expected);
        QVERIFY2(run.status == expected.status, run.told());
        QVERIFY2(run.err.isEmpty(), run.err);
    }

    void observedIsWhatTheServersSaid()
    {
        const QJsonObject report = m_bed->checked(QStringLiteral("good.signed.example"));
        const QJsonObject observed = report[QLatin1String("observed")].toObject();
        QCOMPARE(word(observed, "stsRecord"), QStringLiteral("v=STSv1; id=20260101T000000"));
        QCOMPARE(word(observed, "tlsRptRecord"),
                 QStringLiteral("v=TLSRPTv1; rua=mailto:tls@reports.example"));
        QCOMPARE(word(observed, "dnssec"), QStringLiteral("secure"));
        const QJsonObject policy = observed[QLatin1String("policy")].toObject();
        QCOMPARE(policy[QLatin1String("status")].toInt(), 200);
        QCOMPARE(policy[QLatin1String("maxAge")].toInt(), 2592000);
        const QJsonArray mx = observed[QLatin1String("mx")].toArray();
        QCOMPARE(mx.size(), 1);
        const QByteArray host = "mx.good.signed.example";
        QCOMPARE(mx[0][QLatin1String("host")].toString(), QLatin1String(host));
        QCOMPARE(mx[0][QLatin1String("covered")].toBool(), true);
        QCOMPARE(mx[0][QLatin1String("tlsa")].toArray(), QJsonArray{m_bed->value("tlsa." + host)});
        const QJsonValue address = mx[0][QLatin1String("addresses")][0];
        QCOMPARE(address[QLatin1String("address")].toString(), m_bed->value(host));
        QVERIFY(address[QLatin1String("greeting")].toString().startsWith(QLatin1String(host)));
    }

    void lists_data()
    {
        QTest::addColumn<bool>("lines");
        QTest::newRow("one JSON document") << false;
        QTest::newRow("a line a domain") << true;
    }
    void lists()
    {
        QFETCH(bool, lines);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("domains")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# all of them\n");
        for (const Expected &row : Rows)
            file.write(QByteArray(row.domain) + '\n');
        file.close();
        const MailBed::Run run =
                m_bed->check({lines ? QStringLiteral("--json-lines") : QStringLiteral("--json"),
                              QStringLiteral("--from"), file.fileName(), QStringLiteral("--jobs"),
                              QStringLiteral("4")});
        QJsonArray all = QJsonDocument::fromJson(run.out).array();
        if (lines) {
            for (const QByteArray &line : run.out.trimmed().split('\n'))
                all.append(QJsonDocument::fromJson(line).object());
        }
        QVERIFY2(all.size() == qsizetype(std::size(Rows)), run.told());
        QHash<QString, QJsonObject> reports;
        for (const QJsonValue &report : all)
            reports.insert(report[QLatin1String("domain")].toString(), report.toObject());
        for (const Expected &row : Rows) {
            compare(reports.value(asciiOf(row)), row);
            if (QTest::currentTestFailed())
                QFAIL(row.why);
        }
        QCOMPARE(run.status, 1);
    }

    // T-45: what could not be looked at is never shown as good.
    void nothingIsGreenWithoutAResolver()
    {
        const MailBed::Run run = m_bed->check(
                {QStringLiteral("--json"), QStringLiteral("--timeout"), QStringLiteral("20"),
                 QStringLiteral("--resolver"), QStringLiteral("127.0.0.251@9"),
                 QStringLiteral("good.signed.example")});
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        QVERIFY2(!report.isEmpty(), run.told());
        QCOMPARE(run.status, 2);
        for (const char *key : {"verdict", "mtaSts", "dane", "tlsRpt"})
            QCOMPARE(word(report, key), QStringLiteral("unknown"));
        QCOMPARE(rulesOf(report, "ok"), QStringList());
        QVERIFY(!rulesOf(report, "unknown").isEmpty());
    }

    void nothingIsGreenWithoutTheMailServers()
    {
        const MailBed::Run run =
                m_bed->check({QStringLiteral("--json"), QStringLiteral("--no-smtp"),
                              QStringLiteral("good.signed.example")});
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        QVERIFY2(!report.isEmpty(), run.told());
        QCOMPARE(run.status, 2);
        QCOMPARE(word(report, "verdict"), QStringLiteral("unknown"));
        QCOMPARE(word(report, "mtaSts"), QStringLiteral("enforce"));
        QCOMPARE(word(report, "dane"), QStringLiteral("unknown"));
        const QStringList good = rulesOf(report, "ok");
        for (const char *rule : {"STS-77", "STS-74", "DANE-26"})
            QVERIFY2(!good.contains(QLatin1String(rule)), rule);
    }

    void privateAddressesAreNotContactedUnasked()
    {
        QStringList command{QStringLiteral(MTA_STS_PROGRAM),
                            QStringLiteral("check"),
                            QStringLiteral("--json"),
                            QStringLiteral("--no-control"),
                            QStringLiteral("--resolver"),
                            m_bed->value("resolver"),
                            QStringLiteral("--trust-anchor"),
                            m_bed->value("anchor"),
                            QStringLiteral("good.signed.example")};
        const MailBed::Run run = m_bed->run(command);
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        QVERIFY2(!report.isEmpty(), run.told());
        QVERIFY(rulesOf(report, "error").contains(QLatin1String("TLS-31")));
        const QJsonValue address = report[QLatin1String("observed")][QLatin1String("mx")][0]
                                         [QLatin1String("addresses")][0];
        QCOMPARE(address[QLatin1String("reached")].toBool(true), false);
    }

    void withoutTheRootTheChainsAreNotTrusted()
    {
        QStringList command{QStringLiteral(MTA_STS_PROGRAM),
                            QStringLiteral("check"),
                            QStringLiteral("--json"),
                            QStringLiteral("--no-control"),
                            QStringLiteral("--allow-private"),
                            QStringLiteral("--resolver"),
                            m_bed->value("resolver"),
                            QStringLiteral("--trust-anchor"),
                            m_bed->value("anchor"),
                            QStringLiteral("--https-port"),
                            m_bed->value("https_port"),
                            QStringLiteral("--smtp-port"),
                            m_bed->value("smtp_port"),
                            QStringLiteral("good.signed.example")};
        const MailBed::Run run = m_bed->run(command);
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        QVERIFY2(!report.isEmpty(), run.told());
        QVERIFY(rulesOf(report, "error").contains(QLatin1String("STS-47")));
        QCOMPARE(word(report, "mtaSts"), QStringLiteral("broken"));
        QCOMPARE(word(report, "dane"), QStringLiteral("all")); // DANE-EE needs no root
    }
};

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
