// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverstate.h"

#include "check/servercertificate.h"
#include "texts.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

using Kind = ServerState::Kind;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ServerState)
};

QString skipReason(AddressLook::Skip skip)
{
    using Skip = AddressLook::Skip;
    switch (skip) {
    case Skip::Private:
        return Texts::tr("its address is a private one");
    case Skip::NoIpv6:
        return Texts::tr("this computer has no IPv6");
    case Skip::SmtpOff:
        return Texts::tr("mail servers are left alone");
    case Skip::TooMany:
        return Texts::tr("there are too many servers");
    case Skip::No:
        break;
    }
    return {};
}

QString certificateFault(const Survey &survey, const MailHost &host, const AddressLook &look)
{
    QList<Finding> list;
    Findings findings(list);
    const LastSeen none;
    const Context context{survey, none, {}, {}, {}, false, false, false};
    judgeServerCertificate(context, host, look, subjectOf(host, look), findings);
    list.removeIf([](const Finding &finding) {
        return finding.severity == Severity::Ok || finding.id == "TLS-18.soon";
    });
    std::stable_sort(list.begin(), list.end(), [](const Finding &a, const Finding &b) {
        return severityRank(a.severity) < severityRank(b.severity);
    });
    return list.isEmpty() ? QString() : wordsFor(list.constFirst()).title;
}

/// One address, as far as it was seen.
ServerState addressState(const Survey &survey, const MailHost &host, const AddressLook &look,
                         bool looking)
{
    using End = SmtpFacts::End;
    const SmtpFacts &smtp = look.smtp;
    if (smtp.tls.established) {
        if (smtp.tls.pkix.isValid())
            return {Kind::Matches, {}, {}};
        const QString fault = certificateFault(survey, host, look);
        return smtp.tls.pkix.looked ? ServerState{Kind::Mismatch, {}, fault}
                                    : ServerState{Kind::NotTested, {}, fault};
    }
    if (smtp.end == End::NoStartTls || smtp.end == End::StartTlsRefused ||
        smtp.end == End::TlsFailed)
        return {Kind::NoEncryption, {}, smtp.problem};
    if (look.skip != AddressLook::Skip::No)
        return {Kind::NotTested, {}, skipReason(look.skip)};
    if (!look.done && looking)
        return {Kind::Waiting, {}, {}};
    if (smtp.end == End::NotTried || smtp.end == End::Cancelled)
        return {Kind::NotTested, {}, Texts::tr("stopped")};
    if (survey.port25 == Port25::Blocked)
        return {Kind::NotTested, {}, Texts::tr("port 25 is blocked here")};
    return {Kind::NotTested,
            {},
            smtp.problem.isEmpty() ? Texts::tr("no connection") : smtp.problem};
}

QString lineOf(const ServerState &state)
{
    switch (state.kind) {
    case Kind::Waiting:
        return Texts::tr("Connecting…");
    case Kind::NoEncryption:
        return state.reason.isEmpty()
                       ? Texts::tr("Offers no encryption (STARTTLS)")
                       : Texts::tr("Cannot be reached with encryption: %1").arg(state.reason);
    case Kind::Mismatch:
        return Texts::tr("Encrypts, but: %1").arg(state.reason);
    case Kind::Matches:
        return Texts::tr("Encrypts, certificate matches");
    case Kind::NotTested:
        break;
    }
    return state.reason.isEmpty() ? Texts::tr("Not tested")
                                  : Texts::tr("Not tested: %1").arg(state.reason);
}

} // namespace

ServerState serverState(const Survey &survey, const MailHost &host, bool looking)
{
    // The worst address is the one that a sender may meet; after it what is not known yet.
    static constexpr Kind Order[] = {Kind::NoEncryption, Kind::Mismatch, Kind::Waiting,
                                     Kind::NotTested, Kind::Matches};
    ServerState worst;
    if (host.addresses.isEmpty()) {
        if (looking && !host.done)
            worst.kind = Kind::Waiting;
        else if (!host.done)
            worst.reason = Texts::tr("stopped");
        else
            worst.reason = host.a && host.aaaa && host.a->isKnown() && host.aaaa->isKnown()
                                   ? Texts::tr("it has no address")
                                   : Texts::tr("its addresses could not be looked up");
    } else {
        const auto rank = [](Kind kind) { return std::find(Order, std::end(Order), kind) - Order; };
        worst.kind = Kind::Matches;
        for (const AddressLook &look : host.addresses) {
            const ServerState state = addressState(survey, host, look, looking);
            if (rank(state.kind) < rank(worst.kind))
                worst = state;
        }
    }
    worst.text = lineOf(worst);
    return worst;
}
