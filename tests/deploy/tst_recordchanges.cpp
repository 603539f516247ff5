// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/recordchanges.h"

#include <QTest>

using Texts = QList<QByteArray>;
using Kind = Change::Kind;

namespace {

const QByteArray StsName = "_mta-sts.example.com";
const QByteArray RptName = "_smtp._tls.example.com";
const QByteArray Wanted = "v=STSv1; id=new";

DnsRecord txt(const QByteArray &name, const QByteArray &data)
{
    return {name, RecordType::TXT, 3600, data};
}

LiveRecords live(const QByteArray &name, const Texts &data)
{
    LiveRecords set;
    set.name = name;
    set.known = true;
    set.data = data;
    return set;
}

QByteArray drawn(const RecordChanges &result)
{
    QByteArray text;
    for (const Change &change : result.changes) {
        const char *kinds[] = {"keep", "add", "replace", "remove"};
        text += kinds[int(change.kind)];
        if (change.before)
            text += " [" + change.before->data + ']';
        if (change.after)
            text += " (" + change.after->data + ')';
        text += ' ' + change.reason + '\n';
    }
    return text;
}

} // namespace

class tst_RecordChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneName_data();
    void oneName();
    void unwanted_data();
    void unwanted();
    void obstacles();
    void aliases_data();
    void aliases();
    void orderOfPublishing();
    void foreignTextsAreInNoChange();
};

void tst_RecordChanges::oneName_data()
{
    QTest::addColumn<Texts>("there");
    QTest::addColumn<QByteArray>("drawing");
    QTest::newRow("nothing there") << Texts{} << QByteArray("add (v=STSv1; id=new) PUSH-1.add\n");
    QTest::newRow("already so") << Texts{Wanted}
                                << QByteArray("keep [v=STSv1; id=new] (v=STSv1; id=new) "
                                              "PUSH-1.keep\n");
    QTest::newRow("old id") << Texts{"v=STSv1; id=old"}
                            << QByteArray("replace [v=STSv1; id=old] (v=STSv1; id=new) "
                                          "STS-15.newid\n");
    QTest::newRow("foreign text only") << Texts{"google-site-verification=x"}
                                       << QByteArray("add (v=STSv1; id=new) PUSH-1.add\n");
    QTest::newRow("foreign text beside ours")
            << Texts{"v=spf1 -all", "v=STSv1; id=old", "v=STSv10; id=x"}
            << QByteArray("replace [v=STSv1; id=old] (v=STSv1; id=new) STS-15.newid\n");
    QTest::newRow("second record is removed")
            << Texts{"v=STSv1; id=old", "v=STSv1; id=older"}
            << QByteArray("replace [v=STSv1; id=old] (v=STSv1; id=new) STS-15.newid\n"
                          "remove [v=STSv1; id=older] STS-6.second\n");
    QTest::newRow("second one is the right one: it stays, the other goes")
            << Texts{"v=STSv1; id=old", Wanted}
            << QByteArray("keep [v=STSv1; id=new] (v=STSv1; id=new) PUSH-1.keep\n"
                          "remove [v=STSv1; id=old] STS-6.second\n");
    QTest::newRow("the right one twice")
            << Texts{Wanted, Wanted}
            << QByteArray("keep [v=STSv1; id=new] (v=STSv1; id=new) PUSH-1.keep\n"
                          "remove [v=STSv1; id=new] STS-6.second\n");
    QTest::newRow("published with quotation marks")
            << Texts{"\"v=STSv1; id=old\""}
            << QByteArray("replace [\"v=STSv1; id=old\"] (v=STSv1; id=new) STS-15.newid\n");
    QTest::newRow("blank before the semicolon")
            << Texts{"v=STSv1 ; id=old"}
            << QByteArray("replace [v=STSv1 ; id=old] (v=STSv1; id=new) STS-15.newid\n");
    QTest::newRow("version alone") << Texts{"v=STSv1"}
                                   << QByteArray("replace [v=STSv1] (v=STSv1; id=new) "
                                                 "STS-15.newid\n");
    QTest::newRow("other kind of ours at the wrong name is not touched")
            << Texts{"v=TLSRPTv1; rua=mailto:a@example.org"}
            << QByteArray("add (v=STSv1; id=new) PUSH-1.add\n");
}

void tst_RecordChanges::oneName()
{
    QFETCH(Texts, there);
    const RecordChanges result = recordChanges({txt(StsName, Wanted)}, {live(StsName, there)});
    QVERIFY(!result.isBlocked());
    QTEST(drawn(result), "drawing");
    int keeps = 0;
    for (const Change &change : result.changes)
        keeps += change.kind == Kind::Keep;
    QCOMPARE(result.count(), int(result.changes.size()) - keeps);
}

void tst_RecordChanges::unwanted_data()
{
    QTest::addColumn<LiveRecords>("set");
    QTest::addColumn<QByteArray>("drawing");
    const QByteArray report = "v=TLSRPTv1; rua=mailto:a@example.org";
    QTest::newRow("report record not wanted")
            << live(RptName, {report, "x"})
            << QByteArray("remove [" + report + "] PUSH-1.unwanted\n");
    QTest::newRow("foreign only") << live(RptName, {"x"}) << QByteArray();
    LiveRecords alias = live(RptName, {report});
    alias.alias = "_smtp._tls.provider.example";
    QTest::newRow("an alias is the provider's") << alias << QByteArray();
    LiveRecords unknown = live(RptName, {report});
    unknown.known = false;
    QTest::newRow("not known") << unknown << QByteArray();
}

void tst_RecordChanges::unwanted()
{
    QFETCH(LiveRecords, set);
    QTEST(drawn(recordChanges({}, {set})), "drawing");
}

void tst_RecordChanges::obstacles()
{
    LiveRecords set = live(StsName, {"v=STSv1; id=old"});
    set.alias = "_mta-sts.provider.example";
    RecordChanges result = recordChanges({txt(StsName, Wanted)}, {set});
    QVERIFY(result.isBlocked());
    QVERIFY(result.changes.isEmpty());
    QCOMPARE(result.issues.first().id, QByteArray("PUSH-6.alias"));

    set = live(StsName, {});
    set.known = false;
    result = recordChanges({txt(StsName, Wanted)}, {set});
    QVERIFY(result.isBlocked() && result.changes.isEmpty());
    QCOMPARE(result.issues.first().id, QByteArray("PUSH-3.unknown"));
    QCOMPARE(result.issues.first().severity, Severity::Unknown);

    result = recordChanges({txt(StsName, Wanted)}, {}); // nobody looked
    QVERIFY(result.isBlocked() && result.changes.isEmpty());
}

void tst_RecordChanges::orderOfPublishing()
{
    const DnsRecord report = txt(RptName, "v=TLSRPTv1; rua=mailto:a@example.org");
    const RecordChanges result =
            recordChanges({report, txt(StsName, Wanted)}, {live(StsName, {}), live(RptName, {})});
    QCOMPARE(result.count(), 2);
    QCOMPARE(result.changes.last().after->name, StsName);
}

void tst_RecordChanges::foreignTextsAreInNoChange()
{
    const Texts foreign = {"v=spf1 -all",   "",        "STSv1", "V=STSv1; id=x",
                           "v=STSv2; id=x", "\xff\x01"};
    const RecordChanges result = recordChanges({txt(StsName, Wanted)},
                                               {live(StsName, foreign + Texts{"v=STSv1; id=old"})});
    QCOMPARE(result.changes.size(), 1);
    for (const Change &change : result.changes)
        QVERIFY(!change.before || !foreign.contains(change.before->data));
}

void tst_RecordChanges::aliases_data()
{
    QTest::addColumn<QByteArray>("leadsTo");
    QTest::addColumn<Texts>("texts");
    QTest::addColumn<QByteArray>("result"); // changes, or the obstacle
    QTest::newRow("absent") << QByteArray() << Texts{}
                            << QByteArray("add (t.example) PUSH-1.add\n");
    QTest::newRow("as wanted") << QByteArray("t.example") << Texts{"v=STSv1; id=1"}
                               << QByteArray("keep [t.example] (t.example) PUSH-1.keep\n");
    QTest::newRow("ours makes room")
            << QByteArray() << Texts{"v=STSv1; id=1"}
            << QByteArray("remove [v=STSv1; id=1] PUSH-6.replaced\nadd (t.example) PUSH-1.add\n");
    QTest::newRow("a foreign one is in the way")
            << QByteArray() << Texts{"x"} << QByteArray("PUSH-6.beside");
    QTest::newRow("the end of an alias does not tell its way")
            << QByteArray("far.example") << Texts{} << QByteArray("PUSH-6.elsewhere");
}

void tst_RecordChanges::aliases()
{
    QFETCH(QByteArray, leadsTo);
    QFETCH(Texts, texts);
    QFETCH(QByteArray, result);
    LiveRecords set = live(StsName, texts);
    set.alias = leadsTo;
    const RecordChanges changes =
            recordChanges({{StsName, RecordType::CNAME, 3600, "t.example"}}, {set});
    QCOMPARE(changes.isBlocked() ? changes.issues.constFirst().id : drawn(changes), result);
}

QTEST_GUILESS_MAIN(tst_RecordChanges)
#include "tst_recordchanges.moc"
