// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The zones in which a scene stands, for the practice DNS.

#include "practice/identities.h"
#include "practice/practicezone.h"

namespace Practice {

inline constexpr int MostServers = 4;   // of one scene; more have no address
inline constexpr int FirstMailHost = 2; // 127.0.0.2; the policy host is 127.0.0.1
inline const QByteArray ControlZone = "elsewhere.example", ControlHost = "mx.elsewhere.example";

/// 127.0.0.x
[[nodiscard]] QByteArray addressOf(int last);

/// Unexpected: a key for a TLSA record cannot be made.
[[nodiscard]] Result<QList<PracticeZone>> zonesOf(const Scene &scene, Identities &identities);

} // namespace Practice
