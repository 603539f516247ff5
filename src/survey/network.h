// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The real doors, made once from what the user chose, and the options of the command line that
// choose them (both programs take the same).

#include "dns/unboundresolver.h"
#include "survey/look.h"

#include <memory>

class QCommandLineParser;

struct NetworkOptions
{
    ResolverOptions resolver;
    QString caFile;
    QNetworkProxy smtpProxy = QNetworkProxy::NoProxy;
    LookOptions look;
    int jobs = 0; // domains side by side; 0 = by machine
};

void addNetworkOptions(QCommandLineParser &parser);
/// Malformed: one line that names the option and the way out.
[[nodiscard]] Result<NetworkOptions> networkOptions(const QCommandLineParser &parser);

/// A name server as people write it, "192.0.2.53" or "2001:db8::53@5300", without spaces around it.
/// Malformed when it is none.
[[nodiscard]] Result<QString> resolverFromText(const QString &text);
/// "socks5://HOST:PORT"; empty: no proxy. Malformed; Refused where it holds a name or a password,
/// because settings and command lines are no place for secrets.
[[nodiscard]] Result<QNetworkProxy> smtpProxyFromText(const QString &text);
/// Mail servers that are known to be up: whether port 25 is blocked here can only be told from such.
[[nodiscard]] QList<QByteArray> controlHosts();

/// Owns the resolvers, the fetcher, the probe. Cheap to make: nothing is loaded before the first look.
class Network
{
public:
    explicit Network(const NetworkOptions &options);
    ~Network();
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;
    [[nodiscard]] Doors doors();
    [[nodiscard]] const NetworkOptions &options() const;
    /// What was chosen and could not be used (an unreadable anchor or CA file), one sentence each.
    [[nodiscard]] QStringList problems() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};
