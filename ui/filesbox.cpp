// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filesbox.h"

#include "texts.h"
#include "ui_filesbox.h"

#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QSettings>
#include <QStandardPaths>
#include <QtConcurrentRun>

namespace {

const auto FolderKey = QLatin1String("export/folder");

} // namespace

FilesBox::FilesBox(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::FilesBox>())
{
    ui->setupUi(this);
    ui->folderEdit->setLayoutDirection(Qt::LeftToRight);
    ui->filesView->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(ui->browseButton, &QPushButton::clicked, this, &FilesBox::browse);
    connect(ui->folderEdit, &QLineEdit::textChanged, this, &FilesBox::folderChanged);
    connect(&m_writer, &QFutureWatcherBase::finished, this, &FilesBox::written);
}

FilesBox::~FilesBox()
{
    m_writer.waitForFinished();
}

void FilesBox::remember(QSettings &settings)
{
    m_settings = &settings;
    const QString standard = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    ui->folderEdit->setText(
            QDir::toNativeSeparators(settings.value(FolderKey, standard).toString()));
}

void FilesBox::setFiles(const QList<BundleFile> &files, const QString &below)
{
    m_files = files;
    m_below = below;
    ui->replaceCheck->setChecked(false);
    ui->replaceCheck->hide();
    ui->progressBar->hide();
    showFiles({});
}

bool FilesBox::hasFolder() const
{
    return !ui->folderEdit->text().trimmed().isEmpty();
}

QString FilesBox::target() const
{
    return QDir(QDir::fromNativeSeparators(ui->folderEdit->text().trimmed())).filePath(m_below);
}

QWidget *FilesBox::firstField() const
{
    return ui->folderEdit;
}

void FilesBox::browse()
{
    const QString folder = QFileDialog::getExistingDirectory(
            this, tr("Folder for the files"), QDir::fromNativeSeparators(ui->folderEdit->text()));
    if (!folder.isEmpty())
        ui->folderEdit->setText(QDir::toNativeSeparators(folder));
}

void FilesBox::showFiles(const WrittenBundle &result)
{
    ui->filesView->clear();
    for (const BundleFile &file : std::as_const(m_files)) {
        auto *item = new QTreeWidgetItem(ui->filesView);
        item->setText(0, file.path);
        if (result.conflicts.contains(file.path)) {
            item->setText(1, tr("there already, with other content"));
            item->setIcon(1, resultIcon(Severity::Warning));
        } else if (result.notWritten.contains(file.path)) {
            item->setText(1, tr("not saved, as it was before"));
            item->setIcon(1, resultIcon(Severity::Error));
        } else if (result.written.contains(file.path) || result.kept.contains(file.path)) {
            item->setText(1, result.kept.contains(file.path) ? tr("there already, the same")
                                                             : tr("saved"));
            item->setIcon(1, resultIcon(Severity::Ok));
        } else {
            item->setText(1, tr("not saved yet"));
        }
    }
}

void FilesBox::save()
{
    m_writer.setFuture(QtConcurrent::run(
            [files = m_files, folder = target(),
             overwrite = ui->replaceCheck->isChecked() ? Overwrite::Yes : Overwrite::No] {
                return writeBundle(files, folder, overwrite);
            }));
    ui->progressBar->show();
}

void FilesBox::written()
{
    ui->progressBar->hide();
    const Result<WrittenBundle> result = this->result();
    showFiles(result.value_or(WrittenBundle()));
    const bool isConflict = result && !result->conflicts.isEmpty();
    const bool isStopped = result && result->trouble; // those that were there may be replaced still
    if (!isStopped)
        ui->replaceCheck->setVisible(isConflict);
    if (isConflict)
        ui->replaceCheck->setFocus();
    if (result && !isConflict && !isStopped && m_settings)
        m_settings->setValue(FolderKey,
                             QDir::fromNativeSeparators(ui->folderEdit->text().trimmed()));
    Q_EMIT ended();
}
