// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enteredit.h"

#include "base/limits.h"

#include <QKeyEvent>

EnterEdit::EnterEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setMaxLength(int(Limits::TypedText));
    setLayoutDirection(Qt::LeftToRight);
    setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoAutoUppercase);
}

void EnterEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !text().trimmed().isEmpty())
        Q_EMIT entered();
    else
        QLineEdit::keyPressEvent(event);
}
