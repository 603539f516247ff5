// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with the record for reports.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::reportsAccidents()
{
    static const QList<Accident> table = {
            {"reports-doubled", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The record for reports was added a second time"),
             "RPT-3", [](Scene &s) { s.tlsRpt.append("v=TLSRPTv1; rua=mailto:other@" + Domain); }},
            {"reports-quoted", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice",
                               "The DNS panel published the quotes of the record for reports"),
             "RPT-17",
             [](Scene &s) { s.tlsRpt = {"\"v=TLSRPTv1; rua=mailto:reports@" + Domain + "\""}; }},
            {"reports-misplaced", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The record for reports stands at _smtp-tls"),
             "RPT-1.misplaced",
             [](Scene &s) {
                 s.lines.append(
                         "_smtp-tls IN TXT \"v=TLSRPTv1; rua=mailto:reports@practice.example\"");
                 s.tlsRpt.clear();
             }},
            {"reports-password", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports holds a password"), "RPT-14",
             [](Scene &s) {
                 s.tlsRpt = {"v=TLSRPTv1; rua=https://me:secret@reports." + Domain + "/"};
             }},
            {"reports-fax", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "Reports are to go to a telephone"), "RPT-7",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=tel:+441632960000"}; }},
            {"reports-comma", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports has an exclamation mark in it"),
             "RPT-8",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports@practice.example!10m"}; }},
            {"reports-escape", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports has a broken percent code"),
             "RPT-8.escape",
             [](Scene &s) {
                 s.tlsRpt = {"v=TLSRPTv1; rua=mailto:tls%2xreports@practice.example"};
             }},
            {"reports-slashes", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports is written like a web address"),
             "RPT-18.slashes",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto://reports@practice.example"}; }},
            {"reports-no-domain", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports has no domain"), "RPT-18",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports"}; }},
            {"reports-nowhere", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The record for reports names no address"), "RPT-5",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1;"}; }},
            {"reports-scheme", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports lacks mailto:"),
             "RPT-7.missing", [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=reports@" + Domain}; }},
            {"reports-start", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The record for reports does not begin with v=TLSRPTv1"),
             "RPT-2", [](Scene &s) { s.tlsRpt = {"V=TLSRPTV1; rua=mailto:reports@" + Domain}; }},
            {"reports-beside", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice",
                               "A second record for reports has a space before its semicolon"),
             "RPT-2.disputed",
             [](Scene &s) { s.tlsRpt.append("v=TLSRPTv1 ; rua=mailto:other@" + Domain); }},
            {"reports-equals", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice",
                               "A space stands before an equals sign of the record for reports"),
             "RPT-6",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua =mailto:reports@practice.example"}; }},
            {"reports-ascii", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports has an umlaut in it"),
             "RPT-6.ascii",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:b\xc3\xbcro@practice.example"}; }},
            {"reports-space", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "A space was left at the end of the record for reports"),
             "RPT-6.space",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports@practice.example "}; }},
            {"reports-semicolons", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The record for reports has two semicolons in a row"),
             "RPT-6.empty",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1;; rua=mailto:reports@practice.example"}; }},
            {"reports-list", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice",
                               "A comma stands at the end of the addresses for reports"),
             "RPT-6.comma",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports@practice.example,"}; }},
            {"reports-brackets", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The address for reports stands in angle brackets"),
             "RPT-6.character",
             [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:<reports@practice.example>"}; }},
            {"reports-host", AccidentGroup::Reports,
             QT_TRANSLATE_NOOP("Practice", "The web address for reports has no host"),
             "RPT-14.host", [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=https:///reports"}; }},
    };
    return table;
}
