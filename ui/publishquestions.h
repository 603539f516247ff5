// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is asked around publishing. The boxes are not open yet, and go when they are closed; accepted()
// is a yes, and the other answer is the default.

#include "deploy/choices.h"

class QMessageBox;
class QWidget;

[[nodiscard]] QMessageBox *enforceQuestion(const Choices &choices, QWidget *parent);
[[nodiscard]] QMessageBox *stopQuestion(QWidget *parent);
[[nodiscard]] QMessageBox *forgetTokenQuestion(const QString &service, QWidget *parent);
