// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Opens a saved result: asks for the file, reads it in a worker, says in a sentence what is wrong.

#include "check/readreport.h"

#include <QFutureWatcher>
#include <QObject>

class QSettings;

class ResultOpener : public QObject
{
    Q_OBJECT
public:
    explicit ResultOpener(QSettings &settings, QObject *parent = nullptr);
    void ask(QWidget *parent); // remembers the folder
    void open(const QString &path);

Q_SIGNALS:
    void opened(const SavedReport &saved);
    void failed(const QString &why);

private:
    struct Outcome
    {
        ReportReading reading;
        QString problem; // the file could not be read
    };
    void take();
    QSettings &m_settings;
    QString m_path;
    QFutureWatcher<Outcome> m_reader;
};

/// The one local file of a drag, or nothing.
class QMimeData;
[[nodiscard]] QString droppedResult(const QMimeData *data);
/// Why a file is no saved result, in a sentence.
[[nodiscard]] QString faultText(const ReportReading &reading, const QString &fileName);
