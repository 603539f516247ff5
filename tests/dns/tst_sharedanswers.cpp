// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/sharedanswers.h"

#include <QTest>

using namespace std::chrono_literals;

class tst_SharedAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitsForTheOneUnderWay();
    void lifetime_data();
    void lifetime();
    void otherQuestionsAreOthers();
    void theOldestAreForgotten();
};

static DnsAnswer answer(AnswerStatus status, int ttl)
{
    DnsAnswer made;
    made.status = status;
    made.ttl = ttl;
    return made;
}

void tst_SharedAnswers::waitsForTheOneUnderWay()
{
    SharedAnswers shared;
    const auto first = shared.join("a.example", RecordType::TXT);
    QVERIFY(first.isNew);
    const auto second = shared.join("a.example", RecordType::TXT);
    QVERIFY(!second.isNew);
    const Cancel cancel;
    cancel.cancel();
    QCOMPARE(second.answer.wait(cancel).name, QByteArray("a.example")); // it names its question
    first.answer.finish(answer(AnswerStatus::Found, 60));
    QVERIFY(second.answer.wait({}).isFound());
}

void tst_SharedAnswers::lifetime_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("ttl");
    QTest::addColumn<int>("afterSeconds");
    QTest::addColumn<bool>("isShared");
    QTest::newRow("found, alive") << int(AnswerStatus::Found) << 60 << 50 << true;
    QTest::newRow("found, over") << int(AnswerStatus::Found) << 60 << 61 << false;
    QTest::newRow("no data, alive") << int(AnswerStatus::NoData) << 30 << 20 << true;
    QTest::newRow("no name, over") << int(AnswerStatus::NoName) << 30 << 31 << false;
    QTest::newRow("no data, promised for long")
            << int(AnswerStatus::NoData) << 3600 << LongestAbsence + 1 << false;
    QTest::newRow("not to be kept") << int(AnswerStatus::Found) << 0 << 1 << false;
    QTest::newRow("a failure is asked again") << int(AnswerStatus::Failed) << 60 << 0 << false;
}

void tst_SharedAnswers::lifetime()
{
    QFETCH(int, status);
    QFETCH(int, ttl);
    QFETCH(int, afterSeconds);
    QFETCH(bool, isShared);
    SharedAnswers shared;
    shared.join("a.example", RecordType::A).answer.finish(answer(AnswerStatus(status), ttl));
    const auto later = std::chrono::steady_clock::now() + std::chrono::seconds(afterSeconds);
    QCOMPARE(!shared.join("a.example", RecordType::A, later).isNew, isShared);
}

void tst_SharedAnswers::otherQuestionsAreOthers()
{
    SharedAnswers shared;
    QVERIFY(shared.join("a.example", RecordType::A).isNew);
    QVERIFY(shared.join("a.example", RecordType::AAAA).isNew);
    QVERIFY(shared.join("b.example", RecordType::A).isNew);
}

void tst_SharedAnswers::theOldestAreForgotten()
{
    SharedAnswers shared;
    shared.join("used.example", RecordType::A).answer.finish(answer(AnswerStatus::Found, 3600));
    shared.join("old.example", RecordType::A).answer.finish(answer(AnswerStatus::Found, 3600));
    for (qsizetype i = 0; i <= SharedAnswers::Most; ++i) {
        QVERIFY(shared.join(QByteArray::number(i) + ".example", RecordType::A).isNew);
        QVERIFY(!shared.join("used.example", RecordType::A).isNew);
    }
    QVERIFY(shared.join("old.example", RecordType::A).isNew);
}

QTEST_GUILESS_MAIN(tst_SharedAnswers)
#include "tst_sharedanswers.moc"
