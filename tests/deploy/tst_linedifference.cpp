// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/linedifference.h"

#include <QTest>

class tst_LineDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void differences_data();
    void differences();
    void bothTextsCanBeReadFromIt();
    void hostileSize();
};

namespace {

QByteArray drawn(const QList<LineChange> &changes)
{
    QByteArray text;
    for (const LineChange &change : changes) {
        text += change.kind == LineChange::Kind::Same      ? ' '
                : change.kind == LineChange::Kind::Removed ? '-'
                                                           : '+';
        text += change.line + '|';
    }
    return text;
}

QByteArray side(const QList<LineChange> &changes, LineChange::Kind leftOut)
{
    QByteArray text;
    for (const LineChange &change : changes) {
        if (change.kind != leftOut)
            text += change.line + change.terminator;
    }
    return text;
}

} // namespace

void tst_LineDifference::differences_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("drawing");
    const auto row = [](const char *name, const char *before, const char *after,
                        const char *drawing) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(drawing);
    };
    row("both empty", "", "", "");
    row("all new", "", "a\r\nb\r\n", "+a|+b|");
    row("all gone", "a\r\nb\r\n", "", "-a|-b|");
    row("same", "a\r\nb\r\n", "a\r\nb\r\n", " a| b|");
    row("one exchanged", "v\r\nmode: testing\r\nmx\r\n", "v\r\nmode: enforce\r\nmx\r\n",
        " v|-mode: testing|+mode: enforce| mx|");
    row("one inserted", "a\nc\n", "a\nb\nc\n", " a|+b| c|");
    row("one removed", "a\nb\nc\n", "a\nc\n", " a|-b| c|");
    row("moved", "a\nb\n", "b\na\n", "-a| b|+a|");
    row("line ends differ", "a\n", "a\r\n", "-a|+a|");
    row("last line without an end", "a\nb", "a\nb\n", " a|-b|+b|");
    row("blank lines", "\n\n", "\n", " |-|");
    row("carriage return alone is text", "a\rb\n", "a\rb\n", " a\rb|");
}

void tst_LineDifference::differences()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const QList<LineChange> changes = lineDifferences(before, after);
    QTEST(drawn(changes), "drawing");
    QCOMPARE(side(changes, LineChange::Kind::Added), before);
    QCOMPARE(side(changes, LineChange::Kind::Removed), after);
}

void tst_LineDifference::bothTextsCanBeReadFromIt()
{
    // Every pair of short texts over three different lines.
    const QList<QByteArray> parts = {"", "a\n", "b\r\n", "c"};
    QList<QByteArray> texts;
    for (const QByteArray &one : parts) {
        for (const QByteArray &two : parts) {
            for (const QByteArray &three : parts)
                texts.append(one + two + three);
        }
    }
    for (const QByteArray &before : texts) {
        for (const QByteArray &after : texts) {
            const QList<LineChange> changes = lineDifferences(before, after);
            QCOMPARE(side(changes, LineChange::Kind::Added), before);
            QCOMPARE(side(changes, LineChange::Kind::Removed), after);
        }
    }
}

void tst_LineDifference::hostileSize()
{
    const QByteArray before = QByteArray("x\n").repeated(32768);
    const QByteArray after = QByteArray("y\n").repeated(32768);
    const QList<LineChange> changes = lineDifferences(before, after);
    QCOMPARE(changes.size(), 65536);
    QCOMPARE(side(changes, LineChange::Kind::Added), before);
    QCOMPARE(side(changes, LineChange::Kind::Removed), after);
}

QTEST_GUILESS_MAIN(tst_LineDifference)
#include "tst_linedifference.moc"
