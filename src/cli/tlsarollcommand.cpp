// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa roll: a change of the key of a server, over days; each call looks, keeps what it saw, and
// says what is due now (DANE-32).
#include "base/printable.h"
#include "cli/output.h"
#include "cli/tlsarolltext.h"
#include "cli/tlsarollwords.h"
#include "dane/keysourcefile.h"
#include "dane/rolloverwords.h"
#include "store/rolloverstore.h"

namespace {

int listAll(const RolloverStore &store, bool isJson)
{
    const RolloverStore::Loaded loaded = store.load();
    for (const QString &name : loaded.setAside)
        usageError(
                QStringLiteral("the file of a change of keys could not be understood and was set "
                               "aside as %1/%2; nothing was deleted")
                        .arg(store.folder(), name));
    for (const Error &error : loaded.errors)
        usageError(QStringLiteral("%1: %2").arg(error.detail, error.what));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (isJson)
        writeJson(rollListJson(loaded.rollovers, now));
    else
        writeOut(rollListText(loaded.rollovers, now).toUtf8());
    return loaded.setAside.isEmpty() && loaded.errors.isEmpty() ? ExitOk : ExitUnknown;
}

int forget(const RolloverStore &store, const RolloverPlace &place, bool isJson)
{
    const Result<bool> done = store.forget(place.host, place.port);
    if (!done) {
        usageError(QStringLiteral("%1: %2").arg(done.error().detail, done.error().what));
        return ExitErrors;
    }
    if (isJson) {
        writeJson(rollForgottenJson(place, *done));
        return ExitOk;
    }
    const QString host = printable(place.host);
    const QString sentence =
            *done ? QCoreApplication::translate("Text", "What was kept of the change of keys of %1 "
                                                        "is forgotten. Nothing else was changed.\n")
                  : QCoreApplication::translate("Text", "Nothing was kept of %1.\n");
    writeOut(sentence.arg(host).toUtf8());
    return ExitOk;
}

Result<QList<SourceKey>> readNext(const QStringList &files)
{
    QList<SourceKey> keys;
    for (const QString &file : files) {
        const Result<KeySource> source = readKeySourceFile(file);
        if (!source)
            return tl::unexpected(source.error());
        keys += source->keys;
    }
    return keys;
}

/// Whether the words fit what is kept; nothing is asked of the network before.
Result<void> agree(const RollWords &wanted, const std::optional<KeptRollover> &kept)
{
    const QString host = printable(wanted.place.host);
    const bool isBegin = !wanted.nextFiles.isEmpty();
    if (!kept && !isBegin)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("no change of keys of %1 is under way. Begin one with --next "
                                     "and the file of the next certificate, public key or "
                                     "certificate request")
                              .arg(host));
    if (isUnderWay(kept) && isBegin)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("a change of keys of %1 is under way since %2. Leave --next "
                                     "out to go on with it, or give it up with --forget")
                              .arg(host, kept->started.toString(Qt::ISODate)));
    return {};
}

/// What is kept on disk, before anything is said of it.
Result<void> keepAll(const RollWords &wanted, const RolloverStore &store, const RollTold &told)
{
    if (!told.kept)
        return {};
    if (const Result<void> saved = store.save(*told.kept); !saved)
        return failed(saved.error().kind, QStringLiteral("what was seen could not be kept: %1: %2")
                                                  .arg(saved.error().detail, saved.error().what));
    return wanted.calendar.isEmpty()
                   ? Result<void>()
                   : writeRolloverCalendar(wanted.calendar, rolloverCalendar(*told.kept, told.dates,
                                                                             told.look.sight.at));
}

int rollOne(const RollWords &wanted, const NetworkOptions &options, const Cancel &cancel)
{
    const RolloverStore store(wanted.folder);
    const auto kept = store.read(wanted.place.host, wanted.place.port);
    if (!kept) { // what was done before is not known
        usageError(QStringLiteral("%1: %2").arg(kept.error().detail, kept.error().what));
        return ExitUnknown;
    }
    if (const auto agreed = agree(wanted, *kept); !agreed)
        return usageError(agreed.error().what);
    const auto next = readNext(wanted.nextFiles);
    if (!next)
        return usageError(next.error().what);
    if (!options.look.smtp)
        return usageError(QStringLiteral("--no-smtp leaves nothing to look at"));
    for (const QString &problem : Network(options).problems())
        usageError(problem);
    const RollTold told =
            rolledOn({wanted.place.host, wanted.place.port, *kept, *next, wanted.replaces},
                     lookAtRollover(wanted.place, options, cancel));
    if (cancel.isCancelled())
        return ExitInterrupted;
    const Result<void> saved = keepAll(wanted, store, told);
    if (wanted.isJson)
        writeJson(rollJson(told));
    else
        writeOut(rollText(told).toUtf8());
    if (!saved) {
        usageError(saved.error().what);
        return ExitErrors;
    }
    const int status = exitStatusOf(told.findings);
    return status == ExitOk && isDue(told.state) ? int(ExitChanges) : status;
}

} // namespace

int tlsaRollCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addRollOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const Result<RollWords> wanted = rollWords(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    const RolloverStore store(wanted->folder);
    if (wanted->place.host.isEmpty())
        return listAll(store, wanted->isJson);
    if (wanted->isForget)
        return forget(store, wanted->place, wanted->isJson);
    return rollOne(*wanted, *options, invocation.cancel);
}
