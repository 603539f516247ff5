// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/smtpnotes.h"

#include "base/printable.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

using Stage = SmtpFacts::Stage;
using End = SmtpFacts::End;

QList<QByteArray> wordsOf(const QByteArray &line)
{
    return line.simplified().split(' ');
}

bool isStartTls(const QByteArray &line)
{
    return wordsOf(line).constFirst().compare("STARTTLS", Qt::CaseInsensitive) == 0;
}

// Firewalls that "fix up" SMTP write X over every octet but keep the length: XXXXXXXA (TLS-24).
bool isMasked(const QByteArray &line)
{
    static const QRegularExpression mask(QStringLiteral("^X{4,}[A-Z]?$"));
    return mask.match(QString::fromLatin1(wordsOf(line).constFirst())).hasMatch();
}

// Escapes for terminals, NUL, text that turns the direction of writing (TLS-25).
bool isHostileText(const SmtpReply &reply)
{
    QByteArray octets = reply.lines.join(' ');
    octets.replace('\r', ' ').replace('\t', ' ');
    const QString text = QString::fromUtf8(octets);
    return reply.controlOctets || (text.toUtf8() == octets &&
                                   printable(text, static_cast<int>(Limits::SmtpTotal)) != text);
}

// What OpenSSL says when the peer's first octets are no TLS record.
bool isNoTls(const TlsFacts &tls)
{
    static const QRegularExpression words(
            QStringLiteral("wrong version number|http request|packet length too long|"
                           "unknown protocol|bad record type"));
    return !tls.peerSentAlert && tls.chain.isEmpty() && words.match(tls.alert).hasMatch();
}

} // namespace

SmtpNotes::SmtpNotes(const SmtpTarget &target)
    : m_values({printable(target.host), target.address.toString()})
{
}

// RFC 3207 2 and RFC 5321 4.1.1.1: the keyword stands alone on a line of its own; the first line is
// the server's name.
bool SmtpNotes::extensions(const SmtpReply &said)
{
    const QList<QByteArray> lines = said.lines.mid(1);
    for (const QByteArray &line : lines) {
        facts.extensions.append(printable(line.trimmed()));
        if (!isStartTls(line))
            continue;
        facts.offersStartTls = true;
        // Senders look at the first word only, so this works, but no standard says it must.
        if (wordsOf(line).size() > 1)
            note("TLS-7.parameter", Severity::Warning, printable(line.trimmed()));
    }
    if (facts.offersStartTls)
        return true;
    const auto masked = std::find_if(lines.cbegin(), lines.cend(), isMasked);
    if (masked != lines.cend())
        return ended(End::NoStartTls, printable(*masked), "TLS-24", Severity::Warning);
    if (isStartTls(said.lines.constFirst()))
        note("TLS-7.first-line", Severity::Error, printable(said.lines.constFirst()));
    return ended(End::NoStartTls, facts.extensions.join(QStringLiteral(", ")), "STS-77",
                 Severity::Error);
}

bool SmtpNotes::handshakeFailed()
{
    const QString &words = facts.tls.alert;
    // The extra octets came a moment later than the look into the buffer.
    if (isNoTls(facts.tls))
        return ended(End::Injection, words, "TLS-9", Severity::Error);
    if (facts.tls.peerSentAlert && words.contains(QLatin1String("unrecognized name")))
        return ended(End::TlsFailed, words, "STS-75.alert", Severity::Error);
    if (words.contains(QLatin1String("protocol version")) ||
        words.contains(QLatin1String("unsupported protocol")))
        return ended(End::TlsFailed, words, "STS-76.alert", Severity::Error);
    return ended(End::TlsFailed, words, "TLS-8.handshake", Severity::Error);
}

bool SmtpNotes::fault(const SmtpReplyReader &reader)
{
    using Fault = SmtpReplyReader::Fault;
    const QString line = printable(reader.faultyLine().trimmed());
    QByteArray id = "TLS-5";
    switch (reader.fault()) {
    case Fault::Foreign:
        facts.foreign = facts.stage == Stage::Greeting;
        if (facts.foreign)
            id = "TLS-3.foreign";
        break;
    case Fault::FirstDigit:
        id = "TLS-33";
        break;
    case Fault::MixedCodes:
        id = "TLS-27";
        break;
    case Fault::LongLine:
    case Fault::ManyLines:
    case Fault::LargeReply:
        id = "TLS-6.endless";
        break;
    case Fault::Shape:
    case Fault::None:
        break;
    }
    return ended(End::NotSmtp, line, id, Severity::Error);
}

// A reply that is not the one wanted, to the greeting or to EHLO. None of these says that STARTTLS
// is missing (TLS-3).
bool SmtpNotes::refused(const SmtpReply &reply)
{
    const QString text = QStringLiteral("%1 %2").arg(reply.code).arg(printable(reply.text()));
    if (demandsTls(reply)) // EHLO itself must be answered before anything is asked for
        return ended(End::NotSmtp, text, "TLS-12", Severity::Warning);
    if (refusesUs(reply))
        return ended(End::RefusesUs, text, "TLS-23", Severity::Warning);
    if (reply.kind() == 4)
        return ended(End::TemporaryRefusal, text, "TLS-3.temporary", Severity::Warning);
    // FTP greets with 220 too, and knows neither EHLO nor HELO.
    facts.foreign = facts.greeting.contains(QLatin1String("ftp"), Qt::CaseInsensitive) &&
                    !facts.greeting.contains(QLatin1String("smtp"), Qt::CaseInsensitive);
    if (reply.kind() == 5 && facts.foreign)
        return ended(End::NotSmtp, facts.greeting, "TLS-3.foreign", Severity::Error);
    if (reply.kind() == 5) // RFC 7504: 521 says that this host never takes mail
        return ended(End::PermanentRefusal, text, "TLS-3.refused",
                     reply.code == 521 ? Severity::Error : Severity::Warning);
    return ended(End::NotSmtp, text, "TLS-5.unexpected", Severity::Error);
}

void SmtpNotes::extensionsInTls(const SmtpReply &said)
{
    for (const QByteArray &line : said.lines.mid(1)) {
        facts.extensionsInTls.append(printable(line.trimmed()));
        if (isStartTls(line)) // RFC 3207 4.2: must not (TLS-11)
            note("TLS-11", Severity::Warning);
    }
}

bool SmtpNotes::ended(End end, const QString &problem, const QByteArray &id, Severity severity)
{
    facts.end = end;
    facts.problem = problem;
    if (!id.isEmpty())
        note(id, severity, problem);
    return false;
}

void SmtpNotes::note(const QByteArray &id, Severity severity, const QString &text)
{
    const auto same = [&id](const Issue &issue) { return issue.id == id; };
    if (std::any_of(facts.issues.cbegin(), facts.issues.cend(), same))
        return;
    facts.issues.append({id, severity, m_values + QStringList{text}});
}

void SmtpNotes::noteOddities(const SmtpReply &reply)
{
    if (reply.bareLf)
        note("TLS-26.lf", Severity::Warning);
    if (reply.bareCr)
        note("TLS-26", Severity::Info);
    if (reply.longLine)
        note("TLS-6", Severity::Info);
    if (isHostileText(reply))
        note("TLS-25", Severity::Info);
}
