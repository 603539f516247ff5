// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lines and characters of a policy file, and the other things that get served in its place.

#include "base/severity.h"

#include <QByteArray>
#include <QList>

/// Issues in the order found; a file with a thousand broken lines gets five of each kind.
class IssueList
{
public:
    void add(const QByteArray &id, Severity severity, const QStringList &values = {});
    [[nodiscard]] const QList<Issue> &issues() const { return m_issues; }

private:
    QList<Issue> m_issues;
};

struct PolicyLine
{
    int number = 0;
    QByteArray octets; // without the line end
};

/// LF and CRLF end a line, nothing else does; every other CR stays in the octets (STS-22, 23).
[[nodiscard]] QList<PolicyLine> policyLines(const QByteArray &body);

/// Space and tab, the only white space of the format.
[[nodiscard]] bool isWsp(char c);
[[nodiscard]] QByteArray trimmedWsp(const QByteArray &octets);
/// Without the CRs that a doubled conversion leaves at the end, so that the rest can be judged.
[[nodiscard]] QByteArray withoutFinalCr(QByteArray octets);

[[nodiscard]] bool isAscii(const QByteArray &octets);
[[nodiscard]] bool isUtf8(const QByteArray &octets);
/// "U+200B" of the first character outside printable ASCII, "0xE4" where it is not UTF-8.
[[nodiscard]] QString firstOddCharacter(const QByteArray &octets);

[[nodiscard]] bool isExtensionName(const QByteArray &name);
[[nodiscard]] bool isExtensionValue(const QByteArray &value);

/// The id that names the mistake when the body is a web page, JSON, the TXT record, a code block or
/// UTF-16; else empty (STS-40).
[[nodiscard]] QByteArray otherFormat(const QByteArray &body);
