// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts remove: the dated way out of MTA-STS (RFC 8461 8.3). First the policy says `none`; when no
// sender can hold an earlier one any more, record and file go.
#include "cli/carryout.h"
#include "cli/output.h"
#include "deploy/proposal.h"

#include <QLocale>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Push", source);
}

/// Mode none for what is served now; the reports go on (RFC 8460 stands alone).
Choices offChoices(const Looked &looked)
{
    Choices choices = proposedChoices(looked.survey);
    choices.mode = Policy::Mode::None;
    choices.maxAge = defaultMaxAge(Policy::Mode::None);
    if (const auto served = livePolicy(looked.survey))
        choices.mx = served->mx;
    return choices;
}

Deployment withoutPolicy(Deployment wanted)
{
    const QByteArray record = wanted.domain.child("_mta-sts");
    wanted.records.removeIf([&](const DnsRecord &kept) { return kept.name == record; });
    wanted.policyText.clear();
    return wanted;
}

/// After the record: what the service serves for us goes, and nothing is put in its place.
Result<std::optional<HostStep>> withdrawal(PushWords &words, const Zone &zone, const Cancel &cancel)
{
    if (!words.service.policyHost || words.service.host == Service::Host::Elsewhere)
        return std::optional<HostStep>();
    const QByteArray host = words.domain.child("mta-sts");
    const Result<HostState> state = words.service.policyHost->look(zone, host, {}, cancel);
    if (!state)
        return tl::unexpected(state.error());
    if (state->content != HostState::Content::Ours)
        return std::optional<HostStep>();
    HostState nothing;
    nothing.content = HostState::Content::Absent;
    return std::optional(HostStep{HostStep::Action::Withdraw, host, state->text, nothing});
}

QString fileToDelete(const DomainName &domain)
{
    return text(QT_TRANSLATE_NOOP("Push",
                                  "Now the policy file and the name %1 can be deleted, wherever "
                                  "they are served.\n"))
            .arg(QString::fromLatin1(domain.child("mta-sts")));
}

QString comeBack(const QDateTime &until)
{
    return until.isValid()
                   ? text(QT_TRANSLATE_NOOP("Push",
                                            "Leave record and file as they are until %1: senders "
                                            "may hold the earlier policy. Then run the same "
                                            "command again.\n"))
                             .arg(QLocale().toString(firstFreeDay(until), QLocale::LongFormat))
                   : QString();
}

tl::expected<Prepared, Stopped> prepareRemoval(PushWords words, const Cancel &cancel)
{
    Prepared made{std::move(words), {}, {}, {}, {}, {}};
    made.looked = lookNow(made.words, cancel);
    if (cancel.isCancelled())
        return tl::unexpected(Stopped{ExitInterrupted, {}});
    const Looked &looked = made.looked;
    const QDateTime now = looked.survey.at;
    const QDateTime until = looked.kept.cachedUntil;
    Choices choices = offChoices(looked);
    takeId(choices, looked.kept, looked.live, now);
    Deployment wanted = deployment(choices, looked.live, now);
    const Removal removal = removalOf(
            looked.live, {wanted.id == looked.live.stsId, until, looked.kept.isSetUp}, now);
    if (removal.step == Removal::Step::Unknown)
        return tl::unexpected(
                Stopped{ExitUnknown, QStringLiteral("it could not be seen what %1 publishes now")
                                             .arg(made.words.domain.display())});
    if (removal.step == Removal::Step::Nothing)
        return tl::unexpected(Stopped{
                ExitOk,
                QStringLiteral("%1 has no MTA-STS to remove").arg(made.words.domain.display())});
    const bool isOver = removal.step != Removal::Step::SwitchOff;
    Result<Plan> planned =
            isOver ? recordsPlanAt(made.words.service, withoutPolicy(wanted), looked.live, cancel)
                   : planAt(made.words.service, wanted, looked.live, cancel);
    if (!planned)
        return tl::unexpected(stopped(planned.error()));
    made.plan = std::move(*planned);
    if (!isOver) {
        made.looked.kept.draft = handedOver(choices, wanted);
        made.looked.kept.isSetUp = true; // what was served before has been seen by this computer
        made.byHand = comeBack(until);
        return made;
    }
    const auto host = withdrawal(made.words, made.plan.zone, cancel);
    if (!host)
        return tl::unexpected(stopped(host.error()));
    made.plan.host = *host;
    if (!*host)
        made.byHand = fileToDelete(made.words.domain);
    if (removal.step == Removal::Step::Wait)
        made.against = {deletingTooEarly(made.words.domain, removal.until)};
    return made;
}

} // namespace

int removeCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    describe(parser, "remove",
             text(QT_TRANSLATE_NOOP("Push",
                                    "Takes MTA-STS away in two steps: the policy says none first; "
                                    "the record goes when no sender can hold an earlier "
                                    "policy.")));
    addPushOptions(parser);
    addConsentOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    Result<PushWords> words = pushWords(parser, "remove");
    if (!words)
        return end(stopped(words.error()));
    auto made = prepareRemoval(std::move(*words), invocation.cancel);
    return made ? carryOut(*made, parser, invocation.cancel) : end(made.error());
}
