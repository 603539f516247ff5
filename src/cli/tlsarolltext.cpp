// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsarolltext.h"

#include "base/printable.h"
#include "cli/textreport.h"
#include "dane/keysource.h"
#include "dane/renewaladvice.h"
#include "dane/tlsamaking.h"
#include "dns/presentation.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Text", source);
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
}

QString wordFor(const QByteArray &shown)
{
    if (shown == "old")
        return text(QT_TRANSLATE_NOOP("Text", "the old key"));
    if (shown == "next")
        return text(QT_TRANSLATE_NOOP("Text", "the next key"));
    if (shown == "both")
        return text(QT_TRANSLATE_NOOP("Text", "the old key and the next one"));
    if (shown == "staying")
        return text(QT_TRANSLATE_NOOP("Text", "a key that stays"));
    if (shown == "other")
        return text(QT_TRANSLATE_NOOP("Text", "a key that nobody planned"));
    return text(QT_TRANSLATE_NOOP("Text", "not all seen"));
}

/// BIND form, with the TTL that the set has.
QList<QByteArray> zoneLines(const RollTold &told, const QList<TlsaRecord> &records)
{
    constexpr int UsualTtl = 3600; // DANE-33
    QList<QByteArray> lines;
    const int ttl = told.kept && told.kept->ttl > 0 ? told.kept->ttl : UsualTtl;
    const QByteArray owner =
            told.look.owner.isEmpty() ? tlsaOwner(told.host, told.port) : told.look.owner;
    for (const TlsaRecord &record : records)
        lines.append(zoneLine({owner, RecordType::TLSA, ttl, tlsaToText(record)}));
    return lines;
}

QString headText(const RollTold &told)
{
    const QString place = QStringLiteral("%1, port %2").arg(printable(told.host)).arg(told.port);
    if (!told.kept)
        return text(QT_TRANSLATE_NOOP("Text", "%1: no change of keys was begun.\n\n")).arg(place);
    const QString sentence =
            told.isNew ? text(QT_TRANSLATE_NOOP("Text", "%1: change of keys begun, %2\n\n"))
                       : text(QT_TRANSLATE_NOOP("Text", "%1: change of keys, begun %2\n\n"));
    return sentence.arg(place, timeText(told.kept->started));
}

QString stepText(const RollTold &told)
{
    const KeptRollover &kept = *told.kept;
    switch (told.state.step) {
    case RolloverStep::WaitForCaches:
        if (told.state.earliest <= told.look.sight.at)
            return text(QT_TRANSLATE_NOOP(
                    "Text", "Wait: the time of the caches is over, but not every name server could "
                            "be asked whether the records are still there. Look again.\n"));
        return text(QT_TRANSLATE_NOOP(
                            "Text", "Wait: until %1 a cache may hold the records of before. Change "
                                    "nothing at the server and nothing in the zone until then.\n"))
                .arg(timeText(told.state.earliest));
    case RolloverStep::Switch:
    case RolloverStep::VerifyAll:
        return text(QT_TRANSLATE_NOOP("Text", "Now: %1.\n%2\n"))
                .arg(rolloverTitle(kept, told.state.step), rolloverAdvice(kept, told.state.step));
    case RolloverStep::PublishNext:
    case RolloverStep::RemoveOld:
        if (!isDue(told.state))
            return text(QT_TRANSLATE_NOOP(
                    "Text", "Wait: the old record can go next, but not everything could be seen "
                            "this time. Look again first.\n"));
        return text(QT_TRANSLATE_NOOP("Text", "Now: %1.\n"))
                .arg(rolloverTitle(kept, told.state.step));
    case RolloverStep::Done:
        return text(QT_TRANSLATE_NOOP(
                "Text", "Done: every address shows the next key, and the record of the old one is "
                        "gone from every name server. Add --forget to forget this change.\n"));
    case RolloverStep::Broken:
        return text(QT_TRANSLATE_NOOP(
                "Text",
                "Stop: senders that check DANE refuse this server, or soon will. What is to "
                "be done stands below.\n"));
    case RolloverStep::None:
        break;
    }
    return {};
}

QString linesText(const QString &title, const QList<QByteArray> &lines)
{
    QString out;
    for (const QByteArray &line : lines)
        out += QString::fromLatin1(line) + QLatin1Char('\n');
    return out.isEmpty() ? out : QLatin1Char('\n') + title + QLatin1Char('\n') + out;
}

QString datesText(const RollTold &told)
{
    QString out;
    for (const RolloverDate &date : told.dates) {
        const QString when = timeText(date.at);
        const QString title = rolloverTitle(*told.kept, date.step);
        out += date.isForecast ? text(QT_TRANSLATE_NOOP(
                                              "Text", "  %1  %2 (if all goes on without delay)\n"))
                                         .arg(when, title)
                               : QStringLiteral("  %1  %2\n").arg(when, title);
    }
    return out.isEmpty() ? out : text(QT_TRANSLATE_NOOP("Text", "\nDates, not before\n")) + out;
}

QString serverText(const KeptRollover &kept, const SeenNameServer &server)
{
    if (!server.known)
        return text(QT_TRANSLATE_NOOP("Text", "no answer"));
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
        return hasOld ? text(QT_TRANSLATE_NOOP("Text", "the records of both keys"))
                      : text(QT_TRANSLATE_NOOP("Text", "the records of the next key"));
    return hasOld ? text(QT_TRANSLATE_NOOP("Text", "the records of the old key"))
                  : text(QT_TRANSLATE_NOOP("Text", "no record of either key"));
}

// Without a plan there is no old and no next key.
QString recordsText(const SeenNameServer &server)
{
    QStringList all;
    for (const TlsaRecord &record : server.records)
        all.append(printable(tlsaToText(record), 80));
    if (!server.known)
        return text(QT_TRANSLATE_NOOP("Text", "no answer"));
    return all.isEmpty() ? text(QT_TRANSLATE_NOOP("Text", "no TLSA record"))
                         : all.join(QStringLiteral(", "));
}

QString kindsText(const SeenAddress &address)
{
    QStringList all;
    for (const QList<Certificate> &chain : address.chains)
        all.append(kindOfKey(chain.constFirst().publicKey));
    if (!address.known || !address.isWhole)
        all.append(text(QT_TRANSLATE_NOOP("Text", "not all seen")));
    else if (!address.startTls)
        all.append(text(QT_TRANSLATE_NOOP("Text", "no TLS")));
    return all.join(QStringLiteral(", "));
}

QString seenText(const RollTold &told)
{
    QString out;
    const auto row = [&](const QString &who, const QString &what) {
        out += QStringLiteral("  %1  %2\n").arg(who, -38).arg(what);
    };
    for (const SeenNameServer &server : told.look.sight.nameServers)
        row(printable(server.name, 255),
            told.kept ? serverText(*told.kept, server) : recordsText(server));
    for (const SeenAddress &address : told.look.sight.addresses) {
        const QString why = whyUnseen(told, address);
        row(printable(address.address),
            (told.kept ? wordFor(shownKeyName(*told.kept, address)) : kindsText(address)) +
                    (why.isEmpty() ? why : QStringLiteral(": ") + why));
    }
    return out.isEmpty() ? out : text(QT_TRANSLATE_NOOP("Text", "\nSeen\n")) + out;
}

/// How the next key comes into use, where it is about to.
QString renewalText(const RollTold &told)
{
    const auto host = DomainName::fromAscii(told.host);
    const bool isTime =
            told.state.step == RolloverStep::PublishNext || told.state.step == RolloverStep::Switch;
    if (!host || !isTime)
        return {};
    QString out = text(QT_TRANSLATE_NOOP("Text", "\nWhere a program renews the certificate\n"));
    for (const RenewalAdvice &advice : renewalAdvice(*host)) {
        out += QStringLiteral("  %1\n").arg(advice.name);
        for (const RenewalStep &step : advice.change) {
            out += QStringLiteral("    %1\n").arg(step.text);
            const QByteArray &line = step.command.isEmpty() ? step.line : step.command;
            const QString file = step.file.isEmpty() ? QString() : step.file + QStringLiteral(": ");
            out += QStringLiteral("      %1%2\n").arg(file, QString::fromUtf8(line));
        }
    }
    return out;
}

} // namespace

bool isDue(const RolloverState &state)
{
    if (state.step == RolloverStep::RemoveOld)
        return std::none_of(state.issues.cbegin(), state.issues.cend(),
                            [](const Issue &issue) { return issue.severity == Severity::Unknown; });
    return state.step == RolloverStep::PublishNext || state.step == RolloverStep::Switch ||
           state.step == RolloverStep::VerifyAll;
}

QList<QByteArray> linesToAdd(const RollTold &told)
{
    if (!told.kept)
        return {};
    return zoneLines(told, recordsToAdd(*told.kept, told.state.step, told.look.sight));
}

QList<QByteArray> linesToRemove(const RollTold &told)
{
    const bool isTime =
            told.kept && told.state.step == RolloverStep::RemoveOld && isDue(told.state);
    return isTime ? zoneLines(told, recordsThatGo(*told.kept)) : QList<QByteArray>();
}

QString whyUnseen(const RollTold &told, const SeenAddress &address)
{
    for (const UnseenKey &unseen : told.look.unseen) {
        if (unseen.address.toString() == address.address ||
            (unseen.address.isNull() && address.address == printable(told.host, 255)))
            return unseen.why;
    }
    return {};
}

QString rollText(const RollTold &told)
{
    QString out = headText(told);
    if (told.kept) {
        out += stepText(told);
        out += linesText(
                text(QT_TRANSLATE_NOOP("Text", "Add to the zone, and keep what is there:")),
                linesToAdd(told));
        out += linesText(text(QT_TRANSLATE_NOOP("Text", "Take out of the zone:")),
                         linesToRemove(told));
        out += datesText(told);
    }
    out += seenText(told) + QLatin1Char('\n');
    const QString findings = findingsText(told.findings);
    out += findings.isEmpty() ? findings : findings + QLatin1Char('\n');
    return told.kept ? out + renewalText(told) : out;
}

QString rollListText(const QList<KeptRollover> &kept, const QDateTime &now)
{
    if (kept.isEmpty())
        return text(QT_TRANSLATE_NOOP("Text", "No change of keys is kept here. Begin one with: "
                                              "mta-sts tlsa roll HOST --next PEM\n"));
    QString out;
    for (const KeptRollover &one : kept) {
        const RolloverDate next = nextRolloverDate(one, now);
        const QString place = QStringLiteral("%1, port %2").arg(printable(one.host)).arg(one.port);
        out += next.at.isValid()
                       ? QStringLiteral("%1: %2  %3\n")
                                 .arg(place, timeText(next.at), rolloverTitle(one, next.step))
                       : text(QT_TRANSLATE_NOOP("Text", "%1: done\n")).arg(place);
    }
    return out + text(QT_TRANSLATE_NOOP("Text", "These dates are of the last look; "
                                                "mta-sts tlsa roll HOST looks again.\n"));
}
