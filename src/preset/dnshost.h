// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who answers for the zone, recognised from its NS names, and how that company's panel wants a record
// to be typed. A dated data file.

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>

#include <optional>

struct DnsHost
{
    enum class Names { Unknown, Relative, Absolute }; // "_mta-sts" or "_mta-sts.example.com"
    enum class Quotes { Unknown, No, Yes };           // around the value of a TXT record

    QByteArray id; // "cloudflare"
    QString name;  // "Cloudflare"
    QList<QByteArray> suffixes;
    Names names = Names::Unknown;
    Quotes quotes = Quotes::Unknown;
    /// Whether zones there are signed with DNSSEC.
    enum class Signing { Unknown, Never, Always, Switch };
    Signing signing = Signing::Unknown;
    QString signingSteps; // what to do there; empty where it is not known
    QString remark;
    QString source;
    QDate checked;
};

/// The data file, read on first use.
[[nodiscard]] const QList<DnsHost> &dnsHosts();

/// Name servers that people run themselves, as far as signing goes; the same file.
[[nodiscard]] const QList<DnsHost> &nameServerPrograms();

/// Known only when every name server belongs to the same host: with two of them, one panel is not
/// the whole truth.
[[nodiscard]] std::optional<DnsHost> recogniseDnsHost(const QList<QByteArray> &nameServers);
