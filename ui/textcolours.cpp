// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "textcolours.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

TextColours::TextColours(QTextDocument *document, Language language)
    : QSyntaxHighlighter(document)
    , m_language(language)
{
    qApp->installEventFilter(this);
}

void TextColours::setLanguage(Language language)
{
    if (language == m_language)
        return;
    m_language = language;
    rehighlight();
}

QColor TextColours::colour(Part part, const QPalette &palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    switch (part) {
    case Part::Added:
        return QColor(dark ? 0x6ecb71U : 0x116329U);
    case Part::Removed:
        return QColor(dark ? 0xff938aU : 0xb31d28U);
    case Part::Key:
        return QColor(dark ? 0x7cc4ffU : 0x0550aeU);
    case Part::Value:
        return palette.color(QPalette::Text);
    case Part::Comment:
        break;
    }
    return QColor(dark ? 0xb0b6bcU : 0x57606aU);
}

void TextColours::paint(int from, int length, Part part)
{
    setFormat(from, length, colour(part, QGuiApplication::palette()));
}

void TextColours::highlightBlock(const QString &text)
{
    const int size = int(text.size());
    switch (m_language) {
    case Language::Difference: // + and − stand in front of each line
        if (text.startsWith(QLatin1Char('+')))
            paint(0, size, Part::Added);
        else if (text.startsWith(QChar(0x2212)))
            paint(0, size, Part::Removed);
        break;
    case Language::Policy:
        if (const int colon = int(text.indexOf(QLatin1Char(':'))); colon > 0)
            paint(0, colon + 1, Part::Key);
        break;
    case Language::Zone:
        if (text.startsWith(QLatin1Char(';')))
            paint(0, size, Part::Comment);
        else if (const int blank = int(text.indexOf(QLatin1Char(' '))); blank > 0)
            paint(0, blank, Part::Key);
        break;
    }
}

bool TextColours::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp)
        rehighlight();
    return QSyntaxHighlighter::eventFilter(watched, event);
}
