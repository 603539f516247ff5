// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostingsetup.h"

#include "deploy/bundle.h"
#include "hostingwords.h"
#include "texts.h"
#include "ui_hostingsetup.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QSignalBlocker>

HostingSetup::HostingSetup(QWidget *parent)
    : QFrame(parent)
    , ui(std::make_unique<Ui::HostingSetup>())
{
    ui->setupUi(this);
    ui->configView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    ui->configView->setLayoutDirection(Qt::LeftToRight);
    connect(ui->kindTabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (tab >= 0)
            Q_EMIT chosen(Hosting(ui->kindTabs->tabData(tab).toInt()));
    });
    connect(ui->copyConfigButton, &QPushButton::clicked, this, &HostingSetup::copy);
}

HostingSetup::~HostingSetup() = default;

void HostingSetup::show(const HostingGroup &group, const Deployment &wanted, const LiveState &live)
{
    showKinds(group, wanted.hosting);
    const QString point = QStringLiteral("• ");
    ui->notesLabel->setText(point + hostingNotes(wanted, live).join(QLatin1Char('\n') + point));
    const QByteArray config = serverFile(wanted, wanted.hosting).content;
    const bool isServer = group.kind == HostingGroup::Kind::WebServer && !config.isEmpty();
    ui->configView->setVisible(isServer);
    ui->copyConfigButton->setVisible(isServer);
    if (ui->configView->toPlainText().toUtf8() == config)
        return;
    ui->configView->setPlainText(QString::fromUtf8(config));
    ui->statusLabel->clear();
}

void HostingSetup::showKinds(const HostingGroup &group, Hosting current)
{
    ui->kindTabs->setVisible(group.hostings.size() > 1);
    const QSignalBlocker quiet(ui->kindTabs);
    // Tabs that stay keep the focus.
    while (ui->kindTabs->count() > group.hostings.size())
        ui->kindTabs->removeTab(0);
    while (ui->kindTabs->count() < group.hostings.size())
        ui->kindTabs->addTab({});
    for (int tab = 0; tab < ui->kindTabs->count(); ++tab) {
        const Hosting hosting = group.hostings.at(tab);
        ui->kindTabs->setTabText(tab, hostingLabel(hosting));
        ui->kindTabs->setTabData(tab, int(hosting));
        if (hosting == current)
            ui->kindTabs->setCurrentIndex(tab);
    }
}

void HostingSetup::focusKinds()
{
    ui->kindTabs->setFocus();
}

void HostingSetup::placeAfter(QWidget *widget)
{
    for (QWidget *next :
         std::initializer_list<QWidget *>{ui->kindTabs, ui->configView, ui->copyConfigButton}) {
        setTabOrder(widget, next);
        widget = next;
    }
}

void HostingSetup::copy()
{
    QGuiApplication::clipboard()->setText(ui->configView->toPlainText());
    ui->statusLabel->setText(tr("Copied."));
    announce(ui->statusLabel);
}
