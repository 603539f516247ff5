// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which finding leads where, what is filled in, and the text for whoever runs the server.
#include "check/checks.h"
#include "check/words.h"
#include "deploy/proposal.h"
#include "fakes/fakedoors.h"
#include "fixes.h"

#include <QTest>

using Kind = Fix::Kind;

class TestFixes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void where_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Group>("group");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Step>("step");
        const auto row = [](const char *name, const char *id, Severity severity, Group group,
                            Kind kind, Step step = Step::Domain) {
            QTest::newRow(name) << QByteArray(id) << severity << group << kind << step;
        };
        row("nothing set up", "STS-1.absent", Severity::Warning, Group::Record, Kind::Step);
        row("a broken record", "STS-8.length", Severity::Error, Group::Record, Kind::Step,
            Step::Review);
        row("a server not listed", "STS-70", Severity::Error, Group::Policy, Kind::Step,
            Step::Policy);
        row("the id did not change", "STS-15", Severity::Error, Group::Policy, Kind::Step,
            Step::Review);
        row("testing without reports", "STS-79", Severity::Warning, Group::Policy, Kind::Step,
            Step::Reports);
        row("no reports", "RPT-1.active", Severity::Warning, Group::Report, Kind::Step,
            Step::Reports);
        row("time to enforce", "STS-93", Severity::Info, Group::Policy, Kind::Step, Step::Policy);
        row("mail server's certificate", "TLS-18", Severity::Error, Group::Mx, Kind::Instruction);
        row("no STARTTLS", "STS-77", Severity::Error, Group::Mx, Kind::Instruction);
        row("DNSSEC broken", "DNS-9", Severity::Error, Group::Dns, Kind::Instruction);
        row("wrong TLSA", "DANE-24", Severity::Error, Group::Dane, Kind::Instruction);
        row("passed", "STS-70.ok", Severity::Ok, Group::Policy, Kind::None);
        row("not tested", "TLS-22", Severity::Unknown, Group::Mx, Kind::None);
        row("no records, or somebody else's", "DANE-41.absent", Severity::Info, Group::Dane,
            Kind::Step, Step::Dane);
        row("records that fit nothing", "DANE-28", Severity::Error, Group::Dane, Kind::Step,
            Step::Dane);
        row("records that fit", "DANE-26.ok", Severity::Ok, Group::Dane, Kind::None);
        row("from a file of another version", "STS-999.file", Severity::Error, Group::Policy,
            Kind::None);
    }
    void where()
    {
        QFETCH(QByteArray, id);
        QFETCH(Severity, severity);
        QFETCH(Group, group);
        QFETCH(Kind, kind);
        QFETCH(Step, step);
        const Finding finding{id, severity, group, QStringLiteral("mx1.shop.example"), {}, {}};
        QCOMPARE(fixFor(finding).kind, kind);
        if (kind == Kind::Step)
            QCOMPARE(fixFor(finding).step, step);
    }

    void theUncoveredServerIsListed()
    {
        FakeWorld world;
        world.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx3.shop.example"}});
        const Survey survey = world.look();
        Choices choices = proposedChoices(survey);
        choices.mx = {*MxPattern::parse("mx1.shop.example")};
        Finding finding{
                "STS-70", Severity::Error, Group::Policy, QStringLiteral("mx3.shop.example"), {},
                {}};
        const Choices mended = mendedChoices(choices, finding, survey);
        QVERIFY(anyMatches(mended.mx, "mx3.shop.example"));
        QVERIFY(anyMatches(mended.mx, "mx1.shop.example"));
        QCOMPARE(mended.mode, choices.mode);
        QCOMPARE(mendedChoices(mended, finding, survey), mended); // once
        // Only a server that the domain has; nothing that a finding makes up.
        for (const char *other : {"evil.example", "*.shop.example", "<b>x</b>", ""}) {
            finding.subject = QString::fromLatin1(other);
            QCOMPARE(mendedChoices(choices, finding, survey), choices);
        }
    }

    void otherChoicesAreMended()
    {
        FakeWorld world;
        const Survey survey = world.look();
        Choices choices = proposedChoices(survey);
        choices.mode = Policy::Mode::Enforce;
        choices.maxAge = 60;
        Finding finding{"STS-42", Severity::Warning, Group::Policy, {}, {}, {}};
        QCOMPARE(mendedChoices(choices, finding, survey).maxAge,
                 defaultMaxAge(Policy::Mode::Enforce));
        finding.severity = Severity::Info;
        QCOMPARE(mendedChoices(choices, finding, survey), choices);
        choices.mx = {*MxPattern::parse("*.example")};
        finding.id = "STS-41.suffix";
        QCOMPARE(mendedChoices(choices, finding, survey).mx, patternsAsFound(survey));
        choices.mode = Policy::Mode::None;
        finding.id = "STS-80";
        QCOMPARE(mendedChoices(choices, finding, survey).mode, Policy::Mode::Testing);
        finding.id = "TLS-18";
        QCOMPARE(mendedChoices(choices, finding, survey), choices);
    }

    void theInstructionStandsAlone()
    {
        FakeWorld world;
        world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
        const Survey survey = world.look();
        const Report report = judge(survey);
        int count = 0;
        for (const Finding &finding : report.findings) {
            if (fixFor(finding).kind != Kind::Instruction)
                continue;
            ++count;
            const QString text = instructionFor(finding, report.domain, report.at);
            const Words words = wordsFor(finding);
            for (const QString &part :
                 {QStringLiteral("shop.example"), words.title, words.why, words.fix,
                  finding.evidence, words.reference, QStringLiteral("UTC")})
                QVERIFY2(text.contains(part), qPrintable(text));
            QVERIFY(!text.contains(QLatin1String("%1")) && !text.contains(QLatin1String("%2")));
        }
        QVERIFY(count > 0);
    }

    /// A finding with advice always offers something, whatever the rule.
    void everyFaultWithAdviceHasAWay()
    {
        for (int group = 0; group <= int(Group::Input); ++group) {
            const Finding finding{"STS-70", Severity::Error, Group(group), {}, {}, {}};
            QVERIFY(fixFor(finding).kind != Kind::None);
        }
    }
};
QTEST_GUILESS_MAIN(TestFixes)
#include "tst_fixes.moc"
