// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `mta-sts tlsa make` has made, for people and for scripts.

#include "check/finding.h"
#include "dane/liveserverkeys.h"
#include "dane/tlsamaking.h"

#include <QJsonObject>

struct TlsaMade
{
    QByteArray host;
    quint16 port = 25;
    std::optional<LiveServerKeys> live; // nothing: the keys are from files
    bool isConfirmed = false;           // seen, and each was expected
    QList<SourceKey> current, next;
    QList<Certificate> others; // in the files, and of no use here
    std::optional<QList<TlsaRecord>> published;
    bool isAlias = false; // they stand elsewhere, and an alias leads there
    TlsaMaking making;
    QList<Finding> findings;
};

/// The keys alone, and how to make sure that they are the server's.
[[nodiscard]] QString tlsaKeysText(const TlsaMade &made);
enum class RecordLines {
    Shown,
    Shared
}; // Shared: they stand in another place, which is told apart
[[nodiscard]] QString tlsaMadeText(const TlsaMade &made, RecordLines lines = RecordLines::Shown);
[[nodiscard]] QJsonObject tlsaMadeJson(const TlsaMade &made); // "mta-sts-tlsa-make/1"
