// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that are to be saved, and the folder for them. The writing is behind the window, so that
// a slow folder blocks nothing.

#include "deploy/writebundle.h"

#include <QFutureWatcher>
#include <QWidget>

#include <memory>

class QSettings;
namespace Ui {
class FilesBox;
}

class FilesBox : public QWidget
{
    Q_OBJECT
public:
    explicit FilesBox(QWidget *parent = nullptr);
    ~FilesBox() override; // waits for what is being written
    /// The folder that was saved to last is proposed.
    void remember(QSettings &settings);
    /// Nothing of these counts as saved. They go to `below`, made inside the chosen folder.
    void setFiles(const QList<BundleFile> &files, const QString &below);
    [[nodiscard]] const QList<BundleFile> &files() const { return m_files; }
    [[nodiscard]] bool hasFolder() const; // one was chosen or typed; it need not exist
    [[nodiscard]] QString target() const; // as Qt writes paths
    [[nodiscard]] bool isWriting() const { return m_writer.isRunning(); }
    void save();
    [[nodiscard]] Result<WrittenBundle> result() const { return m_writer.result(); }
    [[nodiscard]] QWidget *firstField() const;

Q_SIGNALS:
    void folderChanged();
    void ended(); // saving; result() says how

private:
    void browse();
    void showFiles(const WrittenBundle &result);
    void written();

    std::unique_ptr<Ui::FilesBox> ui;
    QSettings *m_settings = nullptr;
    QList<BundleFile> m_files;
    QString m_below;
    QFutureWatcher<Result<WrittenBundle>> m_writer;
};
