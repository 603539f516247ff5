// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "port25dialog.h"

#include "networksettings.h"
#include "texts.h"
#include "ui_port25dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSettings>
#include <QUrl>

#include <algorithm>

namespace {

const auto ProxyKey = QLatin1String("network/smtpProxy");
const auto Tunnel = QLatin1String("ssh -N -D 1080 user@server");

} // namespace

Port25Dialog::Port25Dialog(const DomainName &domain, QSettings &settings, QWidget *parent)
    : QDialog(parent)
    , ui(std::make_unique<Ui::Port25Dialog>())
    , m_settings(settings)
{
    ui->setupUi(this);
    prepareForm(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui->buttonBox->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeButton"));
    ui->tunnelEdit->setText(Tunnel);
    const QString name = QString::fromLatin1(domain.ascii()); // LDH: safe in a shell
    ui->serverEdit->setText(QStringLiteral("mta-sts check %1 --json > result.json").arg(name));
    for (QLineEdit *edit : {ui->tunnelEdit, ui->serverEdit, ui->proxyEdit})
        edit->setLayoutDirection(Qt::LeftToRight);
    ui->serverEdit->setCursorPosition(0); // the command from its beginning
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    const QString proxy = settings.value(ProxyKey).toString();
    ui->proxyEdit->setText(proxy.isEmpty() ? QStringLiteral("socks5://127.0.0.1:1080") : proxy);
    ui->noProxyButton->setVisible(!proxy.isEmpty());
    const int wide = std::max(minimumWidth(), sizeHint().width());
    resize(wide, layout()->totalHeightForWidth(wide)); // the labels wrap
    connect(ui->copyTunnelButton, &QPushButton::clicked, this,
            [this] { copy(ui->tunnelEdit->text()); });
    connect(ui->copyServerButton, &QPushButton::clicked, this,
            [this] { copy(ui->serverEdit->text()); });
    connect(ui->proxyButton, &QPushButton::clicked, this, &Port25Dialog::useProxy);
    connect(ui->noProxyButton, &QPushButton::clicked, this, [this] {
        m_settings.remove(ProxyKey);
        Q_EMIT proxyChanged();
        accept();
    });
    connect(ui->openButton, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT openResultAsked();
    });
    connect(ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Port25Dialog::~Port25Dialog() = default;

void Port25Dialog::useProxy()
{
    const QString address = proxyAddress(ui->proxyEdit->text());
    NetworkSettings network = NetworkSettings::read(m_settings);
    network.smtpProxy = address;
    const QString problem = address.isEmpty()
                                    ? tr("Type the address of the proxy, such as "
                                         "socks5://127.0.0.1:1080.")
                                    : network.problems().value(NetworkSettings::Field::Proxy);
    if (!problem.isEmpty()) {
        ui->messageLabel->setText(problem);
        announce(ui->messageLabel);
        ui->proxyEdit->setFocus();
        return;
    }
    m_settings.setValue(ProxyKey, address);
    Q_EMIT proxyChanged();
    accept();
}

void Port25Dialog::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    ui->messageLabel->setText(tr("Copied."));
    announce(ui->messageLabel);
}

QString proxyAddress(const QString &typed)
{
    QString text = typed.trimmed();
    if (!text.isEmpty() && !text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("socks5://"));
    if (QUrl url(text, QUrl::StrictMode); url.isValid() && url.port() < 0 && url.path().isEmpty()) {
        url.setPort(1080); // what ssh -D is mostly given
        text = url.toString();
    }
    return text;
}
