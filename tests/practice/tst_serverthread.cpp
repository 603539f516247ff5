// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/authority.h"
#include "practice/mailhost.h"
#include "practice/serverthread.h"
#include "practice/webhost.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

class tst_ServerThread : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runsElsewhereAndWaits();
    void runsInTurn();
    void costOfAWorld();
};

void tst_ServerThread::runsElsewhereAndWaits()
{
    ServerThread thread;
    QThread *where = nullptr;
    thread.run([&] { where = QThread::currentThread(); });
    QVERIFY(where && where != QThread::currentThread());
    QThread *again = nullptr;
    thread.run([&] { again = QThread::currentThread(); });
    QCOMPARE(again, where);
}

// Callers in many threads: what they touch inside needs no lock.
void tst_ServerThread::runsInTurn()
{
    ServerThread thread;
    int count = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) {
        callers.emplace_back([&] {
            for (int j = 0; j < 100; ++j)
                thread.run([&] { ++count; });
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(count, 400);
}

// Told, not judged: no timing decides a test.
void tst_ServerThread::costOfAWorld()
{
    QElapsedTimer clock;
    clock.start();
    const auto authority = PracticeAuthority::make();
    QVERIFY(authority);
    ServerThread thread;
    std::vector<std::unique_ptr<PracticeMailHost>> mail;
    const QHostAddress here(QHostAddress::LocalHost);
    for (const char *name : {"mx1.example.com", "mx2.example.com", "mx3.example.com"}) {
        const auto leaf = authority->issue({.dnsNames = {name}});
        QVERIFY(leaf);
        mail.push_back(std::make_unique<PracticeMailHost>(
                thread, here, quint16(0),
                MailAnswer{.name = name,
                           .tls = {.chain = authority->chain(*leaf), .key = leaf->key}}));
        QVERIFY(mail.back()->port() != 0);
    }
    const auto leaf = authority->issue({.dnsNames = {"mta-sts.example.com"}});
    QVERIFY(leaf);
    const PracticeWebHost web(thread, here, 0,
                              {.tls = {.chain = authority->chain(*leaf), .key = leaf->key}});
    QVERIFY(web.port() != 0);
    qDebug("authority, three mail hosts and a web host: %.1f ms",
           double(clock.nsecsElapsed()) / 1e6);
}

QTEST_GUILESS_MAIN(tst_ServerThread)
#include "tst_serverthread.moc"
