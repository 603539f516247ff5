// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/domainname.h"

#include "mail/idna.h"

#include <algorithm>
#include <libpsl.h>

namespace {

bool isLabel(const QByteArray &label)
{
    const auto isLdh = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !label.isEmpty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), isLdh);
}

bool isNumber(const QByteArray &label)
{
    return std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<DomainName> DomainName::fromAscii(const QByteArray &ascii)
{
    if (ascii.size() > 253)
        return std::nullopt;
    const QByteArray lower = ascii.toLower();
    const QList<QByteArray> labels = lower.split('.');
    // A name that ends in a number is an IP address to half of the world's software.
    if (labels.size() < 2 || !std::all_of(labels.begin(), labels.end(), isLabel) ||
        isNumber(labels.last()))
        return std::nullopt;
    return DomainName(lower);
}

QString DomainName::display() const
{
    QStringList shown;
    const QList<QByteArray> labels = m_ascii.split('.');
    for (const QByteArray &label : labels)
        shown.append(labelToUnicode(label));
    return isSafeToShow(shown) ? shown.join(QLatin1Char('.')) : QString::fromLatin1(m_ascii);
}

bool isPublicSuffix(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return !lower.isEmpty() && psl_is_public_suffix(psl_builtin(), lower.constData()) != 0;
}

QByteArray organizationalDomain(const QByteArray &name)
{
    QByteArray lower = name.toLower();
    if (lower.endsWith('.'))
        lower.chop(1);
    if (lower.isEmpty() || lower.startsWith('.'))
        return {};
    const char *found = psl_registrable_domain(psl_builtin(), lower.constData());
    return found ? QByteArray(found) : QByteArray();
}
