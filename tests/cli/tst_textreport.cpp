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

QTEST_GUILESS_MAIN(tst_TextReport)
#include "tst_textreport.moc"
