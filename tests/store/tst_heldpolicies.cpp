// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which policies senders may hold, and for how long: RFC 8461 3.2, 5.1.
#include "store/heldpolicies.h"
#include "store/keptjson.h"

#include <QTest>

namespace {

const QDateTime Now({2026, 3, 1}, {10, 0}, Qt::UTC);

Policy policy(Policy::Mode mode, const QByteArray &mx, qint64 maxAge)
{
    Policy made;
    made.mode = mode;
    made.mx = {*MxPattern::parse(mx)};
    made.maxAge = maxAge;
    return made;
}

Policy enforced(const QByteArray &mx, qint64 maxAge = 604800)
{
    return policy(Policy::Mode::Enforce, mx, maxAge);
}

} // namespace

class TestHeldPolicies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSameOneLastsLonger()
    {
        QList<CachedPolicy> held;
        Policy again = enforced("a.example");
        hold(held, again, Now);
        again.extensions = {{"x-note", "nothing to a sender"}};
        hold(held, again, Now.addDays(3));
        hold(held, again, Now.addDays(-3)); // never shorter
        QCOMPARE(held.size(), 1);
        QCOMPARE(held.first().until, Now.addDays(10));
        QVERIFY(held.first().policy.extensions.isEmpty());
    }

    void anotherLifetimeIsAnotherPolicy()
    {
        QList<CachedPolicy> held;
        hold(held, enforced("a.example", 86400), Now);
        hold(held, enforced("a.example", 604800), Now);
        QCOMPARE(held.size(), 2);
    }

    void whatRanOutGoes()
    {
        QList<CachedPolicy> held;
        hold(held, enforced("a.example", 86400), Now);
        hold(held, enforced("b.example"), Now);
        dropOld(held, Now.addSecs(86399));
        QCOMPARE(held.size(), 2);
        dropOld(held, Now.addSecs(86400));
        QCOMPARE(held.size(), 1);
        QCOMPARE(held.first().policy.mx.first().text(), QByteArray("b.example"));
    }

    void nothingWasFetchedInTheFuture()
    {
        QList<CachedPolicy> held;
        hold(held, enforced("a.example"), Now.addDays(365));
        dropOld(held, Now);
        QCOMPARE(held.first().until, Now.addDays(7));
    }

    void overTheLimitTheLeastHarmfulGoes()
    {
        QList<CachedPolicy> held;
        hold(held, enforced("first.example"), Now);
        for (int i = 0; i < 40; ++i)
            hold(held, policy(Policy::Mode::Testing, QByteArray::number(i) + ".example", 604800),
                 Now.addDays(i));
        QCOMPARE(held.size(), HeldLimits::Policies);
        QCOMPARE(held.first().policy.mx.first().text(), QByteArray("first.example"));
        QCOMPARE(held.at(1).policy.mx.first().text(), QByteArray("39.example"));
    }

    void largeOnesAreFewer()
    {
        QList<CachedPolicy> held;
        for (int i = 0; i < 10; ++i) {
            Policy large = enforced(QByteArray::number(i) + ".example");
            for (int mx = 0; mx < 3000; ++mx)
                large.mx.append(*MxPattern::parse("mx" + QByteArray::number(mx) + ".example"));
            hold(held, large, Now);
        }
        QVERIFY(!held.isEmpty());
        KeptDomain kept;
        kept.domain = *DomainName::fromAscii("shop.example");
        // The largest and worst to write that there can be besides: every character six octets.
        const QByteArray worst(Limits::PolicyBody, '\x01');
        kept.served = LastServed{"1", worst, Now, Now, {}};
        kept.sameId = kept.served;
        kept.held = held;
        const QByteArray written = writeKept(kept);
        QVERIFY2(written.size() <= KeptLimits::File, QByteArray::number(written.size()));
        QCOMPARE(readKept(written)->held, held);
    }
};
QTEST_GUILESS_MAIN(TestHeldPolicies)
#include "tst_heldpolicies.moc"
