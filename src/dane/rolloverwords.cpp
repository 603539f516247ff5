// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rolloverwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Rollover", source);
}

} // namespace

QString rolloverTime(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
}

bool isDue(const RolloverState &state)
{
    if (state.step == RolloverStep::RemoveOld)
        return std::none_of(state.issues.cbegin(), state.issues.cend(),
                            [](const Issue &issue) { return issue.severity == Severity::Unknown; });
    return state.step == RolloverStep::PublishNext || state.step == RolloverStep::Switch ||
           state.step == RolloverStep::VerifyAll;
}

QString rolloverNow(const KeptRollover &kept, const RolloverState &state, const QDateTime &at)
{
    switch (state.step) {
    case RolloverStep::WaitForCaches:
        if (state.earliest <= at)
            return text(QT_TRANSLATE_NOOP(
                    "Rollover",
                    "Wait: the time of the caches is over, but not every name server could "
                    "be asked whether the records are still there. Look again."));
        return text(QT_TRANSLATE_NOOP(
                            "Rollover",
                            "Wait: until %1 a cache may hold the records of before. Change "
                            "nothing at the server and nothing in the zone until then."))
                .arg(rolloverTime(state.earliest));
    case RolloverStep::Switch:
    case RolloverStep::VerifyAll:
        return text(QT_TRANSLATE_NOOP("Rollover", "Now: %1.\n%2"))
                .arg(rolloverTitle(kept, state.step), rolloverAdvice(kept, state.step));
    case RolloverStep::PublishNext:
    case RolloverStep::RemoveOld:
        if (!isDue(state))
            return text(QT_TRANSLATE_NOOP(
                    "Rollover", "Wait: the old record can go next, but not everything could be "
                                "seen this time. Look again first."));
        return text(QT_TRANSLATE_NOOP("Rollover", "Now: %1.")).arg(rolloverTitle(kept, state.step));
    case RolloverStep::Done:
        if (state.isOfBefore)
            return text(QT_TRANSLATE_NOOP(
                                "Rollover",
                                "It was seen done on %1: the next key at every address, and the "
                                "old record gone. Not everything could be seen this time."))
                    .arg(rolloverTime(kept.removed));
        return text(QT_TRANSLATE_NOOP(
                "Rollover",
                "Done: every address shows the next key, and the record of the old one is "
                "gone from every name server."));
    case RolloverStep::Broken:
        return text(QT_TRANSLATE_NOOP(
                "Rollover",
                "Stop: senders that check DANE refuse this server, or soon will. What is to "
                "be done stands below."));
    case RolloverStep::None:
        break;
    }
    return {};
}

QString seenWord(const KeptRollover &kept, const SeenNameServer &server)
{
    if (!server.known)
        return text(QT_TRANSLATE_NOOP("Rollover", "no answer"));
    const auto hasAll = [&](const QList<TlsaRecord> &records) {
        return std::all_of(records.cbegin(), records.cend(), [&](const TlsaRecord &record) {
            return server.records.contains(record);
        });
    };
    const QList<TlsaRecord> goes = recordsThatGo(kept);
    const bool hasOld = std::any_of(goes.cbegin(), goes.cend(), [&](const TlsaRecord &record) {
        return server.records.contains(record);
    });
    if (hasAll(kept.nextKey))
        return hasOld ? text(QT_TRANSLATE_NOOP("Rollover", "the records of both keys"))
                      : text(QT_TRANSLATE_NOOP("Rollover", "the records of the next key"));
    return hasOld ? text(QT_TRANSLATE_NOOP("Rollover", "the records of the old key"))
                  : text(QT_TRANSLATE_NOOP("Rollover", "no record of either key"));
}

QString seenWord(const KeptRollover &kept, const SeenAddress &address)
{
    const QByteArray shown = shownKeyName(kept, address);
    if (shown == "old")
        return text(QT_TRANSLATE_NOOP("Rollover", "the old key"));
    if (shown == "next")
        return text(QT_TRANSLATE_NOOP("Rollover", "the next key"));
    if (shown == "both")
        return text(QT_TRANSLATE_NOOP("Rollover", "the old key and the next one"));
    if (shown == "staying")
        return text(QT_TRANSLATE_NOOP("Rollover", "a key that stays"));
    if (shown == "other")
        return text(QT_TRANSLATE_NOOP("Rollover", "a key that nobody planned"));
    return text(QT_TRANSLATE_NOOP("Rollover", "not all seen"));
}
