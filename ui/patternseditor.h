// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The mail servers that the policy allows: the table over the session's choices, with what fills it.

#include "patternsmodel.h"
#include "roweditor.h"

class Session;

class PatternsEditor : public RowEditor
{
    Q_OBJECT
public:
    explicit PatternsEditor(QWidget *parent = nullptr);
    void setSession(Session &session, QLabel *label);
    void showChoices();
    /// What keeps the list from being used as it stands, in one sentence; empty when nothing does.
    [[nodiscard]] QString problem() const;
    void focusProblem();
    [[nodiscard]] QList<Told> faults() const { return m_patterns.faults(); }

private:
    void setChoices();

    PatternsModel m_patterns;
    Session *m_session = nullptr;
    QPushButton *m_addMissing;
    QPushButton *m_propose;
};
