// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts dnssec: how a zone is signed, what to hand to the registrar, and switching it on.
#include "base/pause.h"
#include "base/printable.h"
#include "cli/carryout.h"
#include "cli/dnssectext.h"
#include "cli/output.h"
#include "push/delegationlook.h"
#include "push/dswait.h"
#include "push/zoneswitch.h"

namespace {

using Signing = TokenFacts::Signing;

constexpr int LongestWait = 7 * 86400;            // seconds
constexpr int KeysMs = 60000, KeysEveryMs = 2000; // for the name servers to show a new key

QString text(const char *source)
{
    return QCoreApplication::translate("Dnssec", source);
}

void addOptions(QCommandLineParser &parser)
{
    describe(parser, "dnssec",
             text(QT_TRANSLATE_NOOP(
                     "Dnssec", "Says whether the zone of a name is signed and proven, and what "
                               "its registrar has to know. Changes nothing unless told to.")));
    addServiceOptions(parser);
    parser.addOptions({
            {QStringLiteral("switch-on"),
             text(QT_TRANSLATE_NOOP("Dnssec", "Have the DNS service sign the zone."))},
            {QStringLiteral("yes"),
             text(QT_TRANSLATE_NOOP("Dnssec", "Do not ask before it is switched on."))},
            {QStringLiteral("wait"),
             text(QT_TRANSLATE_NOOP("Dnssec", "Wait so long for the DS record above the zone.")),
             QStringLiteral("S")},
    });
    addLookingOptions(parser);
}

/// The words, understood.
struct Wanted
{
    QByteArray name;
    bool hasService = false, switchesOn = false, asJson = false, isAgreed = false;
    int waitS = 0;
};

Result<Wanted> wantedFrom(const QCommandLineParser &parser)
{
    const auto wrong = [](const QString &sentence) {
        return failed(Error::Kind::Malformed, sentence);
    };
    if (parser.positionalArguments().size() != 1)
        return wrong(QStringLiteral("try: mta-sts dnssec example.org"));
    const QString typed = parser.positionalArguments().constFirst();
    const TypedDomain read = DomainName::parse(typed);
    if (read.outcome == TypedDomain::Outcome::Reject)
        return wrong(QStringLiteral("“%1” is not a domain").arg(printable(typed, 80)));
    Wanted wanted;
    wanted.name = read.domain.ascii();
    wanted.hasService = parser.isSet(QStringLiteral("provider"));
    wanted.switchesOn = parser.isSet(QStringLiteral("switch-on"));
    wanted.asJson = parser.isSet(QStringLiteral("json"));
    wanted.isAgreed = parser.isSet(QStringLiteral("yes"));
    if (wanted.switchesOn && !wanted.hasService)
        return wrong(QStringLiteral("--switch-on needs --provider: where is the zone served?"));
    if (const QString wait = parser.value(QStringLiteral("wait")); !wait.isEmpty()) {
        bool isNumber = false;
        wanted.waitS = wait.toInt(&isNumber);
        if (!isNumber || wanted.waitS < 0 || wanted.waitS > LongestWait)
            return wrong(QStringLiteral("--wait wants 0 to 604800 seconds"));
    }
    return wanted;
}

void add(DnssecSeen &seen, const QList<Issue> &issues)
{
    for (const Issue &issue : issues)
        seen.findings.append(toFinding(issue, Group::Dane, printable(seen.sight.zone)));
}

/// The zone at the service, which has to be the one that the DNS asks.
tl::expected<Zone, Stopped> zoneAtService(PushWords &words, const QByteArray &name,
                                          const Cancel &cancel)
{
    const auto zones = words.service.provider->zones(name, cancel);
    if (!zones)
        return tl::unexpected(stopped(zones.error()));
    const Result<Zone> zone = zoneFor(name, *zones);
    if (!zone)
        return tl::unexpected(stopped(zone.error()));
    const Result<QByteArray> apex = zoneAbove(name, words.network, cancel);
    if (apex && *apex != zone->name)
        return tl::unexpected(
                Stopped{ExitRefused,
                        QStringLiteral("%1 is in the zone %2, and this account has %3; use the "
                                       "service that serves %2")
                                .arg(printable(name), printable(*apex), printable(zone->name))});
    return *zone;
}

/// Nothing where it is on, or was switched on; else why the program ends.
std::optional<Stopped> switchOn(PushWords &words, const Zone &zone, const Wanted &wanted,
                                DnssecSeen &seen, const Cancel &cancel)
{
    if (const auto why = whyNotSwitchedOn(zone, *seen.service))
        return Stopped{ExitRefused, QStringLiteral("nothing was changed: %1").arg(why->what)};
    if (seen.service->state != Signing::Off)
        return std::nullopt;
    const QString question =
            text(QT_TRANSLATE_NOOP(
                         "Dnssec",
                         "Have %1 sign the zone %2? Nothing changes for anybody before the "
                         "DS record stands at the registrar."))
                    .arg(QString::fromLatin1(words.service.info->title), printable(zone.name));
    if (!wanted.isAgreed && !isAgreedTo(question))
        return Stopped{ExitErrors,
                       QStringLiteral("nothing was changed: say yes, or give --yes where "
                                      "nobody can be asked")};
    const auto after = switchedOn(*words.service.signing, zone, *seen.service, cancel);
    if (!after)
        return stopped(after.error());
    seen.service = *after;
    seen.wasSwitchedOn = true;
    return std::nullopt;
}

/// What the service says, if one is asked.
std::optional<Stopped> askService(PushWords &words, const Zone &zone, const Wanted &wanted,
                                  DnssecSeen &seen, const Cancel &cancel)
{
    seen.info = words.service.info;
    if (!words.service.signing) {
        if (!wanted.switchesOn)
            return std::nullopt;
        const QStringList steps = signingSteps({}, seen.info);
        return Stopped{ExitRefused,
                       QStringLiteral("zones of %1 are not signed from here. %2")
                               .arg(QString::fromLatin1(seen.info->title), steps.join(u' '))
                               .trimmed()};
    }
    const auto state = words.service.signing->look(zone, cancel);
    if (!state)
        return stopped(state.error());
    seen.service = *state;
    return wanted.switchesOn ? switchOn(words, zone, wanted, seen, cancel) : std::nullopt;
}

DelegationSight seeZone(const PushWords &words, const QByteArray &zone, const Wanted &wanted,
                        const DnssecSeen &seen, const Cancel &cancel)
{
    const auto look = [&](const Cancel &stop) {
        return lookAtDelegation(zone, words.network, words.dnsPort, stop);
    };
    DelegationSight sight = look(cancel);
    if (seen.wasSwitchedOn) {
        for (const QDeadlineTimer end(KeysMs); !forParent(*seen.service, sight).issues.isEmpty() &&
                                               !end.hasExpired() && pauseFor(KeysEveryMs, cancel);)
            sight = look(cancel);
    }
    // Before anything is waited for, it has to be known what to enter.
    if (wanted.waitS == 0 || delegationState(sight) == DelegationState::Proven ||
        delegationState(sight) == DelegationState::Dark)
        return sight;
    if (!wanted.asJson && seen.service) {
        DnssecSeen first = seen;
        first.sight = sight;
        first.wish = forParent(*seen.service, sight);
        add(first, delegationIssues(sight) + first.wish.issues);
        writeOut((dnssecText(first) +
                  text(QT_TRANSLATE_NOOP("Dnssec", "\nWaiting for the parent…\n")))
                         .toUtf8());
    }
    const DsWait wait{wanted.waitS < 600 ? 5000 : 30000, qint64(wanted.waitS) * 1000};
    return waitForDs(look, wait, cancel, {});
}

int statusOf(const DnssecSeen &seen)
{
    const int status = exitStatusOf(seen.findings);
    if (status != ExitOk || delegationState(seen.sight) == DelegationState::Proven)
        return status;
    return ExitChanges;
}

int run(PushWords &words, const Wanted &wanted, const Cancel &cancel)
{
    DnssecSeen seen;
    QByteArray zone;
    if (wanted.hasService) {
        const auto found = zoneAtService(words, wanted.name, cancel);
        if (!found)
            return end(found.error());
        zone = found->name;
        if (const auto ended = askService(words, *found, wanted, seen, cancel))
            return end(*ended);
    } else {
        const auto apex = zoneAbove(wanted.name, words.network, cancel);
        if (!apex)
            return end(stopped(apex.error()));
        zone = *apex;
    }
    seen.sight = seeZone(words, zone, wanted, seen, cancel);
    if (cancel.isCancelled())
        return ExitInterrupted;
    add(seen, delegationIssues(seen.sight));
    if (seen.service) {
        seen.wish = forParent(*seen.service, seen.sight);
        add(seen, seen.wish.issues);
    }
    if (isToBeSigned(delegationState(seen.sight)) && seen.wish.ds.isEmpty())
        seen.steps = signingSteps(seen.sight.nameServers, seen.info);
    if (wanted.asJson)
        writeJson(dnssecJson(seen));
    else
        writeOut(dnssecText(seen).toUtf8());
    return statusOf(seen);
}

} // namespace

int dnssecCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const Result<Wanted> wanted = wantedFrom(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    Result<PushWords> words = wanted->hasService ? serviceWords(parser) : lookingWords(parser);
    if (!words)
        return end(stopped(words.error()));
    return run(*words, *wanted, invocation.cancel);
}
