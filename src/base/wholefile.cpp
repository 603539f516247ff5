// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/wholefile.h"

#include "base/printable.h"

#include <QCoreApplication>
#include <QSaveFile>

Result<void> writeAll(QSaveFile &file, const QByteArray &octets)
{
    if (file.write(octets) == octets.size() && file.flush())
        return {};
    // A disk that takes a part and no more gives Qt no error to name.
    const bool isNamed = file.errorString() != QIODevice::tr("Unknown error");
    return failed(Error::Kind::Refused,
                  isNamed ? printable(file.errorString())
                          : QLatin1String(QT_TRANSLATE_NOOP(
                                    "Error", "there was no room for all of it on the disk")),
                  printable(file.fileName()));
}
