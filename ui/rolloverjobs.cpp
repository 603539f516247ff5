// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rolloverjobs.h"

#include "dane/keysourcefile.h"
#include "store/rolloverstore.h"

#include <QCoreApplication>

namespace {

constexpr quint16 SmtpPort = 25;

RolloverShown shown(const Error &error)
{
    return {std::nullopt, error};
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
        return shown(kept.error());
    RollWish wish{host, SmtpPort, *kept, {}, {}};
    if (!nextFile.isEmpty()) {
        const Result<KeySource> source = readKeySourceFile(nextFile);
        if (!source)
            return shown(source.error());
        wish.next = source->keys;
    }
    if (!wish.kept && wish.next.isEmpty())
        return {};
    if (!look)
        return shown({Error::Kind::Network,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "nothing can be looked at here")),
                      {}});
    const RollTold told = rolledOn(wish, look(host, cancel));
    if (told.kept) {
        if (const Result<void> saved = store.save(*told.kept); !saved)
            return {told, saved.error()};
    }
    return {told, std::nullopt};
}

Result<bool> forgetRollover(const QString &folder, const QByteArray &host)
{
    return RolloverStore(folder).forget(host, SmtpPort);
}
