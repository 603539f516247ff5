// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One report address of a rua list: what is wrong with it, and where it leads (RFC 8460 3, RFC 6068).

#include "base/severity.h"

#include <QByteArray>
#include <QList>

struct ReportUri
{
    enum class State {
        Usable,   // a sender can report there
        Unusable, // a URI, but no sender can use it
        Broken,   // not what the grammar allows: the whole record is invalid
    };
    State state = State::Broken;
    bool isMail = false;
    QByteArray host; // where the reports go, lower case; may be empty
    QList<Issue> issues;
};

[[nodiscard]] ReportUri readReportUri(const QByteArray &item);
