// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverpage.h"

#include "base/printable.h"
#include "session.h"
#include "texts.h"
#include "ui_deliverpage.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QSettings>
#include <QStandardPaths>
#include <QtConcurrentRun>
#include <QUrl>

namespace {

const auto FolderKey = QLatin1String("export/folder");

} // namespace

DeliverPage::DeliverPage(Session &session, QSettings &settings, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::DeliverPage>())
    , m_session(session)
    , m_settings(settings)
{
    ui->setupUi(this);
    ui->folderEdit->setLayoutDirection(Qt::LeftToRight);
    ui->folderEdit->setText(QDir::toNativeSeparators(
            settings.value(FolderKey,
                           QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                    .toString()));
    ui->filesView->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    ui->hostingCombo->addItem(tr("All kinds, to choose later"));
    ui->hostingCombo->addItem(tr("nginx"), int(Hosting::Nginx));
    ui->hostingCombo->addItem(tr("Apache"), int(Hosting::Apache));
    ui->hostingCombo->addItem(tr("Caddy"), int(Hosting::Caddy));
    ui->hostingCombo->addItem(tr("Cloudflare Worker"), int(Hosting::CloudflareWorker));
    ui->hostingCombo->addItem(tr("None: just the file and the records"), int(Hosting::FilesOnly));
    connect(ui->browseButton, &QPushButton::clicked, this, &DeliverPage::browse);
    connect(ui->folderEdit, &QLineEdit::textChanged, this, &DeliverPage::forget);
    connect(ui->hostingCombo, &QComboBox::activated, this, &DeliverPage::forget);
    connect(ui->banner, &Banner::acted, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(target())); });
    connect(&m_writer, &QFutureWatcherBase::finished, this, &DeliverPage::saved);
}

DeliverPage::~DeliverPage() = default;

void DeliverPage::enter()
{
    ui->titleLabel->setText(
            tr("Save the files for %1").arg(isolated(m_session.domain().display())));
    forget();
}

AssistantPage::State DeliverPage::state() const
{
    if (m_writer.isRunning())
        return State::Loading;
    return ui->folderEdit->text().trimmed().isEmpty() ? State::Incomplete : State::Ready;
}

QString DeliverPage::reason() const
{
    if (m_writer.isRunning())
        return tr("Saving…");
    if (state() == State::Incomplete)
        return tr("Choose a folder.");
    return m_saved ? QString()
                   : tr("Saves to %1").arg(printable(QDir::toNativeSeparators(target())));
}

QString DeliverPage::nextText() const
{
    return m_saved ? tr("&Next") : tr("&Save files");
}

bool DeliverPage::goOn()
{
    if (!m_saved && state() == State::Ready)
        save();
    return m_saved;
}

QWidget *DeliverPage::firstField()
{
    return ui->folderEdit;
}

QString DeliverPage::target() const
{
    return QDir(QDir::fromNativeSeparators(ui->folderEdit->text().trimmed()))
            .filePath(bundleFolder(m_session.domain()));
}

void DeliverPage::browse()
{
    const QString folder = QFileDialog::getExistingDirectory(
            this, tr("Folder for the files"), QDir::fromNativeSeparators(ui->folderEdit->text()));
    if (folder.isEmpty())
        return;
    ui->folderEdit->setText(QDir::toNativeSeparators(folder));
    forget();
}

/// Another folder, other files: what was said about saving is no longer true.
void DeliverPage::forget()
{
    m_saved = false;
    const QVariant hosting = ui->hostingCombo->currentData();
    m_files = bundle(m_session.wanted(),
                     hosting.isValid() ? std::optional(Hosting(hosting.toInt())) : std::nullopt);
    ui->replaceCheck->setChecked(false);
    ui->replaceCheck->hide();
    ui->progressBar->hide();
    ui->banner->clear();
    showFiles();
    Q_EMIT changed();
}

void DeliverPage::showFiles(const WrittenBundle &result)
{
    ui->filesView->clear();
    for (const BundleFile &file : std::as_const(m_files)) {
        auto *item = new QTreeWidgetItem(ui->filesView);
        item->setText(0, file.path);
        if (result.conflicts.contains(file.path)) {
            item->setText(1, tr("there already, with other content"));
            item->setIcon(1, resultIcon(Severity::Warning));
        } else if (result.written.contains(file.path) || result.kept.contains(file.path)) {
            item->setText(1, result.kept.contains(file.path) ? tr("there already, the same")
                                                             : tr("saved"));
            item->setIcon(1, resultIcon(Severity::Ok));
        } else {
            item->setText(1, tr("not saved yet"));
        }
    }
}

void DeliverPage::save()
{
    m_writer.setFuture(QtConcurrent::run(
            [files = m_files, folder = target(),
             overwrite = ui->replaceCheck->isChecked() ? Overwrite::Yes : Overwrite::No] {
                return writeBundle(files, folder, overwrite);
            }));
    ui->progressBar->show();
    Q_EMIT changed();
}

void DeliverPage::saved()
{
    ui->progressBar->hide();
    const Result<WrittenBundle> result = m_writer.result();
    if (!result) {
        ui->banner->tell(Severity::Error,
                         tr("The files could not be saved: %1")
                                 .arg(QStringList{result.error().what, result.error().detail}.join(
                                         QLatin1Char(' '))));
    } else if (!result->conflicts.isEmpty()) {
        showFiles(*result);
        ui->replaceCheck->show();
        ui->banner->tell(Severity::Warning,
                         tr("%n file(s) with other content are there already. Nothing was saved. "
                            "Choose another folder, or tick “Replace” below.",
                            nullptr, int(result->conflicts.size())));
        ui->replaceCheck->setFocus();
    } else {
        m_saved = true;
        showFiles(*result);
        ui->replaceCheck->hide();
        m_settings.setValue(FolderKey,
                            QDir::fromNativeSeparators(ui->folderEdit->text().trimmed()));
        ui->banner->tell(Severity::Ok,
                         tr("Saved in %1. README.txt there says what to do next.")
                                 .arg(printable(QDir::toNativeSeparators(target()))),
                         tr("&Open the folder"));
    }
    Q_EMIT changed();
}
