// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/keysourcefile.h"

#include "base/printable.h"

#include <QFile>

Result<KeySource> readKeySourceFile(const QString &path)
{
    QFile file(path);
    const bool isOpen = path == QLatin1String("-")
                                ? file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
                                : file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    const QString shown =
            path == QLatin1String("-") ? QStringLiteral("standard input") : printable(path);
    if (!isOpen)
        return failed(Error::Kind::NotFound,
                      QStringLiteral("cannot read %1: %2").arg(shown, file.errorString()));
    // One piece of memory from the start: what grows leaves copies behind. An octet more than is
    // allowed, so that more is noticed.
    QByteArray room(LargestKeySource + 1, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < room.size()) {
        const qint64 read = file.read(room.data() + size, room.size() - size);
        if (read <= 0)
            break;
        size += read;
    }
    room.truncate(size);
    const Result<KeySource> source = readKeySource(Secret(std::move(room)));
    if (!source)
        return failed(source.error().kind,
                      QStringLiteral("%1: %2").arg(shown, source.error().what));
    return source;
}
