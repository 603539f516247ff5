// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the settings say about the network, as kept and as typed, and what becomes of it together with
// the command line. Plain values; no secret is ever among them.

#include "survey/network.h"

#include <QMap>

class QSettings;

struct NetworkSettings
{
    /// A field that can be wrong.
    enum class Field { Resolvers, TlsName, Proxy, CaFile };

    QStringList resolvers;      // "192.0.2.53", "2001:db8::53@5300"; empty: the system's
    QString tlsName;            // not empty: DNS over TLS to them, with this name certified
    QString smtpProxy;          // "socks5://127.0.0.1:1080"; empty: none
    QString caFile;             // more trusted roots; empty: the system's only
    bool looksAtServers = true; // port 25
    int timeoutS = Limits::DomainLookMs / 1000;

    static constexpr int LeastTimeoutS = 10, LargestTimeoutS = 3600;

    friend bool operator==(const NetworkSettings &, const NetworkSettings &) = default;

    /// As kept; whatever stands there, timeoutS is within its bounds.
    [[nodiscard]] static NetworkSettings read(const QSettings &settings);
    void write(QSettings &settings) const;
    /// One sentence for each field that can not be used as it is.
    [[nodiscard]] QMap<Field, QString> problems() const;
};

/// Words between commas, semicolons or spaces.
[[nodiscard]] QStringList resolversFromText(const QString &text);

/// The settings, and over them every option that `commandLine` has; `given` are those options, read.
/// A setting that can not be used never falls back to something nobody chose: a wrong name server
/// gives no answers, a wrong proxy leaves the mail servers alone.
[[nodiscard]] NetworkOptions withSettings(NetworkOptions given,
                                          const QCommandLineParser &commandLine,
                                          const NetworkSettings &settings);
/// The settings alone.
[[nodiscard]] NetworkOptions optionsFrom(const NetworkSettings &settings);
