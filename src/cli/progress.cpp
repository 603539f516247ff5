// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

Progress::Progress()
    : m_isTerminal(isatty(STDERR_FILENO) != 0)
{
}

Progress::~Progress()
{
    clear();
}

void Progress::clear()
{
    if (m_isShown)
        std::fputs("\r\033[K", stderr);
    m_isShown = false;
}

void Progress::line(const QString &text)
{
    if (!m_isTerminal)
        return;
    std::fprintf(stderr, "\r\033[K%s", text.toUtf8().constData());
    std::fflush(stderr);
    m_isShown = true;
}

void Progress::show(const Survey &survey)
{
    int all = 0;
    int done = 0;
    for (const MailHost &host : survey.hosts) {
        for (const AddressLook &look : host.addresses) {
            ++all;
            done += look.done;
        }
    }
    const QString what =
            !survey.mx   ? QCoreApplication::translate("Text", "asking the DNS")
            : done < all ? QCoreApplication::translate("Text", "mail servers, %1 of %2 done")
                                   .arg(done)
                                   .arg(all)
            : !survey.policyDone ? QCoreApplication::translate("Text", "fetching the policy")
                                 : QCoreApplication::translate("Text", "validating DNSSEC");
    line(survey.domain.display() + QStringLiteral(": ") + what);
}

void Progress::show(int done, int total)
{
    line(total > 0 ? QCoreApplication::translate("Text", "%1 of %2 domains").arg(done).arg(total)
                   : QCoreApplication::translate("Text", "%1 domains").arg(done));
}
