// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// TLSA records in real signed zones, through a real validating resolver: aliases at the TLSA name (RFC 7672
// 2.2.3), denials without proof.
#include "dane/livetlsa.h"
#include "dane/publishedtlsa.h"
#include "real/dnsbed.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace {

const QByteArray Digest(64, 'a');

bool has(const QList<Issue> &issues, const QByteArray &id)
{
    return std::any_of(issues.begin(), issues.end(),
                       [&id](const Issue &issue) { return issue.id == id; });
}

QByteArray told(const LiveTlsa &live)
{
    QByteArray text = daneAppliesName(live.plan.applies);
    for (const Issue &issue : live.plan.issues)
        text += ' ' + issue.id;
    return text;
}

} // namespace

class TestDaneZones : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    DnsBed m_bed;
    std::unique_ptr<UnboundResolver> m_resolver;

    LiveTlsa look(const QByteArray &host)
    {
        return lookUpTlsa(host, 25, {}, *m_resolver, Cancel());
    }

    void write(const char *name, const QByteArray &lines)
    {
        QFile file(m_dir.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(lines);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QByteArray zone;
        for (const char *host : {"mx3", "mx4", "abroad", "broken", "nowhere", "chain"})
            zone += QByteArray(host) + " IN A 192.0.2.40\n";
        zone += "_25._tcp.mx3 IN CNAME _dane\n_25._tcp.mx4 IN CNAME _dane\n";
        zone += "_dane IN TLSA 3 1 1 " + Digest + '\n';
        zone += "_25._tcp.abroad IN CNAME _dane.unsigned.example.\n";
        zone += "_25._tcp.broken IN CNAME _dane.bogus.example.\n";
        zone += "_25._tcp.nowhere IN CNAME _nothing\n";
        zone += "_25._tcp.chain IN CNAME _between\n_between IN CNAME _dane\n";
        write("signed.example.zone", zone);
        write("unsigned.example.unsigned.zone", "_dane IN TLSA 3 1 1 " + Digest + '\n');
        write("bogus.example.zone", "_dane IN TLSA 3 1 1 " + Digest + '\n');
        const QString why = m_bed.start(m_dir.path());
        if (m_bed.isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
        m_resolver = std::make_unique<UnboundResolver>(m_bed.options());
    }

    void delegated_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<DaneApplies>("applies");
        QTest::addColumn<QByteArray>("issue");
        const auto row = [](const char *why, const char *host, DaneApplies applies,
                            const char *issue) {
            QTest::newRow(why) << QByteArray(host) + ".signed.example" << applies
                               << QByteArray(issue);
        };
        row("one place in the same zone", "mx3", DaneApplies::Applies, "");
        row("the same place for another server", "mx4", DaneApplies::Applies, "");
        row("by way of another alias", "chain", DaneApplies::Applies, "");
        row("into a zone that is not signed", "abroad", DaneApplies::NotApplicable, "DANE-2");
        row("into a zone whose signatures do not hold", "broken", DaneApplies::Unreachable,
            "DANE-10");
        row("to a name that is not there", "nowhere", DaneApplies::NotApplicable, "");
    }
    void delegated()
    {
        QFETCH(QByteArray, host);
        QFETCH(DaneApplies, applies);
        QFETCH(QByteArray, issue);
        const LiveTlsa live = look(host);
        QVERIFY2(live.plan.applies == applies, told(live));
        if (issue.isEmpty())
            QVERIFY2(live.plan.issues.isEmpty(), told(live));
        else
            QVERIFY2(has(live.plan.issues, issue), told(live));
        QVERIFY(!live.isFailed);
        // RFC 7672 2.2.3: an alias of the TLSA name does not change the base domain.
        QCOMPARE(live.plan.base, host);
        QCOMPARE(live.owner, "_25._tcp." + host);
        if (applies != DaneApplies::Applies)
            return;
        QCOMPARE(live.records.size(), 1);
        QCOMPARE(live.records.first().data, QByteArray::fromHex(Digest));
        const PublishedTlsa published = publishedTlsa(live.owner, host, *m_resolver, Cancel());
        QCOMPARE(published.records.value_or(QList<TlsaRecord>()), live.records);
        QVERIFY(published.issues.isEmpty());
    }

    void denialWithoutProof()
    {
        const LiveTlsa live = look("mx.unproven.example");
        QVERIFY2(live.plan.applies == DaneApplies::Applies, told(live));
        QVERIFY2(has(live.plan.issues, "DANE-43"), told(live));
        QCOMPARE(live.records.size(), 1);
        QVERIFY2(!has(look("mx1.signed.example").plan.issues, "DANE-43"), "proven there");
    }
};

QTEST_GUILESS_MAIN(TestDaneZones)
#include "tst_danezones.moc"
