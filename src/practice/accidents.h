// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What goes wrong at real domains, to be switched on at the practice domain: what is then seen, what senders
// do, how it is mended.

#include "practice/scene.h"

#include <QString>

namespace Practice {

/// What is broken; Dnssec holds DANE and DNSSEC.
enum class AccidentGroup { Record, Host, File, Mx, MailServer, Reports, Dnssec };

struct Accident
{
    const char *id; // "certificate-expired", as on the command line
    AccidentGroup group;
    const char *title; // for people; source text of the context "Practice"
    const char *rule;  // the finding that tells of it, an id of check/words.cpp
    void (*happen)(Scene &scene);
};

/// Not of the scene: the DNS service takes the token back after the first write of a push.
inline const QByteArray TokenRevoked = "token-revoked";

/// For people; source text of the context "Practice".
[[nodiscard]] const char *titleOf(AccidentGroup group);

/// Group by group, in the order of AccidentGroup.
[[nodiscard]] const QList<Accident> &accidents();
/// nullptr: no accident is called so.
[[nodiscard]] const Accident *accident(const QByteArray &id);

} // namespace Practice
