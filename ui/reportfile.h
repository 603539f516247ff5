// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Saves a report as HTML, PDF or JSON: asks where, makes and writes it in a worker.

#include "check/reporthtml.h"

#include <QFutureWatcher>
#include <QObject>

class QSettings;

enum class ReportFormat { Html, Pdf, Json };

/// All that goes into the file. The senders are worked out in the worker where a survey is there.
struct ReportContent
{
    Report report;
    ReportFacts facts;
    QJsonObject document; // what is saved as JSON; filled in from the survey where it is empty
    std::optional<Survey> survey; // of a check made here
    QList<CachedPolicy> held;
};

/// The file's octets. Blocks; from any thread.
[[nodiscard]] QByteArray reportOctets(ReportContent content, ReportFormat format);
/// The format that a file's name asks for, else `otherwise`.
[[nodiscard]] ReportFormat formatOf(const QString &fileName, ReportFormat otherwise);

class ReportSaver : public QObject
{
    Q_OBJECT
public:
    explicit ReportSaver(QSettings &settings, QObject *parent = nullptr);
    void ask(QWidget *parent, const ReportContent &content); // remembers folder and format
    void save(const QString &path, ReportFormat format, const ReportContent &content);
    [[nodiscard]] bool isSaving() const { return m_writer.isRunning(); }

Q_SIGNALS:
    void saved(const QString &path);
    void failed(const QString &why);

private:
    QSettings &m_settings;
    QString m_path;
    QFutureWatcher<QString> m_writer; // what went wrong; empty if nothing
};
