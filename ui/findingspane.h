// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The findings of one report beside the explanation of the selected one, and what can be done with it.

#include "check/finding.h"
#include "check/trustchain.h"

#include <QWidget>

#include <functional>
#include <memory>

class FindingsFilter;
class FindingsModel;
class QPushButton;
class TrustPane;
namespace Ui {
class FindingsPane;
}

class FindingsPane : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPane(QWidget *parent = nullptr);
    ~FindingsPane() override;

    void clear();                          // another domain
    void begin();                          // a check starts; what is there stays, greyed as it goes
    void showReport(const Report &report); // so far, or all of it
    /// The check has ended: the first problem is selected, unless the user has chosen a row.
    void finish();
    /// Asked while a finding of DANE or their group is selected: above the explanation stands its picture.
    using TrustSource = std::function<QList<TrustChain>()>;
    void setTrustSource(TrustSource source) { m_trustSource = std::move(source); }
    void focusFindings();
    [[nodiscard]] QByteArray splitterState() const;
    void restoreSplitter(const QByteArray &state);

Q_SIGNALS:
    void fixAsked(const Finding &finding); // a step of the assistant mends it
    void copied();

private:
    void addFilter(QPushButton *button, std::optional<Severity> only);
    void explainSelected();
    void
    showTrust(const std::optional<Finding> &finding); // of the selected row, or first of its group
    void leave(const QModelIndex &going);             // a row of the model
    void showFilters(const Report &report);
    [[nodiscard]] std::optional<Finding> selected() const;
    void copySelected();
    void mendSelected();
    void showAll();
    void switchPane();

    std::unique_ptr<Ui::FindingsPane> ui;
    FindingsModel *m_model;
    FindingsFilter *m_filter;
    TrustSource m_trustSource;
    TrustPane *m_trust = nullptr; // made when first shown
    DomainName m_domain;
    QDateTime m_at;
    bool m_selecting = false; // the selection is being changed by us
    bool m_touched = false;   // the user selected something
    bool m_problemTold = false;
};
