// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/accidents.h"

#include <QtGlobal>

#include <algorithm>

namespace {

using namespace Practice;

/// What is switched on for a domain that has no policy host yet finds nothing to break there.
PolicyServer &host(Scene &scene)
{
    if (!scene.host)
        scene.host = PolicyServer();
    return *scene.host;
}

void replaceInFile(Scene &scene, const char *before, const char *after)
{
    host(scene).text.replace(before, after);
}

MailServer &lastServer(Scene &scene)
{
    return scene.servers.last();
}

#define TITLE(text) QT_TRANSLATE_NOOP("Practice", text)

/// In the order in which senders come by them.
const QList<Accident> Accidents = {
        {"record-doubled", TITLE("The record was added a second time"), "STS-6",
         [](Scene &s) {
             s.sts = {"v=STSv1; id=20260101T000000;", "v=STSv1; id=20260202T000000;"};
         }},
        {"record-start", TITLE("The record does not begin with v=STSv1"), "STS-4",
         [](Scene &s) { s.sts = {"V=STSV1; id=20260101T000000;"}; }},
        {"record-quoted", TITLE("The DNS panel published the quotes, too"), "STS-14",
         [](Scene &s) { s.sts = {"\"v=STSv1; id=20260101T000000;\""}; }},
        {"record-escaped", TITLE("The DNS panel published the backslashes of a zone file"),
         "STS-14.backslash", [](Scene &s) { s.sts = {"v=STSv1\\; id=20260101T000000\\;"}; }},
        {"record-no-id", TITLE("The record has no id"), "STS-8.missing",
         [](Scene &s) { s.sts = {"v=STSv1;"}; }},
        {"record-id-signs", TITLE("The id has hyphens in it"), "STS-8",
         [](Scene &s) { s.sts = {"v=STSv1; id=2026-01-01;"}; }},
        {"record-id-twice", TITLE("The record has two ids"), "STS-10",
         [](Scene &s) { s.sts = {"v=STSv1; id=20260101; id=20260202;"}; }},
        {"record-version-twice", TITLE("The record says its version twice"), "STS-10.version",
         [](Scene &s) { s.sts = {"v=STSv1; v=STSv1; id=20260101T000000;"}; }},
        {"record-misplaced", TITLE("The record stands at the domain itself"), "STS-19",
         [](Scene &s) {
             s.lines.append("@ IN TXT \"v=STSv1; id=20260101T000000;\"");
             s.sts.clear();
         }},
        {"record-alias-gone", TITLE("The record is an alias that leads to nothing"), "STS-89.gone",
         [](Scene &s) {
             s.lines.append("_mta-sts IN CNAME _mta-sts.gone.example.");
             s.sts.clear();
         }},
        {"record-unanswered", TITLE("The name servers do not answer for the record"), "STS-18",
         [](Scene &s) { s.failing.append("_mta-sts." + Domain); }},
        {"record-gone", TITLE("The record was deleted, the file was not"), "STS-1.policy",
         [](Scene &s) { s.sts.clear(); }},
        {"host-gone", TITLE("The name mta-sts was deleted"), "STS-21",
         [](Scene &s) { s.host.reset(); }},
        {"host-down", TITLE("The policy host is down"), "STS-45.unreachable",
         [](Scene &s) { host(s).isReachable = false; }},
        {"host-alias", TITLE("The policy host is an alias of the web site, with its certificate"),
         "STS-60",
         [](Scene &s) {
             host(s).alias = "www." + Domain;
             host(s).certificate = CertificateFault::OtherName;
         }},
        {"host-certificate-expired", TITLE("The certificate of the policy host has ended"),
         "STS-47.expired", [](Scene &s) { host(s).certificate = CertificateFault::Expired; }},
        {"host-certificate-early", TITLE("The certificate of the policy host is not valid yet"),
         "STS-47.early", [](Scene &s) { host(s).certificate = CertificateFault::NotYet; }},
        {"host-certificate-name", TITLE("The web server shows the certificate of another name"),
         "STS-46", [](Scene &s) { host(s).certificate = CertificateFault::OtherName; }},
        {"host-certificate-self", TITLE("The policy host has a certificate of its own making"),
         "STS-47.self", [](Scene &s) { host(s).certificate = CertificateFault::SelfSigned; }},
        {"host-redirects", TITLE("The policy host redirects to the web site"), "STS-51",
         [](Scene &s) {
             host(s).status = 301;
             host(s).location = "https://www." + Domain + "/";
         }},
        {"file-gone", TITLE("The policy file was deleted"), "STS-50",
         [](Scene &s) { host(s).status = 404; }},
        {"file-not-modified", TITLE("The web server answers as if a copy was here already"),
         "STS-52", [](Scene &s) { host(s).status = 304; }},
        {"file-page", TITLE("A web page is served in the place of the policy"), "STS-40.html",
         [](Scene &s) { host(s).text = "<!DOCTYPE html>\n<html><body>Welcome</body></html>\n"; }},
        {"file-large", TITLE("The policy file is larger than senders read"), "STS-55.answer",
         [](Scene &s) { host(s).text += "note: " + QByteArray(70000, 'x') + "\r\n"; }},
        {"file-version", TITLE("The policy is of a version that there is not"), "STS-27.value",
         [](Scene &s) { replaceInFile(s, "STSv1", "STSv2"); }},
        {"file-no-mode", TITLE("The policy has no mode"), "STS-28",
         [](Scene &s) { replaceInFile(s, "mode: enforce\r\n", ""); }},
        {"file-mode", TITLE("The policy has a mode that there is not"), "STS-28.value",
         [](Scene &s) { replaceInFile(s, "mode: enforce", "mode: strict"); }},
        {"file-no-age", TITLE("The policy does not say how long it holds"), "STS-29",
         [](Scene &s) { replaceInFile(s, "max_age: 2592000\r\n", ""); }},
        {"file-no-mx", TITLE("The policy names no mail server"), "STS-30",
         [](Scene &s) {
             for (const MailServer &server : std::as_const(s.servers))
                 host(s).text.replace("mx: " + server.name + "\r\n", "");
         }},
        {"id-not-changed", TITLE("The policy was changed, the id of the record was not"), "STS-15",
         [](Scene &s) { replaceInFile(s, "2592000", "1209600"); }},
        {"file-type", TITLE("The policy file is served as a download"), "STS-53",
         [](Scene &s) { host(s).contentType = "application/octet-stream"; }},
        {"file-untyped", TITLE("The policy file is served without a type"), "STS-53.missing",
         [](Scene &s) { host(s).contentType.clear(); }},
        {"file-empty", TITLE("The policy file is empty"), "STS-27.empty",
         [](Scene &s) { host(s).text.clear(); }},
        {"file-line", TITLE("A line of the policy file has no colon"), "STS-22",
         [](Scene &s) { replaceInFile(s, "mode:", "mode"); }},
        {"file-pattern", TITLE("A mail server is given with its port"), "STS-31.port",
         [](Scene &s) { replaceInFile(s, "mx2.practice.example", "mx2.practice.example:25"); }},
        {"file-wildcard", TITLE("A pattern has its wildcard in the middle"), "STS-31.wildcard",
         [](Scene &s) { replaceInFile(s, "mx2.practice.example", "mx*.practice.example"); }},
        {"file-digits", TITLE("The policy holds for longer than a number may say"), "STS-29.digits",
         [](Scene &s) { replaceInFile(s, "2592000", "25920000000"); }},
        {"file-age", TITLE("The policy says how long it holds in letters"), "STS-29.value",
         [](Scene &s) { replaceInFile(s, "2592000", "one month"); }},
        {"file-twice", TITLE("The policy names its mode twice"), "STS-36",
         [](Scene &s) { replaceInFile(s, "mode: ", "mode: testing\r\nmode: "); }},
        {"file-suffix", TITLE("The policy allows every name below example"), "STS-41.suffix",
         [](Scene &s) { replaceInFile(s, "mx1.practice.example", "*.example"); }},
        {"mx-moved", TITLE("The mail moved to a server that the policy does not name"), "STS-70",
         [](Scene &s) {
             const QByteArray moved = "mx3." + Domain;
             s.mx.last() = moved;
             s.servers.last().name = moved;
         }},
        {"mx-address", TITLE("An MX record names an address"), "DNS-11.address",
         [](Scene &s) { s.mx.append("192.0.2.1"); }},
        {"mx-localhost", TITLE("An MX record names localhost"), "DNS-11.localhost",
         [](Scene &s) { s.mx.append("localhost"); }},
        {"mx-loop", TITLE("An MX record names an alias that leads back to itself"), "DNS-4",
         [](Scene &s) {
             s.mx.append("mx8." + Domain);
             s.lines.append("mx8 IN CNAME mx9");
             s.lines.append("mx9 IN CNAME mx8");
         }},
        {"mx-no-address", TITLE("An MX record names a server that does not exist"), "DNS-12",
         [](Scene &s) { s.mx.append("mx9." + Domain); }},
        {"reports-doubled", TITLE("The record for reports was added a second time"), "RPT-3",
         [](Scene &s) { s.tlsRpt.append("v=TLSRPTv1; rua=mailto:other@" + Domain); }},
        {"reports-quoted", TITLE("The DNS panel published the quotes of the record for reports"),
         "RPT-17",
         [](Scene &s) { s.tlsRpt = {"\"v=TLSRPTv1; rua=mailto:reports@" + Domain + "\""}; }},
        {"reports-misplaced", TITLE("The record for reports stands at _smtp-tls"),
         "RPT-1.misplaced",
         [](Scene &s) {
             s.lines.append("_smtp-tls IN TXT \"v=TLSRPTv1; rua=mailto:reports@practice.example\"");
             s.tlsRpt.clear();
         }},
        {"reports-password", TITLE("The address for reports holds a password"), "RPT-14",
         [](Scene &s) {
             s.tlsRpt = {"v=TLSRPTv1; rua=https://me:secret@reports." + Domain + "/"};
         }},
        {"reports-fax", TITLE("Reports are to go to a telephone"), "RPT-7",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=tel:+441632960000"}; }},
        {"reports-comma", TITLE("The address for reports has an exclamation mark in it"), "RPT-8",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports@practice.example!10m"}; }},
        {"reports-escape", TITLE("The address for reports has a broken percent code"),
         "RPT-8.escape",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:tls%2xreports@practice.example"}; }},
        {"reports-slashes", TITLE("The address for reports is written like a web address"),
         "RPT-18.slashes",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto://reports@practice.example"}; }},
        {"reports-no-domain", TITLE("The address for reports has no domain"), "RPT-18",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=mailto:reports"}; }},
        {"reports-nowhere", TITLE("The record for reports names no address"), "RPT-5",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1;"}; }},
        {"reports-scheme", TITLE("The address for reports lacks mailto:"), "RPT-7.missing",
         [](Scene &s) { s.tlsRpt = {"v=TLSRPTv1; rua=reports@" + Domain}; }},
        {"reports-start", TITLE("The record for reports does not begin with v=TLSRPTv1"), "RPT-2",
         [](Scene &s) { s.tlsRpt = {"V=TLSRPTV1; rua=mailto:reports@" + Domain}; }},
        {"starttls-removed", TITLE("A mail server stopped offering encryption"), "STS-77",
         [](Scene &s) { lastServer(s).offersStartTls = false; }},
        {"starttls-refused", TITLE("A mail server offers encryption, and refuses it"),
         "TLS-8.temporary", [](Scene &s) { lastServer(s).fault = MailFault::RefusesStartTls; }},
        {"starttls-ahead", TITLE("Something is slipped in before encryption begins"), "TLS-9",
         [](Scene &s) { lastServer(s).fault = MailFault::TalksAhead; }},
        {"mail-no-ehlo", TITLE("A mail server is too old to offer encryption"), "TLS-7.helo",
         [](Scene &s) { lastServer(s).fault = MailFault::NoEhlo; }},
        {"mail-not-smtp", TITLE("A web server answers in the place of a mail server"),
         "TLS-3.foreign", [](Scene &s) { lastServer(s).fault = MailFault::NotSmtp; }},
        {"mail-certificate-expired", TITLE("The certificate of a mail server has ended"), "TLS-18",
         [](Scene &s) { lastServer(s).certificate = CertificateFault::Expired; }},
        {"mail-certificate-name", TITLE("A mail server shows the certificate of another name"),
         "STS-74.name", [](Scene &s) { lastServer(s).certificate = CertificateFault::OtherName; }},
        {"mail-certificate-self", TITLE("A mail server has a certificate of its own making"),
         "STS-74.selfsigned",
         [](Scene &s) { lastServer(s).certificate = CertificateFault::SelfSigned; }},
        {"server-down", TITLE("A mail server does not answer"), "TLS-28.host",
         [](Scene &s) { lastServer(s).isReachable = false; }},
        {"port25-blocked", TITLE("Your network lets nobody connect to port 25"), "TLS-22",
         [](Scene &s) { s.isPort25Blocked = true; }},
        {"tlsa-stale", TITLE("A mail server has a new key, its TLSA record has not"), "DANE-28",
         [](Scene &s) { lastServer(s).tlsa = MailServer::Tlsa::Stale; }},
        {"tlsa-unusable", TITLE("A TLSA record has a digest that there is not"), "DANE-12",
         [](Scene &s) { lastServer(s).tlsa = MailServer::Tlsa::Unusable; }},
        {"tlsa-unanswered", TITLE("The name servers do not answer for TLSA records"), "DANE-10",
         [](Scene &s) { s.failing.append("_25._tcp." + lastServer(s).name); }},
        {"dnssec-off", TITLE("The zone is not signed any more, the TLSA records are left"),
         "DANE-2", [](Scene &s) { s.signing = Scene::Signing::Unsigned; }},
        {"dnssec-broken", TITLE("The DS record at the parent is of an old key"), "DNS-9",
         [](Scene &s) { s.signing = Scene::Signing::Broken; }},
};

#undef TITLE

} // namespace

const QList<Practice::Accident> &Practice::accidents()
{
    return Accidents;
}

const Practice::Accident *Practice::accident(const QByteArray &id)
{
    const auto found = std::find_if(Accidents.begin(), Accidents.end(),
                                    [&](const Accident &one) { return one.id == id; });
    return found == Accidents.end() ? nullptr : &*found;
}
