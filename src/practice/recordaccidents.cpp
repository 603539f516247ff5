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
    };
    return table;
}
