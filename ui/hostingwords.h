// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything that is said about the places where a policy file can live. Only what is true today.

#include "deploy/deliverysteps.h"
#include "deploy/hostingoptions.h"

struct HostingWords
{
    QString title; // with its Alt letter
    QString needs; // what it needs and what one gets
};
[[nodiscard]] HostingWords hostingWords(const HostingGroup &group);
/// Why this one is recommended; empty when nothing speaks for it more than for the others.
[[nodiscard]] QString hostingWhy(const HostingGroup &group);
[[nodiscard]] QString hostingLabel(Hosting hosting); // "nginx"
/// What has to be seen to there: the DNS record, the certificate, CAA, no redirect.
[[nodiscard]] QStringList hostingNotes(const Deployment &wanted, const LiveState &live);
/// The record that makes the policy host reachable, in one sentence or two.
[[nodiscard]] QString hostRecordText(const HostRecord &record);

struct StepWords
{
    QString title;
    QString text;
};
[[nodiscard]] StepWords deliveryWords(const DeliveryStep &step, const Deployment &wanted);
