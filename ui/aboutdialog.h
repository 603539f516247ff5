// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Version, licence, and the libraries with the versions that are in use: what a report of a fault needs.

#include <QDialog>

class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

/// The versions, one a line, as the copy button gives them.
[[nodiscard]] QString versionsText();
