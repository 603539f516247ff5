// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/sharedhosts.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

class tst_SharedHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void manyAskOneLooks();
    void differentTargetsAreDifferentLooks();
    void stoppedLookIsNotKept();
    void clearForgets();
    void longListsForgetWhatWasUsedLongestAgo();

private:
    static SmtpTarget target(const QByteArray &host)
    {
        SmtpTarget target;
        target.host = host;
        target.address = QHostAddress(QStringLiteral("192.0.2.1"));
        return target;
    }
    static SmtpFacts ended(SmtpFacts::End end)
    {
        SmtpFacts facts;
        facts.end = end;
        return facts;
    }
};

void tst_SharedHosts::manyAskOneLooks()
{
    SharedHosts shared;
    std::atomic<int> looks = 0;
    std::atomic<int> asking = 0;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            ++asking;
            const SmtpFacts facts = shared.factsFor(target("mx.example"), {}, [&] {
                ++looks;
                while (asking < 8) // everybody is here while the one look is under way
                    std::this_thread::yield();
                return ended(SmtpFacts::End::Done);
            });
            answered += facts.end == SmtpFacts::End::Done;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(looks.load(), 1);
    QCOMPARE(answered.load(), 8);
}

void tst_SharedHosts::differentTargetsAreDifferentLooks()
{
    SharedHosts shared;
    int looks = 0;
    const auto probe = [&] {
        ++looks;
        return ended(SmtpFacts::End::Done);
    };
    SmtpTarget withoutSni = target("mx.example");
    withoutSni.sni = SmtpTarget::Sni::None;
    SmtpTarget otherPort = target("mx.example");
    otherPort.port = 2525;
    for (const SmtpTarget &one :
         {target("mx.example"), target("mx2.example"), withoutSni, otherPort})
        (void)shared.factsFor(one, {}, probe);
    QCOMPARE(looks, 4);
}

void tst_SharedHosts::stoppedLookIsNotKept()
{
    SharedHosts shared;
    (void)shared.factsFor(target("mx.example"), {},
                          [] { return ended(SmtpFacts::End::Cancelled); });
    const SmtpFacts facts =
            shared.factsFor(target("mx.example"), {}, [] { return ended(SmtpFacts::End::Done); });
    QCOMPARE(facts.end, SmtpFacts::End::Done);
}

void tst_SharedHosts::clearForgets()
{
    SharedHosts shared;
    (void)shared.factsFor(target("mx.example"), {}, [] { return ended(SmtpFacts::End::TimedOut); });
    shared.clear();
    const SmtpFacts facts =
            shared.factsFor(target("mx.example"), {}, [] { return ended(SmtpFacts::End::Done); });
    QCOMPARE(facts.end, SmtpFacts::End::Done);
}

void tst_SharedHosts::longListsForgetWhatWasUsedLongestAgo()
{
    SharedHosts shared;
    int looks = 0;
    const auto probe = [&] {
        ++looks;
        return ended(SmtpFacts::End::Done);
    };
    for (int i = 0; i < 10000; ++i) {
        (void)shared.factsFor(target("often.example"), {}, probe);
        (void)shared.factsFor(target("mx" + QByteArray::number(i) + ".example"), {}, probe);
    }
    QCOMPARE(looks, 10001); // the one that everybody uses was looked at once
    (void)shared.factsFor(target("mx9999.example"), {}, probe);
    QCOMPARE(looks, 10001); // used a moment ago
    (void)shared.factsFor(target("mx0.example"), {}, probe);
    QCOMPARE(looks, 10002); // forgotten
}

QTEST_GUILESS_MAIN(tst_SharedHosts)
#include "tst_sharedhosts.moc"
