// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with the policy host: its name, its certificate, its answers.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::hostAccidents()
{
    static const QList<Accident> table = {
            {"host-gone", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The name mta-sts was deleted"), "STS-21",
             [](Scene &s) { host(s).isGone = true; }},
            {"host-down", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host is down"), "STS-45.unreachable",
             [](Scene &s) { host(s).isReachable = false; }},
            {"host-alias", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The policy host is an alias of the web site, with its certificate"),
             "STS-60",
             [](Scene &s) {
                 host(s).alias = "www." + Domain;
                 host(s).certificate = CertificateFault::OtherName;
             }},
            {"host-certificate-expired", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The certificate of the policy host has ended"),
             "STS-47.expired", [](Scene &s) { host(s).certificate = CertificateFault::Expired; }},
            {"host-certificate-early", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The certificate of the policy host is not valid yet"),
             "STS-47.early", [](Scene &s) { host(s).certificate = CertificateFault::NotYet; }},
            {"host-certificate-name", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The web server shows the certificate of another name"),
             "STS-46", [](Scene &s) { host(s).certificate = CertificateFault::OtherName; }},
            {"host-certificate-self", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host has a certificate of its own making"),
             "STS-47.self", [](Scene &s) { host(s).certificate = CertificateFault::SelfSigned; }},
            {"host-redirects", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host redirects to the web site"), "STS-51",
             [](Scene &s) {
                 host(s).status = 301;
                 host(s).location = "https://www." + Domain + "/";
             }},
            {"host-error", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The policy host is overloaded, and answers with an error"),
             "STS-57", [](Scene &s) { host(s).status = 503; }},
            {"host-alias-gone", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host is an alias that leads to nothing"),
             "STS-89.host",
             [](Scene &s) {
                 s.lines.append("mta-sts IN CNAME mta-sts.gone.example.");
                 s.host.reset();
             }},
            {"host-certificate-old-form", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The web certificate has its name only where old browsers looked"),
             "STS-46.cn", [](Scene &s) { host(s).certificate = CertificateFault::NoAltName; }},
            {"host-certificate-chain", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The web server does not send its intermediate certificate"),
             "STS-47.chain",
             [](Scene &s) { host(s).certificate = CertificateFault::NoIntermediate; }},
            {"host-certificate-unknown", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The web certificate is of an authority that nobody trusts"),
             "STS-47.trust",
             [](Scene &s) { host(s).certificate = CertificateFault::UnknownAuthority; }},
            {"host-certificate-weak", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The web certificate was issued with a short key"),
             "TLS-19.web-issuer",
             [](Scene &s) { host(s).certificate = CertificateFault::WeakAuthority; }},
            {"host-tls-old", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host speaks TLS 1.1 only"), "STS-58.old",
             [](Scene &s) { host(s).tls = TlsFault::OnlyOld; }},
            {"host-tls-fails", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice",
                               "The policy host has no way of encryption in common with senders"),
             "STS-58.tls", [](Scene &s) { host(s).tls = TlsFault::FailsHandshake; }},
            {"host-tls-client", AccidentGroup::Host,
             QT_TRANSLATE_NOOP("Practice", "The policy host asks senders for a certificate"),
             "STS-58.client", [](Scene &s) { host(s).tls = TlsFault::WantsCertificate; }},
    };
    return table;
}
