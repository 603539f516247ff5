// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Patterns and mail server names compared label by label, on octets: RFC 8461 4.1.
#include "mail/mxpattern.h"

#include <algorithm>

namespace {

constexpr qsizetype LongestName = 253; // RFC 1035 2.3.4, without the root
constexpr qsizetype LongestLabel = 63;

enum class Underscore { Refused, Tolerated };

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isLabel(const QByteArray &label, Underscore underscore)
{
    if (label.isEmpty() || label.size() > LongestLabel || label.startsWith('-') ||
        label.endsWith('-'))
        return false;
    return std::all_of(label.begin(), label.end(), [underscore](char c) {
        return isLetterOrDigit(c) || c == '-' || (c == '_' && underscore == Underscore::Tolerated);
    });
}

bool areLabels(const QByteArray &name, Underscore underscore)
{
    const QList<QByteArray> labels = name.split('.');
    return std::all_of(labels.begin(), labels.end(), [underscore](const QByteArray &label) {
        return isLabel(label, underscore);
    });
}

/// STS-68: DNS names may be written with the root's dot, patterns never are.
QByteArray withoutFinalDot(const QByteArray &name)
{
    return name.endsWith('.') ? name.chopped(1) : name;
}

} // namespace

std::optional<MxPattern> MxPattern::parse(const QByteArray &text)
{
    // RFC 8461 3.2: ["*."] Domain, and RFC 5321 4.1.2 Domain has neither "_" nor a final dot.
    const QByteArray domain = text.startsWith("*.") ? text.mid(2) : text;
    if (text.size() > LongestName || !areLabels(domain, Underscore::Refused))
        return std::nullopt;
    return MxPattern(text);
}

bool MxPattern::matches(const QByteArray &mxHost) const
{
    if (!isHostName(mxHost))
        return false;
    const QByteArray host = withoutFinalDot(mxHost).toLower();
    const QByteArray pattern = m_text.toLower();
    if (!isWildcard())
        return host == pattern;
    // RFC 8461 4.1: the wildcard stands for the whole left-most label and for that one only.
    const qsizetype dot = host.indexOf('.');
    return dot > 0 && host.mid(dot + 1) == pattern.mid(2);
}

bool isHostName(const QByteArray &name)
{
    const QByteArray host = withoutFinalDot(name);
    return host.size() <= LongestName && areLabels(host, Underscore::Tolerated);
}

bool anyMatches(const QList<MxPattern> &patterns, const QByteArray &mxHost)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&mxHost](const MxPattern &pattern) { return pattern.matches(mxHost); });
}
