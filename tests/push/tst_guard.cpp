// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/guard.h"

#include <QTest>

Q_DECLARE_METATYPE(Removal::Step)

namespace {

const QDateTime Now({2026, 3, 1}, {10, 0}, Qt::UTC);
const DomainName Domain = DomainName::parse(QStringLiteral("example.com")).domain;

Finding found(Group group, Severity severity)
{
    return toFinding({"TLS-5", severity, {}}, group, QStringLiteral("mx.example.com"));
}

} // namespace

class tst_Guard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enforce_data();
    void enforce();
    void removal_data();
    void removal();
    void deleting();
};

void tst_Guard::enforce_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("announces");
    QTest::addColumn<int>("group");
    QTest::addColumn<int>("severity");
    QTest::addColumn<bool>("isAdvice");
    QTest::addColumn<int>("reasons");
    const auto row = [](const char *why, Policy::Mode mode, bool announces, Group group,
                        Severity severity, bool isAdvice, int reasons) {
        QTest::newRow(why) << int(mode) << announces << int(group) << int(severity) << isAdvice
                           << reasons;
    };
    using M = Policy::Mode;
    row("a server fails", M::Enforce, true, Group::Mx, Severity::Error, false, 1);
    row("a server was not looked at: unknown is not good", M::Enforce, true, Group::Mx,
        Severity::Unknown, false, 1);
    row("a server could do better", M::Enforce, true, Group::Mx, Severity::Warning, false, 0);
    row("a server does well", M::Enforce, true, Group::Mx, Severity::Ok, false, 0);
    row("testing stops no mail", M::Testing, true, Group::Mx, Severity::Error, false, 0);
    row("senders are told nothing new", M::Enforce, false, Group::Mx, Severity::Error, false, 0);
    row("the live policy, which goes, is bad", M::Enforce, true, Group::Policy, Severity::Error,
        false, 0);
    row("the new policy leaves a server out", M::Enforce, true, Group::Policy, Severity::Error,
        true, 1);
}

void tst_Guard::enforce()
{
    QFETCH(int, mode);
    QFETCH(bool, announces);
    QFETCH(int, group);
    QFETCH(int, severity);
    QFETCH(bool, isAdvice);
    Plan plan;
    plan.domain = Domain;
    plan.policyText = announces ? "version: STSv1\r\n" : "";
    Deployment wanted;
    wanted.policy.mode = Policy::Mode(mode);
    Report report;
    const QList<Finding> findings{found(Group(group), Severity(severity))};
    if (!isAdvice)
        report.findings = findings;
    QTEST(int(reasonsAgainstEnforce(plan, wanted, report, isAdvice ? findings : QList<Finding>())
                      .size()),
          "reasons");
}

void tst_Guard::removal_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<bool>("hasRecord");
    QTest::addColumn<QDateTime>("heldUntil");
    QTest::addColumn<bool>("wasOn");
    QTest::addColumn<Removal::Step>("step");
    const QDateTime later = Now.addDays(7), earlier = Now.addDays(-1), never;
    using S = Removal::Step;
    QTest::newRow("nothing is known")
            << false << QByteArray() << true << never << true << S::Unknown;
    QTest::newRow("enforced") << true << QByteArray("enforce") << true << later << true
                              << S::SwitchOff;
    QTest::newRow("testing, never seen before")
            << true << QByteArray("testing") << true << never << false << S::SwitchOff;
    QTest::newRow("the file is gone, the record stands")
            << true << QByteArray() << true << later << true << S::SwitchOff;
    QTest::newRow("record and file were taken away too early")
            << true << QByteArray() << false << later << true << S::SwitchOff;
    QTest::newRow("switched off, some sender may hold the old one")
            << true << QByteArray("none") << true << later << true << S::Wait;
    QTest::newRow("switched off by somebody else: nobody knows what was before")
            << true << QByteArray("none") << true << never << false << S::Wait;
    QTest::newRow("switched off long enough")
            << true << QByteArray("none") << true << earlier << true << S::Delete;
    QTest::newRow("switched off long enough, and the date forgotten since")
            << true << QByteArray("none") << true << never << true << S::Delete;
    QTest::newRow("the record does not say so yet")
            << true << QByteArray("none") << true << earlier << true << S::SwitchOff;
    QTest::newRow("the record is gone, the file is left")
            << true << QByteArray("none") << false << earlier << true << S::Delete;
    QTest::newRow("all gone") << true << QByteArray() << false << earlier << true << S::Nothing;
    QTest::newRow("never there") << true << QByteArray() << false << never << false << S::Nothing;
}

void tst_Guard::removal()
{
    QFETCH(bool, known);
    QFETCH(QByteArray, mode);
    QFETCH(bool, hasRecord);
    QFETCH(QDateTime, heldUntil);
    QFETCH(bool, wasOn);
    LiveState live;
    live.policyKnown = live.stsKnown = known;
    if (!mode.isEmpty())
        live.policyBody =
                "version: STSv1\r\nmode: " + mode + "\r\nmx: mx.example.com\r\nmax_age: 86400\r\n";
    if (hasRecord)
        live.stsText = "v=STSv1; id=1;";
    const bool isAnnounced =
            hasRecord && QByteArray(QTest::currentDataTag()) != "the record does not say so yet";
    const Removal removal = removalOf(live, {isAnnounced, heldUntil, wasOn}, Now);
    QTEST(removal.step, "step");
    if (removal.step == Removal::Step::Wait)
        QCOMPARE(removal.until, heldUntil);
}

void tst_Guard::deleting()
{
    Plan plan;
    plan.domain = Domain;
    const DnsRecord record{"_mta-sts.example.com", RecordType::TXT, 3600, "v=STSv1; id=1;"};
    plan.changes = {{Change::Kind::Remove, record, {}, "PUSH-9.undo"}};
    QCOMPARE(reasonsAgainstDeleting(plan, Now.addSecs(60), Now).size(), 1);
    QCOMPARE(reasonsAgainstDeleting(plan, Now, Now).size(), 0);
    QCOMPARE(reasonsAgainstDeleting(plan, {}, Now).size(), 0);
    plan.changes = {{Change::Kind::Replace, record, record, "PUSH-9.undo"}};
    QCOMPARE(reasonsAgainstDeleting(plan, Now.addSecs(60), Now).size(), 0);
}

QTEST_GUILESS_MAIN(tst_Guard)
#include "tst_guard.moc"
