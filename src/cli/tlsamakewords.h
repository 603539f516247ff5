// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words of `mta-sts tlsa make`, understood.

#include "base/error.h"

#include <QCommandLineParser>

struct TlsaMakeWords
{
    QStringList files;
    QList<QByteArray> servers; // to look at, each once; empty: the keys are in the files
    QByteArray name;           // empty: the name in the certificate, or the server
    quint16 port = 25;
    bool isIssuer = false;
    QList<QByteArray> expected;
    QStringList nextFiles;
    QByteArray
            shared; // the place that the records are to stand at; empty: at each server's own name
};

void addTlsaMakeOptions(QCommandLineParser &parser);
/// Malformed: a sentence that says what to write.
[[nodiscard]] Result<TlsaMakeWords> tlsaMakeWords(const QCommandLineParser &parser);
