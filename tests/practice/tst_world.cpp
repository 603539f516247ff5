// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself looks at the practice domain, as it is and after every accident.
#include "check/checks.h"
#include "check/words.h"
#include "practice/accidents.h"
#include "practice/world.h"

#include <QTest>

#include <algorithm>

using namespace Practice;

namespace {

Report reportOf(const World &world, const LastSeen &lastSeen = {})
{
    Network network(world.network());
    const DomainName domain = DomainName::parse(QString::fromLatin1(Domain)).domain;
    return judge(look(domain, network.options().look, network.doors(), Cancel()), lastSeen);
}

/// What an earlier check of the domain remembers, in enforce mode.
LastSeen before()
{
    const Scene scene = protectedScene();
    return {"20260101T000000", scene.host->text, QDateTime::currentDateTimeUtc().addDays(-1)};
}

/// What accidents end in that are no problems of the domain by nature.
Severity expectedOf(const QByteArray &rule)
{
    static const QHash<QByteArray, Severity> others{
            {"STS-18", Severity::Unknown},         // a look-up that failed says nothing
            {"TLS-22", Severity::Unknown},         // nor does a network that lets nobody out
            {"TLS-24", Severity::Warning},         // the firewall may be on either side
            {"TLS-28.host", Severity::Warning},    // there is another server that takes the mail
            {"TLS-7.parameter", Severity::Warning} // senders look at the first word only
    };
    return others.value(rule, Severity::Error);
}

QStringList ids(const Report &report, Severity severity)
{
    QStringList list;
    for (const Finding &finding : report.findings) {
        if (finding.severity == severity)
            list.append(QString::fromLatin1(finding.id));
    }
    list.sort();
    return list;
}

} // namespace

class tst_World : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_world.start(bareScene())); }

    void bare()
    {
        QVERIFY(m_world.show(bareScene()));
        const Report report = reportOf(m_world);
        QCOMPARE(report.sts, Report::Sts::Absent);
        QCOMPARE(ids(report, Severity::Unknown), QStringList());
        QCOMPARE(ids(report, Severity::Error), QStringList());
    }

    void isGreen_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("testing") << QByteArray("testing");
        QTest::newRow("enforce") << QByteArray("enforce");
    }
    void isGreen()
    {
        QFETCH(QByteArray, mode);
        QVERIFY(m_world.show(protectedScene(mode)));
        const Report report = reportOf(m_world);
        for (const Severity severity : {Severity::Error, Severity::Unknown, Severity::Warning})
            QCOMPARE(ids(report, severity), QStringList());
    }

    void accident_data()
    {
        QTest::addColumn<const Accident *>("accident");
        for (const Accident &accident : accidents())
            QTest::newRow(accident.id) << &accident;
    }
    void accident()
    {
        QFETCH(const Accident *, accident);
        Scene scene = protectedScene();
        accident->happen(scene);
        QVERIFY(scene != protectedScene());
        QVERIFY(m_world.show(scene));
        const Report report = reportOf(m_world, before());
        const auto told =
                std::find_if(report.findings.begin(), report.findings.end(),
                             [&](const Finding &finding) { return finding.id == accident->rule; });
        QVERIFY2(told != report.findings.end(),
                 qPrintable(ids(report, Severity::Error).join(QLatin1Char(' ')) +
                            QStringLiteral(" | ") +
                            ids(report, Severity::Unknown).join(QLatin1Char(' ')) +
                            QStringLiteral(" | ") +
                            ids(report, Severity::Warning).join(QLatin1Char(' '))));
        QCOMPARE(told->severity, expectedOf(accident->rule));
        QVERIFY(!wordsFor(*told).fix.isEmpty());

        QVERIFY(m_world.show(protectedScene())); // mended
        QCOMPARE(ids(reportOf(m_world, before()), Severity::Error), QStringList());
    }

    void everythingAtOnce()
    {
        Scene scene = protectedScene();
        for (const Accident &accident : accidents())
            accident.happen(scene);
        QVERIFY(m_world.show(scene));
        scene.isRegistered = true;
        QVERIFY(m_world.show(scene));
    }

    void whatDoesNotExistIsNotSigned()
    {
        Scene scene = protectedScene();
        Practice::accident("mx-domain-gone")->happen(scene);
        QVERIFY(m_world.show(scene));
        const Report report = reportOf(m_world);
        QVERIFY(ids(report, Severity::Error).contains(QLatin1String("DNS-1.noname")));
        QVERIFY(!ids(report, Severity::Ok).contains(QLatin1String("DNS-9.ok")));
        QVERIFY(m_world.show(protectedScene()));
        QVERIFY(ids(reportOf(m_world), Severity::Ok).contains(QLatin1String("DNS-9.ok")));
    }

private:
    World m_world;
};

QTEST_GUILESS_MAIN(tst_World)
#include "tst_world.moc"
