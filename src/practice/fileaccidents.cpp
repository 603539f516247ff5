// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with the policy file.
#include "practice/accidenttables.h"

const QList<Practice::Accident> &Practice::fileAccidents()
{
    static const QList<Accident> table = {
            {"file-gone", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file was deleted"), "STS-50",
             [](Scene &s) { host(s).status = 404; }},
            {"file-not-modified", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The web server answers as if a copy was here already"),
             "STS-52", [](Scene &s) { host(s).status = 304; }},
            {"file-page", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A web page is served in the place of the policy"),
             "STS-40.html",
             [](Scene &s) {
                 host(s).text = "<!DOCTYPE html>\n<html><body>Welcome</body></html>\n";
             }},
            {"file-large", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file is larger than senders read"),
             "STS-55.answer",
             [](Scene &s) { host(s).text += "note: " + QByteArray(70000, 'x') + "\r\n"; }},
            {"file-version", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy is of a version that there is not"),
             "STS-27.value", [](Scene &s) { replaceInFile(s, "STSv1", "STSv2"); }},
            {"file-no-mode", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy has no mode"), "STS-28",
             [](Scene &s) { replaceInFile(s, "mode: enforce\r\n", ""); }},
            {"file-mode", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy has a mode that there is not"),
             "STS-28.value", [](Scene &s) { replaceInFile(s, "mode: enforce", "mode: strict"); }},
            {"file-no-age", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy does not say how long it holds"), "STS-29",
             [](Scene &s) { replaceInFile(s, "max_age: 2592000\r\n", ""); }},
            {"file-no-mx", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy names no mail server"), "STS-30",
             [](Scene &s) {
                 for (const MailServer &server : std::as_const(s.servers))
                     host(s).text.replace("mx: " + server.name + "\r\n", "");
             }},
            {"id-not-changed", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy was changed, the id of the record was not"),
             "STS-15", [](Scene &s) { replaceInFile(s, "2592000", "1209600"); }},
            {"file-type", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file is served as a download"), "STS-53",
             [](Scene &s) { host(s).contentType = "application/octet-stream"; }},
            {"file-untyped", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file is served without a type"),
             "STS-53.missing", [](Scene &s) { host(s).contentType.clear(); }},
            {"file-empty", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file is empty"), "STS-27.empty",
             [](Scene &s) { host(s).text.clear(); }},
            {"file-line", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A line of the policy file has no colon"), "STS-22",
             [](Scene &s) { replaceInFile(s, "mode:", "mode"); }},
            {"file-pattern", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is given with its port"), "STS-31.port",
             [](Scene &s) { replaceInFile(s, "mx2.practice.example", "mx2.practice.example:25"); }},
            {"file-wildcard", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A pattern has its wildcard in the middle"),
             "STS-31.wildcard",
             [](Scene &s) { replaceInFile(s, "mx2.practice.example", "mx*.practice.example"); }},
            {"file-digits", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy holds for longer than a number may say"),
             "STS-29.digits", [](Scene &s) { replaceInFile(s, "2592000", "25920000000"); }},
            {"file-age", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy says how long it holds in letters"),
             "STS-29.value", [](Scene &s) { replaceInFile(s, "2592000", "one month"); }},
            {"file-twice", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy names its mode twice"), "STS-36",
             [](Scene &s) { replaceInFile(s, "mode: ", "mode: testing\r\nmode: "); }},
            {"file-suffix", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy allows every name below example"),
             "STS-41.suffix",
             [](Scene &s) { replaceInFile(s, "mx1.practice.example", "*.example"); }},
    };
    return table;
}
