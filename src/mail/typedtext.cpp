// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/typedtext.h"

#include "base/printable.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

/// UTS 46 maps these to nothing; they come with copied text and mean nothing in a name.
bool isIgnored(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0xAD || u == 0x34F || (u >= 0x180B && u <= 0x180D) || u == 0x200B || u == 0x2060 ||
           u == 0x2064 || (u >= 0xFE00 && u <= 0xFE0F) || u == 0xFEFF;
}

bool isDirectionMark(QChar c)
{
    return c == QChar(0x200E) || c == QChar(0x200F) || c == QChar(0x61C);
}

bool isIpv6(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^[0-9A-Fa-f:.]+(?:%.*)?$"));
    return text.count(QLatin1Char(':')) > 1 && form.match(text).hasMatch();
}

} // namespace

QString cleaned(const QString &typed, QList<Issue> &issues)
{
    QString text;
    for (const QChar c : typed) {
        if (!isIgnored(c))
            text += c;
    }
    const qsizetype kept = text.size();
    text = text.trimmed();
    bool marks = false;
    while (!text.isEmpty() && (isDirectionMark(text.front()) || isDirectionMark(text.back()))) {
        text = (isDirectionMark(text.front()) ? text.sliced(1) : text.chopped(1)).trimmed();
        marks = true;
    }
    if (kept < typed.size() || marks)
        issues.append({"NAME-3", Severity::Info, {}});
    return text;
}

QString firstHidden(const QString &text)
{
    const QList<uint> points = text.toUcs4();
    for (const uint c : points) {
        const bool joiner = c == 0x200C || c == 0x200D; // IDNA decides about these by context
        if (joiner || QChar::isSpace(c))
            continue;
        const QString one = QString::fromUcs4(reinterpret_cast<const char32_t *>(&c), 1);
        if (const QString shown = printable(one); shown != one)
            return shown;
    }
    return text.isValidUtf16() ? QString() : QStringLiteral("\\u{FFFD}");
}

bool isSeveralNames(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("[\\s,;|]+"));
    static const QRegularExpression name(QStringLiteral(
            "^(?:[A-Za-z]+:/+)?(?:[^\"\\s@]*@)?[^\\x00-\\x2C\\x2E\\x2F:-@\\[-`{-\\x7F]+"
            "(?:\\.[^\\x00-\\x2C\\x2E\\x2F:-@\\[-`{-\\x7F]+)+\\.?(?::\\d+)?(?:/.*)?$"));
    if (text.contains(QLatin1Char('"')))
        return false;
    const QStringList parts = text.split(separator, Qt::SkipEmptyParts);
    return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [](const QString &part) {
               return name.match(part).hasMatch();
           });
}

std::optional<QString> hostIn(QString text, QList<Issue> &issues)
{
    static const QRegularExpression scheme(
            QStringLiteral("^(?:[A-Za-z][A-Za-z0-9+.\\-]*:)?[/\\\\]{2}"));
    static const QRegularExpression pathStart(QStringLiteral("[/?#]"));
    static const QRegularExpression urlPathStart(QStringLiteral("[/?#\\\\]"));
    static const QRegularExpression port(QStringLiteral(":\\d{0,5}$"));
    const QRegularExpressionMatch match = scheme.match(text);
    bool isUrl = match.hasMatch();
    bool isAddress = false;
    if (isUrl) {
        text.remove(0, match.capturedLength());
        if (const qsizetype cut = text.indexOf(urlPathStart); cut >= 0)
            text.truncate(cut);
        text = text.mid(text.lastIndexOf(QLatin1Char('@')) + 1);
    } else if (text.contains(QLatin1Char('@'))) {
        isAddress = true;
        text = text.mid(text.lastIndexOf(QLatin1Char('@')) + 1);
        if (text.endsWith(QLatin1Char('>')))
            text.chop(1);
    }
    if (const qsizetype cut = text.indexOf(pathStart); cut >= 0) {
        text.truncate(cut);
        isUrl = true;
    }
    text = text.trimmed();
    const bool isIp = text.startsWith(QLatin1Char('[')) || isIpv6(text);
    if (const QRegularExpressionMatch end = port.match(text); !isIp && end.hasMatch()) {
        text.truncate(end.capturedStart());
        isUrl = true;
    }
    if (isAddress && text.isEmpty()) {
        issues.append({"NAME-4.empty", Severity::Error, {}});
        return std::nullopt;
    }
    if (isIp) {
        issues.append({"NAME-11", Severity::Error, {printable(text, 100)}});
        return std::nullopt;
    }
    if (isAddress || isUrl)
        issues.append({isAddress ? "NAME-4" : "NAME-5", Severity::Info, {printable(text, 100)}});
    return text;
}
