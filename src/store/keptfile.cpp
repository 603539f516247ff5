// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptfile.h"

#include "base/printable.h"
#include "base/wholefile.h"
#include "deploy/bundle.h"
#include "store/jsonfields.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace {

constexpr char Suffix[] = ".json";
constexpr qsizetype LongestStem = 200; // octets; most systems allow 255 for a name
constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

Result<QByteArray> octetsOf(const QString &path)
{
    const QFileInfo info(path);
    // A pipe or a device would block for ever, or never end.
    if (!info.isFile())
        return failed(Error::Kind::Refused,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "not a regular file")),
                      printable(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    QByteArray octets = file.read(KeptLimits::File + 1);
    if (file.error() != QFile::NoError)
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    return octets;
}

Result<void> writeWhole(const QString &path, const QByteArray &octets)
{
    QSaveFile save(path); // put in place whole at the end: never half a file, never none
    const auto refused = [&] {
        return failed(Error::Kind::Refused, printable(save.errorString()), printable(path));
    };
    if (!save.open(QIODevice::WriteOnly) || !save.setPermissions(OwnerOnly))
        return refused();
    if (const Result<void> written = writeAll(save, octets); !written)
        return written;
    return save.commit() ? Result<void>() : refused();
}

} // namespace

tl::unexpected<Error> keptByNewer(const QString &path)
{
    return failed(Error::Kind::Refused,
                  QLatin1String(QT_TRANSLATE_NOOP(
                          "Error", "the file was written by a newer version of this program")),
                  printable(path));
}

QString KeptFiles::fileName(const QByteArray &stem)
{
    const QByteArray shorter =
            stem.size() > LongestStem
                    ? stem.left(100) + '_' +
                              QCryptographicHash::hash(stem, QCryptographicHash::Sha256).toHex()
                    : stem;
    const QString name = QString::fromLatin1(shorter) + QLatin1String(Suffix);
    return isBundlePath(name) ? name : QLatin1Char('_') + name;
}

QString KeptFiles::pathOf(const QString &name) const
{
    return QDir(m_folder).filePath(name);
}

KeptFiles::Listed KeptFiles::list() const
{
    Listed listed;
    const QFileInfo folder(m_folder);
    if (!folder.exists())
        return listed;
    if (!folder.isDir() || !folder.isReadable()) {
        listed.errors.append({Error::Kind::Refused, QStringLiteral("the folder cannot be read"),
                              printable(m_folder)});
        return listed;
    }
    const QDir::Filters filter =
            QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot;
    QDirIterator files(m_folder, {QLatin1Char('*') + QLatin1String(Suffix)}, filter);
    while (files.hasNext()) {
        files.next();
        listed.names.append(files.fileName());
    }
    return listed;
}

Result<QByteArray> KeptFiles::read(const QString &name) const
{
    const QString path = pathOf(name);
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return failed(Error::Kind::NotFound,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "there is no such file")),
                      printable(path));
    return octetsOf(path);
}

Result<QString> KeptFiles::setAside(const QString &name) const
{
    constexpr int Most = 1000;
    const QString path = pathOf(name);
    for (int number = 1; number <= Most; ++number) {
        const QString to = QStringLiteral("%1.broken-%2").arg(path).arg(number);
        if (QFileInfo::exists(to))
            continue;
        QFile file(path);
        if (file.rename(to)) // never over another file: Qt refuses that
            return QFileInfo(to).fileName();
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    }
    return failed(Error::Kind::Refused,
                  QLatin1String(QT_TRANSLATE_NOOP("Error", "too many broken files")),
                  printable(path));
}

void KeptFiles::setAside(const QString &name, QStringList &aside, QList<Error> &errors) const
{
    const Result<QString> renamed = setAside(name);
    if (renamed)
        aside.append(printable(*renamed));
    else
        errors.append(renamed.error());
}

/// A folder to write in, and nothing at the path that must not be overwritten.
Result<void> KeptFiles::makeRoom(const QString &name, const Judge &judge) const
{
    const QString path = pathOf(name);
    if (!QFileInfo::exists(m_folder) &&
        (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, OwnerOnly | QFile::ExeOwner)))
        return failed(Error::Kind::Refused,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "the folder cannot be made")),
                      printable(m_folder));
    const QFileInfo info(path);
    if (info.isSymLink() && !info.exists()) // it would be made where the link points
        return failed(Error::Kind::Refused,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "a symbolic link is in the way")),
                      printable(path));
    if (!info.exists())
        return {};
    const Result<QByteArray> octets = octetsOf(path);
    if (!octets)
        return tl::unexpected(octets.error());
    switch (judge(*octets)) {
    case Holds::Ours:
        return {};
    case Holds::Newer:
        return keptByNewer(path);
    case Holds::Broken:
        break;
    }
    if (const Result<QString> aside = setAside(name); !aside)
        return tl::unexpected(aside.error());
    return {};
}

Result<void> KeptFiles::write(const QString &name, const QByteArray &octets,
                              const Judge &judge) const
{
    if (const Result<void> room = makeRoom(name, judge); !room)
        return room;
    return writeWhole(pathOf(name), octets);
}

Result<QByteArray> KeptFiles::forget(const QString &name) const
{
    const QString path = pathOf(name);
    Result<QByteArray> octets = read(name);
    if (!octets)
        return octets.error().kind == Error::Kind::NotFound ? Result<QByteArray>(QByteArray())
                                                            : octets;
    QFile file(path);
    if (!file.remove())
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    return octets;
}
