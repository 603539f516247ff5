// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the probe notes while it talks: the facts, and what each reply means for them. No connection.

#include "net/smtp.h"
#include "net/smtpreply.h"

class SmtpNotes
{
public:
    explicit SmtpNotes(const SmtpTarget &target);

    SmtpFacts facts;

    /// False when the dialogue ends here, like all of these.
    bool extensions(const SmtpReply &said);
    bool handshakeFailed();
    bool fault(const SmtpReplyReader &reader);
    bool refused(const SmtpReply &reply);
    bool ended(SmtpFacts::End end, const QString &problem, const QByteArray &id = {},
               Severity severity = Severity::Unknown);

    void extensionsInTls(const SmtpReply &said);
    void note(const QByteArray &id, Severity severity, const QString &text = {});
    void noteOddities(const SmtpReply &reply);

private:
    QStringList m_values; // host and address, in front of every issue's words
};
