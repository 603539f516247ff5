// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The table of mail hosts already looked at in this run: many domains share their servers, and one
// look at an address serves them all (single flight). Thread-safe.

#include "base/cancel.h"
#include "net/smtp.h"

#include <functional>
#include <memory>

class SharedHosts
{
public:
    SharedHosts();
    ~SharedHosts();
    SharedHosts(const SharedHosts &) = delete;
    SharedHosts &operator=(const SharedHosts &) = delete;

    /// The facts for this target; `probe` runs once for all who ask, the others wait for it. A
    /// cancelled look is not kept.
    [[nodiscard]] SmtpFacts factsFor(const SmtpTarget &target, const Cancel &cancel,
                                     const std::function<SmtpFacts()> &probe);
    /// Forgets everything: "check again" looks anew.
    void clear();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
