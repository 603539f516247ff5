// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverpage.h"

#include "base/printable.h"
#include "deploy/deliverysteps.h"
#include "draft.h"
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
    connect(ui->browseButton, &QPushButton::clicked, this, &DeliverPage::browse);
    connect(ui->folderEdit, &QLineEdit::textChanged, this, &DeliverPage::forget);
    connect(ui->withoutButton, &QPushButton::clicked, this, [this] {
        m_isWithout = true;
        Q_EMIT nextAsked();
    });
    connect(ui->nextSteps, &NextSteps::ticked, this, [this](const QByteArray &code, bool done) {
        Choices choices = m_session.choices();
        choices.delivery.done.removeAll(code);
        if (done)
            choices.delivery.done.append(code);
        m_session.setChoices(choices);
    });
    for (const auto signal : {&Session::surveyed, &Session::lookEnded})
        connect(&session, signal, this, [this] {
            if (!isVisible() || m_saved || m_writer.isRunning())
                return;
            if (wantedFiles() != m_files)
                forget();
            else
                Q_EMIT changed();
        });
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
    if (m_session.isLooking() && !isComparable(m_session.survey()))
        return State::Loading;
    if (m_writer.isRunning())
        return State::Loading;
    return ui->folderEdit->text().trimmed().isEmpty() ? State::Incomplete : State::Ready;
}

QString DeliverPage::reason() const
{
    if (m_writer.isRunning())
        return tr("Saving…");
    if (state() == State::Loading)
        return tr("Comparing with what is live…");
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
    if (m_isWithout)
        return true;
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
    m_isWithout = false;
    if (state() != State::Loading) // the id of what is handed over is not to change any more
        m_session.setChoices(handedOver(m_session.choices(), m_session.wanted()));
    m_files = wantedFiles();
    showSteps();
    ui->replaceCheck->setChecked(false);
    ui->replaceCheck->hide();
    ui->withoutButton->show();
    ui->progressBar->hide();
    ui->banner->clear();
    showFiles();
    Q_EMIT changed();
}

QList<BundleFile> DeliverPage::wantedFiles() const
{
    const Deployment wanted = m_session.wanted();
    return bundle(wanted, wanted.hosting == Hosting::Undecided ? std::nullopt
                                                               : std::optional(wanted.hosting));
}

void DeliverPage::showSteps()
{
    const Deployment wanted = m_session.wanted();
    ui->nextSteps->show(deliverySteps(wanted, liveState(m_session.survey())), wanted,
                        m_session.choices().delivery.done);
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
                         tr("The files could not be saved: %1 (%2). Your choices are kept. Choose "
                            "another folder, or mend this one, and save again.")
                                 .arg(phrase(result.error()), isolated(result.error().detail)));
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
        ui->withoutButton->hide();
        showFiles(*result);
        ui->replaceCheck->hide();
        m_settings.setValue(FolderKey,
                            QDir::fromNativeSeparators(ui->folderEdit->text().trimmed()));
        ui->banner->tell(Severity::Ok,
                         tr("Saved in %1. Nothing is published yet: what to do next stands below.")
                                 .arg(printable(QDir::toNativeSeparators(target()))),
                         tr("&Open the folder"));
    }
    Q_EMIT changed();
}
