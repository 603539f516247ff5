// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts plan and push: what a DNS service would be told, and telling it.
#include "cli/carryout.h"
#include "cli/output.h"
#include "cli/policyoptions.h"
#include "push/journal.h"
#include "push/proof.h"
#include "push/tlsasight.h"

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Push", source);
}

tl::expected<Prepared, Stopped> prepare(const QCommandLineParser &parser, PushWords words,
                                        const Cancel &cancel)
{
    Prepared made{std::move(words), {}, {}, {}, {}, {}};
    made.looked = lookNow(made.words, cancel);
    if (cancel.isCancelled())
        return tl::unexpected(Stopped{ExitInterrupted, {}});
    Result<Choices> choices = chosenPolicy(parser, made.looked.survey);
    if (!choices)
        return tl::unexpected(stopped(choices.error()));
    if (made.words.isDelegated && !made.looked.live.canDelegate())
        return tl::unexpected(Stopped{ExitUnknown, noDelegation(made.words.domain)});
    if (made.words.isDelegated)
        choices->hosting = Hosting::Delegated;
    takeId(*choices, made.looked.kept, made.looked.live, made.looked.survey.at);
    const auto wanted = withPolicyPassedOn(
            deployment(*choices, made.looked.live, made.looked.survey.at), made.looked.live,
            [&](const DomainName &domain, const Cancel &stop) {
                return servedPolicy(domain, made.words.network, made.words.dnsPort, stop);
            },
            cancel);
    if (!wanted)
        return tl::unexpected(stopped(wanted.error()));
    Result<Plan> planned = planAt(made.words.service, *wanted, made.looked.live, cancel);
    if (!planned)
        return tl::unexpected(stopped(planned.error()));
    made.plan = std::move(*planned);
    made.advice = adviceOn(*choices, made.looked.survey);
    made.against = reasonsAgainstEnforce(made.plan, *wanted, made.looked.report, made.advice);
    if (!made.plan.isEmpty())
        made.looked.kept.draft = handedOver(*choices, *wanted);
    return made;
}

/// What the newest push to this domain replaced, as far as it still stands.
tl::expected<Prepared, Stopped> prepareUndo(PushWords words, const Cancel &cancel)
{
    Prepared made{std::move(words), {}, {}, {}, {}, {}};
    const Result<JournalRecord> journal = lastPush(made.words.journals(), made.words.domain);
    if (!journal)
        return tl::unexpected(Stopped{
                ExitUnknown, QStringLiteral("no push to %1 is written down in %2")
                                     .arg(made.words.domain.display(), made.words.journals())});
    if (journal->provider != made.words.service.info->id)
        return tl::unexpected(Stopped{
                ExitUsage, QStringLiteral("the last push went to another service: --provider %1")
                                   .arg(QString::fromLatin1(journal->provider))});
    made.looked = lookNow(made.words, cancel);
    if (cancel.isCancelled())
        return tl::unexpected(Stopped{ExitInterrupted, {}});
    Result<Plan> planned = undoPlanAt(made.words.service, *journal, made.words.domain, cancel);
    if (!planned)
        return tl::unexpected(stopped(planned.error()));
    made.plan = std::move(*planned);
    made.against =
            reasonsAgainstDeleting(made.plan, made.looked.kept.cachedUntil, made.looked.survey.at) +
            reasonsAgainstTlsa(made.plan, lookForTlsa(made.plan, made.words.network, cancel));
    return made;
}

void addOptions(QCommandLineParser &parser)
{
    addPolicyOptions(parser);
    addPushOptions(parser);
}

} // namespace

int planCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    describe(parser, "plan",
             text(QT_TRANSLATE_NOOP("Push", "Says what a push would change. Changes nothing.")));
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    Result<PushWords> words = pushWords(parser, "plan");
    if (!words)
        return end(stopped(words.error()));
    const auto made = prepare(parser, std::move(*words), invocation.cancel);
    return made ? showPlan(*made, parser.isSet(QStringLiteral("json"))) : end(made.error());
}

int pushCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    describe(
            parser, "push",
            text(QT_TRANSLATE_NOOP(
                    "Push", "Makes the changes that `plan` shows, after a yes, and proves them.")));
    addOptions(parser);
    addConsentOptions(parser);
    parser.addOption({QStringLiteral("undo"),
                      text(QT_TRANSLATE_NOOP(
                              "Push", "Put back what the last push to this domain replaced."))});
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    Result<PushWords> words = pushWords(parser, "push");
    if (!words)
        return end(stopped(words.error()));
    auto made = parser.isSet(QStringLiteral("undo"))
                        ? prepareUndo(std::move(*words), invocation.cancel)
                        : prepare(parser, std::move(*words), invocation.cancel);
    return made ? carryOut(*made, parser, invocation.cancel) : end(made.error());
}
