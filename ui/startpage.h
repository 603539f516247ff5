// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The first page: one field, two buttons.

#include "mail/domainname.h"

#include <QWidget>

#include <memory>

namespace Ui {
class StartPage;
}

class StartPage : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget *parent = nullptr);
    ~StartPage() override;
    void show(const DomainName &domain);
    void focusField();

Q_SIGNALS:
    void checkAsked(const DomainName &domain);
    void setupAsked(const DomainName &domain); // empty: the assistant asks for it

private:
    void check();
    void setUp();
    std::unique_ptr<Ui::StartPage> ui;
};
