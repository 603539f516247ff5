// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts.h"

#include "base/isolated.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>

#include <array>

void prepareForm(QWidget *form)
{
    const QList<QLabel *> labels = form->findChildren<QLabel *>();
    for (QLabel *label : labels) {
        label->setTextFormat(Qt::PlainText);
        if (label->objectName() == QLatin1String("titleLabel")) {
            QFont font = label->font();
            font.setPointSizeF(font.pointSizeF() * 1.4);
            font.setBold(true);
            label->setFont(font);
        }
    }
    const QList<QPushButton *> buttons = form->findChildren<QPushButton *>();
    for (QPushButton *button : buttons)
        button->setAutoDefault(true);
}

QString isolated(const QString &word)
{
    return isolated(word, QGuiApplication::layoutDirection());
}

QString joined(const QStringList &sentences)
{
    QString text;
    for (const QString &sentence : sentences) {
        if (sentence.isEmpty())
            continue;
        if (!text.isEmpty())
            text += QLatin1Char(' ');
        text += sentence;
        if (!QStringLiteral(".?:…").contains(sentence.back()))
            text += QLatin1Char('.');
    }
    return text;
}

QString phrase(const Error &error)
{
    return QCoreApplication::translate("Error", error.what.toUtf8().constData());
}

QString issueText(const Issue &issue)
{
    const Words words = wordsFor(toFinding(issue, Group::Input, {}));
    return joined({words.title, words.fix});
}

QIcon resultIcon(Severity severity)
{
    // data() asks for every cell it paints, so the icons are made once.
    static const std::array<QIcon, 5> icons{QIcon(QStringLiteral(":/icons/problem.svg")),
                                            QIcon(QStringLiteral(":/icons/warning.svg")),
                                            QIcon(QStringLiteral(":/icons/nottested.svg")),
                                            QIcon(QStringLiteral(":/icons/note.svg")),
                                            QIcon(QStringLiteral(":/icons/passed.svg"))};
    return icons.at(size_t(severityRank(severity)));
}

QIcon waitingIcon()
{
    static const QIcon icon(QStringLiteral(":/icons/waiting.svg"));
    return icon;
}

void showHeadings(QHeaderView *header)
{
    int widest = 0;
    for (int i = 0; i < header->count(); ++i)
        widest = qMax(widest, header->sectionSizeHint(i));
    header->setMinimumSectionSize(widest);
}

void announce(QWidget *widget)
{
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}
