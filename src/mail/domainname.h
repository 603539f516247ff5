// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail domain as the rest of the program knows it, and the reading of whatever people type.

#include "base/severity.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

struct TypedDomain;

/// Lower-case A-labels without a final dot, at least two labels. Only parse() and fromAscii() make one.
class DomainName
{
public:
    DomainName() = default; // empty: no domain chosen yet
    /// Everything people type: addresses, URLs, IDN, final dots, look-alikes (NAME-1..14).
    [[nodiscard]] static TypedDomain parse(const QString &typed);
    /// For names that are already strict (tests, files of ours): LDH, >= 2 labels, lengths.
    [[nodiscard]] static std::optional<DomainName> fromAscii(const QByteArray &ascii);

    [[nodiscard]] const QByteArray &ascii() const { return m_ascii; }
    /// Unicode form where it is safe to show, else the A-label form (T-22).
    [[nodiscard]] QString display() const;
    /// child("_mta-sts") of example.com is "_mta-sts.example.com".
    [[nodiscard]] QByteArray child(const QByteArray &labels) const
    {
        return labels + '.' + m_ascii;
    }
    [[nodiscard]] bool isEmpty() const { return m_ascii.isEmpty(); }
    friend bool operator==(const DomainName &, const DomainName &) = default;
    friend size_t qHash(const DomainName &name, size_t seed = 0)
    {
        return ::qHash(name.m_ascii, seed);
    }

private:
    explicit DomainName(QByteArray ascii)
        : m_ascii(std::move(ascii))
    {
    }
    QByteArray m_ascii;
};

struct TypedDomain
{
    enum class Outcome {
        Accept, // go on with `domain`
        Ask,    // valid, but ask first: `suggestion` is the likely intended name where there is one
        Reject, // nothing is looked up; `issues` says why
    };
    Outcome outcome = Outcome::Reject;
    DomainName domain;     // empty when rejected
    DomainName suggestion; // empty unless Ask has a better idea, or a rejected record name has
    QList<Issue> issues;
};

/// The public suffix that `name` is itself ("co.uk"), or false. Uses libpsl's built-in list.
[[nodiscard]] bool isPublicSuffix(const QByteArray &name);
/// The registrable domain of a host name ("example.co.uk" of "mx.a.example.co.uk"); empty if none.
[[nodiscard]] QByteArray organizationalDomain(const QByteArray &name);
