// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helptexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace {

struct Term
{
    const char *word;
    const char *meaning;
};

struct Topic
{
    const char *page;
    const char *title;
    std::vector<const char *> paragraphs;
    std::vector<Term> terms;
};

// clang-format off
const Term MtaSts{QT_TRANSLATE_NOOP("HelpTexts", "MTA-STS"), QT_TRANSLATE_NOOP("HelpTexts", "A promise of a domain to other mail servers: mail to us can be sent over TLS with a certificate that holds, and to these servers only. It is a text record in the DNS and a small file on a web server (RFC 8461).")};
const Term TlsRpt{QT_TRANSLATE_NOOP("HelpTexts", "TLS-RPT"), QT_TRANSLATE_NOOP("HelpTexts", "A record that asks other mail servers to send a daily report of how many connections with TLS went well and which failed (RFC 8460).")};
const Term Dane{QT_TRANSLATE_NOOP("HelpTexts", "DANE"), QT_TRANSLATE_NOOP("HelpTexts", "Another way to the same end: the DNS itself says which certificate a mail server has. It needs DNSSEC (RFC 7672). Both can stand side by side.")};
const Term Mx{QT_TRANSLATE_NOOP("HelpTexts", "MX record"), QT_TRANSLATE_NOOP("HelpTexts", "The DNS record that names the servers that take mail for a domain.")};
const Term Policy{QT_TRANSLATE_NOOP("HelpTexts", "Policy"), QT_TRANSLATE_NOOP("HelpTexts", "The file mta-sts.txt. It says how strict senders should be, which mail servers are right, and how long to remember it.")};
const Term Dnssec{QT_TRANSLATE_NOOP("HelpTexts", "DNSSEC"), QT_TRANSLATE_NOOP("HelpTexts", "Signatures in the DNS. With them nobody on the way can change an answer unseen.")};
const Term StartTls{QT_TRANSLATE_NOOP("HelpTexts", "STARTTLS"), QT_TRANSLATE_NOOP("HelpTexts", "How two mail servers go over to TLS. Without MTA-STS or DANE somebody on the way can strike it out, and mail travels in the clear.")};
const Term Certificate{QT_TRANSLATE_NOOP("HelpTexts", "Certificate"), QT_TRANSLATE_NOOP("HelpTexts", "What a server shows to prove its name. It must be made out to the name in the MX record, be in date, and come from an authority that is widely trusted.")};

// In the order of the window.
const std::vector<Topic> &topics()
{
    static const std::vector<Topic> all{
            {"",
             QT_TRANSLATE_NOOP("HelpTexts", "The assistant"),
             {QT_TRANSLATE_NOOP("HelpTexts", "This program looks at how well mail to a domain is protected on its way, and leads you to a set-up of MTA-STS. A check only reads public data. Nothing is changed before you change it yourself."),
              QT_TRANSLATE_NOOP("HelpTexts", "Every result is one of five: Passed, Note, Warning, Problem, or Not tested. “Not tested” means that it could not be looked at from here; it is neither good nor bad.")},
             {MtaSts, TlsRpt, Dane}},
            {"StartPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Start"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Type your mail domain: the part behind the @ of your addresses. A whole address or a web address is understood too."),
              QT_TRANSLATE_NOOP("HelpTexts", "“Check my domain” looks at the domain as other mail servers see it. “Set up” leads you from your mail servers to a finished policy, with everything to see before it is saved."),
              QT_TRANSLATE_NOOP("HelpTexts", "Domains that you have set up or checked are listed with their state and what to do next. The list is on this computer only: “Forget” and “Discard draft” take away what is remembered here, and nothing else."),
              QT_TRANSLATE_NOOP("HelpTexts", "“More” has the way out of MTA-STS, in the order in which no mail is lost, and the list of what was published from this computer, each with its undo."),
              QT_TRANSLATE_NOOP("HelpTexts", "“Try with a practice domain” starts a second window with a domain whose name servers, policy host and mail servers are inside the program. There everything can be tried without network and without risk. “Break something” (F8) switches on what goes wrong at real domains and tells what senders do, gives the token of its DNS service, and turns the clock forward.")},
             {MtaSts, TlsRpt, Dane}},
            {"CheckPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Check"),
             {QT_TRANSLATE_NOOP("HelpTexts", "The findings come in as they are known, worst first. Select one to read what was seen, why it matters and what to do."),
              QT_TRANSLATE_NOOP("HelpTexts", "Many networks let nobody out on port 25, where mail servers talk to each other. Then the mail servers are “Not tested”. That says nothing about them."),
              QT_TRANSLATE_NOOP("HelpTexts", "F5 checks again. Ctrl+C copies the selected finding, F6 moves between the list and the explanation, Esc goes back.")},
             {Mx, StartTls, Certificate, Dnssec, Policy}},
            {"SendersPage",
             QT_TRANSLATE_NOOP("HelpTexts", "What senders do"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Mail servers differ in what they look at. This page says what some widely used ones would do right now with mail to this domain, worked out from what the check saw. No mail is sent."),
              QT_TRANSLATE_NOOP("HelpTexts", "A sender that has fetched your policy before may still go by it, until its max_age is over, even when the record is gone or the policy has changed. Of several such policies the one that does most harm is shown."),
              QT_TRANSLATE_NOOP("HelpTexts", "Where the check could not look, the answer is “unknown”, never “delivered”.")},
             {Policy, {QT_TRANSLATE_NOOP("HelpTexts", "max_age"), QT_TRANSLATE_NOOP("HelpTexts", "How many seconds a sender may remember the policy.")}, Dane}},
            {"DomainPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Domain"),
             {QT_TRANSLATE_NOOP("HelpTexts", "The assistant looks up what is there already: mail servers, who runs the DNS, DNSSEC, and whether MTA-STS or reports are set up. You can go on as soon as the mail servers are known."),
              QT_TRANSLATE_NOOP("HelpTexts", "Each sub-domain that takes mail needs a set-up of its own: a policy holds for exactly one domain.")},
             {Mx, Dnssec, {QT_TRANSLATE_NOOP("HelpTexts", "Null MX"), QT_TRANSLATE_NOOP("HelpTexts", "An MX record that says: this domain takes no mail (RFC 7505).")}}},
            {"PolicyPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Policy"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Begin with Testing: failures are reported and mail is delivered all the same. Go over to Enforce when two weeks of reports show none. From then on senders that honour MTA-STS do not deliver when TLS or the certificate is wrong."),
              QT_TRANSLATE_NOOP("HelpTexts", "Every mail server in your MX records must be allowed by the policy. A pattern such as *.example.org stands for exactly one label more: mx1.example.org, but neither example.org nor a.mx1.example.org."),
              QT_TRANSLATE_NOOP("HelpTexts", "Remembered for longer is safer against attackers and slower to change: whoever has the policy may keep it so long. Weeks are usual once Enforce runs well.")},
             {Policy,
              {QT_TRANSLATE_NOOP("HelpTexts", "max_age"), QT_TRANSLATE_NOOP("HelpTexts", "How many seconds a sender may remember the policy.")},
              {QT_TRANSLATE_NOOP("HelpTexts", "Mode “none”"), QT_TRANSLATE_NOOP("HelpTexts", "Says that the domain no longer asks for MTA-STS. Needed for a while before record and file are taken away.")}}},
            {"ReportsPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Reports"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Reports tell you about failures that you would not see otherwise: a sender that cannot reach you over TLS has no other way to say so. They change nothing about delivery."),
              QT_TRANSLATE_NOOP("HelpTexts", "They are compressed files made by machines, at most a few from each large sender a day. A mailbox of their own or a service that reads them is best."),
              QT_TRANSLATE_NOOP("HelpTexts", "A mailbox in the same domain may not get a report about exactly the failure it tells of. Senders are to deliver reports even when TLS fails, but not every one does.")},
             {TlsRpt}},
            {"DanePage",
             QT_TRANSLATE_NOOP("HelpTexts", "DANE"),
             {QT_TRANSLATE_NOOP("HelpTexts", "A TLSA record says in the signed DNS which key a mail server has. Senders that check DANE then deliver to that server and to no other, whatever authorities say. The records belong into the zone of the mail server, so only whoever runs it can publish them."),
              QT_TRANSLATE_NOOP("HelpTexts", "The assistant makes records of the kind 3 1 1 from the keys that your servers show now. Because they are seen over the network, compare the fingerprint with the one that the server's own file has: run the command there and paste what it prints, or open the certificate's file."),
              QT_TRANSLATE_NOOP("HelpTexts", "From then on the order matters: publish the record of a new key first, wait two TTLs, change the certificate, and take the old record out last. A program that renews certificates must keep the key, or wait for you: “Renewals” has the exact options.")},
             {Dane, Dnssec, Certificate}},
            {"HostingPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Hosting"),
             {QT_TRANSLATE_NOOP("HelpTexts", "The policy file must be served at https://mta-sts.your-domain/.well-known/mta-sts.txt, by a web server with a certificate for that name. Senders follow no redirect."),
              QT_TRANSLATE_NOOP("HelpTexts", "Any way of hosting is as good as another for senders. Take the one that you already have, and that renews its certificate by itself."),
              QT_TRANSLATE_NOOP("HelpTexts", "The name mta-sts needs a DNS record that leads to that host: an address or an alias (CNAME).")},
             {Policy, Certificate}},
            {"ServicePage",
             QT_TRANSLATE_NOOP("HelpTexts", "DNS service"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Where the name servers of your domain belong to a service that the assistant knows, it can make the changes there for you. It needs a token: a password for programs, which you make in the panel of the service and can take back there at any time."),
              QT_TRANSLATE_NOOP("HelpTexts", "A token is tried before it is kept, by reading only. It is kept in the key store of this computer and in no file. Give it no more rights than the page names."),
              QT_TRANSLATE_NOOP("HelpTexts", "Without a token everything can be done by hand: the next pages show each record to copy.")},
             {{QT_TRANSLATE_NOOP("HelpTexts", "Name server"), QT_TRANSLATE_NOOP("HelpTexts", "A server that answers for the records of a domain. It belongs to the company where you change them.")},
              {QT_TRANSLATE_NOOP("HelpTexts", "TSIG key"), QT_TRANSLATE_NOOP("HelpTexts", "A secret that a name server of your own shares with programs that may change its records (RFC 8945).")}}},
            {"ReviewPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Review"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Here is everything that would change, against what is live now: lines with + are new, lines with − go away. Nothing has been changed yet."),
              QT_TRANSLATE_NOOP("HelpTexts", "Each record can be copied as your DNS panel wants it: panels differ in whether the name is written with the domain, and whether the value stands in quotes.")},
             {{QT_TRANSLATE_NOOP("HelpTexts", "id"), QT_TRANSLATE_NOOP("HelpTexts", "A mark in the _mta-sts record. Senders fetch the policy again when it differs from the one they know, so it must change whenever the policy does.")},
              {QT_TRANSLATE_NOOP("HelpTexts", "Zone file"), QT_TRANSLATE_NOOP("HelpTexts", "How DNS servers write records in a text file.")}}},
            {"DeliverPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Deliver"),
             {QT_TRANSLATE_NOOP("HelpTexts", "The files are written to a folder of yours. What to do with them stands on the page and in README.txt, in the order that never breaks mail: the host first, then the file, then the reports, and the _mta-sts record last."),
              QT_TRANSLATE_NOOP("HelpTexts", "A record that names a policy which cannot be fetched helps nobody, so it comes after the file.")},
             {Policy, TlsRpt}},
            {"PublishPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Publish"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Here is everything that the service will be told, in order, against what stands there now: lines with + are new, lines with − go away. Records of others are in no change. Nothing is sent before you press the button."),
              QT_TRANSLATE_NOOP("HelpTexts", "The policy file comes first and is read as other mail servers read it, then the records follow; so mail is not in danger at any moment. Each step is read back before the next begins, and written down on this computer first."),
              QT_TRANSLATE_NOOP("HelpTexts", "You can stop between two steps. “Try again” does what is missing; “Undo” shows first, then puts back, what was there before.")},
             {Policy, {QT_TRANSLATE_NOOP("HelpTexts", "Zone"), QT_TRANSLATE_NOOP("HelpTexts", "All records of a domain that one account keeps together.")}}},
            {"ProofPage",
             QT_TRANSLATE_NOOP("HelpTexts", "Proof"),
             {QT_TRANSLATE_NOOP("HelpTexts", "Here the assistant looks whether the world sees what you have published. DNS servers remember old answers for a while, so it can take from minutes to a day. It looks again by itself; you can close the program and come back."),
              QT_TRANSLATE_NOOP("HelpTexts", "A record that is not seen yet is looked for at the name servers of your domain themselves: they have it as soon as it is saved, whatever others still remember."),
              QT_TRANSLATE_NOOP("HelpTexts", "When all is seen, leave Testing on for about two weeks and read the reports before you go over to Enforce.")},
             {{QT_TRANSLATE_NOOP("HelpTexts", "TTL"), QT_TRANSLATE_NOOP("HelpTexts", "How long DNS servers may remember an answer.")}}},
            {"SettingsDialog",
             QT_TRANSLATE_NOOP("HelpTexts", "Settings"),
             {QT_TRANSLATE_NOOP("HelpTexts", "What is chosen here holds from the next check on; the language from the next start on. Options given on the command line go before these settings."),
              QT_TRANSLATE_NOOP("HelpTexts", "DNS: name servers of your own help when those of the network strip DNSSEC. DNS over TLS hides the questions from the network. “Test” asks for the root of the DNS and names no domain of yours."),
              QT_TRANSLATE_NOOP("HelpTexts", "Network: a SOCKS proxy is used for port 25 only. “Test” connects through it to a large mail provider, reads its greeting and leaves. No password is ever kept here."),
              QT_TRANSLATE_NOOP("HelpTexts", "Privacy: what is remembered is one plain file for each domain, in the folder that is shown.")},
             {Dnssec, {QT_TRANSLATE_NOOP("HelpTexts", "SOCKS"), QT_TRANSLATE_NOOP("HelpTexts", "A way to send connections through another computer, such as the one that “ssh -D” opens.")}}},
    };
    return all;
}

// clang-format on

QString tr(const char *text)
{
    return QCoreApplication::translate("HelpTexts", text);
}

const Topic *topicOf(const QString &objectName)
{
    const auto &all = topics();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Topic &topic) {
        return *topic.page && objectName == QLatin1String(topic.page);
    });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

bool hasHelp(const QString &objectName)
{
    return topicOf(objectName) != nullptr;
}

HelpText helpFor(const QString &objectName)
{
    const Topic *found = topicOf(objectName);
    const Topic &topic = found ? *found : topics().front();
    HelpText text{tr(topic.title), {}, {}};
    for (const char *paragraph : topic.paragraphs)
        text.paragraphs << tr(paragraph);
    for (const Term &term : topic.terms)
        text.terms << qMakePair(tr(term.word), tr(term.meaning));
    return text;
}

QStringList helpTopics()
{
    QStringList names;
    for (const Topic &topic : topics())
        if (*topic.page)
            names << QString::fromLatin1(topic.page);
    return names;
}
