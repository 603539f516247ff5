// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DomainName::parse(): the host found in the typed text, its labels checked and converted, and what
// is odd about the name.

#include "base/limits.h"
#include "base/printable.h"
#include "mail/domainname.h"
#include "mail/idna.h"
#include "mail/typedtext.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

void note(TypedDomain &out, const char *id, Severity severity, const QStringList &values = {})
{
    out.issues.append({id, severity, values});
}

void reject(TypedDomain &out, const char *id, const QStringList &values = {})
{
    out.outcome = TypedDomain::Outcome::Reject;
    note(out, id, Severity::Error, values);
}

bool isRecordLabel(const QString &label)
{
    static const QRegularExpression known(
            QStringLiteral(
                    "^_(?:mta-sts|smtp|tls|tcp|udp|dmarc|domainkey|acme-challenge|\\d{1,5})$"),
            QRegularExpression::CaseInsensitiveOption);
    return known.match(label).hasMatch();
}

DomainName suggestionOf(const QStringList &labels)
{
    const TypedDomain better = DomainName::parse(labels.join(QLatin1Char('.')));
    return better.domain;
}

/// NAME-6, NAME-8: names of records and wildcards are no mail domains, but say which one is meant.
bool rejectRecordName(const QStringList &labels, TypedDomain &out)
{
    qsizetype after = 0;
    bool isRecord = false;
    for (qsizetype i = 0; i < labels.size(); ++i) {
        if (labels.at(i).contains(QLatin1Char('_')))
            after = i + 1;
        isRecord = isRecord || isRecordLabel(labels.at(i));
    }
    if (after > 0) {
        if (isRecord)
            out.suggestion = suggestionOf(labels.mid(after));
        reject(out, isRecord ? "NAME-6.record" : "NAME-8.underscore",
               {out.suggestion.isEmpty() ? printable(labels.join(QLatin1Char('.')))
                                         : out.suggestion.display()});
        return true;
    }
    if (labels.join(QString()).contains(QLatin1Char('*'))) {
        const qsizetype star = labels.lastIndexOf(QLatin1String("*"));
        if (star >= 0)
            out.suggestion = suggestionOf(labels.mid(star + 1));
        reject(out, "NAME-8.wildcard");
        return true;
    }
    return false;
}

/// NAME-1: the first ASCII character that no label may have.
bool rejectCharacters(const QString &host, TypedDomain &out)
{
    for (const QChar c : host) {
        const char16_t u = c.unicode();
        const bool good = u > 0x7F || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') ||
                          (u >= '0' && u <= '9') || u == '-' || u == '.';
        if (good)
            continue;
        reject(out, u == ',' ? "NAME-1.comma" : "NAME-1.character",
               {c.isSpace() ? QStringLiteral("\u2423") : printable(QString(c))});
        return true;
    }
    return false;
}

/// The A-label form of every label; empty after a rejection.
QList<QByteArray> converted(const QStringList &labels, TypedDomain &out)
{
    QList<QByteArray> ascii;
    for (const QString &label : labels) {
        QByteArray one = label.toLatin1().toLower();
        const bool plain =
                std::all_of(label.begin(), label.end(), [](QChar c) { return c.unicode() < 0x80; });
        if (!plain || one.startsWith("xn--")) {
            const Result<QByteArray> mapped = labelToAscii(label);
            if (!mapped) {
                const bool isLong = mapped.error().kind == Error::Kind::Refused;
                reject(out, isLong ? "NAME-12.label" : "NAME-10.invalid", {printable(label, 100)});
                return {};
            }
            one = *mapped;
            // UTS 46 maps some characters to ASCII that no label may have (U+2100 to a/c).
            if (rejectCharacters(
                        QString::fromLatin1(one).replace(QLatin1Char('.'), QLatin1Char('/')), out))
                return {};
        }
        if (one.isEmpty() || one.size() > 63) {
            reject(out, one.isEmpty() ? "NAME-1.empty" : "NAME-12.label", {printable(label, 100)});
            return {};
        }
        if (one.startsWith('-') || one.endsWith('-')) {
            reject(out, "NAME-8.hyphen", {printable(label, 100)});
            return {};
        }
        ascii.append(one);
    }
    return ascii;
}

/// NAME-11: the WHATWG rule "ends in a number", decimal or hexadecimal.
bool isNumeric(const QByteArray &label)
{
    static const QRegularExpression form(QStringLiteral("^(?:[0-9]+|0x[0-9a-f]*)$"));
    return form.match(QString::fromLatin1(label)).hasMatch();
}

bool rejectWholeName(const QList<QByteArray> &labels, TypedDomain &out)
{
    const QByteArray name = labels.join('.');
    const QString shown = QString::fromLatin1(name);
    if (labels.size() == 1) {
        reject(out, "NAME-9.single", {shown});
        if (isNumeric(name))
            reject(out, "NAME-11", {shown});
    } else if (isNumeric(labels.last())) {
        reject(out, "NAME-11", {shown});
    } else if (name.size() > 253) {
        reject(out, "NAME-12.name", {QString::number(name.size())});
    } else if (labels.last() == "onion") {
        reject(out, "NAME-9.onion"); // RFC 7686 2: must not be looked up in the DNS
    } else {
        return false;
    }
    return true;
}

void noteInternational(TypedDomain &out)
{
    const QList<QByteArray> labels = out.domain.ascii().split('.');
    QString unicode;
    for (const QByteArray &label : labels)
        unicode += labelToUnicode(label) + QLatin1Char('.');
    unicode.chop(1);
    const QString ascii = QString::fromLatin1(out.domain.ascii());
    if (unicode == ascii)
        return;
    const QStringList values = {out.domain.display(), ascii};
    if (out.domain.display() == ascii)
        note(out, "NAME-10.unsafe", Severity::Warning, values);
    else if (!hasDeviation(unicode) && !hasLookalike(unicode))
        note(out, "NAME-10", Severity::Info, values);
    if (hasDeviation(unicode))
        note(out, "NAME-10.deviation", Severity::Warning, values);
    if (hasLookalike(unicode))
        note(out, "NAME-10.lookalike", Severity::Warning, values);
}

/// NAME-9: asks whether a suffix or a name that is not in the public DNS is really meant.
bool askAboutSuffix(const QList<QByteArray> &labels, TypedDomain &out)
{
    static const QList<QByteArray> special = {"local", "localhost", "test", "invalid",
                                              "alt",   "internal",  "arpa"}; // RFC 6761, 9476
    const QString shown = out.domain.display();
    if (special.contains(labels.last()))
        note(out, "NAME-9.special", Severity::Warning, {shown, QString::fromLatin1(labels.last())});
    else if (isPublicSuffix(out.domain.ascii()))
        note(out, "NAME-9.suffix", Severity::Warning, {shown});
    else
        return false;
    out.outcome = TypedDomain::Outcome::Ask;
    return true;
}

/// NAME-6, NAME-13: hosts that are hardly mail domains, and what a subdomain means.
void noteParent(const QList<QByteArray> &labels, TypedDomain &out)
{
    const QByteArray organization = organizationalDomain(out.domain.ascii());
    if (organization.isEmpty() || organization == out.domain.ascii())
        return;
    if (labels.first() == "www" || labels.first() == "mta-sts") {
        const std::optional<DomainName> parent =
                DomainName::fromAscii(QByteArray(labels.mid(1).join('.')));
        out.suggestion = parent.value_or(DomainName());
        out.outcome = TypedDomain::Outcome::Ask;
        note(out, "NAME-6", Severity::Warning, {out.domain.display(), out.suggestion.display()});
        return;
    }
    const std::optional<DomainName> shown = DomainName::fromAscii(organization);
    note(out, "NAME-13", Severity::Info,
         {out.domain.display(), shown ? shown->display() : QString::fromLatin1(organization)});
}

void noteLengths(TypedDomain &out)
{
    QStringList tooLong;
    for (const char *prefix : {"mta-sts", "_mta-sts", "_smtp._tls"}) {
        if (out.domain.child(prefix).size() > 253)
            tooLong.append(QString::fromLatin1(prefix));
    }
    if (!tooLong.isEmpty())
        note(out, "NAME-12", Severity::Warning, {tooLong.join(QStringLiteral(", "))});
}

void judge(const QList<QByteArray> &labels, TypedDomain &out)
{
    const auto isReserved = [](const QByteArray &label) {
        return label.mid(2, 2) == "--" && !label.startsWith("xn--");
    };
    out.outcome = TypedDomain::Outcome::Accept;
    if (std::any_of(labels.begin(), labels.end(), isReserved)) // RFC 5890 2.3.1
        note(out, "NAME-8.reserved", Severity::Warning, {out.domain.display()});
    noteInternational(out);
    if (!askAboutSuffix(labels, out))
        noteParent(labels, out);
    noteLengths(out);
}

} // namespace

TypedDomain DomainName::parse(const QString &typed)
{
    TypedDomain out;
    if (typed.size() > Limits::TypedText) {
        reject(out, "NAME-12.typed", {QString::number(Limits::TypedText)});
        return out;
    }
    const QString text = cleaned(typed, out.issues);
    if (text.isEmpty())
        return out; // nothing typed yet is no mistake
    if (const QString hidden = firstHidden(text); !hidden.isEmpty()) {
        reject(out, "NAME-3.hidden", {hidden});
        return out;
    }
    if (isSeveralNames(text)) {
        reject(out, "NAME-7");
        return out;
    }
    const std::optional<QString> found = hostIn(text, out.issues);
    if (!found)
        return out;
    QString host = *found;
    // UTS 46: the full stops of other scripts separate labels as well.
    for (const char16_t stop : {u'\u3002', u'\uFF0E', u'\uFF61'})
        host.replace(QChar(stop), QLatin1Char('.'));
    if (host.endsWith(QLatin1Char('.')))
        host.chop(1);
    const QStringList labels = host.split(QLatin1Char('.'));
    if (labels.contains(QString())) {
        out.suggestion = suggestionOf(host.split(QLatin1Char('.'), Qt::SkipEmptyParts));
        reject(out, "NAME-1.empty");
        return out;
    }
    if (rejectRecordName(labels, out))
        return out;
    if (rejectCharacters(host, out)) {
        if (out.issues.last().id == "NAME-1.comma")
            out.suggestion = suggestionOf(host.split(QLatin1Char(',')));
        return out;
    }
    const QList<QByteArray> ascii = converted(labels, out);
    if (ascii.isEmpty() || rejectWholeName(ascii, out))
        return out;
    const std::optional<DomainName> name = fromAscii(ascii.join('.'));
    if (!name) {
        reject(out, "NAME-1.character", {printable(host, 100)});
        return out;
    }
    out.domain = *name;
    judge(ascii, out);
    return out;
}
