// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What each line of a policy file gives: RFC 8461 3.2. A line that no sender is sure to read makes
// the file unusable, yet reading goes on, so that the owner sees all faults at once.
#include "mail/policyfields.h"

#include "base/limits.h"
#include "base/printable.h"
#include "mail/idna.h"

#include <algorithm>

namespace {

constexpr qsizetype MostDigits = 10; // RFC 8461 3.2: 1*10(DIGIT)

bool isDigits(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7f;
}

/// "MAX-AGE" and "maxage" are "max_age" to a person, not to a sender.
QByteArray intendedName(const QByteArray &name)
{
    const QByteArray plain =
            name.toLower().replace('-', "").replace('_', "").replace(' ', "").replace('.', "");
    for (const QByteArray known : {"version", "mode", "mx", "max_age"}) {
        if (plain == QByteArray(known).replace('_', ""))
            return known;
    }
    return {};
}

/// The same name in A-labels; empty where there is none.
QByteArray toALabels(const QByteArray &value)
{
    QByteArray name;
    const QStringList labels = QString::fromUtf8(value).split(QLatin1Char('.'));
    for (const QString &label : labels) {
        const bool isStar = name.isEmpty() && label == QLatin1String("*");
        const Result<QByteArray> ascii = isStar ? Result<QByteArray>("*") : labelToAscii(label);
        if (!ascii)
            return {};
        name += (name.isEmpty() ? "" : ".") + *ascii;
    }
    return MxPattern::parse(name) ? name : QByteArray();
}

/// Which of the usual mistakes an ASCII value is that is no pattern (STS-31, 33).
QByteArray mxMistake(const QByteArray &value)
{
    const auto isSeparator = [](char c) { return isWsp(c) || c == ',' || c == ';'; };
    if (value.isEmpty())
        return "STS-31.empty";
    const auto separator = std::find_if(value.begin(), value.end(), isSeparator);
    if (separator != value.end() && isDigits(QByteArray(value.begin(), separator - value.begin())))
        return "STS-31.preference";
    if (separator != value.end())
        return "STS-31.several";
    if (value.contains("://") || value.contains('/'))
        return "STS-31.url";
    if (value.startsWith('[') || value.count(':') > 1)
        return "STS-31.address";
    if (value.contains(':'))
        return "STS-31.port";
    if (value.contains('_'))
        return "STS-31.underscore";
    if (MxPattern::parse(value.chopped(1)) && value.endsWith('.'))
        return "STS-31.dot";
    return value.contains('*') ? "STS-31.wildcard" : "STS-31";
}

} // namespace

void PolicyFields::refuse(const QByteArray &id, const QStringList &values)
{
    usable = false;
    grammarValid = false;
    issues.add(id, Severity::Error, values);
}

void PolicyFields::readLine(const PolicyLine &line)
{
    const QString number = QString::number(line.number);
    PolicyLine plain{line.number, withoutFinalCr(line.octets)};
    if (line.octets.contains('\r'))
        refuse("STS-23", {number});
    const QByteArray &octets = plain.octets;
    if (trimmedWsp(octets).isEmpty()) {
        if (!line.octets.contains('\r'))
            issues.add("STS-24", Severity::Warning, {number});
        grammarValid = false;
        return;
    }
    const bool isClean = readCharacters(plain);
    const qsizetype colon = octets.indexOf(':');
    if (colon < 0) {
        if (isClean)
            refuse("STS-22", {number, printable(octets)});
        return;
    }
    const QByteArray written = octets.left(colon);
    const QByteArray name = trimmedWsp(written);
    // RFC 8461 3.2: sts-policy-field-delim is ":" *WSP, with nothing before the name or the colon.
    if (isWsp(octets.front()))
        refuse("STS-25", {number});
    else if (name != written)
        refuse("STS-25.colon", {number});
    readField(plain, name, trimmedWsp(octets.mid(colon + 1)));
}

bool PolicyFields::readCharacters(const PolicyLine &line)
{
    const auto control = std::find_if(line.octets.begin(), line.octets.end(), isControl);
    if (control != line.octets.end())
        refuse("STS-38",
               {QString::number(line.number), firstOddCharacter(QByteArray(1, *control))});
    else if (!isUtf8(line.octets))
        refuse("STS-37.encoding", {QString::number(line.number)});
    else
        return true;
    return false;
}

void PolicyFields::readField(const PolicyLine &line, const QByteArray &name,
                             const QByteArray &value)
{
    if (!m_hasFields)
        m_firstName = name;
    m_hasFields = true;
    if (name == "version") {
        if (isFirst(m_version, name, value))
            readVersion(value);
    } else if (name == "mode") {
        if (isFirst(m_mode, name, value))
            readMode(value);
    } else if (name == "max_age") {
        if (isFirst(m_maxAge, name, value))
            readMaxAge(value);
    } else if (name == "mx") {
        m_hasMx = true;
        readMx(value);
    } else {
        readExtension(line, name, value);
    }
}

bool PolicyFields::isFirst(std::optional<QByteArray> &seen, const QByteArray &name,
                           const QByteArray &value)
{
    if (!seen) {
        seen = value;
        return true;
    }
    // RFC 8461 3.2: of doubled fields "all entries except for the first SHALL be ignored".
    if (*seen == value)
        issues.add("STS-36.same", Severity::Warning, {QString::fromLatin1(name)});
    else
        issues.add("STS-36", Severity::Error,
                   {QString::fromLatin1(name), printable(*seen), printable(value)});
    return false;
}

void PolicyFields::readVersion(const QByteArray &value)
{
    if (value == "STSv1")
        return;
    if (value.isEmpty())
        refuse("STS-27");
    else if (value.contains(';') && value.contains(':'))
        refuse("STS-27.oneline");
    else if (value.startsWith("v=STSv1"))
        refuse("STS-27.txt", {printable(value)});
    else
        refuse("STS-27.value", {printable(value)});
}

void PolicyFields::readMode(const QByteArray &value)
{
    if (const auto mode = modeFromName(value))
        policy.mode = *mode;
    else if (value.isEmpty())
        refuse("STS-28");
    else if (modeFromName(value.toLower()))
        refuse("STS-28.case", {printable(value), QString::fromLatin1(value.toLower())});
    else
        refuse("STS-28.value", {printable(value)});
}

void PolicyFields::readMaxAge(const QByteArray &value)
{
    if (value.isEmpty() || !isDigits(value)) {
        refuse(value.isEmpty() ? "STS-29" : "STS-29.value", {printable(value)});
        return;
    }
    const bool hasFewDigits = value.size() <= MostDigits;
    policy.maxAge = hasFewDigits ? value.toLongLong() : 0;
    if (hasFewDigits && policy.maxAge <= Limits::MaxAge)
        return;
    // Erratum 7282: ten digits are in the grammar, the limit is only in the prose.
    issues.add(hasFewDigits ? "STS-29.range" : "STS-29.digits", Severity::Error,
               {printable(value)});
    usable = false;
    grammarValid = grammarValid && hasFewDigits;
}

void PolicyFields::readMx(const QByteArray &value)
{
    if (const auto pattern = MxPattern::parse(value)) {
        policy.mx.append(*pattern);
        return;
    }
    const QString shown = printable(value);
    if (isAscii(value)) {
        refuse(mxMistake(value), {shown});
    } else if (!isUtf8(value)) {
        refuse("STS-31", {shown});
    } else {
        // RFC 8461 3.2: internationalized names are written as A-labels.
        const QByteArray ascii = toALabels(value);
        if (ascii.isEmpty())
            refuse("STS-32.character", {shown, firstOddCharacter(value)});
        else
            refuse("STS-32", {shown, QString::fromLatin1(ascii)});
    }
}

void PolicyFields::readExtension(const PolicyLine &line, const QByteArray &name,
                                 const QByteArray &value)
{
    policy.extensions.append({name, value});
    const QString number = QString::number(line.number);
    if (!isExtensionName(name) || !isExtensionValue(value)) {
        grammarValid = false;
        issues.add("STS-35", Severity::Warning, {number, printable(line.octets)});
    } else if (!isAscii(value)) {
        issues.add("STS-37", Severity::Info, {number});
    }
}

void PolicyFields::noteMisspelling(const QByteArray &written, const QByteArray &right,
                                   bool isMissing)
{
    issues.add("STS-26", isMissing ? Severity::Error : Severity::Warning,
               {printable(written), QString::fromLatin1(right)});
}

void PolicyFields::finish()
{
    for (const auto &[name, value] : std::as_const(policy.extensions)) {
        const QByteArray right = intendedName(name);
        if (!right.isEmpty())
            noteMisspelling(name, right,
                            (right == "version" && !m_version) || (right == "mode" && !m_mode) ||
                                    (right == "max_age" && !m_maxAge) ||
                                    (right == "mx" && !m_hasMx));
    }
    if (!m_version)
        refuse("STS-27");
    else if (m_firstName != "version") // legal, but a large sender documents the first line
        issues.add("STS-34", Severity::Warning);
    if (!m_mode)
        refuse("STS-28");
    if (!m_maxAge)
        refuse("STS-29");
    const bool needsMx = m_mode && modeFromName(*m_mode) && policy.mode != Policy::Mode::None;
    if (needsMx && !m_hasMx)
        refuse("STS-30");
}
