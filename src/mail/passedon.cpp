// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/passedon.h"

namespace {

constexpr char Start[] = "https://mta-sts.";
constexpr char End[] = "/.well-known/mta-sts.txt";

} // namespace

QByteArray policyPassedOn(const QByteArray &domain)
{
    return Start + domain + End;
}

QByteArray passedOnDomain(const QByteArray &text)
{
    if (!text.startsWith(Start) || !text.endsWith(End))
        return {};
    return text.chopped(qsizetype(qstrlen(End))).mid(qsizetype(qstrlen(Start)));
}
