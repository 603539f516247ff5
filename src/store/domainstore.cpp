// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/domainstore.h"

#include "store/keptjson.h"

#include <QCoreApplication>

namespace {

/// What may stand where this domain is to be saved.
KeptFiles::Judge judgeFor(const DomainName &domain)
{
    return [domain](const QByteArray &octets) {
        const Result<KeptDomain> there = readKept(octets);
        if (there && there->isFromNewer)
            return KeptFiles::Holds::Newer;
        return there && there->domain == domain ? KeptFiles::Holds::Ours : KeptFiles::Holds::Broken;
    };
}

} // namespace

QString DomainStore::fileName(const DomainName &domain)
{
    // A-labels are letters, digits, hyphens and dots already; no case to differ in.
    return KeptFiles::fileName(domain.ascii());
}

DomainStore::Loaded DomainStore::load() const
{
    const KeptFiles::Listed listed = m_files.list();
    Loaded loaded{{}, {}, listed.errors};
    for (const QString &name : listed.names) {
        const Result<QByteArray> octets = m_files.read(name);
        if (!octets) {
            loaded.errors.append(octets.error());
            continue;
        }
        const Result<KeptDomain> kept = readKept(*octets);
        // A copy under another name must not come up as a second domain of that name.
        if (kept && fileName(kept->domain) == name) {
            loaded.domains.append(*kept);
            continue;
        }
        m_files.setAside(name, loaded.setAside, loaded.errors);
    }
    return loaded;
}

Result<void> DomainStore::save(const KeptDomain &kept) const
{
    if (kept.domain.isEmpty())
        return failed(Error::Kind::Unexpected,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "no domain to keep")));
    return m_files.write(fileName(kept.domain), writeKept(kept), judgeFor(kept.domain));
}

Result<QByteArray> DomainStore::forget(const DomainName &domain) const
{
    return m_files.forget(fileName(domain));
}

Result<void> DomainStore::putBack(const DomainName &domain, const QByteArray &octets) const
{
    return m_files.write(fileName(domain), octets, judgeFor(domain));
}
