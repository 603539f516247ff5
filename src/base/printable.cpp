// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"

#include <QStringDecoder>
#include <QStringList>

#include <algorithm>

namespace {

bool isHidden(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xD800 && c <= 0xDFFF) || (c >= 0xE0000 && c <= 0xE007F);
}

QString escaped(char32_t c)
{
    if (c < 0x100)
        return QStringLiteral("\\x%1").arg(uint(c), 2, 16, QLatin1Char('0'));
    return QStringLiteral("\\u{%1}").arg(QString::number(uint(c), 16).toUpper());
}

} // namespace

QString printable(const QString &text, int limit)
{
    const auto isPlain = [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F; };
    if (text.size() <= limit && std::all_of(text.begin(), text.end(), isPlain))
        return text; // nearly all there is to show
    QString out;
    int shown = 0;
    const QList<uint> points = text.left(qsizetype(limit) * 2 + 2).toUcs4();
    for (const uint point : points) {
        if (shown++ >= limit)
            return out + QChar(0x2026);
        if (isHidden(point))
            out += escaped(point);
        else
            out += QString::fromUcs4(reinterpret_cast<const char32_t *>(&point), 1);
    }
    return out;
}

QString printable(const QByteArray &octets, int limit)
{
    const QByteArray seen = octets.left(qsizetype(limit) * 4 + 4);
    QStringDecoder utf8(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    const QString text = utf8(seen);
    // A cut in the middle of a character is not bad UTF-8 of the peer's.
    if (!utf8.hasError() ||
        (seen.size() < octets.size() && !text.chopped(1).contains(QChar::ReplacementCharacter)))
        return printable(text, limit);
    QString out;
    for (qsizetype i = 0; i < seen.size(); ++i) {
        if (i >= limit)
            return out + QChar(0x2026);
        const auto c = uchar(seen.at(i));
        out += c > 0x7E || c < 0x20 ? escaped(c) : QString(QLatin1Char(char(c)));
    }
    return out;
}

QString fillIn(const QString &pattern, const QStringList &values)
{
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar next = i + 1 < pattern.size() ? pattern.at(i + 1) : QChar();
        if (pattern.at(i) == QLatin1Char('%') && next >= QLatin1Char('1') &&
            next <= QLatin1Char('9')) {
            out += values.value(next.digitValue() - 1);
            ++i;
        } else {
            out += pattern.at(i);
        }
    }
    return out;
}
