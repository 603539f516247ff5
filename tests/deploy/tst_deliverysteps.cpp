// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/deliverysteps.h"
#include "sample.h"

#include <QTest>

namespace {

QByteArray codes(const QList<DeliveryStep> &steps)
{
    QByteArray text;
    for (const DeliveryStep &step : steps)
        text += step.code + (step.isLive ? "! " : " ");
    return text.trimmed();
}

} // namespace

class tst_DeliverySteps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// RFC 8461 8.1: the record that makes senders look comes last.
    void aNewDomain()
    {
        const Deployment wanted = deployment(Sample::choices(), Sample::nothing(), Sample::now());
        const QList<DeliveryStep> steps = deliverySteps(wanted, Sample::nothing());
        QCOMPARE(codes(steps), QByteArray("host file look reports record"));
        QCOMPARE(steps.at(1).copy, wanted.policyText);
        QVERIFY(steps.at(4).copy.contains(wanted.id));
    }

    void whatIsLiveSaysSo()
    {
        LiveState live = Sample::live();
        live.policyHostKnown = true;
        live.policyHostLeadsTo = {"192.0.2.1"};
        QCOMPARE(codes(deliverySteps(deployment(Sample::choices(), live, Sample::now()), live)),
                 QByteArray("host! file! look reports! record!"));
    }

    void whatIsNotKnownIsNeverLive()
    {
        QCOMPARE(codes(deliverySteps(deployment(Sample::choices(), {}, Sample::now()), {})),
                 QByteArray("host file look reports record"));
    }

    void modeNoneEndsWithWaiting()
    {
        Choices choices = Sample::choices();
        choices.mode = Policy::Mode::None;
        choices.reportTo.clear();
        QCOMPARE(codes(deliverySteps(deployment(choices, Sample::nothing(), Sample::now()),
                                     Sample::nothing())),
                 QByteArray("host file look record wait"));
    }

    void delegatedLooksBeforeTheLastAlias()
    {
        Choices choices = Sample::choices();
        choices.hosting = Hosting::Delegated;
        LiveState live = Sample::nothing();
        live.delegateRecord = "_mta-sts.provider.example";
        live.delegateHost = "mta-sts.provider.example";
        const QList<DeliveryStep> steps =
                deliverySteps(deployment(choices, live, Sample::now()), live);
        QCOMPARE(codes(steps), QByteArray("reports alias look record"));
        QVERIFY(steps.constLast().copy.contains("CNAME _mta-sts.provider.example."));
    }

    void passedOnNeedsTheHostFirst()
    {
        Choices choices = Sample::choices();
        choices.hosting = Hosting::Delegated;
        LiveState live = Sample::nothing();
        live.delegateRecord = "_mta-sts.provider.example";
        live.passedOn = "provider.example";
        const QList<DeliveryStep> steps =
                deliverySteps(deployment(choices, live, Sample::now()), live);
        QCOMPARE(codes(steps), QByteArray("host look reports record"));
        QCOMPARE(steps.constFirst().host->kind, HostRecord::Kind::ByHost);
    }
};
QTEST_GUILESS_MAIN(tst_DeliverySteps)
#include "tst_deliverysteps.moc"
