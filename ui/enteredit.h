// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line for one technical name: left to right in every language, and Enter, while something stands
// in it, is for the page and not for the frame's Next.

#include <QLineEdit>

class EnterEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit EnterEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void entered();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};
