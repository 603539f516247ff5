// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "startpage.h"

#include "texts.h"
#include "ui_startpage.h"

#include <QLineEdit>

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::StartPage>())
{
    ui->setupUi(this);
    prepareForm(this);
    ui->domainField->placeBeside(ui->checkButton);
    ui->domainField->placeBeside(ui->setupButton);
    connect(ui->checkButton, &QPushButton::clicked, this, &StartPage::check);
    connect(ui->domainField, &DomainField::confirmed, this, &StartPage::check);
    connect(ui->setupButton, &QPushButton::clicked, this, &StartPage::setUp);
}

StartPage::~StartPage() = default;

void StartPage::show(const DomainName &domain)
{
    if (!domain.isEmpty())
        ui->domainField->show(domain);
}

void StartPage::focusField()
{
    ui->domainField->setFocus();
    ui->domainField->edit()->selectAll();
}

void StartPage::check()
{
    if (const auto domain = ui->domainField->take())
        Q_EMIT checkAsked(*domain);
}

void StartPage::setUp()
{
    if (ui->domainField->edit()->text().trimmed().isEmpty())
        Q_EMIT setupAsked({});
    else if (const auto domain = ui->domainField->take())
        Q_EMIT setupAsked(*domain);
}
