// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What well-known senders would do with mail to the domain: one row each, details of the selected one.
// It waits for a check that still runs, and says why where there is nothing to work it out from.

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
    enum class Source {
        Session, // what it has seen, or will have when its check has ended; and what senders may hold
        File, // a saved result, which does not hold all that decides: said so, a check is offered
    };
    void enter(Source source);

Q_SIGNALS:
    void closed(); // back to the findings

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void begin();
    void showViews();
    void explain();
    void explainNothing();
    void copySelected();
    std::unique_ptr<Ui::SendersPage> ui;
    Session &m_session;
    Source m_source = Source::Session;
    QList<SenderView> m_views;
    QFutureWatcher<QList<SenderView>> m_worker; // hundreds of servers take longer than a frame
};
