// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small Internet of the practice: DNS with DNSSEC, a policy host, mail servers, all on loopback ports
// of this computer, with an authority and a root key that are made at start and forgotten at the end. The
// rest of the program is the real one; it only asks here.

#include "base/error.h"
#include "dns/unboundcontext.h"
#include "practice/scene.h"
#include "survey/network.h"

#include <memory>

namespace Practice {

class World
{
public:
    World();
    ~World();
    /// Once. Network: a loopback port or address cannot be had; Unexpected: a library refuses.
    [[nodiscard]] Result<void> start(const Scene &scene);
    /// From the next question on; whatever is the same in both scenes keeps its keys. Any thread but those
    /// in which its servers answer.
    [[nodiscard]] Result<void> show(const Scene &scene);
    /// What was chosen, with every way out replaced by one that leads here. The world outlives who goes it.
    [[nodiscard]] NetworkOptions network(NetworkOptions chosen = {}) const;
    /// Where the name server of every zone answers, over UDP and TCP.
    [[nodiscard]] ServerAddress nameServer() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Practice
