// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the words of `tlsa publish` say.

#include "base/error.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

class QCommandLineParser;

struct TlsaPublishWords
{
    QList<QByteArray> hosts; // mail servers, each once
    quint16 port = 25;
    int ttl = 3600; // seconds
    QStringList files, nextFiles;
    QList<QByteArray> expected; // fingerprints, octets
    bool dropsUnused = false;
};

void addTlsaPublishOptions(QCommandLineParser &parser);
/// Malformed: one line that names the way out.
[[nodiscard]] Result<TlsaPublishWords> tlsaPublishWords(const QCommandLineParser &parser);
