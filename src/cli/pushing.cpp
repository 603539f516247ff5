// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pushing.h"

#include "check/checks.h"
#include "cli/output.h"
#include "cli/progress.h"

namespace {

QStringList problemsOf(const DomainStore::Loaded &loaded, const QString &folder)
{
    QStringList problems;
    for (const QString &name : loaded.setAside)
        problems.append(QStringLiteral("the file of a kept domain could not be understood and was "
                                       "set aside as %1/%2; nothing was deleted")
                                .arg(folder, name));
    for (const Error &error : loaded.errors)
        problems.append(QStringLiteral("%1: %2").arg(error.detail, error.what));
    return problems;
}

} // namespace

Looked lookNow(PushWords &words, const Cancel &cancel)
{
    Looked looked;
    looked.kept.domain = words.domain;
    const DomainStore::Loaded loaded = words.store().load();
    for (const KeptDomain &kept : loaded.domains) {
        if (kept.domain == words.domain)
            looked.kept = kept;
    }
    looked.problems = problemsOf(loaded, words.store().folder());
    Network network(words.network);
    looked.problems += network.problems();
    {
        Progress progress;
        looked.survey = look(words.domain, network.options().look, network.doors(), cancel,
                             [&](const Survey &partial) { progress.show(partial); });
    }
    looked.report = judge(looked.survey, looked.kept.lastSeen());
    looked.live = liveState(looked.survey);
    looked.kept = afterCheck(looked.kept, looked.survey, looked.report);
    return looked;
}

void keep(const PushWords &words, const KeptDomain &kept)
{
    if (kept.isFromNewer || kept.domain.isEmpty()) // a server is no mail domain
        return;
    if (const auto saved = words.store().save(kept); !saved)
        usageError(QStringLiteral("what was seen of %1 could not be kept: %2")
                           .arg(kept.domain.display(), saved.error().what));
}
