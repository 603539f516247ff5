// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What stands on the small Internet of the practice: the domain practice.example with its records, its
// policy host and its mail servers, as plain values. The world (world.h) shows a scene to the program;
// accidents change one. Pure.

#include "practice/mailfault.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace Practice {

inline const QByteArray Domain = "practice.example";

enum class CertificateFault { None, Expired, NotYet, OtherName, SelfSigned };

struct MailServer
{
    QByteArray name; // mx1.practice.example
    bool isReachable = true;
    bool offersStartTls = true;
    MailFault fault = MailFault::None;
    CertificateFault certificate = CertificateFault::None;
    enum class Tlsa { None, Matching, Stale, Unusable };
    Tlsa tlsa = Tlsa::None;
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
    CertificateFault certificate = CertificateFault::None;
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
    enum class Signing { Signed, Unsigned, Broken };
    Signing signing = Signing::Signed;
    bool isPort25Blocked = false; // no mail server anywhere can be reached
    qint64 aheadSeconds =
            0; // of the computer's clock, for those who look: certificates last longer
    friend bool operator==(const Scene &, const Scene &) = default;
};

/// A domain that receives mail over good TLS, and has nothing else yet.
[[nodiscard]] Scene bareScene();
/// The same with everything in place: a policy in this mode ("testing", "enforce"), reports, DANE.
[[nodiscard]] Scene protectedScene(const QByteArray &mode = "enforce");

} // namespace Practice
