// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with MX records.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::mxAccidents()
{
    static const QList<Accident> table = {
            {"mx-moved", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice",
                               "The mail moved to a server that the policy does not name"),
             "STS-70",
             [](Scene &s) {
                 const QByteArray moved = "mx3." + Domain;
                 s.mx.last() = moved;
                 s.servers.last().name = moved;
             }},
            {"mx-address", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice", "An MX record names an address"), "DNS-11.address",
             [](Scene &s) { s.mx.append("192.0.2.1"); }},
            {"mx-localhost", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice", "An MX record names localhost"), "DNS-11.localhost",
             [](Scene &s) { s.mx.append("localhost"); }},
            {"mx-loop", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice", "An MX record names an alias that leads back to itself"),
             "DNS-4",
             [](Scene &s) {
                 s.mx.append("mx8." + Domain);
                 s.lines.append("mx8 IN CNAME mx9");
                 s.lines.append("mx9 IN CNAME mx8");
             }},
            {"mx-no-address", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice", "An MX record names a server that does not exist"),
             "DNS-12", [](Scene &s) { s.mx.append("mx9." + Domain); }},
            {"mx-none", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice",
                               "A record that says \"no mail\" stands beside the mail servers"),
             "NMX-2", [](Scene &s) { s.mx.append("."); }},
            {"mx-domain-gone", AccidentGroup::Mx,
             QT_TRANSLATE_NOOP("Practice", "The registration of the domain has ended"),
             "DNS-1.noname", [](Scene &s) { s.isRegistered = false; }},
    };
    return table;
}
