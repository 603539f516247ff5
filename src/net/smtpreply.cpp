// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/smtpreply.h"

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype LineOfTheRfc = 512; // RFC 5321 4.5.3.1.5, with CRLF

bool isDigit(char octet)
{
    return octet >= '0' && octet <= '9';
}

bool isControl(char octet)
{
    const auto value = static_cast<unsigned char>(octet);
    return (value < 0x20 && octet != '\t' && octet != '\r') || value == 0x7F;
}

} // namespace

void SmtpReplyReader::feed(const QByteArray &octets)
{
    qsizetype read = 0;
    while (read < octets.size() && !m_complete && m_fault == Fault::None)
        takeOctet(octets.at(read++));
    if (m_fault == Fault::None)
        m_rest.append(octets.mid(read));
}

std::optional<SmtpReply> SmtpReplyReader::take()
{
    if (!m_complete)
        return std::nullopt;
    SmtpReply reply = std::exchange(m_reply, SmtpReply());
    m_complete = false;
    m_total = 0;
    feed(std::exchange(m_rest, QByteArray()));
    return reply;
}

// The limits are looked at with every octet, so that the same octet breaks them however the reply
// was cut into packets.
void SmtpReplyReader::takeOctet(char octet)
{
    ++m_total;
    if (octet == '\n') {
        endLine();
        return;
    }
    m_line.append(octet);
    // TLS records and other binary protocols have no line to wait for.
    if (m_reply.lines.isEmpty() && m_line.size() == 1 && (isControl(octet) || octet & 0x80))
        m_fault = Fault::Foreign;
    else if (m_line.size() >= Limits::SmtpLine)
        m_fault = Fault::LongLine;
    else if (m_total >= Limits::SmtpTotal)
        m_fault = Fault::LargeReply;
}

// RFC 5321 4.2 and 4.2.1: three digits, then SP and text, or a hyphen and text where lines follow.
// The bare code is accepted as senders do.
void SmtpReplyReader::endLine()
{
    QByteArray line = m_line;
    const bool withCr = line.endsWith('\r');
    if (withCr)
        line.chop(1);
    // SSH, POP3 and HTTP servers begin like this; inside a reply it is only a broken line.
    if (m_reply.lines.isEmpty() && !line.isEmpty() && !isDigit(line.front()) &&
        line.front() != ' ') {
        m_fault = Fault::Foreign;
        return;
    }
    const bool digits = line.size() >= 3 && std::all_of(line.cbegin(), line.cbegin() + 3, isDigit);
    if (!digits || (line.size() > 3 && line.at(3) != ' ' && line.at(3) != '-')) {
        m_fault = Fault::Shape;
        return;
    }
    // RFC 5321 4.2: the first digit is 2, 3, 4 or 5.
    if (line.front() < '2' || line.front() > '5') {
        m_fault = Fault::FirstDigit;
        return;
    }
    const int code = line.left(3).toInt();
    // RFC 5321 4.2.1: the code is the same on every line.
    if (!m_reply.lines.isEmpty() && code != m_reply.code) {
        m_fault = Fault::MixedCodes;
        return;
    }
    m_reply.code = code;
    m_reply.bareLf = m_reply.bareLf || !withCr;
    noteOddities(line);
    m_reply.lines.append(line.mid(4));
    if (line.size() == 3 || line.at(3) == ' ')
        m_complete = true;
    else if (m_reply.lines.size() >= Limits::SmtpLines)
        m_fault = Fault::ManyLines;
    if (m_fault == Fault::None)
        m_line.clear();
}

void SmtpReplyReader::noteOddities(const QByteArray &line)
{
    m_reply.longLine = m_reply.longLine || m_line.size() + 1 > LineOfTheRfc;
    m_reply.bareCr = m_reply.bareCr || line.contains('\r');
    m_reply.controlOctets =
            m_reply.controlOctets || std::any_of(line.cbegin(), line.cend(), isControl);
}
