// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `tlsa roll` has to tell, as text and as JSON.

#include "check/finding.h"
#include "dane/rollovercalendar.h"
#include "push/rolloverlook.h"

#include <QJsonObject>

/// One change of keys after one look.
struct RollTold
{
    QByteArray host;
    quint16 port = 25;
    std::optional<KeptRollover> kept; // nothing: it was not begun, and the findings say why
    bool isNew = false;               // begun by this very call
    RolloverLook look;
    RolloverState state;
    QList<RolloverDate> dates; // ahead, in order
    QList<Finding> findings;
};

/// Somebody has something to do now. Never where it cannot be taken back by waiting, the removal of the old
/// record, and not everything was seen this time.
[[nodiscard]] bool isDue(const RolloverState &state);

/// Lines for the zone in BIND form, under the name and with the TTL that the set has now; none of them where
/// nothing is to be changed.
[[nodiscard]] QList<QByteArray> linesToAdd(const RollTold &told);
[[nodiscard]] QList<QByteArray> linesToRemove(const RollTold &told);
/// Why an address was not or not wholly seen; empty where it was.
[[nodiscard]] QString whyUnseen(const RollTold &told, const SeenAddress &address);

[[nodiscard]] QString rollText(const RollTold &told);
[[nodiscard]] QJsonObject rollJson(const RollTold &told);
[[nodiscard]] QJsonObject rollForgottenJson(const RolloverPlace &place, bool wasThere);

/// What is kept, without a look: the next date of each.
[[nodiscard]] QString rollListText(const QList<KeptRollover> &kept, const QDateTime &now);
[[nodiscard]] QJsonObject rollListJson(const QList<KeptRollover> &kept, const QDateTime &now);
