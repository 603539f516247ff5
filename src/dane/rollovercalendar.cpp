// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rollovercalendar.h"

#include "base/printable.h"
#include "base/wholefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace {

constexpr qint64 Day = 86400;
constexpr qsizetype LineOctets = 75; // RFC 5545 3.1, without the line end

/// RFC 5545 3.3.11
QByteArray escaped(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
            .replace(QLatin1Char(';'), QLatin1String("\\;"))
            .replace(QLatin1Char(','), QLatin1String("\\,"))
            .replace(QLatin1Char('\n'), QLatin1String("\\n"));
    return text.toUtf8();
}

/// RFC 5545 3.1: long lines are folded, here never inside a character.
QByteArray folded(QByteArray line)
{
    QByteArray out;
    for (qsizetype room = LineOctets; line.size() > room; room = LineOctets - 1) {
        qsizetype at = room;
        while (at > 1 && (uchar(line.at(at)) & 0xC0) == 0x80)
            --at;
        out += line.left(at) + "\r\n ";
        line.remove(0, at);
    }
    return out + line + "\r\n";
}

QByteArray utc(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toLatin1();
}

QString recordLines(const KeptRollover &kept, const QList<TlsaRecord> &records)
{
    QStringList lines;
    for (const TlsaRecord &record : records)
        lines.append(
                QStringLiteral("_%1._tcp.%2. IN TLSA %3")
                        .arg(kept.port)
                        .arg(printable(kept.host, 255), QString::fromLatin1(tlsaToText(record))));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QByteArray rolloverStepWord(RolloverStep step)
{
    switch (step) {
    case RolloverStep::None:
        break;
    case RolloverStep::PublishNext:
        return "publish";
    case RolloverStep::Switch:
        return "switch";
    case RolloverStep::VerifyAll:
        return "verify";
    case RolloverStep::RemoveOld:
        return "remove";
    case RolloverStep::WaitForCaches:
        return "wait";
    case RolloverStep::Done:
        return "done";
    case RolloverStep::Broken:
        return "broken";
    }
    return "none";
}

QList<RolloverDate> rolloverDates(const KeptRollover &kept, const RolloverState &state,
                                  const QDateTime &now)
{
    const QDateTime at = now.toUTC();
    QList<RolloverDate> dates;
    switch (state.step) {
    case RolloverStep::PublishNext: {
        dates.append({RolloverStep::PublishNext, at, false});
        if (kept.ttl == 0) // no set was seen: nothing can be said of how long caches keep one
            return dates;
        const QDateTime end = at.addSecs(2 * qint64(kept.ttl));
        dates.append({RolloverStep::Switch, end, true});
        dates.append({RolloverStep::RemoveOld, end.addSecs(Day), true});
        return dates;
    }
    case RolloverStep::WaitForCaches:
    case RolloverStep::Switch: {
        const QDateTime end = std::max(at, state.earliest.toUTC());
        dates.append({RolloverStep::Switch, end, false});
        dates.append({RolloverStep::RemoveOld, end.addSecs(Day), true});
        return dates;
    }
    case RolloverStep::VerifyAll:
        return {{RolloverStep::VerifyAll, at, false},
                {RolloverStep::RemoveOld, at.addSecs(Day), true}};
    case RolloverStep::RemoveOld:
        return {{RolloverStep::RemoveOld, at, false}};
    case RolloverStep::Broken: // switched too early: caches heal it
        if (state.earliest > at)
            dates.append({RolloverStep::VerifyAll, state.earliest.toUTC(), false});
        break;
    case RolloverStep::None:
    case RolloverStep::Done:
        break;
    }
    return dates;
}

RolloverDate nextRolloverDate(const KeptRollover &kept, const QDateTime &now)
{
    const RolloverState state = rolloverAt(kept, {}, now);
    const QList<RolloverDate> dates = rolloverDates(kept, state, now);
    return dates.isEmpty() ? RolloverDate{state.step, {}, false} : dates.first();
}

QString rolloverTitle(const KeptRollover &kept, RolloverStep step)
{
    const QString host = printable(kept.host, 255);
    switch (step) {
    case RolloverStep::PublishNext:
        return QCoreApplication::translate("Rollover",
                                           "Publish the TLSA record of the next key of %1")
                .arg(host);
    case RolloverStep::Switch:
        return QCoreApplication::translate("Rollover", "Switch %1 to its next key").arg(host);
    case RolloverStep::VerifyAll:
        return QCoreApplication::translate("Rollover", "Check every address of %1 for the next key")
                .arg(host);
    case RolloverStep::RemoveOld:
        return QCoreApplication::translate("Rollover", "Remove the old TLSA record of %1")
                .arg(host);
    default:
        return QCoreApplication::translate("Rollover", "Look at %1 again").arg(host);
    }
}

QString rolloverAdvice(const KeptRollover &kept, RolloverStep step)
{
    switch (step) {
    case RolloverStep::PublishNext:
        return QCoreApplication::translate("Rollover",
                                           "Add this record and keep those that are there:") +
               QLatin1Char('\n') + recordLines(kept, kept.nextKey);
    case RolloverStep::Switch:
        return QCoreApplication::translate(
                "Rollover",
                "Look again first: every name server must still have both records. Then "
                "give the mail server the certificate of the next key, on every address.");
    case RolloverStep::VerifyAll:
        return QCoreApplication::translate(
                "Rollover", "An address that still shows the old key needs the old record. Remove "
                            "nothing before all of them show the next key.");
    case RolloverStep::RemoveOld:
        return QCoreApplication::translate(
                       "Rollover", "Only when every address was seen with the next key. Remove:") +
               QLatin1Char('\n') + recordLines(kept, recordsThatGo(kept));
    default:
        return QCoreApplication::translate("Rollover", "The assistant then says what comes next.");
    }
}

QByteArray rolloverCalendar(const KeptRollover &kept, const QList<RolloverDate> &dates,
                            const QDateTime &now)
{
    const QByteArray host = printable(kept.host, 255).toUtf8();
    QList<QByteArray> lines{"BEGIN:VCALENDAR", "VERSION:2.0",
                            "PRODID:-//MTA-STS Assistant//TLSA rollover//EN"};
    for (const RolloverDate &date : dates) {
        const qint64 minutes = kept.started.secsTo(now) / 60; // later files win
        lines += QList<QByteArray>{
                "BEGIN:VEVENT",
                "UID:tlsa-" + rolloverStepWord(date.step) + '-' + QByteArray::number(kept.port) +
                        '-' + QByteArray::number(kept.started.toSecsSinceEpoch()) + '@' + host,
                "SEQUENCE:" + QByteArray::number(std::max(minutes, qint64(0))),
                "DTSTAMP:" + utc(now),
                "DTSTART:" + utc(date.at),
                "DURATION:PT30M",
                "SUMMARY:" + escaped(rolloverTitle(kept, date.step)),
                "DESCRIPTION:" + escaped(rolloverAdvice(kept, date.step)),
                date.isForecast ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED",
                "TRANSP:TRANSPARENT",
                "END:VEVENT"};
    }
    lines += "END:VCALENDAR";
    QByteArray text;
    for (const QByteArray &line : std::as_const(lines))
        text += folded(line);
    return text;
}

// The dates of before may be replaced, and nothing else.
Result<void> writeRolloverCalendar(const QString &path, const QByteArray &octets)
{
    const auto refused = [&](const QString &why) {
        return failed(Error::Kind::Refused,
                      QStringLiteral("the calendar was not written to %1: %2").arg(path, why));
    };
    if (QFileInfo::exists(path)) {
        QFile before(path);
        if (!QFileInfo(path).isFile() || !before.open(QIODevice::ReadOnly) ||
            !before.read(64).startsWith("BEGIN:VCALENDAR"))
            return refused(QStringLiteral("another file is there"));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return refused(file.errorString());
    const auto written = writeAll(file, octets);
    if (!written || !file.commit())
        return refused(written ? file.errorString() : written.error().what);
    return {};
}
