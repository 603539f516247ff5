// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// parseReportAddress(): what people type into the report field, as a rua URI.

#include "base/limits.h"
#include "base/printable.h"
#include "mail/domainname.h"
#include "mail/reporturi.h"
#include "mail/tlsrptrecord.h"

#include <algorithm>

namespace {

TypedReportAddress refused(const char *id, const QString &seen)
{
    return {{}, {{id, Severity::Error, {printable(seen, 200)}}}};
}

bool isHexPair(const QByteArray &text, qsizetype at)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    };
    return at + 1 < text.size() && isHex(text.at(at)) && isHex(text.at(at + 1));
}

/// RFC 8460 3: , ! and ; are always encoded. `kept` are the octets besides letters and digits that
/// stay; existing escapes stay too if `escaped`.
QByteArray encoded(const QByteArray &text, const QByteArray &kept, bool escaped)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || kept.contains(c);
        if (plain || (c == '%' && escaped && isHexPair(text, i + 1)))
            out += c;
        else
            out += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

/// The A-labels of a host as typed; empty if it is none.
QByteArray hostOf(const QString &typed)
{
    const TypedDomain host = DomainName::parse(typed);
    const bool changed = std::any_of(host.issues.begin(), host.issues.end(), [](const Issue &i) {
        return i.rule() == "NAME-4" || i.rule() == "NAME-5";
    });
    return changed ? QByteArray() : host.domain.ascii();
}

TypedReportAddress mailUri(const QString &address, bool isUri)
{
    QString plain = address;
    TypedReportAddress out;
    if (isUri) {
        while (plain.startsWith(QLatin1Char('/')))
            plain.remove(0, 1);
        if (const qsizetype query = plain.indexOf(QLatin1Char('?')); query >= 0) {
            plain.truncate(query);
            out.issues.append({"RPT-18.headers", Severity::Warning, {printable(address, 200)}});
        }
    }
    const qsizetype at = plain.lastIndexOf(QLatin1Char('@'));
    const QString local = plain.left(at);
    const bool isLocal = std::all_of(local.begin(), local.end(), [](QChar c) {
        return c.unicode() > 0x20 && c.unicode() < 0x7F && c != QLatin1Char('@');
    });
    const QByteArray host = at > 0 ? hostOf(plain.mid(at + 1)) : QByteArray();
    if (!isLocal || host.isEmpty() || local.size() > 64) // RFC 5321 4.5.3.1.1
        return refused("RPT-18", address);
    out.uri = "mailto:" + encoded(local.toLatin1(), "-._~+$&'*=", isUri) + '@' + host;
    return out;
}

TypedReportAddress httpsUri(const QString &rest, const QString &typed)
{
    qsizetype end = rest.size();
    for (const char c : {'/', '?', '#'}) {
        if (const qsizetype at = rest.indexOf(QLatin1Char(c)); at >= 0)
            end = std::min(end, at);
    }
    QString authority = rest.left(end);
    if (authority.contains(QLatin1Char('@'))) // a password in public DNS
        return refused("RPT-14", authority.mid(authority.lastIndexOf(QLatin1Char('@')) + 1));
    QByteArray port;
    if (const qsizetype colon = authority.indexOf(QLatin1Char(':')); colon >= 0) {
        port = authority.mid(colon).toLatin1();
        authority.truncate(colon);
    }
    const QByteArray host = hostOf(authority);
    const QByteArray uri =
            "https://" + host + port + encoded(rest.mid(end).toUtf8(), "-._~:/?@$&'()*+=", true);
    if (host.isEmpty() || readReportUri(uri).state != ReportUri::State::Usable)
        return refused("RPT-14.host", typed);
    return {uri, {}};
}

} // namespace

TypedReportAddress parseReportAddress(const QString &typed)
{
    if (typed.size() > Limits::TypedText)
        return refused("RPT-18", typed);
    QString text = typed.trimmed();
    if (text.startsWith(QLatin1Char('<')) && text.endsWith(QLatin1Char('>')))
        text = text.sliced(1).chopped(1).trimmed();
    if (text.isEmpty())
        return {{}, {{"RPT-5", Severity::Error, {}}}};
    if (text.startsWith(QLatin1String("mailto:"), Qt::CaseInsensitive))
        return mailUri(text.mid(7), true);
    if (text.startsWith(QLatin1String("https://"), Qt::CaseInsensitive))
        return httpsUri(text.mid(8), text);
    if (text.contains(QLatin1String("://")))
        return refused("RPT-7", text.left(text.indexOf(QLatin1Char(':'))));
    if (text.contains(QLatin1Char('@')))
        return mailUri(text, false);
    return refused("RPT-7.missing", text);
}
