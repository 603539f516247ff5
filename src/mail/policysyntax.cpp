// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The character level of RFC 8461 3.2. Octets throughout: a Unicode-aware trim or split would take
// a no-break space for white space and U+2028 for a line end, and senders do not.
#include "mail/policysyntax.h"

#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace {

constexpr int MostOfOneKind = 5;
constexpr qsizetype LongestExtensionName = 32;

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isPrintableAscii(char c)
{
    return c >= 0x20 && c < 0x7f;
}

/// Keeps a byte order mark, which QString::fromUtf8() would swallow.
std::optional<QString> decodeUtf8(const QByteArray &octets)
{
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    const QString decoded = decoder.decode(octets);
    if (decoder.hasError() || decoded.toUtf8().size() != octets.size())
        return std::nullopt;
    return decoded;
}

} // namespace

void IssueList::add(const QByteArray &id, Severity severity, const QStringList &values)
{
    const auto same = [&id](const Issue &issue) { return issue.id == id; };
    if (std::count_if(m_issues.begin(), m_issues.end(), same) < MostOfOneKind)
        m_issues.append({id, severity, values});
}

QList<PolicyLine> policyLines(const QByteArray &body)
{
    QList<PolicyLine> lines;
    qsizetype at = 0;
    while (at < body.size()) {
        const qsizetype found = body.indexOf('\n', at);
        const qsizetype end = found < 0 ? body.size() : found;
        QByteArray octets = body.mid(at, end - at);
        // RFC 8461 3.2: sts-policy-term is LF / CRLF; a CR without its LF is not part of one.
        if (found >= 0 && octets.endsWith('\r'))
            octets.chop(1);
        lines.append({static_cast<int>(lines.size()) + 1, octets});
        at = end + 1;
    }
    return lines;
}

bool isWsp(char c)
{
    return c == ' ' || c == '\t';
}

QByteArray trimmedWsp(const QByteArray &octets)
{
    const auto first = std::find_if_not(octets.begin(), octets.end(), isWsp);
    const auto last = std::find_if_not(octets.rbegin(), octets.rend(), isWsp).base();
    return first < last ? QByteArray(first, last - first) : QByteArray();
}

QByteArray withoutFinalCr(QByteArray octets)
{
    while (octets.endsWith('\r'))
        octets.chop(1);
    return octets;
}

bool isAscii(const QByteArray &octets)
{
    return std::none_of(octets.begin(), octets.end(),
                        [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

bool isUtf8(const QByteArray &octets)
{
    return decodeUtf8(octets).has_value();
}

QString firstOddCharacter(const QByteArray &octets)
{
    const auto odd = std::find_if_not(octets.begin(), octets.end(), isPrintableAscii);
    if (odd == octets.end())
        return {};
    const auto unicode = [](char32_t c) {
        return QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    };
    const QByteArray rest = octets.mid(odd - octets.begin(), 4);
    const auto octet = static_cast<unsigned char>(*odd);
    if (octet < 0x80)
        return unicode(octet);
    for (qsizetype length = 2; length <= rest.size(); ++length) {
        if (const auto decoded = decodeUtf8(rest.left(length)))
            return unicode(decoded->toUcs4().value(0));
    }
    return QStringLiteral("0x") + QString::number(octet, 16).toUpper();
}

bool isExtensionName(const QByteArray &name)
{
    if (name.isEmpty() || name.size() > LongestExtensionName || !isLetterOrDigit(name.front()))
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    });
}

bool isExtensionValue(const QByteArray &value)
{
    // RFC 8461 3.2: visible characters and UTF-8, with white space only between them.
    return !value.isEmpty() && isUtf8(value) && std::all_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x7f || isPrintableAscii(c) || c == '\t';
    });
}

QByteArray otherFormat(const QByteArray &body)
{
    if (body.startsWith("\xff\xfe") || body.startsWith("\xfe\xff"))
        return "STS-37.utf16";
    const auto isSpace = [](char c) { return isWsp(c) || c == '\r' || c == '\n'; };
    const auto first = std::find_if_not(body.begin(), body.end(), isSpace);
    const QByteArray head = body.mid(first - body.begin(), 16).toLower();
    if (head.startsWith('<'))
        return "STS-40.html";
    if (head.startsWith('{') || head.startsWith('['))
        return "STS-40.json";
    if (head.startsWith("```") || head.startsWith("~~~"))
        return "STS-40.fence";
    if (head.startsWith("v=sts") || head.startsWith("\"v=sts"))
        return "STS-40.txt";
    return {};
}
