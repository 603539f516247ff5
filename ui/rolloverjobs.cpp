// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rolloverjobs.h"

#include "dane/keysourcefile.h"
#include "store/rolloverstore.h"

#include <QCoreApplication>

namespace {

constexpr quint16 SmtpPort = 25;

Result<QList<SourceKey>> nextKeys(const QString &file, const std::optional<KeptRollover> &kept)
{
    if (file.isEmpty())
        return QList<SourceKey>();
    if (isUnderWay(kept)) // begun elsewhere meanwhile
        return failed(
                Error::Kind::Refused,
                QLatin1String(QT_TRANSLATE_NOOP(
                        "Error", "a change of keys of this server is under way already; go on "
                                 "with it, or give it up first")));
    const Result<KeySource> source = readKeySourceFile(file);
    if (!source)
        return tl::unexpected(source.error());
    return source->keys;
}

} // namespace

RolloverDoor rolloverDoor(const NetworkOptions &options, quint16 dnsPort)
{
    return [options, dnsPort](const QByteArray &host, const Cancel &cancel) {
        return lookAtRollover({host, SmtpPort, dnsPort}, options, cancel);
    };
}

RolloverShown rollOn(const RolloverDoor &look, const QString &folder, const QByteArray &host,
                     const QString &nextFile, const Cancel &cancel)
{
    const RolloverStore store(folder);
    const auto kept = store.read(host, SmtpPort);
    if (!kept)
        return {std::nullopt, kept.error(), false, true};
    RolloverShown shown{std::nullopt, std::nullopt, !isUnderWay(*kept), kept->has_value()};
    const auto next = nextKeys(nextFile, *kept);
    if (!next) {
        shown.error = next.error();
        return shown;
    }
    if (!*kept && next->isEmpty())
        return shown;
    if (!look) {
        shown.error =
                Error{Error::Kind::Network,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "nothing can be looked at here")),
                      {}};
        return shown;
    }
    const RollTold told = rolledOn({host, SmtpPort, *kept, *next, {}}, look(host, cancel));
    if (cancel.isCancelled())
        return {};
    shown.told = told;
    shown.canBegin = !isUnderWay(told.kept);
    shown.isKept = shown.isKept || told.kept; // one that has ended is kept until the next begins
    if (told.kept) {
        if (const Result<void> saved = store.save(*told.kept); !saved)
            shown.error = saved.error();
    }
    return shown;
}

Result<bool> forgetRollover(const QString &folder, const QByteArray &host)
{
    return RolloverStore(folder).forget(host, SmtpPort);
}
