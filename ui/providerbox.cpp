// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerbox.h"

#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int ShownLines = 8;

} // namespace

ProviderBox::ProviderBox(QWidget *parent)
    : QWidget(parent)
    , m_sentences(plainLabel({}, this))
    , m_text(new QPlainTextEdit)
    , m_copy(new QPushButton)
    , m_copied(plainLabel({}, this))
{
    m_sentences->setObjectName(QStringLiteral("providerLabel"));
    m_text->setObjectName(QStringLiteral("providerEdit"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(fontMetrics().lineSpacing() * ShownLines);
    m_copy->setObjectName(QStringLiteral("copyProviderButton"));
    m_copied->setObjectName(QStringLiteral("providerCopiedLabel"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_sentences);
    layout->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->addWidget(m_copy);
    row->addWidget(m_copied, 1);
    layout->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, [this] { copy(m_text->toPlainText()); });
    clear();
}

void ProviderBox::clear()
{
    setVisible(false);
}

void ProviderBox::show(const ProviderWord &word)
{
    m_sentences->setText(joined(word.sentences));
    const bool isConsole = !word.commands.isEmpty();
    const QString text =
            isConsole ? QString::fromLatin1(word.commands.join('\n')) : word.letter.trimmed();
    if (m_text->toPlainText() != text) {
        m_text->setPlainText(text);
        m_copied->clear();
    }
    m_text->setAccessibleName(isConsole ? tr("Commands for the provider's console")
                                        : tr("Message to the provider"));
    // The message is English, and the commands are no language: from left to right.
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setVisible(!text.isEmpty());
    m_copy->setText(isConsole ? tr("Copy c&ommands") : tr("Copy m&essage"));
    m_copy->setVisible(!text.isEmpty());
    setVisible(!word.sentences.isEmpty());
}

void ProviderBox::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    m_copied->setText(tr("Copied."));
    announce(m_copied);
}
