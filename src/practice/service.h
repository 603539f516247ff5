// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The DNS service of the practice internet: one zone that can be written to and a Worker that serves the
// policy file, with as much of Cloudflare's API, over plain HTTP on 127.0.0.1, as provider/cloudflare asks
// for. It only keeps what it is told; whoever makes it has it served.

#include "dns/record.h"
#include "practice/serverthread.h"

#include <QUrl>

#include <functional>
#include <memory>

struct PracticeServiceState
{
    /// What the user keeps in the zone, in the order it came; not the record of an attached host.
    QList<DnsRecord> records;
    QByteArray policyHost; // the host that a Worker is attached to, the first by name; empty: none
    QByteArray policyScript; // of that Worker, for policiesOfWorker(); empty: it was removed
    friend bool operator==(const PracticeServiceState &, const PracticeServiceState &) = default;
};

class PracticeService
{
public:
    /// Called in the server thread with every write that changed the state, before the write is answered,
    /// so that who is told of it finds it done. It must not wait for the thread it runs in.
    using Changed = std::function<void(const PracticeServiceState &)>;
    /// Listens at once, at any port that is free. The thread outlives the service.
    PracticeService(ServerThread &thread, const QByteArray &zone, const QList<DnsRecord> &records,
                    Changed changed = {});
    ~PracticeService();

    [[nodiscard]] quint16 port() const; // 0 when none could be had
    /// What makeProvider() and makePolicyHost() of "cloudflare" take, with the token.
    [[nodiscard]] QUrl address() const;
    /// Made at start, of random octets. From any thread but the server's.
    [[nodiscard]] QByteArray token() const;

    /// From any thread but the server's.
    [[nodiscard]] PracticeServiceState state() const;

    /// Forgets everything and keeps this instead, as if it had been told so. From any thread but the server's.
    void startOver(const PracticeServiceState &state);

    // From any thread; they count from the next request on.
    /// The token is good for so many writes more, and is refused from then on. -1: for ever.
    void revokeAfter(int writes);
    /// Another token, good for ever; the one before is refused. From any thread but the server's.
    void renewToken();
    /// What it says of DNSSEC. Signed, unless it is told otherwise.
    void setSigned(bool isSigned);

private:
    struct Private;
    std::unique_ptr<Private> d;
};
