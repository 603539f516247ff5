// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/idna.h"

#include <QSet>
#include <QUrl>

#include <algorithm>
#include <idn2.h>
#include <memory>

namespace {

using Text = std::unique_ptr<char, decltype(&idn2_free)>;

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

bool hasSymbol(const QString &label)
{
    const QList<uint> points = label.toUcs4();
    return std::any_of(points.begin(), points.end(), [](uint c) {
        const QChar::Category category = QChar::category(c);
        return c > 0x7F && category >= QChar::Symbol_Math && category <= QChar::Symbol_Other;
    });
}

/// IDNA2008 refuses symbols, UTS 46 does not; such names exist and get a warning, not a refusal.
Result<QByteArray> symbolsToAscii(const QString &label)
{
    const QByteArray ascii = QUrl::toAce(label);
    if (!ascii.startsWith("xn--"))
        return failed(Error::Kind::Malformed, QStringLiteral("not an internationalized label"));
    if (ascii.size() > 63)
        return failed(Error::Kind::Refused, QStringLiteral("label too long"));
    return ascii;
}

Result<QByteArray> unicodeToAscii(const QString &label)
{
    // libidn2 works on C strings: a NUL would hide what follows.
    if (label.contains(QChar(u'\0')) || !label.isValidUtf16())
        return failed(Error::Kind::Malformed, QStringLiteral("not a label"));
    char *raw = nullptr;
    const int code = idn2_to_ascii_8z(label.toUtf8().constData(), &raw,
                                      IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
    const Text ascii(raw, idn2_free);
    if (code == IDN2_OK)
        return QByteArray(ascii.get()).toLower();
    if (code == IDN2_TOO_BIG_LABEL || code == IDN2_TOO_BIG_DOMAIN ||
        code == IDN2_PUNYCODE_BIG_OUTPUT)
        return failed(Error::Kind::Refused, QStringLiteral("label too long"));
    if ((code == IDN2_DISALLOWED || code == IDN2_UNASSIGNED) && hasSymbol(label))
        return symbolsToAscii(label);
    return failed(Error::Kind::Malformed, QString::fromUtf8(idn2_strerror(code)));
}

std::optional<QString> decoded(const QByteArray &aLabel)
{
    char *raw = nullptr;
    const int code = idn2_to_unicode_8z8z(aLabel.constData(), &raw, 0);
    const Text text(raw, idn2_free);
    if (code != IDN2_OK)
        return std::nullopt;
    return QString::fromUtf8(text.get());
}

bool isRecommended(QChar::Script script)
{
    // UAX 31 table 5, scripts in modern everyday use.
    static const QSet<int> scripts = {
            QChar::Script_Latin,     QChar::Script_Greek,      QChar::Script_Cyrillic,
            QChar::Script_Armenian,  QChar::Script_Hebrew,     QChar::Script_Arabic,
            QChar::Script_Thaana,    QChar::Script_Devanagari, QChar::Script_Bengali,
            QChar::Script_Gurmukhi,  QChar::Script_Gujarati,   QChar::Script_Oriya,
            QChar::Script_Tamil,     QChar::Script_Telugu,     QChar::Script_Kannada,
            QChar::Script_Malayalam, QChar::Script_Sinhala,    QChar::Script_Thai,
            QChar::Script_Lao,       QChar::Script_Tibetan,    QChar::Script_Myanmar,
            QChar::Script_Georgian,  QChar::Script_Hangul,     QChar::Script_Ethiopic,
            QChar::Script_Khmer,     QChar::Script_Hiragana,   QChar::Script_Katakana,
            QChar::Script_Bopomofo,  QChar::Script_Han};
    return scripts.contains(script);
}

/// Letters of the three alphabets that look alike: only those of living orthographies.
bool isEverydayLetter(uint c, QChar::Script script)
{
    switch (script) {
    case QChar::Script_Latin:
        return c < 0x180 || c == 0x1A1 || c == 0x1B0 || (c >= 0x1CD && c <= 0x1DC) ||
               (c >= 0x218 && c <= 0x21B) || c == 0x259 || (c >= 0x1E00 && c <= 0x1EFF);
    case QChar::Script_Cyrillic:
        return (c >= 0x430 && c <= 0x45F) || (c >= 0x48A && c <= 0x4CE) ||
               (c >= 0x4D0 && c <= 0x4FF);
    case QChar::Script_Greek:
        return (c >= 0x3AC && c <= 0x3CE) || c == 0x390;
    default:
        return true;
    }
}

/// Scripts that are written together count as one: Japanese, Korean, Chinese with Bopomofo.
bool isOneWritingSystem(const QSet<int> &scripts)
{
    static const QList<QSet<int>> together = {
            {QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana},
            {QChar::Script_Han, QChar::Script_Hangul},
            {QChar::Script_Han, QChar::Script_Bopomofo}};
    return scripts.size() <= 1 ||
           std::any_of(together.begin(), together.end(),
                       [&](const QSet<int> &system) { return system.contains(scripts); });
}

bool isSafeCommon(uint c, const QString &label)
{
    if (c < 0x80 || c == 0x30FC || c == 0x30FB) // IDNA2008 checks the context of U+30FB
        return true;
    // Catalan middle dot between two l, the only place IDNA2008 allows it.
    return c == 0xB7 && label.contains(QStringLiteral("l\u00B7l"));
}

std::optional<QSet<int>> scriptsOf(const QString &label)
{
    QSet<int> scripts;
    QSet<uint> zeros; // the zero of each digit row used; two rows in one label are a trick
    bool hasMark = false;
    const QList<uint> points = label.toUcs4();
    for (const uint c : points) {
        const QChar::Script script = QChar::script(c);
        if (QChar::category(c) == QChar::Number_DecimalDigit)
            zeros.insert(c - uint(QChar::digitValue(c)));
        if (!QChar::isLetter(c) && !QChar::isMark(c) && !QChar::isDigit(c) &&
            !isSafeCommon(c, label))
            return std::nullopt;
        if (script == QChar::Script_Common) {
            if (!isSafeCommon(c, label))
                return std::nullopt;
        } else if (script == QChar::Script_Inherited) {
            hasMark = true;
        } else if (!isRecommended(script) || !isEverydayLetter(c, script)) {
            return std::nullopt;
        } else {
            scripts.insert(script);
        }
    }
    // After NFC a mark that still stands alone on an alphabetic letter is not everyday spelling.
    const bool alphabetic = scripts.contains(QChar::Script_Latin) ||
                            scripts.contains(QChar::Script_Cyrillic) ||
                            scripts.contains(QChar::Script_Greek);
    if (zeros.size() > 1 || (hasMark && alphabetic) || !isOneWritingSystem(scripts))
        return std::nullopt;
    return scripts;
}

/// Made of letters only that look like Latin ones, as in the well-known all-Cyrillic "apple".
bool looksLatin(const QString &label)
{
    static const QString lookalikes = QStringLiteral(
            "\u0430\u0441\u0501\u0435\u04BB\u0456\u0458\u043E\u0440\u0517\u051B\u0455\u051D\u0445"
            "\u0443\u044A\u044C\u04BD\u043F\u0433\u0475\u0461"
            "\u03B1\u03B9\u03BA\u03BD\u03BF\u03C1\u03C5\u03C7\u03C9");
    return std::all_of(label.begin(), label.end(),
                       [](QChar c) { return c.unicode() < 0x80 || lookalikes.contains(c); });
}

} // namespace

Result<QByteArray> labelToAscii(const QString &label)
{
    const QString lower = isAscii(label) ? label.toLower() : label;
    if (!lower.startsWith(QLatin1String("xn--")) || !isAscii(lower)) {
        const Result<QByteArray> ascii = unicodeToAscii(label);
        // Full-width letters may map to a text that only looks like an A-label.
        if (ascii && ascii->startsWith("xn--") && label.startsWith(QChar(u'\uFF58')))
            return labelToAscii(QString::fromLatin1(*ascii));
        return ascii;
    }
    if (lower.size() > 63)
        return failed(Error::Kind::Refused, QStringLiteral("label too long"));
    // RFC 5891 5.4: an A-label counts only if it is what its Unicode form converts to.
    const QByteArray typed = lower.toLatin1();
    const std::optional<QString> unicode = decoded(typed);
    if (!unicode || isAscii(*unicode))
        return failed(Error::Kind::Malformed, QStringLiteral("not a valid A-label"));
    const Result<QByteArray> again = unicodeToAscii(*unicode);
    if (!again || *again != typed)
        return failed(Error::Kind::Malformed, QStringLiteral("not a valid A-label"));
    return typed;
}

QString labelToUnicode(const QByteArray &label)
{
    if (!label.startsWith("xn--"))
        return QString::fromLatin1(label);
    return decoded(label).value_or(QString::fromLatin1(label));
}

bool hasDeviation(const QString &name)
{
    return std::any_of(name.begin(), name.end(), [](QChar c) {
        return c == QChar(0xDF) || c == QChar(0x1E9E) || c == QChar(0x3C2) || c == QChar(0x200C) ||
               c == QChar(0x200D);
    });
}

bool hasLookalike(const QString &name)
{
    return name.contains(QChar(0x131)) || name.contains(QChar(0x138));
}

bool isSafeToShow(const QStringList &unicodeLabels)
{
    const QString top = unicodeLabels.isEmpty() ? QString() : unicodeLabels.last();
    const bool latinTop = isAscii(top);
    return std::all_of(unicodeLabels.begin(), unicodeLabels.end(), [&](const QString &label) {
        if (isAscii(label))
            return !label.startsWith(QLatin1String("xn--"));
        return scriptsOf(label).has_value() && !(latinTop && looksLatin(label));
    });
}
