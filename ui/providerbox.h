// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is said of mail servers that somebody else runs (DANE-41): who has to act, the commands for a
// provider's console, and a message to send. Hidden where there is nothing to say.

#include "dane/providerword.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

class ProviderBox : public QWidget
{
    Q_OBJECT
public:
    explicit ProviderBox(QWidget *parent = nullptr);
    void show(const ProviderWord &word);
    void clear();

private:
    void copy(const QString &text);

    QLabel *m_sentences;
    QPlainTextEdit *m_text; // the commands, else the message
    QPushButton *m_copy;
    QLabel *m_copied;
};
