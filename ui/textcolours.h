// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colours for the technical texts that are shown: differences, policies, zone lines. They only help; the
// text says everything without them.

#include <QSyntaxHighlighter>

class QPalette;

class TextColours : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    enum class Language { Difference, Policy, Zone };
    enum class Part { Added, Removed, Key, Value, Comment };
    TextColours(QTextDocument *document, Language language);
    void setLanguage(Language language);
    /// At least 4.5 : 1 against the palette's Base.
    [[nodiscard]] static QColor colour(Part part, const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;
    bool eventFilter(QObject *watched, QEvent *event) override; // another palette, other colours

private:
    void paint(int from, int length, Part part);
    Language m_language;
};
