// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reporturi.h"

#include "base/printable.h"

#include <QList>

#include <algorithm>

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 3986 3.1; empty if the item does not begin with a scheme.
QByteArray schemeOf(const QByteArray &item)
{
    const qsizetype colon = item.indexOf(':');
    if (colon < 1 || !isLetter(item.front()))
        return {};
    const QByteArray scheme = item.left(colon);
    const bool good = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
    });
    return good ? scheme : QByteArray();
}

bool hasBrokenEscape(const QByteArray &item)
{
    for (qsizetype i = item.indexOf('%'); i >= 0; i = item.indexOf('%', i + 1)) {
        if (i + 2 >= item.size() || !isHex(item.at(i + 1)) || !isHex(item.at(i + 2)))
            return true;
    }
    return false;
}

/// At least two labels of letters, digits and hyphens.
bool isDomain(const QByteArray &name)
{
    const QList<QByteArray> labels = name.split('.');
    return labels.size() > 1 && name.size() <= 253 &&
           std::all_of(labels.begin(), labels.end(), [](const QByteArray &label) {
               return !label.isEmpty() && label.size() <= 63 &&
                      std::all_of(label.begin(), label.end(),
                                  [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
           });
}

/// What the grammar refuses; true if the item is broken.
bool isBroken(const QByteArray &item, ReportUri &uri)
{
    const QString shown = printable(item, 200);
    const auto isForeign = [](char c) {
        return c <= 0x20 || c >= 0x7F || QByteArrayView("\"<>\\^`{|}").contains(c);
    };
    if (std::any_of(item.begin(), item.end(), isForeign))
        uri.issues.append({"RPT-6.character", Severity::Error, {shown}});
    // RFC 8460 3: comma, exclamation point and semicolon are percent-encoded inside a URI.
    else if (item.contains('!'))
        uri.issues.append({"RPT-8", Severity::Error, {shown}});
    else if (hasBrokenEscape(item))
        uri.issues.append({"RPT-8.escape", Severity::Error, {shown}});
    else if (schemeOf(item).isEmpty())
        uri.issues.append({"RPT-7.missing", Severity::Error, {shown}});
    else
        return false;
    return true;
}

void readMail(const QByteArray &rest, ReportUri &uri)
{
    uri.isMail = true;
    QByteArray address = rest;
    if (const qsizetype query = address.indexOf('?'); query >= 0) {
        uri.issues.append({"RPT-18.headers", Severity::Warning, {printable(rest, 200)}});
        address.truncate(query);
    }
    if (address.startsWith("//"))
        uri.issues.append({"RPT-18.slashes", Severity::Error, {printable(rest, 200)}});
    const qsizetype at = address.lastIndexOf('@');
    uri.host = address.mid(at + 1).toLower();
    if (at < 1 || address.indexOf('@') != at || !isDomain(uri.host)) {
        uri.issues.append({"RPT-18", Severity::Error, {printable(rest, 200)}});
        uri.host.clear();
        return;
    }
    uri.state = ReportUri::State::Usable;
}

void readHttps(const QByteArray &rest, ReportUri &uri)
{
    QByteArray authority = rest.startsWith("//") ? rest.mid(2) : QByteArray();
    for (const char end : {'/', '?', '#'}) {
        if (const qsizetype at = authority.indexOf(end); at >= 0)
            authority.truncate(at);
    }
    if (const qsizetype at = authority.lastIndexOf('@'); at >= 0) {
        // The values leave the user part out: it may be a password.
        uri.issues.append({"RPT-14", Severity::Error, {printable(authority.mid(at + 1), 200)}});
        authority.remove(0, at + 1);
    }
    QByteArray host = authority;
    QByteArray port;
    if (const qsizetype colon = authority.lastIndexOf(':'); colon > authority.lastIndexOf(']')) {
        host = authority.left(colon);
        port = authority.mid(colon + 1);
    }
    const bool isPort = port.size() <= 5 && port.toUInt() <= 65535 &&
                        std::all_of(port.begin(), port.end(), isDigit);
    const bool isAddress = host.startsWith('[') && host.endsWith(']') && host.size() > 3;
    if (!isPort || !(isDomain(host) || isAddress)) {
        uri.issues.append({"RPT-14.host", Severity::Error, {printable(host, 200)}});
        return;
    }
    uri.host = host.toLower();
    uri.state = ReportUri::State::Usable;
}

} // namespace

ReportUri readReportUri(const QByteArray &item)
{
    ReportUri uri;
    if (isBroken(item, uri))
        return uri;
    uri.state = ReportUri::State::Unusable;
    const QByteArray written = schemeOf(item);
    const QByteArray scheme = written.toLower();
    const QByteArray rest = item.mid(written.size() + 1);
    if (scheme == "mailto")
        readMail(rest, uri);
    else if (scheme == "https")
        readHttps(rest, uri);
    else
        uri.issues.append({"RPT-7", Severity::Error, {printable(written, 40)}});
    if (scheme != written && (scheme == "mailto" || scheme == "https"))
        uri.issues.append({"RPT-12", Severity::Info, {printable(written, 40)}});
    return uri;
}
