// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks at one address of one mail server: greeting, EHLO, STARTTLS, the whole chain, EHLO again,
// QUIT. Never MAIL FROM (TLS-20). RFC 5321, RFC 3207.

#include "base/limits.h"
#include "base/severity.h"
#include "net/tlsstream.h"

#include <functional>

struct SmtpTarget
{
    QByteArray host; // name for SNI and certificate: the MX host, or the TLSA base domain
    QHostAddress address;
    quint16 port = 25;
    enum class Sni { Host, None };
    Sni sni = Sni::Host;            // None: as senders without SNI do (TLS-15)
    QByteArray signatureAlgorithms; // rsaSignatures() or ecdsaSignatures(); empty = all (TLS-30)
};

/// Restrict a handshake to one kind of key, so that a server with two shows each (DANE-38).
[[nodiscard]] QByteArray rsaSignatures();
[[nodiscard]] QByteArray ecdsaSignatures();

struct SmtpFacts
{
    /// How far the dialogue came.
    enum class Stage { NotTried, Connect, Greeting, Ehlo, StartTls, Handshake, EhloInTls, Done };
    /// How it ended. Everything but Done leaves later facts unknown.
    enum class End {
        NotTried,
        Done,         // TLS stands and the second EHLO was answered
        NoConnection, // refused, unreachable, reset
        TimedOut,
        Cancelled,
        TemporaryRefusal, // 4xx to the greeting, EHLO (TLS-3)
        PermanentRefusal, // 5xx to the greeting or EHLO and HELO
        RefusesUs,  // refusal because of our address or name (TLS-23): says nothing of the domain
        NotSmtp,    // another protocol, malformed or over a limit
        NoStartTls, // EHLO answered, keyword not offered (TLS-7)
        StartTlsRefused, // offered, then not 220 (TLS-8)
        Injection,       // octets after 220 before the handshake (TLS-9)
        TlsFailed,       // handshake did not finish
        Closed,          // cut in the dialogue
    };
    Stage stage = Stage::NotTried;
    End end = End::NotTried;
    QString problem;        // printable words for the end, with the peer's text
    QString greeting;       // printable
    QStringList extensions; // EHLO keywords before TLS, printable
    QStringList extensionsInTls;
    bool offersStartTls = false;
    bool foreign = false; // with NotSmtp: another protocol, not a broken mail server
    TlsFacts tls;
    qint64 greetingMs = 0; // how long the greeting took
    qint64 tookMs = 0;
    /// TLS-7, 11, 24, 26, 27 and their kind, seen in the dialogue. Values: host, address, and the
    /// peer's words or a number.
    QList<Issue> issues;

    [[nodiscard]] bool tookConnection() const { return stage > Stage::Connect; }
};

/// One word for the whole look: "ok", "no-starttls", "fail" (TLS offered, but it does not stand),
/// "temporary", "refused", "refused-us", "not-smtp", "protocol-error", "timeout", "unreachable",
/// "closed"; "unknown" where nothing was looked at or somebody stopped it.
[[nodiscard]] QByteArray smtpVerdict(const SmtpFacts &facts);
/// "offered", "not-offered" or "unknown".
[[nodiscard]] QByteArray startTlsWord(const SmtpFacts &facts);
/// "established", "refused", "handshake-failed", "aborted"; empty when it did not come to TLS.
[[nodiscard]] QByteArray tlsWord(const SmtpFacts &facts);

class Smtp
{
public:
    Smtp() = default;
    Smtp(const Smtp &) = delete;
    Smtp &operator=(const Smtp &) = delete;
    virtual ~Smtp() = default;
    /// Blocking; ends within Limits::SmtpHostMs.
    /// `onTls` hears the facts as soon as TLS stands, one round trip before the end.
    using TlsSeen = std::function<void(const SmtpFacts &)>;
    [[nodiscard]] virtual SmtpFacts probe(const SmtpTarget &target, const Cancel &cancel,
                                          const TlsSeen &onTls = {}) = 0;
};

struct SmtpLimits
{
    int connectMs = Limits::SmtpConnectMs;
    int replyMs = Limits::SmtpReplyMs; // for a whole reply, not for each octet (TLS-21)
    int handshakeMs = Limits::TlsHandshakeMs;
    int hostMs = Limits::SmtpHostMs;
    int slowGreetingMs = 5000; // longer is worth a word: some senders do not wait
};

struct SmtpOptions
{
    QByteArray ehloName; // empty: the address literal of our end of the connection (TLS-4)
    QNetworkProxy proxy = QNetworkProxy::NoProxy;
    SmtpLimits limits;
};

class SmtpProbe : public Smtp
{
public:
    SmtpProbe(TrustStore trust, SmtpOptions options)
        : m_trust(std::move(trust))
        , m_options(std::move(options))
    {
    }
    [[nodiscard]] SmtpFacts probe(const SmtpTarget &target, const Cancel &cancel,
                                  const TlsSeen &onTls = {}) override;

private:
    TrustStore m_trust;
    SmtpOptions m_options;
};
