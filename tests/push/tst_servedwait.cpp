// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/servedwait.h"

#include <QList>
#include <QTest>

namespace {

/// One letter a fetch: n(ew), o(ld), - (none), the last for ever.
QString waited(const char *fetches, const ServedWait &wait, int *count = nullptr,
               const Cancel &cancel = {}, QStringList *told = nullptr)
{
    int at = 0;
    const auto served = [&](const Cancel &) -> Result<QByteArray> {
        const char now = fetches[qMin(at, int(qstrlen(fetches)) - 1)];
        ++at;
        if (now == '-')
            return failed(Error::Kind::Network, QStringLiteral("no certificate"));
        return QByteArray(now == 'n' ? "new" : "old");
    };
    const auto result = waitUntilServed("new", served, wait, cancel, [&](const QString &why) {
        if (told)
            told->append(why);
    });
    if (count)
        *count = at;
    return result ? QString() : QString::number(int(result.error().kind)) + result.error().detail;
}

constexpr ServedWait Quick{1, 1, 60000, false, 1};

QString kind(Error::Kind kind)
{
    return QString::number(int(kind));
}

} // namespace

class tst_ServedWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atOnce();
    void later();
    void inARow();
    void oneTry();
    void givesUp();
    void stops();
};

void tst_ServedWait::atOnce()
{
    int count = 0;
    QCOMPARE(waited("n", Quick, &count), QString());
    QCOMPARE(count, 1);
}

void tst_ServedWait::later()
{
    int count = 0;
    QStringList told;
    QCOMPARE(waited("--on", Quick, &count, {}, &told), QString());
    QCOMPARE(count, 4);
    QCOMPARE(told.size(), 3);
    QCOMPARE(told.first(), QStringLiteral("no certificate"));
}

void tst_ServedWait::inARow()
{
    int count = 0;
    QCOMPARE(waited("onnonnn", {1, 1, 60000, false, 3}, &count), QString());
    QCOMPARE(count, 7); // an old one in between begins the count anew
}

void tst_ServedWait::oneTry()
{
    int count = 0;
    QCOMPARE(waited("on", {1, 1, 0, false, 1}, &count), kind(Error::Kind::Refused));
    QCOMPARE(waited("-n", {1, 1, 0, false, 1}, &count), kind(Error::Kind::Network));
    QCOMPARE(count, 1);
}

void tst_ServedWait::givesUp()
{
    QCOMPARE(waited("-", {1, 1, 1, false, 1}),
             kind(Error::Kind::Timeout) + QStringLiteral("no certificate"));
}

void tst_ServedWait::stops()
{
    const Cancel cancel;
    cancel.cancel();
    int count = 0;
    QCOMPARE(waited("-", {60000, 60000, 600000, false, 1}, &count, cancel),
             kind(Error::Kind::Cancelled));
    QCOMPARE(count, 1);
    QCOMPARE(waited("n", Quick, nullptr, cancel), kind(Error::Kind::Cancelled));
    QCOMPARE(waited("n", {60000, 1, 60000, true, 1}, &count, cancel), kind(Error::Kind::Cancelled));
    QCOMPARE(count, 0); // not even asked for
}

QTEST_GUILESS_MAIN(tst_ServedWait)
#include "tst_servedwait.moc"
