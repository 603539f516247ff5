// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the tests of plan, push and remove have in common: the program run, a policy host of the test, the
// search for the secret.

#include "fakes/ran.h"
#include "fakes/scriptedtlsserver.h"
#include "fakes/testpki.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/// mta-sts.example.com, with a certificate of its own; `body`: the file now, empty: none.
inline std::unique_ptr<ScriptedTlsServer> policyHost(const TestPki &pki,
                                                     const std::function<QByteArray()> &body)
{
    const TestIdentity leaf = pki.leaf(QList<QByteArray>{"mta-sts.example.com"});
    ScriptedTlsServer::Settings settings;
    settings.identity = {pki.chain(leaf), leaf.key};
    return std::make_unique<ScriptedTlsServer>(settings, [body](ScriptedTlsServer::Session &s) {
        if (!s.handshake() || s.readRequest().isEmpty())
            return;
        const QByteArray file = body();
        const QByteArray head = file.isEmpty() ? "HTTP/1.1 404 Not Found\r\n"
                                               : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
        if (s.write(head + "Connection: close\r\nContent-Length: " +
                    QByteArray::number(file.size()) + "\r\n\r\n" + file))
            s.closeNotify();
    });
}

/// T-1, T-3, T-6: not in any file, nor in anything that was said.
inline void nothingKeeps(const QByteArray &secret, const QByteArray &said,
                         const QTemporaryDir &folder)
{
    QVERIFY(secret.size() > 20);
    QVERIFY(!said.contains(secret));
    QVERIFY(!said.contains(secret.toBase64()));
    int files = 0;
    for (QDirIterator it(folder.path(), QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY2(!all.contains(secret) && !all.contains(secret.toBase64()),
                 qPrintable(file.fileName()));
        if (file.fileName().endsWith(QLatin1String(".jsonl")))
            QCOMPARE(int(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
        ++files;
    }
    QVERIFY(files > 2);
}
