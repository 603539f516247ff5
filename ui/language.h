// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The languages that are built in, and the one that is used.

#include <QStringList>

/// Of the settings. No group "general": in an INI file that name is read back as another ("General").
inline constexpr QLatin1String LanguageKey("window/language");

/// Codes such as "en", "de", "pt_BR": English, and every other file of texts; sorted.
[[nodiscard]] QStringList builtInLanguages();
/// In its own language: "Deutsch", "português (Brasil)".
[[nodiscard]] QString languageName(const QString &code);
/// Texts, numbers, dates and direction of the program; empty: the system's. Needs an application;
/// widgets that are there already keep their texts.
void useLanguage(const QString &code);
