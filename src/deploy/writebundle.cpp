// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/writebundle.h"

#include "base/printable.h"
#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <memory>
#include <vector>

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

/// Everything is written beside its place first; only when every octet is on the disk do the files take
/// their names. A full disk or a folder that vanishes so leaves what was there as it was.
class Pending
{
public:
    explicit Pending(const QString &folder)
        : m_folder(folder)
    {
    }
    Pending(const Pending &) = delete;
    Pending &operator=(const Pending &) = delete;
    ~Pending()
    {
        m_files.clear(); // those not committed vanish
        while (!m_madeFolders.isEmpty() && !m_committed)
            QDir().rmdir(m_madeFolders.takeLast()); // only if it is empty
    }

    Result<void> makeFolder(const QString &path)
    {
        QStringList missing;
        for (QString at = path; !at.isEmpty() && !QFileInfo::exists(at);
             at = QFileInfo(at).path()) {
            missing.prepend(at);
            if (at == QFileInfo(at).path())
                break;
        }
        if (!QDir().mkpath(path))
            return refused(QT_TRANSLATE_NOOP("Error", "the folder cannot be made"), path);
        m_madeFolders += missing;
        return {};
    }

    Result<void> prepare(const BundleFile &file)
    {
        // Looked at again: the first look was for all files at once, and time has passed.
        if (const Result<Target> target = look(m_folder, file); !target)
            return tl::unexpected(target.error());
        const QString path = m_folder + QLatin1Char('/') + file.path;
        if (const Result<void> made = makeFolder(QFileInfo(path).path()); !made)
            return made;
        m_files.push_back(std::make_unique<QSaveFile>(path));
        QSaveFile &save = *m_files.back();
        if (!save.open(QIODevice::WriteOnly))
            return trouble(save);
        return writeAll(save, file.content);
    }

    /// How many files have taken their names, from the first; the rest are as they were.
    std::pair<qsizetype, std::optional<Error>> commit()
    {
        qsizetype count = 0;
        for (const auto &file : m_files) {
            if (!file->commit())
                return {count, trouble(*file).value()};
            m_committed = true;
            ++count;
        }
        return {count, std::nullopt};
    }

private:
    static tl::unexpected<Error> trouble(const QSaveFile &save)
    {
        return failed(Error::Kind::Refused, printable(save.errorString()),
                      printable(save.fileName()));
    }
    QString m_folder;
    QStringList m_madeFolders; // outer ones first
    std::vector<std::unique_ptr<QSaveFile>> m_files;
    bool m_committed = false;
};

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
    Pending pending(folder);
    if (const Result<void> made = pending.makeFolder(folder); !made)
        return tl::unexpected(made.error());
    for (const BundleFile *file : due) {
        if (const Result<void> done = pending.prepare(*file); !done)
            return tl::unexpected(done.error());
    }
    const auto [count, trouble] = pending.commit();
    if (trouble && count == 0)
        return tl::unexpected(*trouble);
    for (qsizetype i = 0; i < due.size(); ++i)
        (i < count ? result.written : result.notWritten).append(due.at(i)->path);
    result.trouble = trouble;
    return result;
}
