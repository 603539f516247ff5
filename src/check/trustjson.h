// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chains of trust as JSON ("trust" of what was observed), and back from a file that anybody may have
// written.

#include "base/jsonwriter.h"
#include "check/trustchain.h"

#include <QJsonArray>

void writeTrust(JsonWriter &json, const QList<TrustChain> &chains); // the member "trust"
/// Texts are made printable and a word that is not known is Unknown; nothing holds below a root that
/// does not. At most 500 chains.
[[nodiscard]] QList<TrustChain> trustChains(const QJsonArray &json);
[[nodiscard]] QByteArray trustKindName(TrustLink::Kind kind);    // "top-level"
[[nodiscard]] QByteArray trustStateName(TrustLink::State state); // "not-reached"
