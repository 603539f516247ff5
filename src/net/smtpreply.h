// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads SMTP replies octet by octet (RFC 5321 4.2), so that packet borders cannot change what is
// read, and stops at the limits: a peer that never ends a line or a reply costs 64 KiB, no more.

#include "base/limits.h"

#include <QByteArray>
#include <QList>

#include <optional>

struct SmtpReply
{
    int code = 0;
    QList<QByteArray> lines; // texts behind code and separator, as sent: hostile
    // Oddities that are put up with.
    bool bareLf = false;        // a line ended with LF alone (TLS-26)
    bool bareCr = false;        // CR that ends no line (TLS-26)
    bool longLine = false;      // over the 512 octets of RFC 5321 (TLS-6)
    bool controlOctets = false; // NUL, ESC and their kind (TLS-25)
    [[nodiscard]] QByteArray text() const { return lines.join(' ').trimmed(); }
    [[nodiscard]] int kind() const { return code / 100; }
    friend bool operator==(const SmtpReply &, const SmtpReply &) = default;
};

class SmtpReplyReader
{
public:
    enum class Fault {
        None,
        Foreign,    // a line that starts with no digit, or a binary first octet
        Shape,      // not three digits and SP, hyphen or end of line (TLS-5)
        FirstDigit, // not 2 to 5 (TLS-33)
        MixedCodes, // another code than on the first line (TLS-27)
        LongLine,   // over Limits::SmtpLine (TLS-6)
        ManyLines,  // over Limits::SmtpLines (TLS-6)
        LargeReply, // over Limits::SmtpTotal (TLS-6)
    };

    /// Keeps the octets behind the end of a reply, or behind a fault, unread.
    void feed(const QByteArray &octets);
    /// The complete reply, once; the octets behind it are then read as the next one.
    [[nodiscard]] std::optional<SmtpReply> take();
    /// Sticks: behind a fault nothing is read any more.
    [[nodiscard]] Fault fault() const { return m_fault; }
    /// The line the fault was found in, cut to what may be shown.
    [[nodiscard]] QByteArray faultyLine() const { return m_line.left(Limits::ShownText); }
    /// Octets that belong to no reply taken so far.
    [[nodiscard]] qsizetype pendingOctets() const { return m_total + m_rest.size(); }

private:
    void takeOctet(char octet);
    void endLine();
    void noteOddities(const QByteArray &line);

    SmtpReply m_reply;
    QByteArray m_line;     // of the reply under way, without its LF
    QByteArray m_rest;     // arrived behind a complete reply
    qsizetype m_total = 0; // octets of the reply under way
    bool m_complete = false;
    Fault m_fault = Fault::None;
};

/// A 4xx or 5xx because of the address or name we come with (TLS-23): block lists, reverse names,
/// dial-up ranges. Says nothing of the domain that is looked at.
[[nodiscard]] bool refusesUs(const SmtpReply &reply);
/// 530 "Must issue a STARTTLS command first" (TLS-12).
[[nodiscard]] bool demandsTls(const SmtpReply &reply);
