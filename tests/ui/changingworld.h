// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A world of data that changes between two looks, as DNS does while somebody works.

#include "check/checks.h"
#include "fakes/fakedoors.h"
#include "session.h"

#include <atomic>
#include <functional>
#include <memory>

/// Every look sees shop.example of FakeWorld, after `spoil` was told how many changes there were.
/// `spoil` runs in the thread of the look.
[[nodiscard]] inline Engine changingEngine(const std::shared_ptr<std::atomic<int>> &changes,
                                           const std::function<void(FakeWorld &, int)> &spoil)
{
    return {[changes, spoil](const DomainName &, const Cancel &cancel,
                             const Engine::Progress &progress) {
                FakeWorld world;
                world.dns.setDefaultSecurity(Security::Insecure);
                spoil(world, *changes);
                return world.look(cancel, progress);
            },
            judge};
}
