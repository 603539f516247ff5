// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Domains under which a company gives mailboxes to the public: whoever types one is hardly its owner.
// A dated data file.

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>

struct FreeMailOwner
{
    QString name; // "Google"
    QList<QByteArray> domains;
};

/// The data file, read on first use.
[[nodiscard]] const QList<FreeMailOwner> &freeMailOwners();
[[nodiscard]] QDate freeMailChecked();

/// Who owns exactly this domain (A-labels, lower case); empty for every other domain.
[[nodiscard]] QString freeMailOwner(const QByteArray &domain);
