// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window's thread is busy at one go, from an event to its end, while a user goes through every
// page on a world of data:
//   windowthread [ROUNDS]    prints "busy=MS cpu=MS": the longest stay of the middle round, on the
//                            clock and of the processor; and the longest of all by name
// A picture has 16 ms at 60 Hz; what takes longer is felt.
#include "ui/windowtest.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListWidget>
#include <QMetaEnum>
#include <QStyleFactory>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace {

double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Measures each event that is not handled inside another one.
class Watched : public QApplication
{
public:
    using QApplication::QApplication;
    struct Stay
    {
        double ms = 0;    // on the clock: what is felt, on a machine at rest
        double cpuMs = 0; // of this thread alone
        QString what;
    };

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth++ > 0) {
            const bool done = QApplication::notify(receiver, event);
            --m_depth;
            return done;
        }
        // Before, because the receiver may be gone afterwards.
        const char *type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
        const QString what =
                QStringLiteral("%1 %2#%3, %4")
                        .arg(m_scene, QString::fromLatin1(receiver->metaObject()->className()),
                             receiver->objectName(), QString::fromLatin1(type));
        QElapsedTimer timer;
        timer.start();
        const double before = cpuMs();
        const bool done = QApplication::notify(receiver, event);
        m_stays.append({double(timer.nsecsElapsed()) / 1e6, cpuMs() - before, what});
        --m_depth;
        return done;
    }
    void begin(const QString &scene) { m_scene = scene; }
    QList<Stay> takeStays() { return std::exchange(m_stays, {}); }

private:
    int m_depth = 0;
    QString m_scene;
    QList<Stay> m_stays;
};

Watched *app()
{
    return static_cast<Watched *>(qApp);
}

/// As a click arrives: an event of its own, which is measured.
void click(const WindowTest &test, const char *button)
{
    QMetaObject::invokeMethod(test.find<QAbstractButton>(button), "click", Qt::QueuedConnection);
    QTest::qWait(60);
}

void check(const WindowTest &test, const char *kind)
{
    app()->begin(QStringLiteral("check of ") + QString::fromLatin1(kind));
    test.find<QLineEdit>("domainEdit")
            ->setText(QString::fromLatin1(kind) + QStringLiteral(".example.org"));
    click(test, "checkButton");
    if (!QTest::qWaitFor([&] { return test.isIdle(); }, 60000))
        qFatal("the check does not end");
    QTest::qWait(200);
    for (int key : {Qt::Key_End, Qt::Key_Home, Qt::Key_Down}) {
        QTest::keyClick(test.window->focusWidget(), Qt::Key(key));
        QTest::qWait(20);
    }
}

void setUp(const WindowTest &test)
{
    click(test, "setupButton");
    const int steps = test.find<QListWidget>("stepsList")->count();
    for (int step = 1; step < steps; ++step) {
        app()->begin(QStringLiteral("step %1").arg(step));
        auto *next = test.find<QPushButton>("nextButton");
        QTest::qWait(150);
        if (test.isShown("folderEdit")) {
            test.find<QLineEdit>("folderEdit")->setText(test.folder.path());
            click(test, "nextButton");
            QTest::qWait(300);
        }
        if (!QTest::qWaitFor([next] { return next->isEnabled(); }, 60000))
            qFatal("step %d does not go on", step);
        click(test, "nextButton");
    }
    QTest::qWait(200);
}

QList<Watched::Stay> goThrough()
{
    app()->begin(QStringLiteral("start"));
    const WindowTest test;
    QTest::qWait(100);
    for (const char *kind : {"mixed", "hostile", "crowd"}) {
        check(test, kind);
        click(test, "closeButton");
    }
    check(test, "fresh");
    setUp(test);
    return app()->takeStays();
}

} // namespace

int main(int argc, char **argv)
{
    Watched application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const int rounds = argc > 1 ? qMax(1, QByteArray(argv[1]).toInt()) : 3;
    const auto longer = [](const Watched::Stay &one, const Watched::Stay &other) {
        return one.cpuMs > other.cpuMs;
    };
    QList<double> longest, cpu;
    QList<Watched::Stay> all;
    for (int round = 0; round < rounds; ++round) {
        QList<Watched::Stay> stays = goThrough();
        std::sort(stays.begin(), stays.end(), longer);
        cpu << stays.first().cpuMs;
        longest << std::max_element(
                           stays.begin(), stays.end(),
                           [](const auto &one, const auto &other) { return one.ms < other.ms; })
                           ->ms;
        all += stays.mid(0, 12);
    }
    std::sort(longest.begin(), longest.end());
    std::sort(cpu.begin(), cpu.end());
    std::sort(all.begin(), all.end(), longer);
    std::printf("busy=%.1f cpu=%.1f\n", longest.at(rounds / 2), cpu.at(rounds / 2));
    for (const Watched::Stay &stay : all.mid(0, 20))
        std::fprintf(stderr, "%6.1f ms, %6.1f of the processor  %s\n", stay.ms, stay.cpuMs,
                     qPrintable(stay.what));
    return 0;
}
