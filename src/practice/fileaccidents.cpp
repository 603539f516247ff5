// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with the policy file.
#include "practice/accidenttables.h"

#include <QStringEncoder>

namespace {

QByteArray asUtf16(const QByteArray &text)
{
    using Flag = QStringEncoder::Flag;
    QStringEncoder encoder(QStringEncoder::Utf16LE, Flag::WriteBom);
    return encoder.encode(QString::fromLatin1(text));
}

} // namespace

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
            {"file-line-ends", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The line ends of the policy file were converted twice"),
             "STS-23", [](Scene &s) { replaceInFile(s, "\r\n", "\r\r\n"); }},
            {"file-indented", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A line of the policy file is indented"), "STS-25",
             [](Scene &s) { replaceInFile(s, "mode:", " mode:"); }},
            {"file-colon", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A space stands before a colon of the policy file"),
             "STS-25.colon", [](Scene &s) { replaceInFile(s, "mode:", "mode :"); }},
            {"file-name-case", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file says Mode with a capital letter"),
             "STS-26", [](Scene &s) { replaceInFile(s, "mode:", "Mode:"); }},
            {"file-no-version", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy does not say its version"), "STS-27",
             [](Scene &s) { replaceInFile(s, "version: STSv1\r\n", ""); }},
            {"file-one-line", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file is written in one line"),
             "STS-27.oneline", [](Scene &s) { replaceInFile(s, "\r\n", "; "); }},
            {"file-version-record", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The version of the policy is written as in the record"),
             "STS-27.txt",
             [](Scene &s) { replaceInFile(s, "version: STSv1", "version: v=STSv1"); }},
            {"file-mode-case", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy says Enforce with a capital letter"),
             "STS-28.case", [](Scene &s) { replaceInFile(s, "mode: enforce", "mode: Enforce"); }},
            {"file-age-range", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy holds for longer than a year"),
             "STS-29.range", [](Scene &s) { replaceInFile(s, "2592000", "63115200"); }},
            {"file-hyphen", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is listed with a hyphen in front"),
             "STS-31",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example", "mx: -mx2.practice.example");
             }},
            {"file-mx-empty", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A line for a mail server is empty"), "STS-31.empty",
             [](Scene &s) { replaceInFile(s, "mx: mx2.practice.example", "mx:"); }},
            {"file-mx-list", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "All mail servers are listed in one line"),
             "STS-31.several",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example",
                               "mx: mx2.practice.example, mx1.practice.example");
             }},
            {"file-preference", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is listed with its preference"),
             "STS-31.preference",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example", "mx: 20 mx2.practice.example");
             }},
            {"file-url", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is given as a web address"), "STS-31.url",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example", "mx: https://mx2.practice.example/");
             }},
            {"file-address", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is given by its address"),
             "STS-31.address",
             [](Scene &s) { replaceInFile(s, "mx: mx2.practice.example", "mx: [192.0.2.1]"); }},
            {"file-underscore", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is listed with an underscore"),
             "STS-31.underscore",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example", "mx: mx_2.practice.example");
             }},
            {"file-dot", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is listed with a dot at the end"),
             "STS-31.dot",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example", "mx: mx2.practice.example.");
             }},
            {"file-umlaut", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A mail server is listed with an umlaut"), "STS-32",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example",
                               "mx: b\xc3\xbc"
                               "cher.practice.example");
             }},
            {"file-quote", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice",
                               "A typographic quote stands behind the name of a mail server"),
             "STS-32.character",
             [](Scene &s) {
                 replaceInFile(s, "mx: mx2.practice.example",
                               "mx: mx2.practice.example\xe2\x80\x99");
             }},
            {"file-mark", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice",
                               "The editor put a byte order mark in front of the policy"),
             "STS-37.mark", [](Scene &s) { host(s).text.prepend("\xef\xbb\xbf"); }},
            {"file-latin", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A line of the policy file is in an old encoding"),
             "STS-37.encoding", [](Scene &s) { host(s).text += "note: gr\xfc\xdf\x65\r\n"; }},
            {"file-utf16", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy file was saved as UTF-16"), "STS-37.utf16",
             [](Scene &s) { host(s).text = asUtf16(host(s).text); }},
            {"file-control", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "A control character slipped into the policy file"),
             "STS-38", [](Scene &s) { host(s).text += "note: a\vb\r\n"; }},
            {"file-json", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy was written as JSON"), "STS-40.json",
             [](Scene &s) {
                 host(s).text = "{ \"version\": \"STSv1\", \"mode\": \"enforce\" }\n";
             }},
            {"file-fence", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The policy was copied with the fence of a code block"),
             "STS-40.fence",
             [](Scene &s) {
                 host(s).text.prepend("```\r\n");
                 host(s).text += "```\r\n";
             }},
            {"file-record", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The record is served in the place of the policy"),
             "STS-40.txt", [](Scene &s) { host(s).text = "v=STSv1; id=20260101T000000;\r\n"; }},
            {"file-cut", AccidentGroup::File,
             QT_TRANSLATE_NOOP("Practice", "The connection ends in the middle of the policy file"),
             "STS-50.broken", [](Scene &s) { host(s).isCut = true; }},
    };
    return table;
}
