// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is to be seen of the practice domain: by a check, and by the senders of the world.

#include "check/senders.h"

class PracticeRun;

struct PracticeSight
{
    Report report;
    QList<SenderView> senders; // some may hold the policy that was published before it all broke
};
/// Blocks as long as a check does.
[[nodiscard]] PracticeSight practiceSight(const PracticeRun &run, const Cancel &cancel);
/// A line for each thing that senders do, behind the names of those that do it.
[[nodiscard]] QString sendersText(const QList<SenderView> &senders);
