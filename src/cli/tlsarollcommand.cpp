// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa roll: a change of the key of a server, over days; each call looks, keeps what it saw, and
// says what is due now (DANE-32).
#include "base/printable.h"
#include "base/wholefile.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/pushwords.h"
#include "cli/tlsarolltext.h"
#include "dane/keysourcefile.h"
#include "dane/rolloverbegin.h"
#include "store/rolloverstore.h"

#include <QFileInfo>
#include <QSaveFile>

namespace {

/// The words of the command line, understood.
struct Wanted
{
    RolloverPlace place; // without a host: all are listed
    QStringList nextFiles;
    QByteArray replaces;
    QString calendar;
    bool isForget = false;
    bool isJson = false;
    QString folder;
};

void addOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("Options", source);
    };
    parser.setApplicationDescription(text(QT_TRANSLATE_NOOP(
            "Options",
            "Leads through a change of the key of a server that has TLSA records, without mail "
            "being refused: publish the next record, wait, switch, check, remove the old one. Each "
            "call looks at the name servers and at every address, and says what is due now. "
            "Without a server the changes under way are listed.")));
    parser.addPositionalArgument(QStringLiteral("roll"), QStringLiteral("[HOST]"),
                                 QStringLiteral("tlsa roll"));
    parser.addOptions({
            {QStringLiteral("next"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Begin: certificates, public key or certificate request of the "
                                    "next key; may be given again for a second kind of key.")),
             QStringLiteral("PEM")},
            {QStringLiteral("replaces"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "SHA-256 fingerprint of the certificate whose key goes. "
                                    "Default: that of the same kind.")),
             QStringLiteral("SHA256")},
            {QStringLiteral("port"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Port of the records. Default: 25, the one that counts for mail.")),
             QStringLiteral("N")},
            {QStringLiteral("calendar"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Write the dates ahead into this file, for a calendar.")),
             QStringLiteral("FILE")},
            {QStringLiteral("forget"),
             text(QT_TRANSLATE_NOOP("Options", "Forget what is kept of this change; nothing else "
                                               "is changed."))},
            stateOption(),
            dnsPortOption(),
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failed(Error::Kind::Malformed, sentence);
}

Result<void> readPlace(const QCommandLineParser &parser, RolloverPlace &place)
{
    const QStringList words = parser.positionalArguments().mid(1);
    if (words.size() > 1)
        return wrong(QStringLiteral("one server at a time: mta-sts tlsa roll mx1.example.com"));
    if (!words.isEmpty()) {
        const TypedDomain read = DomainName::parse(words.first());
        if (read.outcome == TypedDomain::Outcome::Reject)
            return wrong(QStringLiteral("“%1” is not the name of a server")
                                 .arg(printable(words.first(), 80)));
        place.host = read.domain.ascii();
    }
    if (parser.isSet(QStringLiteral("port"))) {
        place.port = parser.value(QStringLiteral("port")).toUShort();
        if (place.port == 0)
            return wrong(QStringLiteral("--port wants a number from 1 to 65535"));
    }
    const Result<quint16> port = dnsPort(parser);
    if (!port)
        return tl::unexpected(port.error());
    place.dnsPort = *port;
    return {};
}

Result<Wanted> wantedFrom(const QCommandLineParser &parser)
{
    Wanted wanted;
    if (const auto read = readPlace(parser, wanted.place); !read)
        return tl::unexpected(read.error());
    wanted.nextFiles = parser.values(QStringLiteral("next"));
    wanted.calendar = parser.value(QStringLiteral("calendar"));
    wanted.isForget = parser.isSet(QStringLiteral("forget"));
    wanted.isJson = parser.isSet(QStringLiteral("json"));
    wanted.folder = stateFolder(parser) + QStringLiteral("/rollovers");
    const bool isReplacing = parser.isSet(QStringLiteral("replaces"));
    if (isReplacing) {
        const auto digest = digestFromText(parser.value(QStringLiteral("replaces")));
        if (!digest)
            return wrong(
                    QStringLiteral("--replaces wants a SHA-256 fingerprint: 64 hexadecimal digits, "
                                   "with or without colons"));
        wanted.replaces = *digest;
    }
    const bool isBegin = !wanted.nextFiles.isEmpty();
    if (wanted.place.host.isEmpty() && (isBegin || wanted.isForget || !wanted.calendar.isEmpty()))
        return wrong(QStringLiteral("which server? Try: mta-sts tlsa roll mx1.example.com"));
    if (isReplacing && !isBegin)
        return wrong(QStringLiteral("--replaces belongs to --next, at the beginning of a change"));
    if (wanted.isForget && isBegin)
        return wrong(QStringLiteral("--forget first, then begin anew with --next"));
    return wanted;
}

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

int forget(const RolloverStore &store, const RolloverPlace &place)
{
    const Result<bool> done = store.forget(place.host, place.port);
    if (!done) {
        usageError(QStringLiteral("%1: %2").arg(done.error().detail, done.error().what));
        return ExitErrors;
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
Result<void> agree(const Wanted &wanted, const std::optional<KeptRollover> &kept)
{
    const QString host = printable(wanted.place.host);
    const bool isBegin = !wanted.nextFiles.isEmpty();
    if (!kept && !isBegin)
        return wrong(QStringLiteral("no change of keys of %1 is under way. Begin one with --next "
                                    "and the file of the next certificate, public key or "
                                    "certificate request")
                             .arg(host));
    if (kept && isBegin && !kept->removed.isValid())
        return wrong(QStringLiteral("a change of keys of %1 is under way since %2. Leave --next "
                                    "out to go on with it, or give it up with --forget")
                             .arg(host, kept->started.toString(Qt::ISODate)));
    return {};
}

void addFindings(RollTold &told, const QList<Issue> &issues)
{
    for (const Issue &issue : issues) {
        const Finding finding = toFinding(issue, Group::Dane, printable(told.host));
        if (!told.findings.contains(finding))
            told.findings.append(finding);
    }
}

/// One look, and what it means for the change that is kept, or that begins with it.
RollTold roll(const Wanted &wanted, std::optional<KeptRollover> kept, const QList<SourceKey> &next,
              const NetworkOptions &options, const Cancel &cancel)
{
    RollTold told;
    told.host = wanted.place.host;
    told.port = wanted.place.port;
    told.look = lookAtRollover(wanted.place, options, cancel);
    addFindings(told, told.look.issues);
    if (!next.isEmpty()) {
        const RolloverBeginning begun =
                beginRollover({told.host, told.port, told.look.sight, next, wanted.replaces});
        kept = begun.kept;
        told.isNew = kept.has_value();
        addFindings(told, begun.issues);
    }
    if (!kept)
        return told;
    const QDateTime now = told.look.sight.at;
    told.kept = noted(*kept, told.look.sight);
    told.state = rolloverAt(*kept, told.look.sight, now);
    told.dates = rolloverDates(*told.kept, told.state, now);
    addFindings(told, told.state.issues);
    return told;
}

/// The dates of before may be replaced, and nothing else.
Result<void> writeCalendar(const QString &path, const RollTold &told)
{
    const auto refused = [&](const QString &why) {
        return failed(Error::Kind::Refused,
                      QStringLiteral("the calendar was not written to %1: %2").arg(path, why));
    };
    if (QFileInfo::exists(path)) {
        QFile before(path);
        if (!QFileInfo(path).isFile() || !before.open(QIODevice::ReadOnly) ||
            !before.read(64).startsWith("BEGIN:VCALENDAR"))
            return refused(QStringLiteral("another file is there"));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return refused(file.errorString());
    const auto written =
            writeAll(file, rolloverCalendar(*told.kept, told.dates, told.look.sight.at));
    if (!written || !file.commit())
        return refused(written ? file.errorString() : written.error().what);
    return {};
}

/// What is kept on disk, before anything is said of it.
Result<void> keepAll(const Wanted &wanted, const RolloverStore &store, const RollTold &told)
{
    if (!told.kept)
        return {};
    if (const Result<void> saved = store.save(*told.kept); !saved)
        return failed(saved.error().kind, QStringLiteral("what was seen could not be kept: %1: %2")
                                                  .arg(saved.error().detail, saved.error().what));
    return wanted.calendar.isEmpty() ? Result<void>() : writeCalendar(wanted.calendar, told);
}

int rollOne(const Wanted &wanted, const NetworkOptions &options, const Cancel &cancel)
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
    const RollTold told = roll(wanted, *kept, *next, options, cancel);
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
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const Result<Wanted> wanted = wantedFrom(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    const RolloverStore store(wanted->folder);
    if (wanted->place.host.isEmpty())
        return listAll(store, wanted->isJson);
    if (wanted->isForget)
        return forget(store, wanted->place);
    return rollOne(*wanted, *options, invocation.cancel);
}
