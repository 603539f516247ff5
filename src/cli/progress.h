// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One line on a terminal's standard error that says what a look waits for. Silent elsewhere.

#include "survey/survey.h"

class Progress
{
public:
    Progress();
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;
    void show(const Survey &survey);
    void show(int done, int total); // total 0: not known yet
    /// Takes the line away, before something is printed.
    void clear();

private:
    void line(const QString &text);
    bool m_isTerminal = false;
    bool m_isShown = false;
};
