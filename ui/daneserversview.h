// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The mail servers of a domain, each with what DANE means for it today.

#include "serverwords.h"

#include <QTreeWidget>

class DaneServersView : public QTreeWidget
{
    Q_OBJECT
public:
    explicit DaneServersView(QWidget *parent = nullptr);
    void show(const QList<ServerDane> &servers);

private:
    void fitHeight();
};
