// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/domainstore.h"

#include "base/limits.h"
#include "base/printable.h"
#include "base/wholefile.h"
#include "deploy/bundle.h"
#include "store/keptjson.h"

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

/// "x.json" becomes "x.json.broken-1". Never over another file: rename() of Qt refuses that.
Result<QString> setAside(const QString &path)
{
    constexpr int Most = 1000;
    for (int number = 1; number <= Most; ++number) {
        const QString to = QStringLiteral("%1.broken-%2").arg(path).arg(number);
        if (QFileInfo::exists(to))
            continue;
        QFile file(path);
        if (file.rename(to))
            return QFileInfo(to).fileName();
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    }
    return failed(Error::Kind::Refused,
                  QLatin1String(QT_TRANSLATE_NOOP("Error", "too many broken files")),
                  printable(path));
}

Result<void> write(const QString &path, const QByteArray &octets)
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

QString DomainStore::fileName(const DomainName &domain)
{
    // A-labels are letters, digits, hyphens and dots already; no case to differ in.
    QByteArray stem = domain.ascii();
    if (stem.size() > LongestStem)
        stem = stem.left(100) + '_' +
               QCryptographicHash::hash(stem, QCryptographicHash::Sha256).toHex();
    const QString name = QString::fromLatin1(stem) + QLatin1String(Suffix);
    return isBundlePath(name) ? name : QLatin1Char('_') + name;
}

QString DomainStore::pathOf(const DomainName &domain) const
{
    return QDir(m_folder).filePath(fileName(domain));
}

DomainStore::Loaded DomainStore::load() const
{
    Loaded loaded;
    const QFileInfo folder(m_folder);
    if (!folder.exists())
        return loaded;
    if (!folder.isDir() || !folder.isReadable()) {
        loaded.errors.append({Error::Kind::Refused, QStringLiteral("the folder cannot be read"),
                              printable(m_folder)});
        return loaded;
    }
    const QDir::Filters filter =
            QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot;
    QDirIterator files(m_folder, {QStringLiteral("*.json")}, filter);
    while (files.hasNext()) {
        const QString path = files.next();
        const Result<QByteArray> octets = octetsOf(path);
        if (!octets) {
            loaded.errors.append(octets.error());
            continue;
        }
        const Result<KeptDomain> kept = readKept(*octets);
        // A copy under another name must not come up as a second domain of that name.
        if (kept && fileName(kept->domain) == QFileInfo(path).fileName()) {
            loaded.domains.append(*kept);
            continue;
        }
        const Result<QString> name = setAside(path);
        if (name)
            loaded.setAside.append(printable(*name));
        else
            loaded.errors.append(name.error());
    }
    return loaded;
}

/// A folder to write in, and nothing at the path that must not be overwritten.
Result<void> DomainStore::makeRoom(const DomainName &domain) const
{
    const QString path = pathOf(domain);
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
    const Result<KeptDomain> there = readKept(*octets);
    if (there && there->isFromNewer)
        return failed(Error::Kind::Refused,
                      QLatin1String(QT_TRANSLATE_NOOP(
                              "Error", "the file was written by a newer version of this program")),
                      printable(path));
    if (there && there->domain == domain)
        return {};
    if (const Result<QString> name = setAside(path); !name)
        return tl::unexpected(name.error());
    return {};
}

Result<void> DomainStore::save(const KeptDomain &kept) const
{
    if (kept.domain.isEmpty())
        return failed(Error::Kind::Unexpected,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "no domain to keep")));
    if (const Result<void> room = makeRoom(kept.domain); !room)
        return room;
    return write(pathOf(kept.domain), writeKept(kept));
}

Result<QByteArray> DomainStore::forget(const DomainName &domain) const
{
    const QString path = pathOf(domain);
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return QByteArray();
    Result<QByteArray> octets = octetsOf(path);
    if (!octets)
        return octets;
    QFile file(path);
    if (!file.remove())
        return failed(Error::Kind::Refused, printable(file.errorString()), printable(path));
    return octets;
}

Result<void> DomainStore::putBack(const DomainName &domain, const QByteArray &octets) const
{
    if (const Result<void> room = makeRoom(domain); !room)
        return room;
    return write(pathOf(domain), octets);
}
