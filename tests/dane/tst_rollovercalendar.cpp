// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rollovercalendar.h"

#include <QTest>
#include <QTimeZone>

namespace {

const QDateTime Now(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);

KeptRollover kept(const QByteArray &host = "mx.example.com")
{
    KeptRollover kept;
    kept.host = host;
    kept.oldKey = {{3, 1, 1, QByteArray(32, '\x01')}, {2, 1, 1, QByteArray(32, '\x03')}};
    kept.nextKey = {{3, 1, 1, QByteArray(32, '\x02')}, {2, 1, 1, QByteArray(32, '\x03')}};
    kept.ttl = 3600;
    kept.started = Now.addSecs(-3600);
    return kept;
}

/// RFC 5545 3.1: what a reader makes of folded lines.
QList<QByteArray> unfolded(QByteArray text)
{
    return text.replace("\r\n ", "").split('\n');
}

QByteArray value(const QByteArray &calendar, const QByteArray &name)
{
    for (const QByteArray &line : unfolded(calendar)) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace

class TestRolloverCalendar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dates_data()
    {
        QTest::addColumn<RolloverState>("state");
        QTest::addColumn<QList<RolloverDate>>("dates");
        using S = RolloverStep;
        const QDateTime later = Now.addSecs(5000), day = Now.addSecs(86400);
        const auto row = [](const char *why, const RolloverState &state,
                            const QList<RolloverDate> &dates) {
            QTest::newRow(why) << state << dates;
        };
        row("no plan", {S::None}, {});
        row("nothing published yet", {S::PublishNext},
            {{S::PublishNext, Now, false},
             {S::Switch, Now.addSecs(7200), true},
             {S::RemoveOld, Now.addSecs(7200 + 86400), true}});
        row("caches expire", {S::WaitForCaches, later},
            {{S::Switch, later, false}, {S::RemoveOld, later.addSecs(86400), true}});
        row("time is over, not seen", {S::WaitForCaches, Now.addSecs(-5)},
            {{S::Switch, Now, false}, {S::RemoveOld, day, true}});
        row("to switch", {S::Switch, Now.addSecs(-5)},
            {{S::Switch, Now, false}, {S::RemoveOld, day, true}});
        row("to verify", {S::VerifyAll}, {{S::VerifyAll, Now, false}, {S::RemoveOld, day, true}});
        row("to remove", {S::RemoveOld}, {{S::RemoveOld, Now, false}});
        row("done", {S::Done}, {});
        row("broken", {S::Broken}, {});
        row("switched too early", {S::Broken, later}, {{S::VerifyAll, later, false}});
    }
    void dates()
    {
        QFETCH(RolloverState, state);
        QFETCH(QList<RolloverDate>, dates);
        QCOMPARE(rolloverDates(kept(), state, Now), dates);
    }

    void withoutTtlNoForecast()
    {
        KeptRollover unseen = kept();
        unseen.ttl = 0;
        QCOMPARE(rolloverDates(unseen, {RolloverStep::PublishNext}, Now).size(), 1);
    }

    void calendar()
    {
        const auto dates = rolloverDates(kept(), {RolloverStep::PublishNext}, Now);
        const QByteArray text = rolloverCalendar(kept(), dates, Now);
        QVERIFY(text.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        QVERIFY(text.endsWith("\r\nEND:VCALENDAR\r\n"));
        QCOMPARE(text.count('\n'), text.count("\r\n"));
        QCOMPARE(text.count("BEGIN:VEVENT\r\n"), 3);
        QCOMPARE(text.count("END:VEVENT\r\n"), 3);
        QCOMPARE(text.count("STATUS:TENTATIVE\r\n"), 2);
        QVERIFY(text.contains("DTSTART:20260301T060000Z\r\n"));
        QVERIFY(text.contains("DTSTART:20260301T080000Z\r\n"));
        QCOMPARE(value(text, "DTSTAMP"), QByteArray("20260301T060000Z"));
        QCOMPARE(value(text, "SEQUENCE"), QByteArray("60"));
        QCOMPARE(value(text, "SUMMARY"),
                 QByteArray("Publish the TLSA record of the next key of mx.example.com"));
        QVERIFY(value(text, "DESCRIPTION")
                        .contains("_25._tcp.mx.example.com. IN TLSA 3 1 1 " +
                                  QByteArray(32, '\x02').toHex()));
        for (const QByteArray &line : text.split('\n'))
            QVERIFY2(line.size() <= 76, line); // 75 octets and the carriage return
    }

    void eventsKeepTheirNames()
    {
        const RolloverDate date{RolloverStep::Switch, Now, false};
        RolloverDate moved = date;
        moved.at = Now.addSecs(9000);
        const QByteArray first = rolloverCalendar(kept(), {date}, Now);
        const QByteArray second = rolloverCalendar(kept(), {moved}, Now.addSecs(600));
        QCOMPARE(value(first, "UID"), value(second, "UID"));
        QVERIFY(value(first, "SEQUENCE").toInt() < value(second, "SEQUENCE").toInt());
        QVERIFY(value(rolloverCalendar(kept("mx2.example.com"), {date}, Now), "UID") !=
                value(first, "UID"));
    }

    void timesAreUtc()
    {
        const QDateTime elsewhere = Now.toTimeZone(QTimeZone(QByteArray("Asia/Tokyo")));
        QVERIFY(elsewhere.isValid());
        const RolloverDate date{RolloverStep::Switch, elsewhere, false};
        QCOMPARE(value(rolloverCalendar(kept(), {date}, elsewhere), "DTSTART"),
                 QByteArray("20260301T060000Z"));
    }

    void onlyTheOldRecordGoes()
    {
        const QString advice = rolloverAdvice(kept(), RolloverStep::RemoveOld);
        QVERIFY(advice.contains(QString::fromLatin1(QByteArray(32, '\x01').toHex())));
        QVERIFY(!advice.contains(QString::fromLatin1(QByteArray(32, '\x03').toHex()))); // shared
        QVERIFY(!advice.contains(QString::fromLatin1(QByteArray(32, '\x02').toHex())));
    }

    void textIsEscapedAndFoldedBetweenCharacters()
    {
        // A host that no reader of ours lets through: nothing in it may end a line of the file.
        const QByteArray odd = "mx\r\nEND:VEVENT;,\\." + QByteArray("\xc3\xa4").repeated(120);
        const QByteArray text =
                rolloverCalendar(kept(odd), {{RolloverStep::Switch, Now, false}}, Now);
        QCOMPARE(text.count("END:VEVENT\r\n"), 1);
        QCOMPARE(text.count("\r\nEND:"), 2);
        QVERIFY(value(text, "SUMMARY").contains("\\;\\,"));
        for (const QByteArray &line : text.split('\n')) {
            QVERIFY2(line.size() <= 76, line);
            QVERIFY2(!QString::fromUtf8(line).contains(QChar(0xFFFD)), line);
        }
    }
};

QTEST_APPLESS_MAIN(TestRolloverCalendar)
#include "tst_rollovercalendar.moc"
