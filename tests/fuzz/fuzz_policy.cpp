// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any octets served as a policy: never crashes, and what is read survives being written.
#include "base/limits.h"
#include "mail/policy.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const PolicyReading reading = readPolicy(body);
    if (!reading.policy) {
        if (reading.issues.isEmpty())
            std::abort();
        return 0;
    }
    Policy policy = *reading.policy;
    (void)adviseOnPolicy(policy, "example.com");
    policy.extensions.clear(); // never written
    const QByteArray written = writePolicy(policy);
    if (written.size() > Limits::PolicyBody)
        return 0;
    const PolicyReading again = readPolicy(written);
    if (!(again.policy == policy) || !again.grammarValid)
        std::abort();
    return 0;
}
