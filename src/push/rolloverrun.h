// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change of keys after one look: what is kept from now on, the step that is due, the dates ahead. Pure;
// both faces show it.

#include "check/finding.h"
#include "dane/keysource.h"
#include "dane/rollovercalendar.h"
#include "push/rolloverlook.h"

struct RollTold
{
    QByteArray host;
    quint16 port = 25;
    std::optional<KeptRollover> kept; // nothing: it was not begun, and the findings say why
    bool isNew = false;               // begun by this very look
    RolloverLook look;
    RolloverState state;
    QList<RolloverDate> dates; // ahead, in order
    QList<Finding> findings;
};

struct RollWish
{
    QByteArray host; // lower case, no final dot
    quint16 port = 25;
    std::optional<KeptRollover> kept; // under way
    QList<SourceKey> next;            // one begins with these; empty: none does
    QByteArray replaces;              // RolloverWish::replaces
};

/// Begun, and not yet seen at its end: no other change of this key may begin before.
[[nodiscard]] bool isUnderWay(const std::optional<KeptRollover> &kept);
[[nodiscard]] RollTold rolledOn(const RollWish &wish, const RolloverLook &look);
/// Lines for the zone in BIND form, under the name and with the TTL that the set has now; none of them where
/// nothing is to be changed.
[[nodiscard]] QList<QByteArray> linesToAdd(const RollTold &told);
[[nodiscard]] QList<QByteArray> linesToRemove(const RollTold &told);
/// Why an address was not or not wholly seen; empty where it was.
[[nodiscard]] QString whyUnseen(const RollTold &told, const SeenAddress &address);
