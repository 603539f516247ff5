// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/recordchanges.h"

#include <QTest>

using Data = QList<QByteArray>;

namespace {

const QByteArray Owner = "_25._tcp.mx1.example.com";
const QByteArray Other = "_25._tcp.mx2.example.com";
const QByteArray A = "3 1 1 " + QByteArray(64, 'a');
const QByteArray B = "3 1 1 " + QByteArray(64, 'b');
const QByteArray C = "2 1 1 " + QByteArray(64, 'c');

QList<DnsRecord> tlsa(const Data &data, const QByteArray &owner = Owner)
{
    QList<DnsRecord> records;
    for (const QByteArray &one : data)
        records.append({owner, RecordType::TLSA, 3600, one});
    return records;
}

LiveRecords live(const Data &data, const QByteArray &owner = Owner)
{
    LiveRecords set;
    set.name = owner;
    set.type = RecordType::TLSA;
    set.known = true;
    set.data = data;
    return set;
}

/// "+a -b =c"
QByteArray drawn(const RecordChanges &result)
{
    QList<QByteArray> words;
    for (const Change &change : result.changes) {
        const char signs[] = {'=', '+', '?', '-'};
        const DnsRecord &record = change.after ? *change.after : *change.before;
        words.append(signs[int(change.kind)] + record.data.right(1));
    }
    return words.join(' ');
}

QByteArray ids(const RecordChanges &result)
{
    QByteArray all;
    for (const Issue &issue : result.issues)
        all += issue.id + ' ';
    return all.trimmed();
}

} // namespace

class tst_TlsaChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneOwner_data();
    void oneOwner();
    void writtenInOneForm();
    void obstacles();
    void ownersByThemselves();
};

void tst_TlsaChanges::oneOwner_data()
{
    QTest::addColumn<Data>("wanted");
    QTest::addColumn<Data>("gone");
    QTest::addColumn<Data>("there");
    QTest::addColumn<QByteArray>("changes");
    const Data none;
    const QByteArray upper = "3 1 1 " + QByteArray(64, 'A');
    const QByteArray groups = "3 1 1 (" + QByteArray(32, 'a') + ' ' + QByteArray(32, 'A') + ')';
    QTest::newRow("the first record") << Data{A} << none << none << QByteArray("+a");
    QTest::newRow("a current and a next key") << Data{A, B} << none << none << QByteArray("+a +b");
    QTest::newRow("all there") << Data{A, B} << none << Data{B, A} << QByteArray("=a =b");
    QTest::newRow("somebody's next key stays") << Data{A} << none << Data{A, B} << QByteArray("=a");
    QTest::newRow("beside what others have") << Data{A} << none << Data{B, C} << QByteArray("+a");
    QTest::newRow("upper case is the same") << Data{A} << none << Data{upper} << QByteArray("=a");
    QTest::newRow("groups are the same") << Data{A} << none << Data{groups} << QByteArray("=a");
    QTest::newRow("generic form is the same")
            << Data{"\\# 35 030101" + QByteArray(64, 'a')} << none << Data{A} << QByteArray("=a");
    QTest::newRow("one comes and one goes") << Data{A} << Data{B} << Data{B} << QByteArray("+a -b");
    QTest::newRow("one stays and one goes")
            << Data{A} << Data{B} << Data{B, A, C} << QByteArray("=a -b");
    QTest::newRow("what is to go is gone") << Data{A} << Data{B} << Data{A} << QByteArray("=a");
    QTest::newRow("wanted outweighs gone") << Data{A} << Data{A} << Data{A} << QByteArray("=a");
    QTest::newRow("wanted outweighs gone, in another form")
            << Data{A} << Data{upper} << Data{upper} << QByteArray("=a");
    QTest::newRow("all go on purpose") << none << Data{A, B} << Data{A, B} << QByteArray("-a -b");
    QTest::newRow("twice the same") << Data{A, upper} << none << none << QByteArray("+a");
    QTest::newRow("another selector is another record")
            << Data{A} << none << Data{"3 0 1 " + QByteArray(64, 'a')} << QByteArray("+a");
}

void tst_TlsaChanges::oneOwner()
{
    QFETCH(Data, wanted);
    QFETCH(Data, gone);
    QFETCH(Data, there);
    const RecordChanges result = tlsaChanges(tlsa(wanted), tlsa(gone), {live(there)});
    QTEST(drawn(result), "changes");
    QVERIFY(!result.isBlocked());
    // Whatever happens, one that is wanted stands there at the end, unless none is.
    for (const DnsRecord &record : tlsa(wanted.isEmpty() ? Data() : Data{wanted.first()})) {
        const auto stands = [&](const Change &change) {
            return change.after &&
                   readTlsa(change.after->data).record == readTlsa(record.data).record;
        };
        QVERIFY(std::any_of(result.changes.begin(), result.changes.end(), stands));
    }
}

void tst_TlsaChanges::writtenInOneForm()
{
    const RecordChanges result =
            tlsaChanges(tlsa({"3 1 1 " + QByteArray(64, 'A')}), {}, {live({})});
    QCOMPARE(result.changes.first().after->data, A);
    // What goes is named as the service has it, or it would not be found there.
    const QByteArray upper = "3 1 1 " + QByteArray(64, 'B');
    const RecordChanges gone = tlsaChanges({}, tlsa({B}), {live({upper})});
    QCOMPARE(gone.changes.first().before->data, upper);
}

void tst_TlsaChanges::obstacles()
{
    LiveRecords set = live({});
    set.alias = "tlsa.provider.example";
    RecordChanges result = tlsaChanges(tlsa({A}), {}, {set});
    QCOMPARE(ids(result), QByteArray("PUSH-6.tlsa"));
    QCOMPARE(result.issues.first().values,
             QStringList({QString::fromLatin1(Owner), QStringLiteral("tlsa.provider.example")}));
    QVERIFY(result.changes.isEmpty());

    set = live({A});
    set.known = false;
    result = tlsaChanges(tlsa({B}), tlsa({A}), {set});
    QCOMPARE(ids(result), QByteArray("PUSH-3.unknown"));
    QVERIFY(result.changes.isEmpty());
    QCOMPARE(ids(tlsaChanges(tlsa({A}), {}, {})), QByteArray("PUSH-3.unknown")); // nobody looked
    set = live({});
    set.type = RecordType::TXT;
    QCOMPARE(ids(tlsaChanges(tlsa({A}), {}, {set})), QByteArray("PUSH-3.unknown"));

    result = tlsaChanges(tlsa({A, "3 1 1 zz"}), {}, {live({})});
    QCOMPARE(ids(result), QByteArray("DANE-46"));
    QVERIFY(result.changes.isEmpty());
}

/// One that cannot be changed is no reason to say nothing of the other; the plan as a whole is blocked.
void tst_TlsaChanges::ownersByThemselves()
{
    LiveRecords alias = live({}, Other);
    alias.alias = "elsewhere.example";
    const RecordChanges result =
            tlsaChanges(tlsa({A}) + tlsa({B}, Other), tlsa({C}), {live({C}), alias});
    QCOMPARE(drawn(result), QByteArray("+a -c"));
    QCOMPARE(ids(result), QByteArray("PUSH-6.tlsa"));
    QVERIFY(result.isBlocked());
    QCOMPARE(ownersOf(tlsa({A, B}) + tlsa({A}, Other)), (Data{Owner, Other}));
}

QTEST_GUILESS_MAIN(tst_TlsaChanges)
#include "tst_tlsachanges.moc"
