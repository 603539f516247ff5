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
    Choices choices = switchedOffChoices(looked.survey);
    takeId(choices, looked.kept, looked.live, now);
    const Deployment wanted = deployment(choices, looked.live, now);
    const Removal removal =
            removalOf(looked.live, {wanted.id == looked.live.stsId, until, looked.kept.wasOn}, now);
    if (removal.step == Removal::Step::Unknown)
        return tl::unexpected(
                Stopped{ExitUnknown, QStringLiteral("it could not be seen what %1 publishes now")
                                             .arg(made.words.domain.display())});
    if (removal.step == Removal::Step::Nothing)
        return tl::unexpected(Stopped{
                ExitOk,
                QStringLiteral("%1 has no MTA-STS to remove").arg(made.words.domain.display())});
    Result<Plan> planned =
            removalPlanAt(made.words.service, removal.step, wanted, looked.live, cancel);
    if (!planned)
        return tl::unexpected(stopped(planned.error()));
    made.plan = std::move(*planned);
    if (!isAnnouncedOff(removal.step)) {
        made.looked.kept.draft = handedOver(choices, wanted);
        made.looked.kept.isSetUp = true;
        made.byHand = comeBack(until);
        return made;
    }
    if (!made.plan.host)
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
