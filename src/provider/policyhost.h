// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door to a service that can serve the policy file. The contract, which
// tests/provider/tst_cloudflarehost.cpp runs:
//
// - Calls block, in a worker thread. What only reads ends within seconds of `cancel`; what has been sent is
//   waited for. `host` is the whole name, mta-sts.example.com; `zone` one of this account that holds it.
// - look() changes nothing. What it cannot find out is an Error, never "absent".
// - publish() makes the host serve exactly `text`, for this one host, and only if what is there is still
//   what `shown` says (T-29) or already as wanted: twice is once, and what was left half-done goes on
//   where it stopped. Content that is not ours is never overwritten, whatever `shown` says. Records in the
//   way are deleted only if they are those of `shown`, and are put back when the host could not be
//   attached.
// - withdraw() takes away what publish() made and puts back the records that made room for it,
//   `before.inTheWay`. Content that is not ours, or serves another name, is left alone.
// - An Error says what can be known: Refused, NotFound: the service said no, and everything that was done
//   before it shows in look(). Every other kind: the outcome is unknown until look() tells. A lost answer
//   is read back inside; nothing is sent twice blindly (PUSH-10).
// - No Error at all is no proof that senders get the file: certificates take minutes. The caller fetches
//   it as a sender would (STS-83).
// - No Error, and nothing else that comes from here, holds the token; all texts are printable.

#include "provider/provider.h"

struct HostState
{
    enum class Content {
        Absent,
        Ours,    // made by this program, for this host, and not changed by hand since
        Foreign, // anything else: left alone
    };
    Content content = Content::Foreign;
    QByteArray text = {};            // the policy file that our content serves
    bool isCurrent = false;          // ours, attached, and exactly what is wanted
    QByteArray service = {};         // what our content is called there: "mta-sts-example-com"
    QByteArray attachedTo = {};      // what answers for the host; empty: nothing of this service
    QList<ZoneRecord> inTheWay = {}; // addresses and aliases at the host, which would have to go
    friend bool operator==(const HostState &, const HostState &) = default;

    /// Another part of the service answers for the host.
    [[nodiscard]] bool isTaken() const { return !attachedTo.isEmpty() && attachedTo != service; }
};

class PolicyHost
{
public:
    virtual ~PolicyHost() = default;
    [[nodiscard]] virtual Result<HostState> look(const Zone &zone, const QByteArray &host,
                                                 const QByteArray &text, const Cancel &cancel) = 0;
    [[nodiscard]] virtual Result<void> publish(const Zone &zone, const QByteArray &host,
                                               const QByteArray &text, const HostState &shown,
                                               const Cancel &cancel) = 0;
    [[nodiscard]] virtual Result<void> withdraw(const Zone &zone, const QByteArray &host,
                                                const HostState &before, const Cancel &cancel) = 0;
};
