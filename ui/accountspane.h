// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tokens that are kept, in the settings: for which service, since when, and the way to forget one.

#include "tokens.h"

#include <QWidget>

class Banner;
class QPushButton;
class QTreeWidget;

class AccountsPane : public QWidget
{
    Q_OBJECT
public:
    explicit AccountsPane(Tokens &tokens, QWidget *parent = nullptr);

private:
    void showAccounts();
    void showButtons();
    void askToForget();

    Tokens &m_tokens;
    QList<Account> m_accounts; // of the rows
    QTreeWidget *m_view;
    QPushButton *m_forget;
    Banner *m_banner;
};
