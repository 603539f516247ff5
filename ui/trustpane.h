// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The chains of trust of a domain, one at a time: which mail server, what its chain amounts to, the
// drawing, and the sentence of the current link.

#include "check/trustchain.h"

#include <QWidget>

class QComboBox;
class QLabel;
class TrustChainView;

class TrustPane : public QWidget
{
    Q_OBJECT
public:
    explicit TrustPane(QWidget *parent = nullptr);
    /// `subject`: what is selected beside it. The chain of the mail server it names is shown, else the
    /// worst, also where that is another one by now; what the user chose stays until the next subject.
    void showChains(const QList<TrustChain> &chains, const QString &subject);
    [[nodiscard]] QList<QWidget *> fields() const; // that take the focus, in the order of Tab

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Area;
    void fillHosts();
    void showChosen();
    void tellLink();
    [[nodiscard]] int worst() const;
    [[nodiscard]] int indexOf(const QString &subject) const; // -1: names none of them

    QLabel *m_hostLabel;
    QComboBox *m_hosts;
    QLabel *m_summary;
    Area *m_area;
    TrustChainView *m_view;
    QLabel *m_sentence;
    QList<TrustChain> m_chains;
    QString m_subject;
    bool m_isChosen = false; // by the user
};
