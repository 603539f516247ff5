// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 6: the files in a folder, and what to do with them, in order. The writing is behind the page, so that a slow folder blocks nothing.

#include "assistantpage.h"
#include "deploy/writebundle.h"

#include <QFutureWatcher>

#include <memory>

class QSettings;
class Session;
namespace Ui {
class DeliverPage;
}

class DeliverPage : public AssistantPage
{
    Q_OBJECT
public:
    DeliverPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~DeliverPage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool isCommit() const override { return !m_saved; }
    [[nodiscard]] bool goOn() override;
    [[nodiscard]] bool isBackOffered() const override { return !m_writer.isRunning(); }
    [[nodiscard]] QWidget *firstField() override;

private:
    [[nodiscard]] QString target() const;
    void browse();
    void forget();
    [[nodiscard]] QList<BundleFile> wantedFiles() const;
    void showSteps();
    void showFiles(const WrittenBundle &result = {});
    void save();
    void saved();

    std::unique_ptr<Ui::DeliverPage> ui;
    Session &m_session;
    QSettings &m_settings;
    QList<BundleFile> m_files;
    QFutureWatcher<Result<WrittenBundle>> m_writer;
    bool m_saved = false;
    bool m_isWithout = false; // everything was copied by hand
};
