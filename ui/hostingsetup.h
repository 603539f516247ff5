// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The chosen place of the policy file: which form of it, what has to be seen to, and the configuration
// of a web server to copy.

#include "deploy/deployment.h"
#include "deploy/hostingoptions.h"

#include <QFrame>

#include <memory>

namespace Ui {
class HostingSetup;
}

class HostingSetup : public QFrame
{
    Q_OBJECT
public:
    explicit HostingSetup(QWidget *parent = nullptr);
    ~HostingSetup() override;
    void show(const HostingGroup &group, const Deployment &wanted, const LiveState &live);
    void focusKinds();
    void placeAfter(QWidget *widget); // in the order of the Tab key

Q_SIGNALS:
    void chosen(Hosting hosting); // another form

private:
    void showKinds(const HostingGroup &group, Hosting current);
    void copy();
    std::unique_ptr<Ui::HostingSetup> ui;
};
