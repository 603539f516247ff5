// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/writebundle.h"

#include "base/printable.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace {

enum class Target { Free, Same, Other };

tl::unexpected<Error> refused(const char *what, const QString &path)
{
    return failed(Error::Kind::Refused, QLatin1String(what), printable(path));
}

/// Nothing between the folder and the file may lead elsewhere.
Result<void> checkParents(const QString &folder, const QString &path)
{
    QStringList parts = path.split(QLatin1Char('/'));
    parts.removeLast();
    QString at = folder;
    for (const QString &part : parts) {
        at += QLatin1Char('/') + part;
        const QFileInfo info(at);
        if (info.isSymLink() || info.isJunction())
            return refused(QT_TRANSLATE_NOOP("Error", "a folder is a symbolic link"), at);
        if (info.exists() && !info.isDir())
            return refused(QT_TRANSLATE_NOOP("Error", "not a folder"), at);
    }
    return {};
}

Result<Target> look(const QString &folder, const BundleFile &file)
{
    if (!isBundlePath(file.path))
        return refused(QT_TRANSLATE_NOOP("Error", "file name is not allowed"), file.path);
    if (const Result<void> parents = checkParents(folder, file.path); !parents)
        return tl::unexpected(parents.error());
    const QString target = folder + QLatin1Char('/') + file.path;
    const QFileInfo info(target);
    if (info.isSymLink() || info.isJunction()) // asked first: a dangling link does not "exist"
        return refused(QT_TRANSLATE_NOOP("Error", "a symbolic link is in the way"), target);
    if (!info.exists())
        return Target::Free;
    if (!info.isFile())
        return refused(QT_TRANSLATE_NOOP("Error", "not a regular file"), target);
    if (info.size() != file.content.size())
        return Target::Other;
    QFile there(target);
    if (!there.open(QIODevice::ReadOnly))
        return refused(QT_TRANSLATE_NOOP("Error", "a file cannot be read"), target);
    return there.read(file.content.size() + 1) == file.content ? Target::Same : Target::Other;
}

Result<void> write(const QString &folder, const BundleFile &file)
{
    // Looked at again: the first look was for all files at once, and time has passed.
    if (const Result<Target> target = look(folder, file); !target)
        return tl::unexpected(target.error());
    const QString path = folder + QLatin1Char('/') + file.path;
    if (!QDir().mkpath(QFileInfo(path).path()))
        return refused(QT_TRANSLATE_NOOP("Error", "a folder cannot be made"),
                       QFileInfo(path).path());
    QSaveFile save(path); // a new file put in place at the end: never half a file
    if (!save.open(QIODevice::WriteOnly) || save.write(file.content) != file.content.size() ||
        !save.commit())
        return failed(Error::Kind::Refused, printable(save.errorString()), printable(path));
    return {};
}

} // namespace

Result<WrittenBundle> writeBundle(const QList<BundleFile> &files, const QString &folder,
                                  Overwrite overwrite)
{
    if (folder.isEmpty())
        return refused(QT_TRANSLATE_NOOP("Error", "no folder was chosen"), folder);
    WrittenBundle result;
    QList<const BundleFile *> due;
    for (const BundleFile &file : files) {
        const Result<Target> target = look(folder, file);
        if (!target)
            return tl::unexpected(target.error());
        if (*target == Target::Same) {
            result.kept.append(file.path);
            continue;
        }
        if (*target == Target::Other && overwrite == Overwrite::No)
            result.conflicts.append(file.path);
        due.append(&file);
    }
    if (!result.conflicts.isEmpty())
        return result;
    if (!QDir().mkpath(folder))
        return refused(QT_TRANSLATE_NOOP("Error", "the folder cannot be made"), folder);
    for (const BundleFile *file : due) {
        if (const Result<void> done = write(folder, *file); !done)
            return tl::unexpected(done.error());
        result.written.append(file->path);
    }
    return result;
}
