// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Advice on what was chosen or found: one line each, result and sentence, all of it readable at once.

#include "check/finding.h"

#include <QWidget>

struct Told
{
    Severity severity = Severity::Unknown;
    QString text; // whole sentences
    friend bool operator==(const Told &, const Told &) = default;
};

/// What a guard has against it: title, and what to do.
[[nodiscard]] QList<Told> toldOf(const QList<Finding> &reasons);

class AdviceList : public QWidget
{
    Q_OBJECT
public:
    explicit AdviceList(QWidget *parent = nullptr);
    /// Worst first, of two that are alike the others; hidden when there is none.
    void show(const QList<Issue> &issues, QList<Told> others = {});
    void tell(QList<Told> lines); // in the order given

private:
    QList<Told> m_lines;
};
