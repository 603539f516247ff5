// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long senders may remember the policy: usual times by name, any other in seconds.

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

class AgeField : public QWidget
{
    Q_OBJECT
public:
    explicit AgeField(QWidget *parent = nullptr);
    void show(qint64 seconds); // leaves a field that the user is in alone
    [[nodiscard]] qint64 seconds() const;

Q_SIGNALS:
    void chosen(); // by the user

private:
    [[nodiscard]] bool isOther() const;
    void showFields();
    QComboBox *m_combo;
    QSpinBox *m_spin;
    QLabel *m_words;
};
