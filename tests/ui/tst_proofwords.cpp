// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofwords.h"

#include <QTest>

using Kind = ProofRow::Kind;
using State = ProofRow::State;

class tst_ProofWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void evidenceDoesNotEndInASeparator()
    {
        const ProofRow record{Kind::Record, State::Other, {QStringLiteral("v=STSv1; id=old1;")},
                              60,           {},           0};
        const QString text = proofText(record);
        QVERIFY2(text.startsWith(QLatin1String("v=STSv1; id=old1. ")), qPrintable(text));
        const ProofRow seen{Kind::Record, State::Seen, {QStringLiteral("v=STSv1; id=old1; ")},
                            60,           {},          0};
        QCOMPARE(proofText(seen), QStringLiteral("v=STSv1; id=old1"));
    }

    void seenSaysWhatWasSeen()
    {
        QCOMPARE(proofText({Kind::MailServers, State::Seen, {}, 0, {}, 0}),
                 QStringLiteral("Encrypt, certificates match"));
        QVERIFY(proofText({Kind::MailServers, State::NotTested, {}, 0, {}, 0}).isEmpty());
    }

    void whatCouldNotBeTriedIsSaid()
    {
        const QString text = proofText({Kind::File, State::Seen, {}, 0, {}, 1});
        QVERIFY2(text.contains(QLatin1String("could not be tried from here")), qPrintable(text));
        QVERIFY(proofText({Kind::File, State::Seen, {}, 0, {}, 0}).isEmpty());
    }

    void whatTheNameServersSayThemselves_data()
    {
        QTest::addColumn<ProofRow::AtServers>("servers");
        QTest::addColumn<QString>("said");
        const QStringList one{QStringLiteral("ns1.example (192.0.2.1)")};
        const QStringList other{QStringLiteral("ns2.example (192.0.2.2)")};
        using At = ProofRow::AtServers;
        QTest::newRow("not asked: only what a resolver remembers")
                << At{} << QStringLiteral("If you have changed it already");
        QTest::newRow("everywhere") << At{one, {}, {}} << QStringLiteral("Resolvers may remember");
        QTest::newRow("nowhere") << At{{}, one, {}} << QStringLiteral("saved in the panel");
        QTest::newRow("at one of two") << At{one, other, {}} << QStringLiteral("Not yet at: ");
        QTest::newRow("one is silent")
                << At{one, {}, other} << QStringLiteral("Without an answer: ");
        QTest::newRow("all are silent")
                << At{{}, {}, one} << QStringLiteral("If you have changed it already");
    }
    void whatTheNameServersSayThemselves()
    {
        QFETCH(ProofRow::AtServers, servers);
        QFETCH(QString, said);
        ProofRow row;
        row.kind = Kind::Record;
        row.state = State::Other;
        row.seen = {QStringLiteral("v=STSv1; id=old1")};
        row.ttl = 60;
        row.servers = servers;
        const QString text = proofText(row);
        QVERIFY2(text.contains(said), qPrintable(text));
        QVERIFY(proofName(row, {}).contains(QLatin1String("_mta-sts")));
    }

    void anAliasThatWasNotComparedIsSaidSo()
    {
        const QString text = proofText({Kind::Host,
                                        State::NotTested,
                                        {QStringLiteral("cdn.example")},
                                        0,
                                        QStringLiteral("sts.provider.example"),
                                        0});
        QVERIFY2(text.contains(QLatin1String("cdn.example")) &&
                         text.contains(QLatin1String("sts.provider.example")) &&
                         text.contains(QLatin1String("not compared")),
                 qPrintable(text));
    }
};
QTEST_GUILESS_MAIN(tst_ProofWords)
#include "tst_proofwords.moc"
