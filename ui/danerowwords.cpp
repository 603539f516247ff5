// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "danerowwords.h"

#include "texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

using Use = DaneRow::Use;

struct DaneRowWords
{
    Q_DECLARE_TR_FUNCTIONS(DaneRowWords)
};

} // namespace

QString useWord(const DaneRow &row)
{
    switch (row.use) {
    case Use::Current:
        return row.isPublished ? DaneRowWords::tr("In place") : DaneRowWords::tr("Add");
    case Use::Next:
        return row.isPublished ? DaneRowWords::tr("In place, for the next key")
                               : DaneRowWords::tr("Add, for the next key");
    case Use::Superfluous:
        return DaneRowWords::tr("Remove");
    case Use::Chosen:
        break;
    }
    return row.isPublished ? DaneRowWords::tr("Not judged") : DaneRowWords::tr("Chosen before");
}

QString keyWord(const DaneRow &row)
{
    if (row.use == Use::Superfluous)
        return DaneRowWords::tr("fits no key in use");
    if (!row.of)
        return row.use == Use::Current ? DaneRowWords::tr("fits a key in use")
                                       : DaneRowWords::tr("its key is not seen now");
    if (!row.of->hasCertificate())
        return row.of->kind;
    if (row.of->isIssuer)
        return DaneRowWords::tr("issuer %1").arg(isolated(row.of->names.value(0)));
    const QDate until = row.of->chain.constFirst().notAfter.date();
    return DaneRowWords::tr("%1, certificate until %2")
            .arg(row.of->kind, QLocale().toString(until, QLocale::ShortFormat));
}

Severity severityOf(const DaneRow &row)
{
    if (row.use == Use::Superfluous || (row.use == Use::Chosen && !row.isPublished))
        return Severity::Warning;
    if (row.isPublished)
        return row.use == Use::Chosen ? Severity::Unknown : Severity::Ok;
    return row.isConfirmed ? Severity::Info : Severity::Unknown;
}

QString stateWord(const DaneRow &row)
{
    if (row.isPublished && row.use != Use::Superfluous)
        return DaneRowWords::tr("published");
    if (row.use == Use::Superfluous)
        return row.isTicked ? DaneRowWords::tr("will be removed") : DaneRowWords::tr("published");
    if (!row.isConfirmed)
        return DaneRowWords::tr("compare the fingerprint first");
    if (!row.isOwn)
        return DaneRowWords::tr("belongs to another domain: copy it");
    return row.isTicked ? DaneRowWords::tr("will be published") : DaneRowWords::tr("not published");
}

bool isCopied(const DaneRow &row)
{
    return row.isConfirmed || row.isPublished;
}

QByteArray hostOf(const DaneRow &row)
{
    return tlsaOwnerFrom(row.record.name).host;
}
