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
