// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a preset recognises a host name: by whole labels from the right, never by part of a label.

#include <QByteArray>

class QJsonObject;

/// "mx1.Example.net." is below "example.net", "badexample.net" is not. A label of the suffix may end
/// in "*" ("awsdns-*.com"), which stands for the rest of that label.
[[nodiscard]] bool endsWithLabels(const QByteArray &host, const QByteArray &suffix);

/// A data file of ours as compiled in: its one JSON object, empty when it is broken.
[[nodiscard]] QJsonObject presetFile(const char *resource);
