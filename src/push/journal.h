// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a push set out to do and how far it came, on disk before anything is written (PUSH-9, 19). A line
// of JSON each, so that a crash loses nothing that was noted; no secret is in it. Mode 0600.

#include "check/finding.h"
#include "push/plan.h"

#include <QDateTime>
#include <QFile>

#include <memory>

class Journal
{
public:
    /// Makes FOLDER/DOMAIN-TIME.jsonl with the plan in it, and `overridden`, what it is done in spite of,
    /// as notes; nothing is pushed when that fails.
    [[nodiscard]] static Result<Journal> start(const QString &folder, const Plan &plan,
                                               const QDateTime &now,
                                               const QList<Finding> &overridden = {});
    /// On the disk when it returns. what: "override", "host-sent", "host-done", "sent", "done" ...
    [[nodiscard]] Result<void> note(const QByteArray &what, const QString &detail = {});
    [[nodiscard]] QString path() const { return m_file->fileName(); }

private:
    Result<void> write(const QJsonObject &line);
    std::unique_ptr<QFile> m_file;
};

/// A journal read again.
struct JournalRecord
{
    QByteArray domain, provider;
    Zone zone;
    QDateTime at; // UTC
    QList<SetChange> sets;
    QList<QByteArray> notes; // in order
    std::optional<HostStep> host = {};
    QString path = {}; // of its file
    /// Something may have been written.
    [[nodiscard]] bool wasSent() const
    {
        return notes.contains("sent") || notes.contains("host-sent");
    }
    /// All of it was done and read back; else it was left half-way, as far as is written down.
    [[nodiscard]] bool isFinished() const
    {
        return (sets.isEmpty() || notes.contains("done")) &&
               (!host || !host->isWrite() || notes.contains("host-done"));
    }
};
/// Malformed when it is none; a last line that a crash cut short is left out.
[[nodiscard]] Result<JournalRecord> readJournal(const QString &path);
/// Those of this domain by which something may have been written, the newest first; `most`: how many at
/// most.
[[nodiscard]] QList<JournalRecord> journalsOf(const QString &folder, const DomainName &domain,
                                              int most = 50);
/// The newest of them, its path; empty when there is none.
[[nodiscard]] QString newestJournal(const QString &folder, const DomainName &domain);
/// What it says. NotFound when there is none.
[[nodiscard]] Result<JournalRecord> lastPush(const QString &folder, const DomainName &domain);
/// What takes back what this journal's push did, as far as that still stands in `records`, and at the
/// policy host if `host`, what PolicyHost::look() sees now, is given. Its changes are for showing; it
/// waits for nothing but the policy file that it puts back.
[[nodiscard]] Plan undoPlan(const JournalRecord &journal, const DomainName &domain,
                            const QList<ZoneRecord> &records, const HostState *host = nullptr);
