// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the practice DNS is told to serve.

#include <QByteArray>
#include <QList>

struct PracticeZone
{
    enum class Signing {
        Signed,
        Unsigned,
        WrongDs, // signed, and the parent has the DS of another key: bogus
        Expired, // signatures of the past: bogus
    };
    QByteArray name;       // absolute: "practice.example"
    QByteArray lines = {}; // records, as SignedZone::make() takes them
    Signing signing = Signing::Signed;
    /// Absolute names answered with SERVFAIL; DNSKEY and DS at them are still shown.
    QList<QByteArray> failing = {};
    /// Absolute names at which what is denied is not proven (RFC 4035 3.1.3).
    QList<QByteArray> unproven = {};
    bool hasTlsaAnswers = true; // else its name servers refuse the type (RFC 7672 2.2.2)
};
