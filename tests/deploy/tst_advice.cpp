// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "deploy/advice.h"
#include "sample.h"

#include <QTest>

using Ids = QList<QByteArray>;
using Mode = Policy::Mode;
Q_DECLARE_METATYPE(Circumstances)

namespace {

Circumstances calm()
{
    Circumstances known;
    known.mxKnown = true;
    known.mxHosts = {"mx1.example.com", "in.mail.example.net"};
    known.openErrors = 0;
    known.liveKnown = known.reportsKnown = true;
    known.liveMode = Mode::Testing;
    known.testingDays = 20;
    return known;
}

Choices enforce(qint64 age)
{
    Choices choices = Sample::choices();
    choices.mode = Mode::Enforce;
    choices.maxAge = age;
    return choices;
}

Choices testing(qint64 age)
{
    Choices choices = Sample::choices();
    choices.maxAge = age;
    return choices;
}

void addRow(const char *name, const Choices &choices, const Circumstances &known, const Ids &ids)
{
    QTest::newRow(name) << choices << known << ids;
}

} // namespace

class tst_Advice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ids_data();
    void ids();
    void severities();
    void readiness_data();
    void readiness();

private:
    static void mailServers();
    static void rollout();
    static void reports();
    static void ages();
};

void tst_Advice::mailServers()
{
    Circumstances known = calm();
    known.mxHosts.append("mx3.example.com");
    addRow("uncovered in enforce", enforce(2592000), known, {"STS-70.enforce"});
    addRow("uncovered in testing", testing(86400), known, {"STS-70.testing"});
    Choices none = testing(86400);
    none.mode = Mode::None;
    addRow("uncovered in none does not matter", none, known, {});
    known = calm();
    known.mxHosts = {"mx1.example.com"};
    addRow("pattern without a host", testing(86400), known, {"STS-71.choice"});
    known.mxKnown = false;
    addRow("mail servers not known", testing(86400), known, {"STS-70.unlooked"});
    known = calm();
    known.nullMx = true;
    known.mxHosts.clear();
    addRow("null MX", testing(86400), known, {"STS-73.choice", "STS-71.choice", "STS-71.choice"});
    known = calm();
    known.implicitMx = true;
    known.mxHosts = {"example.com"};
    addRow("no MX", testing(86400), known,
           {"STS-72.choice", "STS-70.testing", "STS-71.choice", "STS-71.choice"});
    known = calm();
    known.mxCut = true;
    addRow("more servers than were looked at", testing(86400), known, {"STS-70.cut"});
    Choices empty = testing(86400);
    empty.mx.clear();
    addRow("no patterns", empty, calm(), {"STS-30.choice", "STS-70.testing", "STS-70.testing"});
}

void tst_Advice::rollout()
{
    addRow("after two weeks of testing", enforce(2592000), calm(), {});
    Circumstances known = calm();
    known.openErrors = 3;
    addRow("open errors", enforce(2592000), known, {"STS-85.errors"});
    known = calm();
    known.openErrors.reset();
    addRow("never checked", enforce(2592000), known, {"STS-85.unchecked"});
    known = calm();
    known.liveMode.reset();
    addRow("no testing before", enforce(2592000), known, {"STS-85.untested"});
    known.liveMode = Mode::None;
    addRow("switched off before", enforce(2592000), known, {"STS-85.untested"});
    known.liveKnown = false;
    addRow("what is live is not known", enforce(2592000), known, {"STS-85.unseen"});
    known = calm();
    known.testingDays.reset();
    addRow("since when is not known", enforce(2592000), known, {"STS-85.since"});
    known.testingDays = 13;
    addRow("one day too early", enforce(2592000), known, {"STS-85.early"});
    known.testingDays = 14;
    addRow("just long enough", enforce(2592000), known, {});
    known.testingDays = 2;
    known.liveMode = Mode::Enforce;
    addRow("enforced already", enforce(2592000), known, {});
    known.openErrors = 5;
    addRow("testing with open errors is what testing is for", testing(86400), known, {});
}

void tst_Advice::reports()
{
    Choices choices = testing(86400);
    choices.reportTo.clear();
    addRow("testing without reports", choices, calm(), {"STS-79.choice"});
    choices = enforce(2592000);
    choices.reportTo.clear();
    addRow("enforce without reports", choices, calm(), {"RPT-1.enforce"});
    choices.mode = Mode::None;
    choices.maxAge = 86400;
    addRow("none without reports", choices, calm(), {});
    choices = testing(86400);
    choices.reportTo = {"mailto:tlsrpt@EXAMPLE.com"};
    addRow("reports to the domain itself", choices, calm(), {"RPT-15.choice"});
    choices.reportTo = {"mailto:tlsrpt@example.com?subject=a@b"};
    addRow("with header fields", choices, calm(), {"RPT-15.choice"});
    choices.reportTo = {"mailto:a@sub.example.com"};
    addRow("below the domain is another one", choices, calm(), {});
    choices.reportTo = {"https://example.com/r"};
    addRow("https does not need mail", choices, calm(), {});
    choices.reportTo = {"mailto:a@example.org", "mailto:b@example.org"};
    addRow("two addresses", choices, calm(), {"RPT-9.choice"});
    choices.reportTo = {"mailto:a@example.org"};
    Circumstances known = calm();
    known.liveReportTo = {"mailto:a@example.org", "mailto:old@example.org"};
    addRow("a live address is left out", choices, known, {"RPT-1.dropped"});
    known.reportsKnown = false;
    known.liveReportTo.clear();
    addRow("the live record is not known", choices, known, {"RPT-1.unlooked"});
}

void tst_Advice::ages()
{
    addRow("testing, less than a day", testing(3600), calm(), {"STS-42"});
    addRow("testing, two weeks", testing(1209600), calm(), {});
    addRow("testing, longer", testing(1209601), calm(), {"STS-42.testing"});
    addRow("enforce, a day", enforce(86400), calm(), {"STS-42.weeks"});
    addRow("enforce for the first time, a week", enforce(604800), calm(), {"STS-42.first"});
    Circumstances known = calm();
    known.liveMode = Mode::Enforce;
    addRow("enforce for long, a week", enforce(604800), known, {"STS-42.weeks"});
    addRow("enforce, two weeks", enforce(1209600), known, {});
    addRow("enforce, the most", enforce(Limits::MaxAge), known, {});
    addRow("too long", enforce(Limits::MaxAge + 1), known, {"STS-29.choice"});
    addRow("negative", testing(-1), known, {"STS-29.choice"});
    Choices none = testing(604800);
    none.mode = Mode::None;
    addRow("none for a week", none, calm(), {"STS-87.age"});
    none.maxAge = 86400;
    known = calm();
    known.liveMode.reset();
    addRow("none where nothing is served", none, known, {"STS-80.choice"});
}

void tst_Advice::ids_data()
{
    QTest::addColumn<Choices>("choices");
    QTest::addColumn<Circumstances>("known");
    QTest::addColumn<Ids>("ids");
    addRow("a sound start", testing(86400), calm(), {});
    mailServers();
    rollout();
    reports();
    ages();
    Choices wide = testing(86400);
    wide.mx = Sample::patterns({"*.example.com", "*.mail.example.net"});
    addRow("wide wildcard", wide, calm(), {"STS-41"});
    wide.mx = Sample::patterns({"mx1.example.com", "*.mail.example.net", "*.outlook.com"});
    addRow("wildcard above a provider's servers", wide, calm(), {"STS-71.choice", "STS-41.shared"});
    wide.mx = Sample::patterns({"mx1.example.com", "*.mail.example.net", "*.com"});
    Circumstances com = calm();
    com.mxHosts.append("provider.com");
    addRow("wildcard over everybody", wide, com, {"STS-41.suffix"});
}

void tst_Advice::ids()
{
    QFETCH(Choices, choices);
    QFETCH(Circumstances, known);
    Ids found;
    for (const Issue &issue : adviseOnChoices(choices, known))
        found.append(issue.id);
    QTEST(found, "ids");
}

void tst_Advice::severities()
{
    Circumstances known = calm();
    known.mxHosts.append("<b>mx</b>\u202e.example.com");
    const QList<Issue> issues = adviseOnChoices(enforce(2592000), known);
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().severity, Severity::Error);
    QVERIFY(!issues.first().values.first().contains(QChar(0x202e))); // T-21
    known.openErrors.reset();
    for (const Issue &issue : adviseOnChoices(enforce(2592000), known)) {
        if (issue.id == "STS-85.unchecked")
            QCOMPARE(issue.severity, Severity::Unknown);
    }
}

void tst_Advice::readiness_data()
{
    using State = Readiness::State;
    QTest::addColumn<Circumstances>("known");
    QTest::addColumn<State>("state");
    QTest::addColumn<Ids>("ids");
    const auto row = [](const char *name, const Circumstances &known, State state, const Ids &ids) {
        QTest::newRow(name) << known << state << ids;
    };
    row("two weeks without errors", calm(), State::Ready, {});
    Circumstances known = calm();
    known.testingDays = 3;
    row("too early", known, State::NotYet, {"STS-85.early"});
    known.openErrors = 2;
    row("too early, with problems", known, State::NotYet, {"STS-85.errors", "STS-85.early"});
    known = calm();
    known.openErrors.reset();
    row("never checked is not ready", known, State::Unknown, {"STS-85.unchecked"});
    known = calm();
    known.mxHosts.append("mx3.example.com");
    row("a server is not covered", known, State::NotYet, {"STS-70.enforce"});
    known = calm();
    known.mxHosts.removeLast();
    row("a spare pattern does not matter", known, State::Ready, {});
    known = calm();
    known.liveMode = Mode::Enforce;
    row("enforced already", known, State::Enforced, {});
    row("nothing known at all", Circumstances(), State::Unknown,
        {"STS-85.unchecked", "STS-85.unseen", "STS-70.unlooked"});
}

void tst_Advice::readiness()
{
    QFETCH(Circumstances, known);
    const Readiness readiness = readinessToEnforce(Sample::choices().mx, known);
    Ids found;
    for (const Issue &issue : readiness.reasons)
        found.append(issue.id);
    QTEST(found, "ids");
    QTEST(readiness.state, "state");
}

QTEST_GUILESS_MAIN(tst_Advice)
#include "tst_advice.moc"
