// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The settings: General, DNS, Network, Privacy. Writes them when OK is pressed and every field can be
// used; whoever opened it listens to accepted(). Shown with open().

#include "networksettings.h"
#include "networktest.h"

#include <QDialog>

#include <memory>

class QLabel;
class QSettings;
class TestLine;
class Tokens;
namespace Ui {
class SettingsDialog;
}

class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(QSettings &settings, QWidget *parent = nullptr,
                            const NetworkTests &tests = realNetworkTests());
    ~SettingsDialog() override;
    /// Where domains are kept; without it nothing is shown about that.
    void setDataFolder(const QString &folder);
    /// The tokens that are kept; without them nothing is shown about that.
    void setTokens(Tokens &tokens);
    /// How forgetting went.
    void tellForgotten(Severity severity, const QString &sentence);
    void accept() override;

Q_SIGNALS:
    void forgetAllAsked(); // after the user has confirmed it

private:
    void connectFields();
    void show(const NetworkSettings &network);
    void showDefaults();
    [[nodiscard]] NetworkSettings typed() const;
    [[nodiscard]] bool sayProblems(const QList<NetworkSettings::Field> &fields);
    void enableFields();
    void testResolver();
    void testProxy();
    void chooseCaFile();
    void openFolder();
    void askToForget();

    std::unique_ptr<Ui::SettingsDialog> ui;
    QSettings &m_settings;
    NetworkTests m_tests;
    TestLine *m_resolverTest;
    TestLine *m_proxyTest;
};
