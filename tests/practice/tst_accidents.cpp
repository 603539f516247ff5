// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of accidents as a whole: nothing that can be a problem is missing. What each of them does is
// looked at in tst_world.
#include "check/words.h"
#include "practice/accidents.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Practice;

namespace {

struct RuleLine
{
    QByteArray rule, how;
};

/// Of tests/data/practice/error-rules.txt; none when it cannot be read.
QList<RuleLine> ruleLines()
{
    QFile file(QStringLiteral(TESTS_DATA_DIR "/practice/error-rules.txt"));
    QList<RuleLine> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().simplified();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype space = (line + ' ').indexOf(' ');
        lines.append({line.left(space), line.mid(space + 1)});
    }
    return lines;
}

QByteArray baseOf(const QByteArray &id)
{
    return id.left((id + '.').indexOf('.'));
}

/// By the very id, or where a whole rule is meant, by any part of it.
bool isStaged(const QByteArray &rule)
{
    const QList<Accident> &all = accidents();
    return std::any_of(all.begin(), all.end(), [&](const Accident &accident) {
        return accident.rule == rule || baseOf(accident.rule) == rule;
    });
}

} // namespace

class tst_Accidents : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRuleIsStaged_data();
    void everyRuleIsStaged();
    void everyAccidentIsOfARule_data();
    void everyAccidentIsOfARule();
    void groupsStandTogether();
};

void tst_Accidents::everyRuleIsStaged_data()
{
    QTest::addColumn<QByteArray>("how");
    const QList<RuleLine> lines = ruleLines();
    QVERIFY(!lines.isEmpty());
    QSet<QByteArray> seen;
    for (const RuleLine &line : lines) {
        QVERIFY2(!seen.contains(line.rule), line.rule.constData());
        seen.insert(line.rule);
        QTest::newRow(line.rule.constData()) << line.how;
    }
}

void tst_Accidents::everyRuleIsStaged()
{
    QFETCH(QByteArray, how);
    const QByteArray rule = QTest::currentDataTag();
    if (how == "staged")
        QVERIFY(isStaged(rule));
    else if (how.startsWith("as "))
        QVERIFY2(isStaged(how.mid(3)), how.constData());
    else // and what can be staged after all is not called impossible
        QVERIFY2(how.startsWith("not: ") && how.size() > 5 && !isStaged(rule), how.constData());
}

void tst_Accidents::everyAccidentIsOfARule_data()
{
    QTest::addColumn<const Accident *>("accident");
    for (const Accident &accident : accidents())
        QTest::newRow(accident.id) << &accident;
}

void tst_Accidents::everyAccidentIsOfARule()
{
    QFETCH(const Accident *, accident);
    QVERIFY2(hasWords(accident->rule), accident->rule);
    QVERIFY(!QByteArray(accident->title).trimmed().isEmpty());
    // By nature no problems of the domain: not known, or a warning (tst_world says why).
    static const QSet<QByteArray> NoErrors{"STS-18", "TLS-22", "TLS-24"};
    const QList<RuleLine> lines = ruleLines();
    const bool isListed = std::any_of(lines.begin(), lines.end(), [&](const RuleLine &line) {
        return line.rule == baseOf(accident->rule);
    });
    QVERIFY2(isListed || NoErrors.contains(accident->rule), accident->rule);
    const auto same = [&](const Accident &other) {
        return qstrcmp(other.id, accident->id) == 0 || qstrcmp(other.title, accident->title) == 0;
    };
    QCOMPARE(std::count_if(accidents().begin(), accidents().end(), same), 1);
}

void tst_Accidents::groupsStandTogether()
{
    const QList<Accident> &all = accidents();
    QVERIFY(std::is_sorted(all.begin(), all.end(),
                           [](const Accident &a, const Accident &b) { return a.group < b.group; }));
    QSet<AccidentGroup> groups;
    for (const Accident &one : all)
        groups.insert(one.group);
    QCOMPARE(groups.size(), int(AccidentGroup::Dnssec) + 1);
}

QTEST_GUILESS_MAIN(tst_Accidents)
#include "tst_accidents.moc"
