// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail server on 127.0.0.1, in its own thread, that plays the steps of smtp_dialogues.json for
// each connection:
//   server: octets to send (then: "50 ms later")    client: octets that must come now
//   server_repeat: [octets, times]                   server_drip: [octets, seconds between two]
//   server_silent, server_close, server_reset: true  connect: "refused"
//   tls: "handshake", "alert 112" (as answer to the ClientHello), "say 250 x", "close", "silent"
// Characters U+0000..U+00FF are octets; <name> is the EHLO name.

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

struct PeerOptions
{
    QByteArray name = QByteArrayLiteral("probe.example.org"); // for <name>
    bool splitEveryOctet = false;                             // each octet in a packet of its own
    QByteArray chainPem, keyPem;                              // leaf first
    QByteArray otherChainPem, otherKeyPem; // for the other kind of key (RSA and ECDSA)
    int minProtocol = 0, maxProtocol = 0;  // TLS1_VERSION...
    bool insistOnSni = false;              // alert 112 without it (STS-75)
    int dripSecondMs = 1000;               // how long a second of server_drip is
    std::function<void()> onSilence;       // in the peer's thread, when it waits for ever
};

class ScriptedSmtpPeer
{
public:
    ScriptedSmtpPeer(const QJsonArray &steps, PeerOptions options);
    ~ScriptedSmtpPeer();
    ScriptedSmtpPeer(const ScriptedSmtpPeer &) = delete;
    ScriptedSmtpPeer &operator=(const ScriptedSmtpPeer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    /// What the client said in its n-th connection, TLS taken off; waits for the end of it.
    [[nodiscard]] QByteArray received(int connection = 0);
    /// Steps that did not go as written; empty when all is well.
    [[nodiscard]] QStringList problems();
    [[nodiscard]] int connections();
    /// Server name of the n-th connection's ClientHello; empty if none.
    [[nodiscard]] QByteArray serverName(int connection = 0);

    struct Conversation
    {
        QByteArray received, serverName;
        QStringList problems;
    };

private:
    void listen();
    void serve();

    QJsonArray m_steps;
    PeerOptions m_options;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_stop = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QList<Conversation> m_conversations;
    std::thread m_thread;
};

/// Steps without a file.
[[nodiscard]] QJsonObject serverSays(const QByteArray &octets);
[[nodiscard]] QJsonObject clientSays(const QByteArray &octets);
[[nodiscard]] QJsonObject peerDoes(const QString &what, const QJsonValue &how = true);
