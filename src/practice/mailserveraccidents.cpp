// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with mail servers: what they say, their TLS, their certificates.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::mailServerAccidents()
{
    static const QList<Accident> table = {
            {"starttls-removed", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server stopped offering encryption"), "STS-77",
             [](Scene &s) { lastServer(s).offersStartTls = false; }},
            {"starttls-refused", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server offers encryption, and refuses it"),
             "TLS-8.temporary", [](Scene &s) { lastServer(s).fault = MailFault::RefusesStartTls; }},
            {"starttls-ahead", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "Something is slipped in before encryption begins"),
             "TLS-9", [](Scene &s) { lastServer(s).fault = MailFault::TalksAhead; }},
            {"mail-no-ehlo", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server is too old to offer encryption"),
             "TLS-7.helo", [](Scene &s) { lastServer(s).fault = MailFault::NoEhlo; }},
            {"mail-not-smtp", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A web server answers in the place of a mail server"),
             "TLS-3.foreign", [](Scene &s) { lastServer(s).fault = MailFault::NotSmtp; }},
            {"mail-certificate-expired", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "The certificate of a mail server has ended"), "TLS-18",
             [](Scene &s) { lastServer(s).certificate = CertificateFault::Expired; }},
            {"mail-certificate-name", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server shows the certificate of another name"),
             "STS-74.name",
             [](Scene &s) { lastServer(s).certificate = CertificateFault::OtherName; }},
            {"mail-certificate-self", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server has a certificate of its own making"),
             "STS-74.selfsigned",
             [](Scene &s) { lastServer(s).certificate = CertificateFault::SelfSigned; }},
            {"server-down", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "A mail server does not answer"), "TLS-28.host",
             [](Scene &s) { lastServer(s).isReachable = false; }},
            {"port25-blocked", AccidentGroup::MailServer,
             QT_TRANSLATE_NOOP("Practice", "Your network lets nobody connect to port 25"), "TLS-22",
             [](Scene &s) { s.isPort25Blocked = true; }},
    };
    return table;
}
