// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with TLSA records and with the signatures of the zone.
#include "practice/accidenttables.h"

using namespace Practice;

namespace {

using Of = TlsaWish::Of;

/// In the place of all others of the server.
void publish(Scene &scene, const TlsaWish &wish)
{
    lastServer(scene).tlsa = {wish};
}

} // namespace

const QList<Practice::Accident> &Practice::dnssecAccidents()
{
    static const QList<Accident> table = {
            {"tlsa-stale", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A mail server has a new key, its TLSA record has not"),
             "DANE-28", [](Scene &s) { publish(s, {.of = Of::ServerBefore}); }},
            {"tlsa-unusable", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record has a digest that there is not"),
             "DANE-12", [](Scene &s) { publish(s, {.matching = 9}); }},
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
            {"tlsa-all-stale", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "All mail servers have new keys that no TLSA record knows"),
             "STS-82",
             [](Scene &s) {
                 for (MailServer &server : s.servers)
                     server.tlsa = {TlsaWish{.of = Of::ServerBefore}};
             }},
            {"tlsa-no-starttls", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "A TLSA record promises encryption that the server does not offer"),
             "DANE-13",
             [](Scene &s) {
                 publish(s, TlsaWish());
                 lastServer(s).offersStartTls = false;
             }},
            {"tlsa-web", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record is written as for web servers"),
             "DANE-14", [](Scene &s) { publish(s, {.usage = 1}); }},
            {"tlsa-usage", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record has a usage that there is not"),
             "DANE-15.usage", [](Scene &s) { publish(s, {.usage = 4}); }},
            {"tlsa-selector", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record has a selector that there is not"),
             "DANE-15.selector", [](Scene &s) { publish(s, {.selector = 2}); }},
            {"tlsa-private", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record has a digest for private use"),
             "DANE-15.matching", [](Scene &s) { publish(s, {.matching = 255}); }},
            {"tlsa-cut", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "The digest in a TLSA record was cut off"), "DANE-16",
             [](Scene &s) { publish(s, {.isCut = true}); }},
            {"tlsa-cut-certificate", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "The certificate in a TLSA record was cut off"),
             "DANE-16.full",
             [](Scene &s) { publish(s, {.selector = 0, .matching = 0, .isCut = true}); }},
            {"tlsa-issuer", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record for the server holds its issuer"),
             "DANE-17", [](Scene &s) { publish(s, {.selector = 0, .of = Of::Intermediate}); }},
            {"tlsa-issuer-expired", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "The certificate has ended below the issuer in a TLSA record"),
             "DANE-20",
             [](Scene &s) {
                 publish(s, {.usage = 2, .selector = 0, .of = Of::Intermediate});
                 lastServer(s).certificate = CertificateFault::Expired;
             }},
            {"tlsa-server", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "A TLSA record for the issuer holds the server"),
             "DANE-20.leaf", [](Scene &s) { publish(s, {.usage = 2, .selector = 0}); }},
            {"tlsa-issuer-name", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP(
                     "Practice",
                     "The certificate has another name below the issuer in a TLSA record"),
             "DANE-21",
             [](Scene &s) {
                 publish(s, {.usage = 2, .selector = 0, .of = Of::Intermediate});
                 lastServer(s).certificate = CertificateFault::OtherName;
             }},
            {"tlsa-root", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "A TLSA record holds a root that the server does not send"),
             "DANE-24", [](Scene &s) { publish(s, {.usage = 2, .selector = 0, .of = Of::Root}); }},
            {"tlsa-root-key", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP(
                     "Practice",
                     "A TLSA record holds the key of a root that the server does not send"),
             "DANE-24.bare",
             [](Scene &s) { publish(s, {.usage = 2, .matching = 0, .of = Of::Root}); }},
            {"tlsa-digests", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "The TLSA records have two digests of one key, and one of another"),
             "DANE-27",
             [](Scene &s) {
                 lastServer(s).tlsa = {TlsaWish(), TlsaWish{.matching = 2},
                                       TlsaWish{.matching = 2, .of = Of::ServerBefore}};
             }},
            {"tlsa-renewed", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP(
                     "Practice",
                     "The certificate of a mail server was renewed, its TLSA record was not"),
             "DANE-31.broken",
             [](Scene &s) { publish(s, {.selector = 0, .of = Of::ServerBefore}); }},
            {"tlsa-second", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "A mail server got a second certificate that no TLSA record knows"),
             "DANE-38",
             [](Scene &s) {
                 publish(s, TlsaWish());
                 lastServer(s).hasRsaToo = true;
             }},
            {"tlsa-mixed", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "A TLSA record for the certificate holds the digest of the key"),
             "DANE-42.selector",
             [](Scene &s) { publish(s, {.selector = 0, .isOtherSelector = true}); }},
            {"tlsa-refused", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice", "The name servers refuse to look for TLSA records"),
             "DANE-44", [](Scene &s) { s.hasTlsaAnswers = false; }},
            {"tlsa-unproven", AccidentGroup::Dnssec,
             QT_TRANSLATE_NOOP("Practice",
                               "The zone does not prove what is not there beside a TLSA record"),
             "DANE-43",
             [](Scene &s) {
                 publish(s, TlsaWish());
                 s.unproven.append("_25._tcp." + lastServer(s).name);
             }},
    };
    return table;
}
