// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with the record at _mta-sts.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::recordAccidents()
{
    static const QList<Accident> table = {
            {"record-doubled", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record was added a second time"), "STS-6",
             [](Scene &s) {
                 s.sts = {"v=STSv1; id=20260101T000000;", "v=STSv1; id=20260202T000000;"};
             }},
            {"record-start", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record does not begin with v=STSv1"), "STS-4",
             [](Scene &s) { s.sts = {"V=STSV1; id=20260101T000000;"}; }},
            {"record-quoted", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The DNS panel published the quotes, too"), "STS-14",
             [](Scene &s) { s.sts = {"\"v=STSv1; id=20260101T000000;\""}; }},
            {"record-escaped", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice",
                               "The DNS panel published the backslashes of a zone file"),
             "STS-14.backslash", [](Scene &s) { s.sts = {"v=STSv1\\; id=20260101T000000\\;"}; }},
            {"record-no-id", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record has no id"), "STS-8.missing",
             [](Scene &s) { s.sts = {"v=STSv1;"}; }},
            {"record-id-signs", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The id has hyphens in it"), "STS-8",
             [](Scene &s) { s.sts = {"v=STSv1; id=2026-01-01;"}; }},
            {"record-id-twice", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record has two ids"), "STS-10",
             [](Scene &s) { s.sts = {"v=STSv1; id=20260101; id=20260202;"}; }},
            {"record-version-twice", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record says its version twice"), "STS-10.version",
             [](Scene &s) { s.sts = {"v=STSv1; v=STSv1; id=20260101T000000;"}; }},
            {"record-misplaced", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record stands at the domain itself"), "STS-19",
             [](Scene &s) {
                 s.lines.append("@ IN TXT \"v=STSv1; id=20260101T000000;\"");
                 s.sts.clear();
             }},
            {"record-alias-gone", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record is an alias that leads to nothing"),
             "STS-89.gone",
             [](Scene &s) {
                 s.lines.append("_mta-sts IN CNAME _mta-sts.gone.example.");
                 s.sts.clear();
             }},
            {"record-unanswered", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The name servers do not answer for the record"),
             "STS-18", [](Scene &s) { s.failing.append("_mta-sts." + Domain); }},
            {"record-gone", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record was deleted, the file was not"),
             "STS-1.policy", [](Scene &s) { s.sts.clear(); }},
            {"record-pasted", AccidentGroup::Record,
             QT_TRANSLATE_NOOP(
                     "Practice",
                     "The record was pasted from a letter, with a dash that is no hyphen"),
             "STS-3",
             [](Scene &s) { s.sts = {"v=STSv1; id=20260101T000000; note=a\xe2\x80\x93;"}; }},
            {"record-control", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A control character slipped into the record"),
             "STS-3.control", [](Scene &s) { s.sts = {"v=STSv1; id=2026\b0101;"}; }},
            {"record-id-case", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record says ID in capitals"), "STS-8.case",
             [](Scene &s) { s.sts = {"v=STSv1; ID=20260101T000000;"}; }},
            {"record-id-empty", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The id is empty"), "STS-8.empty",
             [](Scene &s) { s.sts = {"v=STSv1; id=;"}; }},
            {"record-id-long", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The id is longer than 32 characters"), "STS-8.length",
             [](Scene &s) { s.sts = {"v=STSv1; id=" + QByteArray(33, '1') + ";"}; }},
            {"record-note", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A note in the record has an equals sign in it"),
             "STS-9", [](Scene &s) { s.sts = {"v=STSv1; id=20260101T000000; note=a=b;"}; }},
            {"record-note-name", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A field of the record has a name with a slash in it"),
             "STS-9.name", [](Scene &s) { s.sts = {"v=STSv1; id=20260101T000000; on/off=1;"}; }},
            {"record-note-bare", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A word stands in the record that is no field"),
             "STS-9.equals", [](Scene &s) { s.sts = {"v=STSv1; id=20260101T000000; enforce;"}; }},
            {"record-semicolons", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record has two semicolons in a row"), "STS-11",
             [](Scene &s) { s.sts = {"v=STSv1;; id=20260101T000000;"}; }},
            {"record-end", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A space was left at the end of the record"),
             "STS-11.end", [](Scene &s) { s.sts = {"v=STSv1; id=20260101T000000 "}; }},
            {"record-space", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A space stands behind the equals sign of the id"),
             "STS-11.space", [](Scene &s) { s.sts = {"v=STSv1; id= 20260101T000000;"}; }},
            {"record-beside", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "A second record has a space before its semicolon"),
             "STS-13.beside",
             [](Scene &s) {
                 s.sts = {"v=STSv1; id=20260101T000000;", "v=STSv1 ; id=20260202T000000;"};
             }},
            {"record-alias-broken", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice",
                               "The record is an alias that leads to a name without a record"),
             "STS-89",
             [](Scene &s) {
                 s.lines.append("_mta-sts IN CNAME hosted");
                 s.lines.append("hosted IN A 127.0.0.1");
                 s.sts.clear();
             }},
            {"record-alias-loop", AccidentGroup::Record,
             QT_TRANSLATE_NOOP("Practice", "The record is an alias that leads back to itself"),
             "DNS-4",
             [](Scene &s) {
                 s.lines.append("_mta-sts IN CNAME _loop");
                 s.lines.append("_loop IN CNAME _mta-sts");
                 s.sts.clear();
             }},
    };
    return table;
}
