// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountspane.h"

#include "banner.h"
#include "base/printable.h"
#include "plainlabel.h"
#include "publishquestions.h"
#include "publishwords.h"
#include "texts.h"

#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

AccountsPane::AccountsPane(Tokens &tokens, QWidget *parent)
    : QWidget(parent)
    , m_tokens(tokens)
    , m_view(new QTreeWidget(this))
    , m_forget(new QPushButton(tr("&Forget this token…"), this))
    , m_banner(new Banner(this))
{
    QLabel *about =
            plainLabel(tr("Tokens and keys of DNS services are in the key store of this "
                          "computer and in no file. The assistant adds one when you publish."),
                       this);
    m_view->setObjectName(QStringLiteral("accountsView"));
    m_view->setAccessibleName(tr("Kept tokens"));
    m_view->setRootIsDecorated(false);
    m_view->setAllColumnsShowFocus(true);
    m_view->setHeaderLabels({tr("Service"), tr("Name"), tr("Kept")});
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_forget->setObjectName(QStringLiteral("forgetTokenButton"));
    m_banner->setObjectName(QStringLiteral("accountsBanner"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_forget);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_view);
    layout->addLayout(row);
    layout->addWidget(m_banner);
    connect(m_view, &QTreeWidget::currentItemChanged, this, &AccountsPane::showButtons);
    connect(m_forget, &QPushButton::clicked, this, &AccountsPane::askToForget);
    connect(&tokens, &Tokens::changed, this, &AccountsPane::showAccounts);
    connect(&tokens, &Tokens::forgot, this, [this] {
        if (m_tokens.result())
            m_banner->tell(Severity::Ok,
                           tr("Forgotten. The service itself still takes it: delete it there if it "
                              "is not needed."));
        else
            m_banner->tell(
                    Severity::Warning,
                    tr("It could not be forgotten: %1").arg(phrase(m_tokens.result().error())));
    });
    showAccounts();
}

void AccountsPane::showAccounts()
{
    m_accounts = m_tokens.accounts();
    m_view->clear();
    for (const Account &account : std::as_const(m_accounts)) {
        auto *item = new QTreeWidgetItem(m_view);
        item->setText(0, serviceName(account));
        item->setText(1, isolated(printable(QStringList{account.label, account.address}
                                                    .join(QLatin1Char(' '))
                                                    .trimmed())));
        item->setText(2, m_tokens.isOfThisRun(account)
                                 ? tr("Until the program is closed")
                                 : locale().toString(account.keptAt.toLocalTime().date(),
                                                     QLocale::ShortFormat));
    }
    if (m_view->topLevelItemCount() > 0)
        m_view->setCurrentItem(m_view->topLevelItem(0));
    else if (m_banner->text().isEmpty())
        m_banner->tell(
                Severity::Info,
                m_tokens.problem().isEmpty()
                        ? tr("No token is kept.")
                        : tr("Which tokens are kept is not known: %1").arg(m_tokens.problem()));
    showButtons();
}

void AccountsPane::showButtons()
{
    m_forget->setEnabled(m_view->currentItem() != nullptr);
}

void AccountsPane::askToForget()
{
    const int row = m_view->indexOfTopLevelItem(m_view->currentItem());
    if (row < 0 || row >= m_accounts.size())
        return;
    QMessageBox *box = forgetTokenQuestion(m_view->currentItem()->text(0), this);
    connect(box, &QMessageBox::accepted, this,
            [this, account = m_accounts.at(row)] { m_tokens.forget(account); });
    box->open();
}
