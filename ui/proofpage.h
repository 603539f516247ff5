// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Step 9: whether what was delivered has arrived. Looks again by itself while DNS needs time; it can be
// left at any moment, and come back to.

#include "assistantpage.h"
#include "base/cancel.h"
#include "nameserverproof.h"

#include <QFutureWatcher>
#include <QThreadPool>
#include <QTimer>

#include <memory>

class Session;
namespace Ui {
class ProofPage;
}

class ProofPage : public AssistantPage
{
    Q_OBJECT
public:
    explicit ProofPage(Session &session, QWidget *parent = nullptr);
    ~ProofPage() override;
    void enter() override;
    void leave() override;
    [[nodiscard]] QString nextText() const override { return tr("&Done"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstField() override;
    /// When it looks again by itself; not set while it looks or when there is nothing to wait for.
    [[nodiscard]] QTimer &nextLook() { return m_nextLook; }

private:
    void lookEnded();
    void askServers();
    void forgetServers();
    void showRows();
    void selectOpenRow();
    void showRow();
    void showNext();
    void showWhen();

    std::unique_ptr<Ui::ProofPage> ui;
    Session &m_session;
    QTimer m_nextLook;
    QList<ProofRow> m_rows; // of the last look that ended
    QThreadPool m_pool;     // a question that nobody waits for any more may still be on its way out
    QFutureWatcher<QList<RecordAtServers>> m_servers;
    Cancel m_cancel; // of m_servers
};
