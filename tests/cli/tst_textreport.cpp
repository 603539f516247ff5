// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/words.h"
#include "cli/textreport.h"

#include <QTest>

class tst_TextReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void worstFirstInItsGroup();
    void whatToDoStandsBelowAProblem();
    void namesTheServer_data();
    void namesTheServer();
};

static Finding finding(const QByteArray &id, Severity severity)
{
    return {id,
            severity,
            Group::Mx,
            QStringLiteral("mx.example"),
            {QStringLiteral("mx.example"), QStringLiteral("2026-01-01")},
            QStringLiteral("CN = other")};
}

void tst_TextReport::worstFirstInItsGroup()
{
    const QString text = findingsText(
            {finding("STS-74.ok", Severity::Ok), finding("TLS-18.soon", Severity::Warning),
             finding("TLS-18", Severity::Error), finding("TLS-22", Severity::Unknown)});
    const qsizetype problem = text.indexOf(severityWord(Severity::Error));
    const qsizetype warning = text.indexOf(severityWord(Severity::Warning));
    const qsizetype unknown = text.indexOf(severityWord(Severity::Unknown));
    const qsizetype ok = text.indexOf(severityWord(Severity::Ok));
    QVERIFY(0 < problem && problem < warning && warning < unknown && unknown < ok);
}

void tst_TextReport::whatToDoStandsBelowAProblem()
{
    const QString bad = findingsText({finding("TLS-18", Severity::Error)});
    QVERIFY(bad.contains(QStringLiteral("To do: ")));
    QVERIFY(bad.contains(QStringLiteral("Seen: CN = other")));
    QVERIFY(!findingsText({finding("STS-74.ok", Severity::Ok)}).contains(QStringLiteral("Seen: ")));
}

void tst_TextReport::namesTheServer_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("suffix");
    const QString host = QStringLiteral("mx1.shop.example"), record = QStringLiteral("3 1 1 ab");
    const QString one = QStringLiteral("mx1.shop.example [192.0.2.1]");
    QTest::newRow("sentence without it") << host << QByteArray("DANE-17") << QStringList{record}
                                         << QStringLiteral(" (mx1.shop.example)\n");
    QTest::newRow("one of its addresses") << one << QByteArray("DANE-17") << QStringList{record}
                                          << QStringLiteral(" (mx1.shop.example [192.0.2.1])\n");
    QTest::newRow("sentence with it, not with the address")
            << one << QByteArray("DANE-13") << QStringList{host}
            << QStringLiteral(" does not offer it (192.0.2.1)\n");
    QTest::newRow("sentence with it") << host << QByteArray("DANE-13") << QStringList{host}
                                      << QStringLiteral(" mx1.shop.example does not offer it\n");
    QTest::newRow("sentence with both")
            << one << QByteArray("TLS-28") << QStringList{host, QStringLiteral("192.0.2.1")}
            << QStringLiteral(" at its address 192.0.2.1\n");
    QTest::newRow("of the domain") << QStringLiteral("shop.example") << QByteArray("DANE-37")
                                   << QStringList{QStringLiteral("1"), QStringLiteral("2")}
                                   << QStringLiteral(" mail servers\n");
}

void tst_TextReport::namesTheServer()
{
    QFETCH(QString, subject);
    QFETCH(QByteArray, id);
    QFETCH(QStringList, values);
    QFETCH(QString, suffix);
    Report report;
    report.domain = *DomainName::fromAscii("shop.example");
    report.findings = {{id, Severity::Error, Group::Dane, subject, values, {}}};
    QVERIFY2(reportText(report).contains(suffix), qPrintable(reportText(report)));
    // Where all is about one server its name is on the screen already.
    QVERIFY(!findingsText(report.findings).contains(QLatin1Char('(')));
}

QTEST_GUILESS_MAIN(tst_TextReport)
#include "tst_textreport.moc"
