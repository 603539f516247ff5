// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "resultopener.h"

#include "base/printable.h"
#include "texts.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QtConcurrentRun>
#include <QUrl>

namespace {

const auto FolderKey = QLatin1String("result/folder");
constexpr qint64 MostOctets = 16777217; // one more than is read, so that the limit is noticed

} // namespace

ResultOpener::ResultOpener(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&m_reader, &QFutureWatcherBase::finished, this, &ResultOpener::take);
}

void ResultOpener::ask(QWidget *parent)
{
    const QString folder =
            m_settings
                    .value(FolderKey,
                           QStandardPaths::writableLocation(QStandardPaths::DownloadLocation))
                    .toString();
    auto *dialog = new QFileDialog(parent, tr("Open a saved result"), folder,
                                   tr("Saved results (*.json *.jsonl);;All files (*)"));
    dialog->setObjectName(QStringLiteral("openResultDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ResultOpener::open);
    dialog->open();
}

void ResultOpener::open(const QString &path)
{
    m_path = path;
    m_settings.setValue(FolderKey, QFileInfo(path).absolutePath());
    m_reader.setFuture(QtConcurrent::run([path]() -> Outcome {
        QFile file(path);
        if (QFileInfo(path).isDir())
            return {{}, tr("it is a folder")};
        if (!file.open(QIODevice::ReadOnly))
            return {{}, printable(file.errorString())};
        const QByteArray octets = file.read(MostOctets);
        if (file.error() != QFileDevice::NoError)
            return {{}, printable(file.errorString())};
        return {readReport(octets), {}};
    }));
}

void ResultOpener::take()
{
    if (m_reader.future().resultCount() == 0)
        return;
    const Outcome outcome = m_reader.result();
    const QString name = isolated(printable(QFileInfo(m_path).fileName(), 100));
    if (!outcome.problem.isEmpty())
        Q_EMIT failed(tr("%1 could not be read: %2.").arg(name, outcome.problem));
    else if (!outcome.reading.saved)
        Q_EMIT failed(faultText(outcome.reading, name));
    else
        Q_EMIT opened(*outcome.reading.saved);
}

QString droppedResult(const QMimeData *data)
{
    const QList<QUrl> urls = data ? data->urls() : QList<QUrl>();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

QString faultText(const ReportReading &reading, const QString &fileName)
{
    using Fault = ReportReading::Fault;
    const auto text = [&](const QString &sentence) {
        return fillIn(sentence, {fileName, reading.detail});
    };
    switch (reading.fault) {
    case Fault::TooLarge:
        return text(ResultOpener::tr("%1 is too large to be the result of one domain."));
    case Fault::NotJson:
        return text(ResultOpener::tr("%1 is not a saved result, or only a part of one. Save it "
                                     "again with --json."));
    case Fault::NotAResult:
        return text(ResultOpener::tr(
                "%1 is not the result of a check. It is made by mta-sts check DOMAIN --json."));
    case Fault::Newer:
        return text(ResultOpener::tr("%1 was made by a newer version of this program (%2). Update "
                                     "this one to open it."));
    case Fault::Several:
        return text(ResultOpener::tr("%1 holds the results of %2 domains. Save the result of one "
                                     "domain, and open that."));
    case Fault::Empty:
        return text(ResultOpener::tr("%1 holds no result. Perhaps the check did not end."));
    case Fault::Incomplete:
        return text(ResultOpener::tr("%1 is damaged: %2 is missing or cannot be read."));
    case Fault::None:
        break;
    }
    return {};
}
