// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "visibleboxes.h"

#include <QPainter>
#include <QStyleOption>

void VisibleBoxes::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isRound = element == PE_IndicatorRadioButton;
    const State focus = State_HasFocus | State_KeyboardFocusChange; // has a frame of its own colour
    // Boxes in lists come here as check boxes, too.
    if ((!isRound && element != PE_IndicatorCheckBox) || !(option->state & State_Enabled) ||
        (option->state & focus) == focus)
        return;
    QColor frame = option->palette.color(QPalette::Text);
    frame.setAlphaF(0.6F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(frame);
    painter->setBrush(Qt::NoBrush);
    const QRect rect = option->rect;
    if (isRound) {
        const qreal radius = (rect.width() + (rect.width() + 1) % 2) / 2.0 - 1;
        painter->drawEllipse(QPointF(rect.center() + QPoint(1, 1)), radius, radius);
    } else {
        painter->translate(0.5, 0.5);
        painter->drawRect(rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}
