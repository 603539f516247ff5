// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan takes of this program where the zone is large: the service is asked, its answer is read and
// compared with what is wanted.
//   zoneplan KIND PROVIDER RECORDS ROUNDS    KIND as in zonebed.sh; prints "cpu=MS", the middle round
#include "provider/zonebed.h"
#include "push/service.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace {

double cpuMs() // of the whole process
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

QString nameOf(int number)
{
    return QStringLiteral("host%1").arg(number);
}

/// A stand-in is told of its records, a real server starts with them.
QString fill(ZoneBed &bed, const QString &kind, int records)
{
    QStringList lines;
    if (kind == QLatin1String("pdns"))
        for (int i = 0; i < records; ++i)
            lines << nameOf(i) + QStringLiteral(" 300 IN A 192.0.2.1");
    const QString why = bed.start(kind, lines);
    if (!why.isEmpty() || !lines.isEmpty())
        return why;
    QJsonArray all;
    for (int i = 0; i < records; ++i)
        all.append(QJsonObject{{QStringLiteral("zone"), QStringLiteral("example.com")},
                               {QStringLiteral("name"), nameOf(i) + QStringLiteral(".example.com")},
                               {QStringLiteral("type"), QStringLiteral("A")},
                               {QStringLiteral("ttl"), 300},
                               {QStringLiteral("content"), QStringLiteral("192.0.2.1")}});
    bed.control({{QStringLiteral("records"), all}, {QStringLiteral("reset"), true}});
    return {};
}

Deployment wanted()
{
    Choices choices;
    choices.domain = DomainName::parse(QStringLiteral("example.com")).domain;
    choices.mx = {*MxPattern::parse("mx.example.com")};
    choices.reportTo = {"mailto:tls@example.com"};
    return deployment(choices, {}, QDateTime::currentDateTimeUtc());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 5)
        qFatal("zoneplan KIND PROVIDER RECORDS ROUNDS");
    ZoneBed bed;
    const QString why = fill(bed, QString::fromLatin1(argv[1]), atoi(argv[3]));
    if (!why.isEmpty())
        qFatal("%s", qPrintable(why));
    QList<double> taken;
    const Deployment deployment = wanted();
    for (int round = 0; round < atoi(argv[4]); ++round) {
        const double before = cpuMs();
        Result<Service> service = openService(*providerInfo(argv[2]), bed.value("address"),
                                              Secret(bed.value("secret").toUtf8()));
        const Result<Plan> plan = planAt(*service, deployment, {}, Cancel());
        if (!plan || plan->isEmpty())
            qFatal("no plan: %s", plan ? "nothing to do" : qPrintable(plan.error().what));
        taken << cpuMs() - before;
    }
    std::sort(taken.begin(), taken.end());
    std::printf("cpu=%.1f\n", taken.at(taken.size() / 2));
    return 0;
}
