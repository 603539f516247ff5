// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the validated answers of a survey prove of the zones above them.

#include <QHash>
#include <QSet>

struct DnsAnswer;
struct Survey;

enum class TrustProof { None, Insecure, Bogus }; // the worst that an answer at a name shows

class TrustProofs
{
public:
    explicit TrustProofs(
            const Survey &survey); // proves nothing where the resolver does not validate
    /// Some answer at or below the name is secure, so every zone from the root to it is signed.
    [[nodiscard]] bool isSigned(const QByteArray &name) const { return m_signed.contains(name); }
    [[nodiscard]] TrustProof of(const QByteArray &name) const { return m_rest.value(name); }

private:
    void add(const DnsAnswer &answer);
    void addSigned(QByteArray name);

    QSet<QByteArray> m_signed;
    QHash<QByteArray, TrustProof> m_rest;
};
