// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The program's limits, in one table. Octets and milliseconds unless a name says otherwise.

#include <QtGlobal>

namespace Limits {

inline constexpr qsizetype PolicyBody = 65536;     // RFC 8461 3.3 suggests 64 kilobytes
inline constexpr qsizetype PolicyBodyWarn = 10240; // one deployed sender reads only this much
inline constexpr int PolicyFetchMs = 60000;        // RFC 8461 3.3: about one minute
inline constexpr int PolicyFetchWarnMs = 4000;     // default of a widely used sender
inline constexpr qsizetype HttpHeader = 65536;

inline constexpr int TxtRecords = 100;
inline constexpr int MxRecords = 50;
inline constexpr int TlsaRecords = 50;
inline constexpr int CnameChain = 10;
inline constexpr int DnsLookupMs = 15000;

inline constexpr qsizetype SmtpLine = 4096; // RFC 5321 4.5.3.1.5 says 512; deployed peers take more
inline constexpr int SmtpLines = 128;
inline constexpr qsizetype SmtpTotal = 65536;
inline constexpr int SmtpConnectMs = 15000;
inline constexpr int SmtpReplyMs = 60000;
inline constexpr int TlsHandshakeMs = 30000;
inline constexpr int SmtpHostMs = 120000;

inline constexpr int ApiReplyMs = 30000;
inline constexpr qsizetype ApiBody = 33554432; // a zone of some 50,000 records as JSON
inline constexpr int ApiRequestsPerSecond = 4; // PUSH-16
inline constexpr int ApiRetries = 2;           // after 429
inline constexpr int ApiWaitMs = 60000;        // the longest Retry-After that is waited for
inline constexpr int ApiPages = 1000;          // of one list: a service whose list has no end
inline constexpr int ApiActionMs = 60000;      // what a service does behind its answer
inline constexpr int ApiActionPollMs = 500;    // how often it is asked whether it is done

inline constexpr int ShownText = 1024;       // characters of remote text shown at once
inline constexpr qsizetype TypedText = 2048; // characters of typed text looked at
inline constexpr qint64 MaxAge = 31557600;   // seconds, RFC 8461 3.2
inline constexpr int DomainLookMs = 120000;

} // namespace Limits
