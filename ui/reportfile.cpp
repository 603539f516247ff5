// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportfile.h"

#include "base/printable.h"
#include "base/wholefile.h"
#include "check/reportjson.h"
#include "texts.h"

#include <QBuffer>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>
#include <QtConcurrentRun>
#include <QTextDocument>
#include <QTextOption>

namespace {

const auto FolderKey = QLatin1String("report/folder");
const auto FormatKey = QLatin1String("report/format");
const QStringList Suffixes{QStringLiteral("html"), QStringLiteral("pdf"), QStringLiteral("json")};

/// Nothing is fetched for a document, whatever is in it (T-20).
class InertDocument : public QTextDocument
{
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

QByteArray pdfOf(const QString &html, const QString &title, Qt::LayoutDirection direction)
{
    QByteArray octets;
    QBuffer buffer(&octets);
    if (!buffer.open(QIODevice::WriteOnly))
        return {};
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QLocale().measurementSystem() == QLocale::ImperialUSSystem
                                         ? QPageSize::Letter
                                         : QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
    writer.setResolution(300);
    writer.setTitle(title);
    writer.setCreator(QCoreApplication::applicationName());
    InertDocument document;
    QTextOption option = document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // long records are one word
    option.setTextDirection(direction);
    document.setDefaultTextOption(option);
    QFont font = QGuiApplication::font();
    font.setPointSizeF(9);
    document.setDefaultFont(font);
    document.setHtml(html);
    document.print(&writer); // with page numbers
    buffer.close();
    return octets;
}

QString writeTo(const QString &path, const QByteArray &octets)
{
    if (octets.isEmpty())
        return ReportSaver::tr("nothing was made");
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return printable(file.errorString());
    if (const Result<void> written = writeAll(file, octets); !written)
        return phrase(written.error());
    return file.commit() ? QString() : printable(file.errorString());
}

} // namespace

QByteArray reportOctets(ReportContent content, ReportFormat format)
{
    if (content.survey) {
        content.document =
                QJsonDocument::fromJson(checkJson(*content.survey, content.report)).object();
        content.facts.observed = content.document.value(QLatin1String("observed")).toObject();
        if (format != ReportFormat::Json)
            content.facts.senders = whatSendersDo(*content.survey, content.report, content.held);
    }
    if (format == ReportFormat::Json)
        return QJsonDocument(content.document).toJson();
    const QString html = reportHtml(content.report, content.facts);
    return format == ReportFormat::Html
                   ? html.toUtf8()
                   : pdfOf(html, headline(content.report, content.facts.direction),
                           content.facts.direction);
}

ReportFormat formatOf(const QString &fileName, ReportFormat otherwise)
{
    const qsizetype at = Suffixes.indexOf(QFileInfo(fileName).suffix().toLower());
    return at < 0 ? otherwise : ReportFormat(at);
}

ReportSaver::ReportSaver(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&m_writer, &QFutureWatcherBase::finished, this, [this] {
        const QString problem = m_writer.result();
        const QString shown = isolated(printable(QDir::toNativeSeparators(m_path)));
        if (problem.isEmpty())
            Q_EMIT saved(m_path);
        else
            Q_EMIT failed(tr("The report was not saved to %1: %2.").arg(shown, problem));
    });
}

void ReportSaver::ask(QWidget *parent, const ReportContent &content)
{
    const QString folder =
            m_settings
                    .value(FolderKey,
                           QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                    .toString();
    const QStringList filters{tr("Web page (*.html)"), tr("PDF document (*.pdf)"),
                              tr("JSON for programs (*.json)")};
    const qsizetype last =
            std::max<qsizetype>(0, Suffixes.indexOf(m_settings.value(FormatKey).toString()));
    auto *dialog = new QFileDialog(parent, tr("Save the report"), folder);
    dialog->setObjectName(QStringLiteral("saveReportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->selectNameFilter(filters.at(last));
    dialog->setDefaultSuffix(Suffixes.at(last));
    dialog->selectFile(QStringLiteral("%1-%2").arg(
            QString::fromLatin1(content.report.domain.ascii()),
            content.report.at.toLocalTime().date().toString(Qt::ISODate)));
    const auto chosen = [dialog, filters] {
        return std::max<qsizetype>(0, filters.indexOf(dialog->selectedNameFilter()));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog, chosen] { dialog->setDefaultSuffix(Suffixes.at(chosen())); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, content, chosen](const QString &path) {
        save(path, formatOf(path, ReportFormat(chosen())), content);
    });
    dialog->open();
}

void ReportSaver::save(const QString &path, ReportFormat format, const ReportContent &content)
{
    m_path = path;
    m_settings.setValue(FolderKey, QFileInfo(path).absolutePath());
    m_settings.setValue(FormatKey, Suffixes.at(qsizetype(format)));
    m_writer.setFuture(QtConcurrent::run(
            [path, format, content] { return writeTo(path, reportOctets(content, format)); }));
}
