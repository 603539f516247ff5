// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 4: DANE. What it means today for each mail server; the TLSA records of one's own, made from the
// keys that they show now and from files; who has to act for the others.

#include "assistantpage.h"
#include "danerows.h"
#include "keylook.h"

#include <QFutureWatcher>

#include <memory>

class Publisher;
class Session;
namespace Ui {
class DanePage;
}

class DanePage : public AssistantPage
{
    Q_OBJECT
public:
    DanePage(Session &session, const Publisher &publisher, QWidget *parent = nullptr);
    ~DanePage() override;
    void enter() override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString reason() const override;
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;

private:
    enum class FileUse { Compare, Next };
    using Read = Result<KeySource>;

    void showAll();
    void showBanner();
    void showRecords();
    void lookAtKeys();
    void askForFile(FileUse use);
    void takeFile();
    void compare(const KeySource &source);
    void takeNext(const KeySource &source);
    void openRenewing();
    void openRollover();
    [[nodiscard]] QByteArray unsignedHost() const;
    [[nodiscard]] QStringList issuers() const;
    [[nodiscard]] const ServerDane *server(const QByteArray &host) const;

    std::unique_ptr<Ui::DanePage> ui;
    Session &m_session;
    const Publisher &m_publisher;
    QList<ServerDane> m_servers;
    DaneRows m_rows;
    DaneKeys m_keys;
    KeyLook m_look;
    FileUse m_fileUse = FileUse::Compare;
    QByteArray m_fileFor; // a mail server
    QFutureWatcher<Read> m_reader;
};
