// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/serverswithout.h"

#include "push/plan.h"

#include <algorithm>

namespace {

bool hasAll(const QList<SetChange> &sets, const ServerAnswers &answers)
{
    for (int i = 0; i < sets.size(); ++i) {
        auto data = answers.sets.at(i);
        if (!data)
            return false;
        std::sort(data->begin(), data->end());
        if (*data != sortedData(sets.at(i).after))
            return false;
    }
    return true;
}

} // namespace

QStringList serversWithout(const QList<SetChange> &sets, const QList<NamedServer> &servers,
                           const Cancel &cancel)
{
    QList<AskedSet> asked;
    for (const SetChange &change : sets)
        asked.append({change.name, change.type});
    QStringList without;
    for (const ServerAnswers &one : askEveryServer(servers, asked, cancel)) {
        if (!hasAll(sets, one))
            without.append(serverText(one.server));
    }
    return without;
}
