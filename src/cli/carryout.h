// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From a plan that stands to one that is done: shown, guarded, agreed to, carried out. And the way out
// where there is none.

#include "cli/pushing.h"

class QCommandLineParser;

/// Ready to be shown and agreed to.
struct Prepared
{
    PushWords words;
    Looked looked;
    Plan plan;
    QList<Finding> advice;
    QList<Finding> against; // why a careful program does not do it by itself
    QString byHand;         // what is left to do, for the end; empty when nothing is
};

struct Stopped
{
    int status = 0; // of the program
    QString why;    // empty: nothing to say
};
[[nodiscard]] Stopped stopped(const Error &error);
/// Says why, and returns the status.
int end(const Stopped &stopped);

/// True where somebody at a terminal says yes.
[[nodiscard]] bool isAgreedTo(const QString &question);

void describe(QCommandLineParser &parser, const char *command, const QString &description);
/// --yes and --override.
void addConsentOptions(QCommandLineParser &parser);

/// The plan, what stands in its way and what is unwise about it; returns the status of `plan`.
int showPlan(const Prepared &made, bool asJson);
/// Shows it, refuses what a guard refuses, asks, does it, says each step; returns the status.
int carryOut(Prepared &made, const QCommandLineParser &parser, const Cancel &cancel);
