// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/trustwords.h"

#include "base/isolated.h"
#include "base/printable.h"
#include "check/trustjson.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace {

using Kind = TrustLink::Kind;
using State = TrustLink::State;

struct TrustWords
{
    Q_DECLARE_TR_FUNCTIONS(TrustWords)
};

struct Row
{
    const char *why; // a reason, or "kind:reason" where the kind has its own sentence
    const char *text;
};

// %1 is the name of the link, %2 what the reason is about.
constexpr Row Sentences[] = {
        {"root", QT_TRANSLATE_NOOP("TrustWords", "The keys of the DNS root are the known ones.")},
        {"top-level:signed",
         QT_TRANSLATE_NOOP("TrustWords",
                           "The top-level domain %1 is signed, and the root says so.")},
        {"signed", QT_TRANSLATE_NOOP("TrustWords", "The zone of %1 is signed, and so is every zone "
                                                   "above it.")},
        {"bogus", QT_TRANSLATE_NOOP("TrustWords",
                                    "The signatures of the zone of %1 do not hold. Senders that "
                                    "check DNSSEC do not believe its answers.")},
        {"bogus-above",
         QT_TRANSLATE_NOOP("TrustWords",
                           "The signatures of the zone of %1, or of a zone above it, do not hold. "
                           "Senders that check DNSSEC do not believe its answers.")},
        {"no-ds", QT_TRANSLATE_NOOP("TrustWords",
                                    "The zone of %1 has keys, but %2 has no DS record for them: "
                                    "the key has to be handed to the registry.")},
        {"no-ds-above",
         QT_TRANSLATE_NOOP("TrustWords",
                           "The zone of %1 has keys, but no chain of trust leads to them: the DS "
                           "record is missing there or in a zone above.")},
        {"unsigned", QT_TRANSLATE_NOOP("TrustWords", "The zone of %1 is not signed.")},
        {"unsigned-above",
         QT_TRANSLATE_NOOP("TrustWords", "The zone of %1, or a zone above it, is not signed.")},
        {"mx:records-signed", QT_TRANSLATE_NOOP("TrustWords", "The MX records of %1 are signed.")},
        {"mx:records", QT_TRANSLATE_NOOP("TrustWords", "The MX records of %1 are not signed.")},
        {"mx:records-bogus",
         QT_TRANSLATE_NOOP("TrustWords", "The signatures of the MX records of %1 do not hold.")},
        {"mx:failed", QT_TRANSLATE_NOOP("TrustWords", "The look-up of the MX records of %1 fails. "
                                                      "Senders that check DANE wait.")},
        {"mx:alias", QT_TRANSLATE_NOOP("TrustWords", "%1 is an alias that leads to %2, and not all "
                                                     "of that way is signed.")},
        {"implicit-mx",
         QT_TRANSLATE_NOOP("TrustWords", "It is proven that %1 has no MX records: the "
                                         "domain itself is the mail server.")},
        {"null-mx", QT_TRANSLATE_NOOP("TrustWords", "%1 says that it accepts no mail.")},
        {"no-mx", QT_TRANSLATE_NOOP("TrustWords", "%1 has no mail server.")},
        {"address:records-signed",
         QT_TRANSLATE_NOOP("TrustWords", "The addresses of %1 are signed.")},
        {"address:records", QT_TRANSLATE_NOOP("TrustWords", "The addresses of %1 are not signed.")},
        {"address:records-bogus",
         QT_TRANSLATE_NOOP("TrustWords", "The signatures of the addresses of %1 do not hold.")},
        {"address:failed", QT_TRANSLATE_NOOP("TrustWords", "The look-up of the addresses of %1 "
                                                           "fails. Senders that check DANE wait.")},
        {"alias", QT_TRANSLATE_NOOP("TrustWords", "%1 is an alias of %2, and the alias is not "
                                                  "signed.")},
        {"alias-end",
         QT_TRANSLATE_NOOP("TrustWords", "%1 is an alias of %2, whose addresses are not "
                                         "signed: TLSA records count at %1 only.")},
        {"alias-signed", QT_TRANSLATE_NOOP("TrustWords", "%1 is an alias of %2. The alias and the "
                                                         "addresses are signed.")},
        {"no-address", QT_TRANSLATE_NOOP("TrustWords", "%1 has no address.")},
        {"tlsa:records-signed",
         QT_TRANSLATE_NOOP("TrustWords", "The TLSA records at %1 are signed.")},
        {"tlsa:records-bogus",
         QT_TRANSLATE_NOOP("TrustWords", "The signatures of the TLSA records at %1 do not hold.")},
        {"tlsa:failed",
         QT_TRANSLATE_NOOP("TrustWords", "The look-up of TLSA records at %1 fails. Senders that "
                                         "check DANE wait.")},
        {"no-tlsa", QT_TRANSLATE_NOOP("TrustWords", "There are no TLSA records at %1: DANE is not "
                                                    "used for this server.")},
        {"ignored",
         QT_TRANSLATE_NOOP("TrustWords", "TLSA records are published, but senders ignore "
                                         "them: they are not signed.")},
        {"not-asked",
         QT_TRANSLATE_NOOP("TrustWords", "Senders do not look for TLSA records here.")},
        {"matches",
         QT_TRANSLATE_NOOP("TrustWords", "The certificate of %1 is the one that the TLSA "
                                         "records name. Senders that check DANE deliver "
                                         "over verified TLS.")},
        {"matches-partly",
         QT_TRANSLATE_NOOP("TrustWords", "The certificate of %1 fits where it was "
                                         "seen. Not every address was seen.")},
        {"certificate-unseen",
         QT_TRANSLATE_NOOP("TrustWords", "The certificate of %1 was not seen.")},
        {"no-match",
         QT_TRANSLATE_NOOP("TrustWords", "The certificate of %1 is not the one that the "
                                         "TLSA records name. Senders that check DANE do "
                                         "not deliver here.")},
        {"no-tls",
         QT_TRANSLATE_NOOP("TrustWords", "%1 does not offer the TLS that the TLSA records "
                                         "promise. Senders that check DANE do not deliver "
                                         "here.")},
        {"none-usable",
         QT_TRANSLATE_NOOP("TrustWords", "None of the TLSA records can be used. Senders that check "
                                         "DANE encrypt, but do not verify %1.")},
        {"as-any-server",
         QT_TRANSLATE_NOOP("TrustWords", "DANE verifies nothing here. Senders deliver as to any "
                                         "server without DANE.")},
        {"no-delivery", QT_TRANSLATE_NOOP("TrustWords", "Senders that check DANE do not come this "
                                                        "far: they do not deliver here.")},
        {"behind", QT_TRANSLATE_NOOP("TrustWords", "The chain is broken before this link, so it "
                                                   "proves nothing.")},
        {"no-answer", QT_TRANSLATE_NOOP("TrustWords", "There was no answer.")},
        {"waiting", QT_TRANSLATE_NOOP("TrustWords", "This is still being looked at.")},
        {"not-validated",
         QT_TRANSLATE_NOOP("TrustWords", "The resolver %2 does not pass DNSSEC on, "
                                         "so this cannot be told.")},
        {"unseen", QT_TRANSLATE_NOOP("TrustWords", "This could not be looked at.")},
};

/// That of the kind, else that of all kinds; an unknown reason comes from a file.
QString sentenceOf(const TrustLink &link)
{
    for (const QByteArray &key : {trustKindName(link.kind) + ':' + link.why, link.why}) {
        const auto *const row = std::find_if(std::begin(Sentences), std::end(Sentences),
                                             [&](const Row &one) { return key == one.why; });
        if (row != std::end(Sentences))
            return TrustWords::tr(row->text);
    }
    return {};
}

} // namespace

QString trustKindText(Kind kind)
{
    switch (kind) {
    case Kind::Root:
        return TrustWords::tr("Root");
    case Kind::TopLevel:
        return TrustWords::tr("Top level");
    case Kind::Zone:
        return TrustWords::tr("Zone");
    case Kind::Mx:
        return TrustWords::tr("MX records");
    case Kind::HostZone:
        return TrustWords::tr("Server’s zone");
    case Kind::Address:
        return TrustWords::tr("Addresses");
    case Kind::Tlsa:
        return TrustWords::tr("TLSA");
    case Kind::Certificate:
        break;
    }
    return TrustWords::tr("Certificate");
}

QString trustLinkText(const TrustLink &link, Qt::LayoutDirection direction)
{
    if (link.kind == Kind::Root)
        return trustKindText(link.kind);
    //: a link of the chain of trust, as "Zone example.com"
    return fillIn(TrustWords::tr("%1 %2"),
                  {trustKindText(link.kind), isolated(link.name, direction)});
}

QString trustStateText(const TrustLink &link)
{
    const bool isCertificate = link.kind == Kind::Certificate;
    switch (link.state) {
    case State::Holds:
        return isCertificate ? TrustWords::tr("Matches") : TrustWords::tr("Signed");
    case State::Unsigned:
        return link.why == "no-ds" ? TrustWords::tr("No DS") : TrustWords::tr("Not signed");
    case State::Absent:
        return TrustWords::tr("None");
    case State::Broken:
        return link.why == "failed"        ? TrustWords::tr("No answer")
               : link.why == "no-match"    ? TrustWords::tr("Does not match")
               : link.why == "no-tls"      ? TrustWords::tr("No TLS")
               : link.why == "none-usable" ? TrustWords::tr("Not verified")
                                           : TrustWords::tr("Broken");
    case State::NotReached:
        return link.why == "ignored"         ? TrustWords::tr("Ignored")
               : link.why == "as-any-server" ? TrustWords::tr("Not verified")
                                             : TrustWords::tr("Not reached");
    case State::Unknown:
        break;
    }
    return TrustWords::tr("Not known");
}

QString trustSentence(const TrustLink &link, Qt::LayoutDirection direction)
{
    return fillIn(sentenceOf(link),
                  {isolated(link.name, direction), isolated(link.about, direction)});
}

QString trustHeadline(const TrustChain &chain, Qt::LayoutDirection direction)
{
    const qsizetype at = firstBreak(chain);
    const QString host = isolated(chain.host, direction);
    if (at < 0 && chain.host.isEmpty())
        return TrustWords::tr("There is no mail server to follow the chain to.");
    if (at < 0)
        return fillIn(TrustWords::tr("The chain of trust is whole: senders that check DANE know "
                                     "that they deliver to %1."),
                      {host});
    const TrustLink &link = chain.links.at(at);
    const QString place = trustLinkText(link, direction);
    if (isVerified(chain))
        return link.kind == Kind::Address
                       ? fillIn(TrustWords::tr(
                                        "DANE protects %1, by TLSA records at its own name."),
                                {host})
                       : fillIn(TrustWords::tr("Only %1 is protected, not the domain: the chain "
                                               "breaks at %2."),
                                {host, place});
    if (link.state == State::Unknown)
        return fillIn(TrustWords::tr("Whether the chain holds is not known, from %1 on."), {place});
    if (link.why == "no-tlsa" || link.why == "null-mx")
        return fillIn(TrustWords::tr("The chain ends at %1."), {place});
    return fillIn(TrustWords::tr("The chain breaks at %1."), {place});
}

QString trustSummary(const TrustChain &chain, Qt::LayoutDirection direction)
{
    const qsizetype at = firstBreak(chain);
    const QString headline = trustHeadline(chain, direction);
    return at < 0 ? headline
                  : headline + QLatin1Char(' ') + trustSentence(chain.links.at(at), direction);
}
