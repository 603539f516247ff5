// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "savedwords.h"

#include "texts.h"

#include <QCoreApplication>

namespace {

class Saved
{
    Q_DECLARE_TR_FUNCTIONS(Saved)
};

QString why(const Error &error)
{
    return QStringLiteral("%1 (%2)").arg(phrase(error), isolated(error.detail));
}

} // namespace

SavedWords savedWords(const Result<WrittenBundle> &result, const QString &folder)
{
    if (!result)
        return {Severity::Error,
                Saved::tr("The files could not be saved: %1. Your choices are kept. Choose another "
                          "folder, or mend this one, and save again.")
                        .arg(why(result.error()))};
    if (!result->conflicts.isEmpty())
        return {Severity::Warning,
                Saved::tr("%n file(s) with other content are there already. Nothing was saved. "
                          "Choose another folder, or tick “Replace” below.",
                          nullptr, int(result->conflicts.size()))};
    if (result->trouble)
        return {Severity::Error,
                Saved::tr("Saving stopped half-way: %1. The list below says which files are saved "
                          "and which are as before. Mend the folder, and save again.")
                        .arg(why(*result->trouble))};
    return {Severity::Ok,
            Saved::tr("Saved in %1. Nothing is published yet: what to do next stands below.")
                    .arg(folder)};
}
