// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internationalized labels: conversion (UTS 46 non-transitional, IDNA2008) and the question whether a
// label may be shown in Unicode without being taken for another one (T-22).

#include "base/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// One label, Unicode or "xn--": its lower-case A-label (or plain ASCII label if it maps to one).
/// Kind::Refused when the label gets too long, otherwise Kind::Malformed.
[[nodiscard]] Result<QByteArray> labelToAscii(const QString &label);
/// The Unicode form of an A-label; other labels stay as they are. The A-label again if undecodable.
[[nodiscard]] QString labelToUnicode(const QByteArray &label);

/// Characters whose meaning differs between IDNA2003 and IDNA2008: sharp s, final sigma, joiners.
[[nodiscard]] bool hasDeviation(const QString &name);
/// Characters of a safe script that are easily read as another letter (dotless i).
[[nodiscard]] bool hasLookalike(const QString &name);
/// No mixed scripts, symbols, emoji, rare letters, nor a label that is made of Latin look-alikes only.
[[nodiscard]] bool isSafeToShow(const QStringList &unicodeLabels);
