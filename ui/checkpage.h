// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The check of one domain: findings as they arrive, and the explanation of the selected one.

#include "base/severity.h"
#include "steps.h"

#include <QByteArray>
#include <QWidget>

#include <memory>

class FindingsFilter;
class FindingsModel;
class Session;
namespace Ui {
class CheckPage;
}

class CheckPage : public QWidget
{
    Q_OBJECT
public:
    explicit CheckPage(Session &session, QWidget *parent = nullptr);
    ~CheckPage() override;
    void enter(); // starts the check unless a fresh result is there
    void leave(); // stops it
    [[nodiscard]] QByteArray splitterState() const;
    void restoreSplitter(const QByteArray &state);

Q_SIGNALS:
    void closed();
    void setupAsked();
    void fixAsked(Step step); // the page of the assistant that mends the selected finding

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void start();
    void showReport();
    void ended();
    void explainSelected();
    void copySelected();
    void showCause();
    void showFilters();
    void showButtons();
    void switchPane();

    std::unique_ptr<Ui::CheckPage> ui;
    Session &m_session;
    FindingsModel *m_model;
    FindingsFilter *m_filter;
    bool m_selecting = false; // the selection is being changed by us
    bool m_touched = false;   // the user selected something
    bool m_problemTold = false;
};
