// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with TLSA records and with the signatures of the zone.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::dnssecAccidents()
{
    static const QList<Accident> table = {
            {"tlsa-stale", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A mail server has a new key, its TLSA record has not"),
             "DANE-28", [](Scene &s) { lastServer(s).tlsa = MailServer::Tlsa::Stale; }},
            {"tlsa-unusable", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record has a digest that there is not"),
             "DANE-12", [](Scene &s) { lastServer(s).tlsa = MailServer::Tlsa::Unusable; }},
            {"tlsa-unanswered", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "The name servers do not answer for TLSA records"),
             "DANE-10", [](Scene &s) { s.failing.append("_25._tcp." + lastServer(s).name); }},
            {"dnssec-off", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "The zone is not signed any more, the TLSA records are left"),
             "DANE-2", [](Scene &s) { s.signing = Scene::Signing::Unsigned; }},
            {"dnssec-broken", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "The DS record at the parent is of an old key"), "DNS-9",
             [](Scene &s) { s.signing = Scene::Signing::Broken; }},
    };
    return table;
}
