// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsarolltext.h"

#include "base/printable.h"
#include "cli/textreport.h"
#include "dane/keysource.h"
#include "dane/renewaladvice.h"
#include "dane/rolloverwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Text", source);
}

QString headText(const RollTold &told)
{
    const QString place = QStringLiteral("%1, port %2").arg(printable(told.host)).arg(told.port);
    if (!told.kept)
        return text(QT_TRANSLATE_NOOP("Text", "%1: no change of keys was begun.\n\n")).arg(place);
    const QString sentence =
            told.isNew ? text(QT_TRANSLATE_NOOP("Text", "%1: change of keys begun, %2\n\n"))
                       : text(QT_TRANSLATE_NOOP("Text", "%1: change of keys, begun %2\n\n"));
    return sentence.arg(place, rolloverTime(told.kept->started));
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
        const QString when = rolloverTime(date.at);
        const QString title = rolloverTitle(*told.kept, date.step);
        out += date.isForecast ? text(QT_TRANSLATE_NOOP(
                                              "Text", "  %1  %2 (if all goes on without delay)\n"))
                                         .arg(when, title)
                               : QStringLiteral("  %1  %2\n").arg(when, title);
    }
    return out.isEmpty() ? out : text(QT_TRANSLATE_NOOP("Text", "\nDates, not before\n")) + out;
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
            told.kept ? seenWord(*told.kept, server) : recordsText(server));
    for (const SeenAddress &address : told.look.sight.addresses) {
        const QString why = whyUnseen(told, address);
        row(printable(address.address),
            (told.kept ? seenWord(*told.kept, address) : kindsText(address)) +
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

QString rollText(const RollTold &told)
{
    QString out = headText(told);
    if (told.kept) {
        out += rolloverNow(*told.kept, told.state, told.look.sight.at);
        out += QLatin1Char('\n');
        if (told.state.step == RolloverStep::Done)
            out += text(QT_TRANSLATE_NOOP("Text", "Add --forget to forget this change.\n"));
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
                                 .arg(place, rolloverTime(next.at), rolloverTitle(one, next.step))
                       : text(QT_TRANSLATE_NOOP("Text", "%1: done\n")).arg(place);
    }
    return out + text(QT_TRANSLATE_NOOP("Text", "These dates are of the last look; "
                                                "mta-sts tlsa roll HOST looks again.\n"));
}
