// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fetches the policy file as a sender would (RFC 8461 3.3): HTTPS on 443, SNI, no redirect, no cache,
// no cookies, limits and deadline. The look at one address; the judge is check/policyhost.

#include "base/limits.h"
#include "net/http.h"
#include "net/tlsstream.h"

struct PolicyRequest
{
    QByteArray host; // mta-sts.example.com
    QHostAddress address;
    quint16 port = 443;
};

struct PolicyFetch
{
    enum class End {
        NotTried,     // never looked: unknown
        NoConnection, // refused, unreachable, reset before TLS
        TlsFailed,    // handshake did not finish
        HttpBroken,   // TLS stood, the answer is not HTTP/1.1 or was cut
        TooLarge,     // body or header over the limit
        TimedOut,
        Cancelled,
        Answered, // a complete answer of any status
    };
    QHostAddress address;
    End end = End::NotTried;
    QString problem; // printable, for every end but Answered
    TlsFacts tls;
    int status = 0;
    QByteArray contentType; // as sent; empty and hasContentType false when missing
    bool hasContentType = false;
    QByteArray location;
    QByteArray body; // decoded, at most Limits::PolicyBody octets
    qint64 tookMs = 0;
    QDateTime serverDate;       // Date header, for clock trouble (T-17)
    QDateTime at;               // UTC by our clock, when the fetch ended
    QByteArray contentEncoding; // as sent, when it is not identity
    bool http2Only = false;     // the server refused HTTP/1.1
};

/// Tests shrink these.
struct PolicyLimits
{
    int totalMs = Limits::PolicyFetchMs;
    HttpLimits http;
};

class PolicyHttp
{
public:
    PolicyHttp() = default;
    PolicyHttp(const PolicyHttp &) = delete;
    PolicyHttp &operator=(const PolicyHttp &) = delete;
    virtual ~PolicyHttp() = default;
    /// Blocking; ends within Limits::PolicyFetchMs. The certificate is judged for request.host and
    /// the body is read even when it does not verify, so that everything wrong is told at once.
    [[nodiscard]] virtual PolicyFetch fetch(const PolicyRequest &request, const Cancel &cancel) = 0;
};

class PolicyFetcher : public PolicyHttp
{
public:
    explicit PolicyFetcher(TrustStore trust, PolicyLimits limits = {})
        : m_trust(std::move(trust))
        , m_limits(limits)
    {
    }
    [[nodiscard]] PolicyFetch fetch(const PolicyRequest &request, const Cancel &cancel) override;

private:
    TrustStore m_trust;
    PolicyLimits m_limits;
};
