// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One mx pattern of a policy and the one rule by which it covers a mail server (RFC 8461 4.1).

#include <QByteArray>
#include <QList>

#include <optional>

class MxPattern
{
public:
    /// ["*."] Domain of RFC 5321 4.1.2; nothing else is a pattern (STS-31).
    [[nodiscard]] static std::optional<MxPattern> parse(const QByteArray &text);
    /// As written, case kept.
    [[nodiscard]] const QByteArray &text() const { return m_text; }
    [[nodiscard]] bool isWildcard() const { return m_text.startsWith("*."); }
    /// Host name as it stands in the MX record; one final dot is removed. Case-insensitive octets;
    /// "*." stands for exactly one left-most label (STS-65..69). False for an unusable host name.
    [[nodiscard]] bool matches(const QByteArray &mxHost) const;
    friend bool operator==(const MxPattern &, const MxPattern &) = default;

private:
    explicit MxPattern(QByteArray text)
        : m_text(std::move(text))
    {
    }
    QByteArray m_text;
};

/// Usable as the name of a mail server after removing one final dot (underscore tolerated).
[[nodiscard]] bool isHostName(const QByteArray &name);
[[nodiscard]] bool anyMatches(const QList<MxPattern> &patterns, const QByteArray &mxHost);
