// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is asked around publishing. The boxes are not open yet, and go when they are closed; accepted()
// is a yes, and the other answer is the default.

#include "deploy/deployment.h"
#include "store/keptdomain.h"

class QMessageBox;
class QWidget;

[[nodiscard]] QMessageBox *enforceQuestion(const Deployment &wanted, QWidget *parent);
/// Whether MTA-STS is to be taken away, and what that means today.
[[nodiscard]] QMessageBox *removeQuestion(const KeptDomain &kept, const QDateTime &now,
                                          QWidget *parent);
[[nodiscard]] QMessageBox *stopQuestion(QWidget *parent);
[[nodiscard]] QMessageBox *forgetTokenQuestion(const QString &service, QWidget *parent);
