// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Mail could be lost: the reasons, and the domain to be typed by whoever wants it all the same (T-32).

#include "check/finding.h"

#include <QDialog>

class OverrideDialog : public QDialog
{
    Q_OBJECT
public:
    OverrideDialog(const DomainName &domain, const QList<Finding> &reasons,
                   QWidget *parent = nullptr);
};
