// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real server (nginx, Apache, Caddy, workerd) on loopback that runs an exported kit as it was
// written, included from a main configuration as small as possible, as nobody where the test is root.

#include "deploy/writebundle.h"
#include "fakes/testpki.h"

#include <QProcess>
#include <QTemporaryDir>

class KitServer
{
public:
    explicit KitServer(Hosting hosting);
    KitServer(const KitServer &) = delete;
    KitServer &operator=(const KitServer &) = delete;
    ~KitServer();

    /// Empty when the program is installed, else what is missing.
    [[nodiscard]] QString missing() const;
    /// Writes the kit and starts; empty when the server takes connections, else why not.
    [[nodiscard]] QString start(const Deployment &deployment);
    /// The same with a Worker's script from elsewhere in the place of a kit.
    [[nodiscard]] QString start(const QByteArray &host, const QByteArray &script);
    /// What the mail provider mx.cloudflare.net answers to a Worker that asks for its policy file: a
    /// statement in JavaScript.
    void setProvidersAnswer(const QByteArray &statement) { m_providersAnswer = statement; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] const QByteArray &root() const { return m_pki.root.certificate; }

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_folder.filePath(QLatin1String(name));
    }
    [[nodiscard]] QString run(const QByteArray &host);
    bool put(const char *name, const QByteArray &content);
    [[nodiscard]] QByteArray mainConfiguration() const;
    [[nodiscard]] QStringList arguments() const;
    [[nodiscard]] QString waitUntilReady();

    Hosting m_hosting;
    QTemporaryDir m_folder;
    TestPki m_pki;
    QByteArray m_providersAnswer = "return new Response(null, { status: 404 });";
    QString m_program;
    quint16 m_port = 0;
    QProcess m_process;
};
