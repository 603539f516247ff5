// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What stands on the small Internet of the practice: the domain practice.example with its records, its
// policy host and its mail servers, as plain values. The world (world.h) shows a scene to the program;
// accidents change one. Pure.

#include "practice/mailfault.h"
#include "practice/tlsfault.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace Practice {

inline const QByteArray Domain = "practice.example";

enum class CertificateFault {
    None,
    Expired,
    NotYet,
    OtherName,
    NoAltName, // the name stands in the subject only
    SelfSigned,
    NoIntermediate,   // which is not sent
    UnknownAuthority, // one that nobody trusts
    WeakAuthority,    // an intermediate with a short key
};

/// A TLSA record (RFC 6698 2.1) and of what it holds the digest.
struct TlsaWish
{
    quint8 usage = 3, selector = 1, matching = 1;
    enum class Of { Server, ServerBefore, Intermediate, Root };
    Of of = Of::Server;
    bool isOtherSelector = false; // holds what belongs to the other selector
    bool isCut = false;           // the last octets are missing
    friend bool operator==(const TlsaWish &, const TlsaWish &) = default;
};

struct MailServer
{
    QByteArray name; // mx1.practice.example
    bool isReachable = true;
    bool offersStartTls = true;
    MailFault fault = MailFault::None;
    CertificateFault certificate = CertificateFault::None;
    TlsFault tls = TlsFault::None;
    bool hasRsaToo = false; // a second certificate, for those who take no EC keys
    QList<TlsaWish> tlsa = {};
    friend bool operator==(const MailServer &, const MailServer &) = default;
};

struct PolicyServer
{
    QByteArray text; // octets of the policy file
    int status = 200;
    QByteArray contentType = "text/plain";
    QByteArray location = {}; // of a redirect
    QByteArray alias = {};    // the name that mta-sts leads to, with the address of the host
    bool isReachable = true;
    bool isCut = false;  // the connection ends in the middle of the file
    bool isGone = false; // its name was deleted, whatever else is wrong with it
    CertificateFault certificate = CertificateFault::None;
    TlsFault tls = TlsFault::None;
    friend bool operator==(const PolicyServer &, const PolicyServer &) = default;
};

struct Scene
{
    QList<QByteArray> mx; // names, the most wanted first
    QList<MailServer> servers;
    std::optional<PolicyServer> host; // empty: mta-sts.practice.example does not exist
    QList<QByteArray> sts;            // texts of _mta-sts
    QList<QByteArray> tlsRpt;         // texts of _smtp._tls
    QList<QByteArray> lines;          // more of the zone, in its form, relative to the domain
    QList<QByteArray> failing;        // names for which the name servers give no answer
    QList<QByteArray> unproven;       // names at which they deny without a proof
    enum class Signing { Signed, Unsigned, Broken };
    Signing signing = Signing::Signed;
    bool isRegistered = true;     // else the domain does not exist
    bool hasTlsaAnswers = true;   // else its name servers refuse the type
    bool isPort25Blocked = false; // no mail server anywhere can be reached
    qint64 aheadSeconds = 0;      // that whoever looks is ahead of the computer's clock
    friend bool operator==(const Scene &, const Scene &) = default;
};

/// A domain that receives mail over good TLS, and has nothing else yet.
[[nodiscard]] Scene bareScene();
/// The same with everything in place: a policy in this mode ("testing", "enforce"), reports, DANE.
[[nodiscard]] Scene protectedScene(const QByteArray &mode = "enforce");

} // namespace Practice
