// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A TLS server on loopback in a thread of its own, that does what the test says: waits, drips, cuts,
// asks for certificates, sends alerts. One connection after the other.

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QMap>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

class QTcpSocket;
struct ssl_st;
struct ssl_ctx_st;

class ScriptedTlsServer
{
public:
    struct Identity
    {
        QByteArray chain; // PEM, leaf first
        QByteArray key;   // PEM
    };
    struct Settings
    {
        Identity identity; // for every name that is not in bySni
        QMap<QByteArray, Identity> bySni;
        int minProtocol = 0, maxProtocol = 0; // TLS1_2_VERSION...
        bool requireClientCertificate = false;
        qint64 cutAfter = -1; // connection dies after so many octets from us; -1 never
        QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    };

    /// One connection, seen by the script. Every call returns false once the peer has gone or the
    /// server is being destroyed.
    class Session
    {
    public:
        bool handshake();
        /// Up to and with the empty line.
        QByteArray readRequest();
        bool write(const QByteArray &octets);
        bool writeRaw(const QByteArray &octets); // past TLS
        QByteArray readRaw(qsizetype octets);    // before TLS
        bool wait(int milliseconds);
        bool waitForPeerToGo();
        void closeNotify();
        void abort();
        [[nodiscard]] QByteArray serverName() const { return m_serverName; }

    private:
        friend class ScriptedTlsServer;
        Session(ScriptedTlsServer &server, QTcpSocket &socket);
        ~Session();
        bool flush();
        bool receive();
        ScriptedTlsServer &m_server;
        QTcpSocket &m_socket;
        ssl_st *m_ssl = nullptr;
        QByteArray m_serverName;
        qint64 m_sent = 0;
    };
    using Script = std::function<void(Session &)>;

    ScriptedTlsServer(Settings settings, Script script);
    ~ScriptedTlsServer();
    ScriptedTlsServer(const ScriptedTlsServer &) = delete;
    ScriptedTlsServer &operator=(const ScriptedTlsServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] QList<QByteArray> requests() const;
    /// Sessions whose script has ended.
    [[nodiscard]] int finished() const { return m_finished; }

private:
    void run();
    void serve(QTcpSocket &socket);
    static int chooseIdentity(ssl_st *ssl, void *server);

    const Settings m_settings;
    const Script m_script;
    ssl_ctx_st *m_context = nullptr;
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_listening = false;
    std::atomic<bool> m_stop = false;
    std::atomic<int> m_connections = 0;
    std::atomic<int> m_finished = 0;
    mutable std::mutex m_mutex; // guards m_requests
    QList<QByteArray> m_requests;
    std::thread m_thread;
};

/// A script that completes the handshake, reads the request and gives this answer, then ends properly.
[[nodiscard]] ScriptedTlsServer::Script answering(const QByteArray &answer);
