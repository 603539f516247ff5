// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rolloverstore.h"

#include "base/printable.h"
#include "dane/rolloverjson.h"
#include "dane/tlsamaking.h"

#include <QCoreApplication>

#include <algorithm>

QString RolloverStore::fileName(const QByteArray &host, quint16 port)
{
    return KeptFiles::fileName(tlsaOwner(host, port));
}

RolloverStore::Loaded RolloverStore::load() const
{
    const KeptFiles::Listed listed = m_files.list();
    Loaded loaded{{}, {}, listed.errors};
    for (const QString &name : listed.names) {
        const Result<QByteArray> octets = m_files.read(name);
        if (!octets || isRolloverOfNewer(*octets)) {
            loaded.errors.append(octets ? keptByNewer(name).value() : octets.error());
            continue;
        }
        const Result<KeptRollover> kept = readRollover(*octets);
        // A copy under another name must not come up as a second change of that key.
        if (kept && fileName(kept->host, kept->port) == name) {
            loaded.rollovers.append(*kept);
            continue;
        }
        m_files.setAside(name, loaded.setAside, loaded.errors);
    }
    std::sort(loaded.rollovers.begin(), loaded.rollovers.end(),
              [](const KeptRollover &a, const KeptRollover &b) {
                  return std::pair(a.host, a.port) < std::pair(b.host, b.port);
              });
    return loaded;
}

Result<std::optional<KeptRollover>> RolloverStore::read(const QByteArray &host, quint16 port) const
{
    const QString name = fileName(host, port);
    const Result<QByteArray> octets = m_files.read(name);
    if (!octets && octets.error().kind == Error::Kind::NotFound)
        return std::nullopt;
    if (!octets)
        return tl::unexpected(octets.error());
    if (isRolloverOfNewer(*octets))
        return keptByNewer(name);
    const Result<KeptRollover> kept = readRollover(*octets);
    if (kept && kept->host == host && kept->port == port)
        return *kept;
    const Result<QString> aside = m_files.setAside(name);
    if (!aside)
        return tl::unexpected(aside.error());
    return failed(Error::Kind::Malformed,
                  QLatin1String(QT_TRANSLATE_NOOP(
                          "Error", "the file could not be understood and was set aside; nothing "
                                   "was deleted")),
                  printable(*aside));
}

Result<void> RolloverStore::save(const KeptRollover &kept) const
{
    const auto judge = [&kept](const QByteArray &octets) {
        if (isRolloverOfNewer(octets))
            return KeptFiles::Holds::Newer;
        const Result<KeptRollover> there = readRollover(octets);
        const bool isSame = there && there->host == kept.host && there->port == kept.port;
        return isSame ? KeptFiles::Holds::Ours : KeptFiles::Holds::Broken;
    };
    return m_files.write(fileName(kept.host, kept.port), writeRollover(kept), judge);
}

Result<bool> RolloverStore::forget(const QByteArray &host, quint16 port) const
{
    const Result<QByteArray> octets = m_files.forget(fileName(host, port));
    if (!octets)
        return tl::unexpected(octets.error());
    return !octets->isEmpty();
}
