// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be done where the network blocks outgoing port 25: a way through a server of one's own, a
// check that is run there and opened here, or the reports of the senders.

#include "mail/domainname.h"

#include <QDialog>

#include <memory>

class QSettings;
namespace Ui {
class Port25Dialog;
}

class Port25Dialog : public QDialog
{
    Q_OBJECT
public:
    Port25Dialog(const DomainName &domain, QSettings &settings, QWidget *parent = nullptr);
    ~Port25Dialog() override;

Q_SIGNALS:
    void proxyChanged();    // network/smtpProxy in the settings is another
    void openResultAsked(); // a result that was made elsewhere

private:
    void useProxy();
    void copy(const QString &text);
    std::unique_ptr<Ui::Port25Dialog> ui;
    QSettings &m_settings;
};

/// What was typed, with the scheme and the port 1080 where they are left out.
[[nodiscard]] QString proxyAddress(const QString &typed);
