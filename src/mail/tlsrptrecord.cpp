// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/tlsrptrecord.h"

#include "base/printable.h"
#include "mail/domainname.h"
#include "mail/reporturi.h"

#include <algorithm>

namespace {

constexpr char Version[] = "v=TLSRPTv1";
constexpr qsizetype VersionSize = sizeof(Version) - 1;

enum class Kind { Strict, Loose, Quoted, OtherVersion, Draft, Unrelated };

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

QByteArray stripped(QByteArray text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text.remove(0, 1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

Kind kindOf(const QByteArray &text)
{
    if (text.startsWith(Version)) {
        qsizetype end = VersionSize;
        while (end < text.size() && isSpace(text.at(end)))
            ++end;
        if (end < text.size() && text.at(end) == ';')
            return end == VersionSize ? Kind::Strict : Kind::Loose;
        if (end + 1 < text.size() && text.at(end) == '\\' && text.at(end + 1) == ';')
            return Kind::Quoted;
        const bool digit = VersionSize < text.size() && text.at(VersionSize) >= '0' &&
                           text.at(VersionSize) <= '9';
        return digit ? Kind::OtherVersion : Kind::Draft;
    }
    if (text.startsWith('"') && text.contains("TLSRPTv1"))
        return Kind::Quoted;
    if (text.startsWith("v=TLSRPTv"))
        return Kind::OtherVersion;
    const QByteArray lower = text.toLower();
    return lower.contains("tlsrptv1") || stripped(lower).startsWith("rua=") ? Kind::Draft
                                                                            : Kind::Unrelated;
}

/// What to say about records that are not ours, when none of them counts.
void noteOthers(const QList<QByteArray> &texts, TlsRptReading &out)
{
    bool unrelated = false;
    bool near = false;
    for (const QByteArray &text : texts) {
        const Kind kind = kindOf(text);
        const QStringList values = {printable(text, 200)};
        if (kind == Kind::Quoted)
            out.issues.append({"RPT-17", Severity::Error, values});
        else if (kind == Kind::OtherVersion)
            out.issues.append({"RPT-2.version", Severity::Warning, values});
        else if (kind == Kind::Draft)
            out.issues.append({"RPT-2", Severity::Error, values});
        near = near || kind != Kind::Unrelated;
        unrelated = unrelated || kind == Kind::Unrelated;
    }
    if (!near)
        out.issues.append({"RPT-1", Severity::Info, {}});
    if (unrelated)
        out.issues.append({"RPT-3.unrelated", Severity::Info, {}});
}

bool isExtensionName(const QByteArray &name)
{
    const auto isAlnum = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !name.isEmpty() && name.size() <= 32 && isAlnum(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return isAlnum(c) || c == '_' || c == '-' || c == '.'; });
}

/// The fields of one record and what is found in them.
class Reader
{
public:
    Reader(const QByteArray &policyDomain, TlsRptReading &out)
        : m_policyDomain(policyDomain)
        , m_out(out)
    {
    }
    void read(const QByteArray &text);

private:
    void fail(const char *id, const QByteArray &seen = {})
    {
        m_out.issues.append({id, Severity::Error, {printable(seen, 200)}});
        m_broken = true;
    }
    void readField(const QByteArray &raw, bool spaceBefore);
    void readRua(const QByteArray &value);
    void noteExtension(const QByteArray &name, bool spaceBefore);
    void noteDestinations();

    QByteArray m_policyDomain;
    TlsRptReading &m_out;
    bool m_broken = false;
    bool m_afterRua = false; // the field before this one was a rua
    int m_ruaFields = 0;
    QList<ReportUri> m_uris;
};

void Reader::read(const QByteArray &text)
{
    const auto isForeign = [](char c) { return (c < 0x20 && c != '\t') || c >= 0x7F; };
    if (std::any_of(text.begin(), text.end(), isForeign))
        fail("RPT-6.ascii", text);
    QList<QByteArray> fields = text.split(';');
    fields.removeFirst(); // the version
    if (!fields.isEmpty() && stripped(fields.last()).isEmpty())
        fields.removeLast(); // RFC 8460 3: one delimiter may end the record
    else if (!fields.isEmpty() && isSpace(fields.last().back()))
        fail("RPT-6.space"); // white space belongs to a delimiter only
    for (const QByteArray &field : std::as_const(fields))
        readField(field, !field.isEmpty() && isSpace(field.front()));
    if (m_ruaFields == 0 && !m_broken)
        fail("RPT-5");
    if (m_ruaFields > 1)
        m_out.issues.append({"RPT-10", Severity::Warning, {}});
    m_out.outcome = m_broken              ? RecordOutcome::Invalid
                    : m_out.rua.isEmpty() ? RecordOutcome::Unusable
                                          : RecordOutcome::Valid;
    if (m_broken)
        m_out.rua.clear();
    else
        noteDestinations();
}

void Reader::readField(const QByteArray &raw, bool spaceBefore)
{
    const QByteArray field = stripped(raw);
    const qsizetype equals = field.indexOf('=');
    const QByteArray name = field.left(equals);
    if (field.isEmpty()) {
        fail("RPT-6.empty");
    } else if (equals < 0 || !isExtensionName(name)) {
        // "rua =" and a URI cut by an unencoded semicolon end up here as well.
        fail(m_afterRua && equals < 0 ? "RPT-8" : "RPT-6", field);
        if (m_afterRua && equals < 0)
            fail("RPT-6", field);
    } else if (name == "rua") { // RFC 8460 3: %s"rua=", case-sensitive
        ++m_ruaFields;
        m_afterRua = true;
        readRua(field.mid(equals + 1));
        return;
    } else if (equals + 1 == field.size() ||
               std::any_of(field.begin() + equals, field.end(), isSpace) ||
               field.mid(equals + 1).contains('=')) {
        fail("RPT-6", field);
    } else {
        noteExtension(name, spaceBefore);
    }
    m_afterRua = false;
}

void Reader::noteExtension(const QByteArray &name, bool spaceBefore)
{
    // RFC 8460 3: unknown fields are ignored. Right behind a query it is rather the rest of a URI
    // that was cut at an unencoded semicolon.
    const bool hasQuery = !m_out.rua.isEmpty() && m_out.rua.last().contains('?');
    const bool isPath = !m_out.rua.isEmpty() && m_out.rua.last().count('/') > 2;
    if (m_afterRua && !spaceBefore && (hasQuery || isPath))
        m_out.issues.append({"RPT-8.cut", Severity::Warning, {printable(m_out.rua.last(), 200)}});
    if (name == "ruf")
        m_out.issues.append({"RPT-11", Severity::Info, {printable(name, 40)}});
}

void Reader::readRua(const QByteArray &value)
{
    if (value.isEmpty())
        return fail("RPT-5");
    if (isSpace(value.front()))
        return fail("RPT-6.space");
    const QList<QByteArray> items = value.split(',');
    for (const QByteArray &item : items) {
        const QByteArray written = stripped(item);
        if (written.isEmpty()) {
            fail("RPT-6.comma");
            continue;
        }
        const ReportUri uri = readReportUri(written);
        m_out.issues += uri.issues;
        m_broken = m_broken || uri.state == ReportUri::State::Broken;
        if (uri.state == ReportUri::State::Usable)
            m_out.rua.append(written);
        m_uris.append(uri);
    }
}

void Reader::noteDestinations()
{
    const qsizetype count = m_out.rua.size();
    if (count > 0) {
        // RPT-7: beside a usable address, one with another scheme is only left out.
        for (Issue &issue : m_out.issues) {
            if (issue.id == "RPT-7")
                issue = {"RPT-7.ignored", Severity::Warning, issue.values};
        }
    }
    if (count > 1)
        m_out.issues.append({count > 10 ? "RPT-9.many" : "RPT-9",
                             count > 10 ? Severity::Warning : Severity::Info,
                             {QString::number(count)}});
    if (m_policyDomain.isEmpty())
        return;
    const QByteArray own = organizationalDomain(m_policyDomain);
    QStringList foreign;
    bool ownMail = false;
    for (const ReportUri &uri : std::as_const(m_uris)) {
        if (uri.state != ReportUri::State::Usable)
            continue;
        const QString shown = printable(uri.host, 200);
        const bool isOwn = uri.host == m_policyDomain.toLower() ||
                           (!own.isEmpty() && organizationalDomain(uri.host) == own);
        if (!isOwn && !foreign.contains(shown))
            foreign.append(shown);
        ownMail = ownMail || (isOwn && uri.isMail);
    }
    if (!foreign.isEmpty())
        m_out.issues.append({"RPT-13", Severity::Info, {foreign.join(QStringLiteral(", "))}});
    else if (ownMail)
        m_out.issues.append({"RPT-15", Severity::Info, {}});
}

} // namespace

TlsRptReading readTlsRptRecords(const QList<QByteArray> &texts, const QByteArray &policyDomain)
{
    TlsRptReading out;
    QList<QByteArray> strict;
    QList<QByteArray> loose;
    QList<QByteArray> others;
    for (const QByteArray &text : texts) {
        const Kind kind = kindOf(text);
        (kind == Kind::Strict ? strict : kind == Kind::Loose ? loose : others).append(text);
    }
    if (strict.isEmpty() && loose.isEmpty()) {
        out.outcome = RecordOutcome::None;
        noteOthers(others, out);
        return out;
    }
    // RFC 8460 3: records that do not begin with "v=TLSRPTv1;" are discarded. The grammar allows
    // white space before the semicolon and some readers go by it, so that form counts when alone.
    const QList<QByteArray> &counting = strict.isEmpty() ? loose : strict;
    const bool disputed = texts.size() - others.size() > 1;
    if (!loose.isEmpty())
        out.issues.append({disputed ? "RPT-2.disputed" : "RPT-2.space",
                           disputed ? Severity::Error : Severity::Warning,
                           {}});
    if (!others.isEmpty())
        out.issues.append({"RPT-3.unrelated", Severity::Info, {}});
    if (counting.size() > 1) {
        out.outcome = RecordOutcome::Multiple;
        out.issues.append({"RPT-3", Severity::Error, {QString::number(counting.size())}});
        return out;
    }
    out.text = counting.first();
    Reader(policyDomain, out).read(out.text);
    return out;
}

QByteArray writeTlsRptRecord(const QList<QByteArray> &rua)
{
    return QByteArray(Version) + "; rua=" + rua.join(',');
}
