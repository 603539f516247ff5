// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/caarecord.h"

#include "base/printable.h"
#include "mail/domainname.h"
#include "mail/zonetext.h"

#include <algorithm>

namespace {

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isTag(const QByteArray &tag)
{
    return !tag.isEmpty() && tag.size() <= 255 && std::all_of(tag.begin(), tag.end(), isAlnum);
}

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

/// An issue or issuewild value (RFC 8659 4.2): who, under which conditions.
struct Permission
{
    QByteArray issuer; // lower case; empty: nobody
    QList<QPair<QByteArray, QByteArray>> parameters;
};

bool isIssuerName(const QByteArray &name)
{
    const QList<QByteArray> labels = name.split('.');
    return std::all_of(labels.begin(), labels.end(), [](const QByteArray &label) {
        return !label.isEmpty() && label.front() != '-' && label.back() != '-' &&
               std::all_of(label.begin(), label.end(),
                           [](char c) { return isAlnum(c) || c == '-'; });
    });
}

/// RFC 8659 4.2: a malformed value counts as an empty issuer name.
Permission permissionOf(const QByteArray &value)
{
    QList<QByteArray> parts = value.split(';');
    Permission out;
    const QByteArray issuer = stripped(parts.takeFirst()).toLower();
    if (issuer.isEmpty() || !isIssuerName(issuer))
        return {};
    if (!parts.isEmpty() && stripped(parts.last()).isEmpty())
        parts.removeLast();
    for (const QByteArray &part : std::as_const(parts)) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray tag = stripped(part.left(equals)).toLower();
        const QByteArray text = stripped(part.mid(equals + 1));
        const bool visible =
                std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
        if (equals < 0 || !isTag(tag) || !visible)
            return {};
        // RFC 8657 3, 4: a condition that says nothing, or twice, is one that nobody meets.
        const bool isCondition = tag == "accounturi" || tag == "validationmethods";
        const bool isRepeated =
                std::any_of(out.parameters.begin(), out.parameters.end(),
                            [&](const auto &earlier) { return earlier.first == tag; });
        if (isCondition && (text.isEmpty() || isRepeated))
            return {};
        out.parameters.append({tag, text});
    }
    out.issuer = issuer;
    return out;
}

/// RFC 8657: what stands between the authority and the certificate; false if it is nothing.
bool readConditions(const Permission &permission, CaaVerdict &out)
{
    for (const auto &[tag, text] : permission.parameters) {
        if (tag == "accounturi")
            out.accountUri = text;
        else if (tag == "validationmethods")
            out.validationMethods = text.split(',');
    }
    return !out.accountUri.isEmpty() || !out.validationMethods.isEmpty();
}

bool isUnderstood(const QByteArray &tag)
{
    static const QList<QByteArray> known = {"issue",        "issuewild",    "iodef",   "issuemail",
                                            "contactemail", "contactphone", "issuevmc"};
    return known.contains(tag);
}

QList<Permission> permissionsFor(const QList<CaaRecord> &set, const QByteArray &tag)
{
    QList<Permission> out;
    for (const CaaRecord &record : set) {
        if (record.tag == tag)
            out.append(permissionOf(record.value));
    }
    return out;
}

CaaVerdict conditional(const Permission &permission, const QString &issuer)
{
    CaaVerdict out;
    out.mayIssue = true;
    if (!readConditions(permission, out))
        return out;
    if (!out.accountUri.isEmpty())
        out.issues.append(
                {"CAA-5.account", Severity::Warning, {issuer, printable(out.accountUri, 200)}});
    if (!out.validationMethods.isEmpty())
        out.issues.append({"CAA-5.methods",
                           Severity::Warning,
                           {issuer, printable(out.validationMethods.join(", "), 200)}});
    return out;
}

} // namespace

std::optional<CaaRecord> caaFromWire(const QByteArray &rdata)
{
    if (rdata.size() < 3)
        return std::nullopt;
    const qsizetype tagSize = uchar(rdata.at(1));
    const QByteArray tag = rdata.mid(2, tagSize);
    if (tag.size() != tagSize || !isTag(tag))
        return std::nullopt;
    return CaaRecord{quint8(rdata.at(0)), tag.toLower(), rdata.mid(2 + tagSize)};
}

std::optional<CaaRecord> caaFromText(const QByteArray &presentation)
{
    if (presentation.size() > 4 * 65535)
        return std::nullopt;
    const std::optional<QList<ZoneToken>> tokens = zoneTokens(presentation);
    if (!tokens)
        return std::nullopt;
    if (const std::optional<QByteArray> data = genericData(*tokens))
        return caaFromWire(*data);
    if (tokens->size() != 3 || !isTag(tokens->at(1).text) || tokens->at(2).text.size() > 65000)
        return std::nullopt;
    const std::optional<quint8> flags = octetNumber(tokens->at(0).text);
    if (!flags)
        return std::nullopt;
    return CaaRecord{*flags, tokens->at(1).text.toLower(), tokens->at(2).text};
}

QByteArray caaToText(const CaaRecord &record)
{
    QByteArray value;
    for (const char c : record.value) {
        if (c == '"' || c == '\\')
            value += QByteArray("\\") + c;
        else if (c >= 0x20 && c < 0x7F)
            value += c;
        else
            value += '\\' + QByteArray::number(uchar(c)).rightJustified(3, '0');
    }
    return QByteArray::number(record.flags) + ' ' + record.tag + " \"" + value + '"';
}

CaaVerdict mayIssue(const QList<CaaRecord> &set, const QByteArray &issuer, CertificateKind kind)
{
    const QString shown = printable(issuer, 200);
    for (const CaaRecord &record : set) {
        // RFC 8659 4.1: bit 0 says critical; the other bits are ignored.
        if ((record.flags & 0x80) != 0 && !isUnderstood(record.tag))
            return {false,
                    {},
                    {},
                    {{"CAA-6", Severity::Error, {shown, printable(record.tag, 200)}}}};
    }
    QList<Permission> permissions = permissionsFor(set, "issue");
    const QList<Permission> wild = permissionsFor(set, "issuewild");
    // RFC 8659 4.3: issuewild takes the place of issue, for wildcard certificates only.
    const bool byWild = kind == CertificateKind::Wildcard && !wild.isEmpty();
    if (byWild)
        permissions = wild;
    if (permissions.isEmpty())
        return {true, {}, {}, {}};
    std::optional<CaaVerdict> best;
    QStringList others;
    for (const Permission &permission : std::as_const(permissions)) {
        if (!permission.issuer.isEmpty() && permission.issuer == issuer.toLower()) {
            const CaaVerdict verdict = conditional(permission, shown);
            if (!best || verdict.issues.isEmpty())
                best = verdict;
        } else if (!permission.issuer.isEmpty()) {
            others.append(printable(permission.issuer, 200));
        }
    }
    if (best)
        return *best;
    others.removeDuplicates();
    const char *id = byWild ? "CAA-11" : others.isEmpty() ? "CAA-4" : "CAA-3";
    return {false, {}, {}, {{id, Severity::Error, {shown, others.join(QStringLiteral(", "))}}}};
}

QList<QByteArray> caaClimb(const QByteArray &name)
{
    QByteArray rest = name.toLower();
    if (rest.startsWith("*."))
        rest.remove(0, 2);
    if (rest.endsWith('.'))
        rest.chop(1);
    QList<QByteArray> out;
    while (!rest.isEmpty()) {
        out.append(rest);
        const qsizetype dot = rest.indexOf('.');
        rest = dot < 0 ? QByteArray() : rest.mid(dot + 1);
    }
    return out;
}

RelevantCaaSet relevantCaaSet(const QByteArray &name, const QList<CaaAnswer> &answers)
{
    RelevantCaaSet out;
    const QList<QByteArray> names = caaClimb(name);
    for (const QByteArray &asked : names) {
        const auto answer = std::find_if(answers.begin(), answers.end(), [&](const CaaAnswer &a) {
            return a.name.toLower() == asked;
        });
        if (answer == answers.end() || answer->isFailed) {
            out.isFailed = true; // never climb past an answer that is missing
            out.name = asked;
            return out;
        }
        if (!answer->set.isEmpty())
            return {false, asked, answer->alias, answer->set};
    }
    return out;
}

CaaVerdict mayIssue(const RelevantCaaSet &found, const QByteArray &issuer, CertificateKind kind)
{
    const QString shown = printable(issuer, 200);
    if (found.isFailed)
        return {false, {}, {}, {{"CAA-8", Severity::Error, {shown, printable(found.name, 200)}}}};
    CaaVerdict out = mayIssue(found.set, issuer, kind);
    if (out.mayIssue)
        return out;
    if (!found.alias.isEmpty())
        out.issues.append({"CAA-2",
                           Severity::Error,
                           {shown, printable(found.name, 200), printable(found.alias, 200)}});
    else if (isPublicSuffix(found.name))
        out.issues.append({"CAA-1", Severity::Error, {shown, printable(found.name, 200)}});
    return out;
}
