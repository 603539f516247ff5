// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What well-known senders would do with mail to the domain: one row each, details of the selected one.

#include "check/senders.h"

#include <QFutureWatcher>
#include <QWidget>

#include <memory>

class Session;
namespace Ui {
class SendersPage;
}

class SendersPage : public QWidget
{
    Q_OBJECT
public:
    explicit SendersPage(Session &session, QWidget *parent = nullptr);
    ~SendersPage() override;
    /// For what the session has seen. `cached`: the policy that senders may hold besides.
    void enter(const std::optional<CachedPolicy> &cached);

Q_SIGNALS:
    void closed(); // back to the findings

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showViews();
    void explain();
    void copySelected();
    std::unique_ptr<Ui::SendersPage> ui;
    Session &m_session;
    QList<SenderView> m_views;
    QFutureWatcher<QList<SenderView>> m_worker; // hundreds of servers take longer than a frame
};

/// All that is known of one sender, line by line.
[[nodiscard]] QString senderDetails(const SenderView &view);
