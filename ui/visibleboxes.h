// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Qt's Fusion style draws the frames of boxes to tick in a shade of the window, which in a dark theme nobody
// sees, and a row that can be ticked looks like one that cannot. Here they have 3 to 1 (WCAG 2.1, 1.4.11).

#include <QProxyStyle>

class VisibleBoxes : public QProxyStyle
{
    Q_OBJECT
public:
    VisibleBoxes()
        : QProxyStyle(QStringLiteral("fusion"))
    {
    }
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
};
