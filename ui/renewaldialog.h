// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the program that renews the certificate keeps the key, so that the TLSA record stays right
// (DANE-31), and the script that refuses a certificate for which no record stands.

#include "dane/renewaladvice.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;

class RenewalDialog : public QDialog
{
    Q_OBJECT
public:
    /// `servers`: their certificates; the advice is for the first, the script for all.
    explicit RenewalDialog(const QList<DomainName> &servers, QWidget *parent = nullptr);

private:
    void showTool(int index);
    void copy(const QString &text);

    const QList<DomainName> m_servers;
    const QList<RenewalAdvice> m_advice;
    QComboBox *m_tools;
    QPlainTextEdit *m_text;
    QLabel *m_message;
};

/// Everything of one program as plain text, whole sentences and the exact lines.
[[nodiscard]] QString renewalText(const RenewalAdvice &advice);
