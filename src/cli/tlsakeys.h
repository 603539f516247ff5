// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `tlsa make` and `tlsa publish` share: the keys that files hold and servers show.

#include "cli/tlsamaketext.h"
#include "survey/look.h"

class QCommandLineParser;

/// Malformed: neither a file nor the name of a server.
[[nodiscard]] Result<QByteArray> serverName(const QString &typed);
/// --port; 25 where it is not said.
[[nodiscard]] Result<quint16> tlsaPort(const QCommandLineParser &parser);
/// --expect, as octets.
[[nodiscard]] Result<QList<QByteArray>> expectedPrints(const QCommandLineParser &parser);
/// Adds what is in the files.
[[nodiscard]] Result<void> readKeyFiles(const QStringList &files, QList<SourceKey> &keys,
                                        QList<Certificate> &others);
void addFindings(TlsaMade &made, const QList<Issue> &issues);
/// Fills in `live` and `current`, and what makes them doubtful.
void seeKeys(const LiveServer &server, const Doors &doors, const Cancel &cancel, TlsaMade &made);
