// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "Your domains": the list of kept domains, what can be done with the selected one, and the check of
// all of them.

#include "mail/domainname.h"

#include <QWidget>

#include <memory>

class CheckAll;
class DomainsModel;
class KeptDomains;
class QSettings;
class QSortFilterProxyModel;
namespace Ui {
class DomainsPane;
}

class DomainsPane : public QWidget
{
    Q_OBJECT
public:
    DomainsPane(KeptDomains &kept, CheckAll &checkAll, QSettings &settings,
                QWidget *parent = nullptr);
    ~DomainsPane() override;
    void refresh();  // the day may have changed
    void remember(); // columns and order

Q_SIGNALS:
    void checkAsked(const DomainName &domain);
    void setupAsked(const DomainName &domain);
    void sendersAsked(const DomainName &domain);
    void removalAsked(const DomainName &domain);
    void historyAsked(const DomainName &domain);
    void daneAsked(const DomainName &domain);

private:
    void prepareView();
    void fitColumns();
    void addActions();
    [[nodiscard]] DomainName selected() const;
    void filter(const QString &text);
    void showRows();
    void showSelected();
    void showDiscard();
    void showChecking();
    void toggleCheckAll();

    std::unique_ptr<Ui::DomainsPane> ui;
    KeptDomains &m_kept;
    CheckAll &m_checkAll;
    QSettings &m_settings;
    DomainsModel *m_model;
    QSortFilterProxyModel *m_sorted;
};
