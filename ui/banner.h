// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A message inside a page: result, text, at most one action. Hidden while there is nothing to say.

#include "base/severity.h"

#include <QFrame>

class QLabel;
class QPushButton;

class Banner : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);
    /// `action` is the button's text; empty shows none.
    void tell(Severity severity, const QString &text, const QString &action = {});
    void clear();
    void ensureVisible(); // scrolls the page it is on
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void acted(); // the button was pressed

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolour();
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    Severity m_severity = Severity::Info;
};
