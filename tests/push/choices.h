// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the tests of pushes want for example.com.

#include "deploy/choices.h"

inline Choices choices(const QByteArray &pattern = "mx.example.com",
                       Hosting hosting = Hosting::Nginx)
{
    Choices made;
    made.domain = DomainName::parse(QStringLiteral("example.com")).domain;
    made.mx = {*MxPattern::parse(pattern)};
    made.reportTo = {"mailto:tls@example.com"};
    made.hosting = hosting;
    return made;
}
