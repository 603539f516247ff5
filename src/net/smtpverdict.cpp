// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a reply or a whole dialogue means. Pure, so that the judge and the tests can use it.
#include "net/smtp.h"
#include "net/smtpreply.h"

#include <QRegularExpression>

bool refusesUs(const SmtpReply &reply)
{
    if (reply.kind() != 4 && reply.kind() != 5)
        return false;
    // Before MAIL the server knows nothing but our address and our name, so a policy status
    // (RFC 3463 3.8, X.7.Z) is about one of them. A temporary one may be greylisting.
    static const QRegularExpression policy(QStringLiteral("^5\\.7\\.[0-9]+\\b"));
    static const QRegularExpression words(
            QStringLiteral(
                    "\\b(?:r?dns ?bl|[rpsx]bl|dul|css|zen|r-?dns|ptr|fcrdns)\\b"
                    "|spamhaus|spamcop|barracuda|sorbs|senderbase|cloudmark|invaluement|uceprotect"
                    "|\\b(?:block|black|deny)[ -]?list|\\blisted\\b|\\bblocked\\b|\\bbanned\\b"
                    "|\\b(?:client|connecting|sending|remote|source) (?:host|ip|address|server|"
                    "hostname|name|mta)\\b"
                    "|\\byour "
                    "(?:ip|address|host|hostname|server|network|domain|name|reverse|provider|"
                    "isp|helo|ehlo|mail server|ptr)\\b"
                    "|\\breverse[ -](?:dns|lookup|name|hostname|mapping|resolution)"
                    "|\\b(?:dynamic|residential|dial-?up|generic|consumer)\\b"
                    "|\\breputation\\b|access (?:is )?denied|not (?:allowed|permitted) to connect"
                    "|connection (?:rejected|refused|denied|not allowed)|\\bunauthori[sz]ed\\b"
                    "|fully[- ]qualified"
                    "|\\b(?:helo|ehlo) (?:command )?(?:name )?(?:rejected|denied|refused)"
                    "|\\binvalid (?:helo|ehlo)(?: |$)(?!command)"),
            QRegularExpression::CaseInsensitiveOption);
    const QString text = QString::fromLatin1(reply.text().simplified());
    return policy.match(text).hasMatch() || words.match(text).hasMatch();
}

bool demandsTls(const SmtpReply &reply)
{
    return reply.code == 530 && reply.text().toUpper().contains("TLS");
}

QByteArray rsaSignatures()
{
    return QByteArrayLiteral("RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:"
                             "RSA+SHA512:RSA+SHA1");
}

QByteArray ecdsaSignatures()
{
    return QByteArrayLiteral("ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ECDSA+SHA1");
}

QByteArray smtpVerdict(const SmtpFacts &facts)
{
    using End = SmtpFacts::End;
    using Stage = SmtpFacts::Stage;
    switch (facts.end) {
    case End::Done:
        return QByteArrayLiteral("ok");
    case End::NoConnection:
        return QByteArrayLiteral("unreachable");
    case End::TimedOut:
        // Networks that block port 25 mostly drop the packets: nobody was reached.
        return facts.stage == Stage::Connect ? QByteArrayLiteral("unreachable")
                                             : QByteArrayLiteral("timeout");
    case End::TemporaryRefusal:
        return QByteArrayLiteral("temporary");
    case End::PermanentRefusal:
        return QByteArrayLiteral("refused");
    case End::RefusesUs:
        return QByteArrayLiteral("refused-us");
    case End::NotSmtp:
        return facts.foreign ? QByteArrayLiteral("not-smtp") : QByteArrayLiteral("protocol-error");
    case End::NoStartTls:
        return QByteArrayLiteral("no-starttls");
    case End::StartTlsRefused:
    case End::Injection:
    case End::TlsFailed:
        return QByteArrayLiteral("fail");
    case End::Closed:
        // Cut as the answer to STARTTLS: a sender has no encryption either.
        return facts.stage == Stage::StartTls ? QByteArrayLiteral("fail")
                                              : QByteArrayLiteral("closed");
    case End::NotTried:
    case End::Cancelled:
        break;
    }
    return QByteArrayLiteral("unknown");
}

QByteArray startTlsWord(const SmtpFacts &facts)
{
    if (facts.offersStartTls)
        return QByteArrayLiteral("offered");
    return facts.end == SmtpFacts::End::NoStartTls ? QByteArrayLiteral("not-offered")
                                                   : QByteArrayLiteral("unknown");
}

QByteArray tlsWord(const SmtpFacts &facts)
{
    using End = SmtpFacts::End;
    if (facts.end == End::TlsFailed)
        return QByteArrayLiteral("handshake-failed");
    if (facts.tls.established)
        return QByteArrayLiteral("established");
    if (facts.end == End::Injection)
        return QByteArrayLiteral("aborted");
    if (facts.end == End::StartTlsRefused ||
        (facts.end == End::Closed && facts.stage == SmtpFacts::Stage::StartTls))
        return QByteArrayLiteral("refused");
    return {};
}
