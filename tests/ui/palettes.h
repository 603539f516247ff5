// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Palettes as desktops have them, whole: two colours would leave roles unreadable that no desktop
// leaves so.

#include <QApplication>
#include <QPalette>
#include <QStyle>

/// Fusion's own, but for its selection: white on that blue is 3.7 to 1, and no choice of ours.
[[nodiscard]] inline QPalette lightPalette()
{
    QPalette palette = QApplication::style()->standardPalette();
    palette.setColor(QPalette::Highlight, QColor(0x1f6fa5));
    return palette;
}

[[nodiscard]] inline QPalette filledPalette(const QColor &ink, const QColor &window,
                                            const QColor &base, const QColor &button,
                                            const QColor &highlight, const QColor &highlighted,
                                            const QColor &link, const QColor &disabled)
{
    QPalette palette(button, window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText})
        palette.setColor(role, ink);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::ToolTipBase, window);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, highlighted);
    palette.setColor(QPalette::Link, link);
    palette.setColor(QPalette::LinkVisited, link);
    QColor pale = ink;
    pale.setAlpha(160);
    palette.setColor(QPalette::PlaceholderText, pale);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

/// As the dark themes of GNOME and KDE.
[[nodiscard]] inline QPalette darkPalette()
{
    return filledPalette(QColor(0xfcfcfc), QColor(0x2a2e32), QColor(0x1b1e20), QColor(0x31363b),
                         QColor(0x256497), QColor(0xffffff), QColor(0x6cb8f0), QColor(0x7f8488));
}

/// As the black high-contrast theme of Windows.
[[nodiscard]] inline QPalette highContrastPalette()
{
    return filledPalette(Qt::white, Qt::black, Qt::black, Qt::black, QColor(0x1aebff), Qt::black,
                         QColor(0xffff00), QColor(0x3ff23f));
}
