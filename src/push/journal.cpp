// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/journal.h"

#include "base/printable.h"
#include "push/recordjson.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace {

constexpr char Schema[] = "mta-sts-journal/1";
constexpr qint64 LongestJournal = 1048576;

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

Error unwritten(const QFile &file)
{
    return {Error::Kind::Unexpected, QStringLiteral("the journal could not be written"),
            printable(file.fileName() + QStringLiteral(": ") + file.errorString())};
}

} // namespace

Result<void> Journal::write(const QJsonObject &line)
{
    const QByteArray octets = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    bool isWritten = m_file->write(octets) == octets.size() && m_file->flush();
#ifdef Q_OS_UNIX
    isWritten = isWritten && fsync(m_file->handle()) == 0;
#endif
    if (!isWritten)
        return tl::unexpected(unwritten(*m_file));
    return {};
}

Result<Journal> Journal::start(const QString &folder, const Plan &plan, const QDateTime &now,
                               const QList<Finding> &overridden)
{
    Journal journal;
    const QString stamp = now.toUTC().toString(QStringLiteral("yyyyMMddThhmmsszzz"));
    journal.m_file = std::make_unique<QFile>(folder + QLatin1Char('/') +
                                             QString::fromLatin1(plan.domain.ascii()) +
                                             QLatin1Char('-') + stamp + QStringLiteral(".jsonl"));
    // NewOnly: nothing that is there, link or file, is ever written through (T-35).
    if (!QDir().mkpath(folder) ||
        !journal.m_file->open(QIODevice::WriteOnly | QIODevice::NewOnly,
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return tl::unexpected(unwritten(*journal.m_file));
    QJsonArray sets;
    for (const SetChange &change : plan.sets)
        sets.append(setJson(change));
    const auto written =
            journal.write({{QStringLiteral("schema"), QLatin1String(Schema)},
                           {QStringLiteral("domain"), QString::fromLatin1(plan.domain.ascii())},
                           {QStringLiteral("provider"), QString::fromLatin1(plan.provider)},
                           {QStringLiteral("zone"), QString::fromLatin1(plan.zone.name)},
                           {QStringLiteral("zoneHandle"), QString::fromLatin1(plan.zone.handle)},
                           {QStringLiteral("at"), timeText(now)},
                           {QStringLiteral("sets"), sets},
                           {QStringLiteral("host"),
                            plan.host ? QJsonValue(hostJson(*plan.host)) : QJsonValue()}});
    if (!written)
        return tl::unexpected(written.error());
    for (const Finding &reason : overridden) {
        if (const auto noted = journal.note("override", QString::fromLatin1(reason.id)); !noted)
            return tl::unexpected(noted.error());
    }
    return journal;
}

Result<void> Journal::note(const QByteArray &what, const QString &detail)
{
    QJsonObject line{{QStringLiteral("at"), timeText(QDateTime::currentDateTimeUtc())},
                     {QStringLiteral("note"), QString::fromLatin1(what)}};
    if (!detail.isEmpty())
        line[QStringLiteral("detail")] = detail;
    return write(line);
}

Result<JournalRecord> readJournal(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::NotFound, QStringLiteral("the journal cannot be read"),
                      printable(file.errorString()));
    const QList<QByteArray> lines = file.read(LongestJournal).split('\n');
    const QJsonObject head = QJsonDocument::fromJson(lines.first()).object();
    if (head.value(QLatin1String("schema")).toString() != QLatin1String(Schema))
        return failed(Error::Kind::Malformed, QStringLiteral("this file is no journal of a push"));
    JournalRecord record;
    record.path = path;
    record.domain = head.value(QLatin1String("domain")).toString().toLatin1();
    record.provider = head.value(QLatin1String("provider")).toString().toLatin1();
    record.zone = {head.value(QLatin1String("zone")).toString().toLatin1(),
                   head.value(QLatin1String("zoneHandle")).toString().toLatin1(),
                   {}};
    record.at = QDateTime::fromString(head.value(QLatin1String("at")).toString(), Qt::ISODate);
    for (const QJsonValue value : head.value(QLatin1String("sets")).toArray()) {
        const auto change = setFromJson(value.toObject());
        if (!change)
            return failed(Error::Kind::Malformed,
                          QStringLiteral("this journal is of a newer program"));
        record.sets.append(*change);
    }
    if (const QJsonValue host = head.value(QLatin1String("host")); host.isObject()) {
        record.host = hostFrom(host.toObject());
        if (!record.host)
            return failed(Error::Kind::Malformed,
                          QStringLiteral("this journal is of a newer program"));
    }
    for (const QByteArray &line : lines.mid(1)) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.isEmpty())
            record.notes.append(object.value(QLatin1String("note")).toString().toLatin1());
    }
    return record;
}

QList<JournalRecord> journalsOf(const QString &folder, const DomainName &domain, int most)
{
    const QDir place(folder);
    const QStringList files =
            place.entryList({QString::fromLatin1(domain.ascii()) + QStringLiteral("-*.jsonl")},
                            QDir::Files, QDir::Name);
    QList<JournalRecord> records;
    // "example.org-…" also begins the names of "example.org-x.…": the content decides.
    for (auto name = files.rbegin(); name != files.rend() && records.size() < most; ++name) {
        auto record = readJournal(place.filePath(*name));
        if (record && record->domain == domain.ascii() && record->wasSent())
            records.append(std::move(*record));
    }
    return records;
}

QString newestJournal(const QString &folder, const DomainName &domain)
{
    const QList<JournalRecord> newest = journalsOf(folder, domain, 1);
    return newest.isEmpty() ? QString() : newest.first().path;
}

Result<JournalRecord> lastPush(const QString &folder, const DomainName &domain)
{
    const QList<JournalRecord> newest = journalsOf(folder, domain, 1);
    if (newest.isEmpty())
        return failed(Error::Kind::NotFound,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "no push to this domain is written "
                                                               "down")));
    return newest.first();
}
