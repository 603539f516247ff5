// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the small Internet of the practice takes: keys made, zones signed, all servers listening; and the
// memory that is resident for it when the first check has been answered.
//   practicestart    prints "start=MS memory=MB"
#include "practice/world.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace {

double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const qint64 pages = file.readAll().split(' ').value(1).toLongLong();
    return double(pages) * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const double before = residentMb();
    QElapsedTimer time;
    time.start();
    Practice::World world;
    if (!world.start(Practice::protectedScene()))
        return 1;
    const qint64 startMs = time.elapsed();
    Network network(world.network());
    const DomainName domain = DomainName::parse(QString::fromLatin1(Practice::Domain)).domain;
    const Survey survey = look(domain, network.options().look, network.doors(), Cancel());
    if (!survey.policyDone)
        return 1;
    std::printf("start=%lld memory=%.1f\n", static_cast<long long>(startMs), residentMb() - before);
    return 0;
}
