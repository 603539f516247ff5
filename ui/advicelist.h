// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Advice on what was chosen: one line each, result and sentence, all of it readable at once.

#include "base/severity.h"

#include <QWidget>

class AdviceList : public QWidget
{
    Q_OBJECT
public:
    explicit AdviceList(QWidget *parent = nullptr);
    void show(const QList<Issue> &issues); // worst first; hidden when there is none

private:
    QList<Issue> m_issues;
};
