// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The DNS of the practice internet: one server on 127.0.0.1 that knows every zone there is. Asked for
// recursion it is a resolver that passes DNSSEC through and validates nothing; asked without, it is every
// zone's own name server.

#include "base/error.h"
#include "practice/practicezone.h"

#include <memory>

/// Any thread may call; answers come from a thread of its own.
class PracticeDns
{
public:
    PracticeDns();
    ~PracticeDns();
    /// Once. The root and the top-level zones are made besides `zones`, signed, with the delegations
    /// that are needed; other names do not exist. Malformed: a zone; Network: no port to listen at;
    /// Unexpected: it runs already.
    [[nodiscard]] Result<void> start(const QList<PracticeZone> &zones);
    /// All zones anew, from the next question on; keys stay, so trustAnchor() does. Malformed: a zone,
    /// and everything is as before.
    [[nodiscard]] Result<void> set(const QList<PracticeZone> &zones);
    [[nodiscard]] quint16 port() const; // UDP and TCP; 0 before start()
    /// DS of the root in presentation form, one line, for ResolverOptions::trustAnchorFile; empty
    /// before start().
    [[nodiscard]] QByteArray trustAnchor() const;

private:
    class Thread;
    struct Private;
    std::unique_ptr<Private> d;
};
