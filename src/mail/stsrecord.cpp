// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8461 3.1: first the STS records are picked out of the TXT set, then the one that is left is
// judged by the grammar; a record outside the grammar counts as no policy.
#include "mail/stsrecord.h"

#include "base/printable.h"
#include "mail/policysyntax.h"

#include <algorithm>

namespace {

constexpr auto Version = "v=STSv1";
constexpr qsizetype VersionSize = 7;
constexpr qsizetype LongestId = 32;

enum class Kind {
    Strict,  // begins with "v=STSv1;"
    Loose,   // white space before the semicolon: in the grammar, not in the prose (STS-13)
    Attempt, // meant as an STS record, seen as one by no sender
    Other,
};

Kind kindOf(const QByteArray &text)
{
    if (text.startsWith(Version)) {
        qsizetype at = VersionSize;
        while (at < text.size() && isWsp(text.at(at)))
            ++at;
        if (at < text.size() && text.at(at) == ';')
            return at == VersionSize ? Kind::Strict : Kind::Loose;
    }
    const QByteArray lower = text.toLower();
    return lower.contains("stsv") || lower.startsWith("v=sts") ? Kind::Attempt : Kind::Other;
}

/// A version that is not ours, "v=STSv2" or "v=STSv10": senders of today skip it.
bool isOtherVersion(const QByteArray &text)
{
    const QByteArray lower = text.toLower();
    if (!lower.startsWith("v=stsv"))
        return false;
    const auto digits = std::find_if_not(lower.begin() + 6, lower.end(),
                                         [](char c) { return c >= '0' && c <= '9'; });
    const QByteArray number(lower.begin() + 6, digits - lower.begin() - 6);
    return !number.isEmpty() && number != "1";
}

Issue whyAttemptFails(const QByteArray &text)
{
    const QStringList shown{printable(text)};
    if (isOtherVersion(text))
        return {"STS-4.version", Severity::Warning, shown};
    if (text.startsWith('"') || text.startsWith('\''))
        return {"STS-14", Severity::Error, shown};
    if (text.contains('\\'))
        return {"STS-14.backslash", Severity::Error, shown};
    return {"STS-4", Severity::Error, shown};
}

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isId(const QByteArray &value)
{
    return !value.isEmpty() && value.size() <= LongestId &&
           std::all_of(value.begin(), value.end(), isLetterOrDigit);
}

bool isFieldValue(const QByteArray &value)
{
    // RFC 8461 3.1: %x21-3A / %x3C / %x3E-7E, visible but for "=" and ";".
    return !value.isEmpty() && std::all_of(value.begin(), value.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != '=' && c != ';';
    });
}

/// The fields of one record, everything after its version.
class RecordFields
{
public:
    explicit RecordFields(const QByteArray &text);

    std::optional<QByteArray> id;
    QList<QPair<QByteArray, QByteArray>> extensions;
    IssueList issues;
    bool valid = true;

private:
    void refuse(const QByteArray &why, const QStringList &values = {});
    void readCharacters(const QByteArray &text);
    void readField(const QByteArray &field, const QString &position);
    void readId(const QByteArray &value);
    bool m_idWritten = false;
    QByteArray m_idMisspelt;
};

RecordFields::RecordFields(const QByteArray &text)
{
    readCharacters(text);
    const QByteArray end = trimmedWsp(text);
    qsizetype at = text.indexOf(';') + 1;
    while (at < text.size()) {
        const qsizetype found = text.indexOf(';', at);
        const qsizetype next = found < 0 ? text.size() : found;
        const QByteArray raw = text.mid(at, next - at);
        const QByteArray field = trimmedWsp(raw);
        const QString position = QString::number(at + 1);
        const bool isLast = found < 0;
        // RFC 8461 3.1: white space belongs to a semicolon, and no field is empty.
        if (field.isEmpty() && !isLast)
            refuse("STS-11", {position});
        else if (isLast && !field.isEmpty() && isWsp(raw.back()))
            refuse("STS-11.end", {QString::number(end.size() + 1)});
        if (!field.isEmpty())
            readField(field, position);
        at = next + 1;
    }
    if (!m_idWritten && m_idMisspelt.isEmpty())
        refuse("STS-8.missing");
    else if (!m_idWritten)
        refuse("STS-8.case", {printable(m_idMisspelt)});
}

void RecordFields::refuse(const QByteArray &why, const QStringList &values)
{
    valid = false;
    issues.add(why, Severity::Error, values);
}

void RecordFields::readCharacters(const QByteArray &text)
{
    const auto isOdd = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') ||
               static_cast<unsigned char>(c) > 0x7e;
    };
    const auto odd = std::find_if(text.begin(), text.end(), isOdd);
    if (odd == text.end())
        return;
    const qsizetype at = odd - text.begin();
    const bool isControl = static_cast<unsigned char>(*odd) < 0x80;
    refuse(isControl ? "STS-3.control" : "STS-3",
           {QString::number(at + 1), firstOddCharacter(text.mid(at, 4))});
}

void RecordFields::readField(const QByteArray &field, const QString &position)
{
    const qsizetype equals = field.indexOf('=');
    const QByteArray name = field.left(equals < 0 ? field.size() : equals);
    const QByteArray value = equals < 0 ? QByteArray() : field.mid(equals + 1);
    const auto touches = [](const QByteArray &text) {
        return std::any_of(text.begin(), text.end(), isWsp);
    };
    if (equals >= 0 && touches(field))
        refuse("STS-11.space", {printable(field), position});
    if (name == "id" && equals >= 0) {
        readId(value);
        return;
    }
    if (trimmedWsp(name).toLower() == "id")
        m_idMisspelt = name;
    if (equals < 0)
        refuse("STS-9.equals", {printable(field)});
    else if (!isExtensionName(trimmedWsp(name)))
        refuse("STS-9.name", {printable(name)});
    else if (!isFieldValue(trimmedWsp(value)))
        refuse("STS-9", {printable(field)});
    else
        extensions.append({name, value});
    if (name == "v") // RFC 8461 3.2: of doubled fields the first counts
        issues.add("STS-10.version", Severity::Error);
}

void RecordFields::readId(const QByteArray &value)
{
    if (m_idWritten) {
        issues.add("STS-10", Severity::Error,
                   {printable(id.value_or(QByteArray())), printable(value)});
        return;
    }
    m_idWritten = true;
    id = value;
    if (value.isEmpty())
        refuse("STS-8.empty");
    else if (value.size() > LongestId)
        refuse("STS-8.length", {printable(value), QString::number(value.size())});
    else if (!isId(value))
        refuse("STS-8", {printable(value)});
}

struct Sorted
{
    QList<QByteArray> strict;
    QList<QByteArray> loose;
    QList<QByteArray> attempts;
    QList<QByteArray> others;
};

Sorted sortTexts(const QList<QByteArray> &texts)
{
    Sorted sorted;
    for (const QByteArray &text : texts) {
        const Kind kind = kindOf(text);
        (kind == Kind::Strict    ? sorted.strict
         : kind == Kind::Loose   ? sorted.loose
         : kind == Kind::Attempt ? sorted.attempts
                                 : sorted.others)
                .append(text);
    }
    return sorted;
}

StsReading readNoRecord(const Sorted &sorted)
{
    StsReading reading;
    reading.outcome = RecordOutcome::None;
    IssueList list;
    for (const QByteArray &text : sorted.attempts) {
        const Issue issue = whyAttemptFails(text);
        list.add(issue.id, issue.severity, issue.values);
    }
    if (sorted.attempts.isEmpty()) {
        list.add("STS-1", Severity::Info);
        if (!sorted.others.isEmpty()) // somebody answers for the name, most likely a wildcard
            list.add("STS-17.text", Severity::Warning, {printable(sorted.others.first())});
    }
    reading.issues = list.issues();
    return reading;
}

void addNeighbours(const Sorted &sorted, IssueList &list)
{
    const bool isLooseBeside = !sorted.strict.isEmpty() || sorted.loose.size() > 1;
    if (!sorted.loose.isEmpty())
        list.add(isLooseBeside ? "STS-13.beside" : "STS-13",
                 isLooseBeside ? Severity::Error : Severity::Warning,
                 {printable(sorted.loose.first())});
    const QList<QByteArray> ignored = sorted.attempts + sorted.others;
    if (!ignored.isEmpty())
        list.add("STS-5", Severity::Info, {QString::number(ignored.size())});
    // A widely used sender counts whatever begins with v=STSv1, and then finds two records.
    for (const QByteArray &text : sorted.attempts) {
        if (text.startsWith(Version))
            list.add("STS-5.counted", Severity::Warning, {printable(text)});
    }
}

} // namespace

StsReading readStsRecords(const QList<QByteArray> &texts)
{
    const Sorted sorted = sortTexts(texts);
    // RFC 8461 3.1: "not beginning with v=STSv1; are discarded"; the loose form counts when alone.
    const QList<QByteArray> &records = sorted.strict.isEmpty() ? sorted.loose : sorted.strict;
    if (records.isEmpty())
        return readNoRecord(sorted);
    StsReading reading;
    IssueList list;
    addNeighbours(sorted, list);
    if (records.size() > 1) {
        reading.outcome = RecordOutcome::Multiple;
        list.add("STS-6", Severity::Error, {QString::number(records.size())});
        reading.issues = list.issues();
        return reading;
    }
    const RecordFields fields(records.first());
    reading.text = records.first();
    reading.outcome = fields.valid ? RecordOutcome::Valid : RecordOutcome::Invalid;
    reading.issues = list.issues() + fields.issues.issues();
    if (fields.valid) {
        reading.id = fields.id.value_or(QByteArray());
        reading.extensions = fields.extensions;
    }
    return reading;
}

QByteArray writeStsRecord(const QByteArray &id)
{
    return "v=STSv1; id=" + id + ';';
}

QByteArray newStsId(const QDateTime &now, const QByteArray &lastSeen)
{
    QDateTime time = now.toUTC();
    const auto written = [&time] {
        return time.toString(QStringLiteral("yyyyMMdd'T'hhmmss")).toLatin1();
    };
    if (written() == lastSeen) // two changes within one second
        time = time.addSecs(1);
    return written();
}
