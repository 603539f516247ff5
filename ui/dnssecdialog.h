// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the zone of a domain is signed, what its registrar has to know, and switching it on at a service
// (DANE-34: before any TLSA record). Looks again by itself until the zone above vouches for it.

#include "dnssecjobs.h"

#include <QDialog>
#include <QFutureWatcher>
#include <QTimer>

class AdviceList;
class Banner;
class QLabel;
class QPlainTextEdit;
class QPushButton;

/// Nothing happens where nothing can be looked at.
void openDnssec(const DnssecDoors &doors, QWidget *parent);

class DnssecDialog : public QDialog
{
    Q_OBJECT
public:
    explicit DnssecDialog(DnssecDoors doors, QWidget *parent = nullptr);
    ~DnssecDialog() override; // cancels; what has been sent is waited for
    void reject() override; // not while it is being switched on: Escape and closing come here, too

private:
    void make();
    void start(DnssecDo what);
    void take();
    void showFound(const DnssecShown &shown);
    void askToSwitchOn();
    void switchOn();
    void tell(const QString &message);

    const DnssecDoors m_doors;
    Cancel m_cancel;
    QFutureWatcher<DnssecShown> m_watcher;
    QTimer m_again;
    DnssecDo m_doing = DnssecDo::Look;
    bool m_isLooking = false;
    bool m_isSwitching = false; // or about to, when the look that runs has ended
    bool m_isOnItsWay = false;  // the registrar is waited for
    Banner *m_banner;
    AdviceList *m_advice;
    QLabel *m_steps, *m_message;
    QPlainTextEdit *m_text;
    QPushButton *m_switch, *m_look, *m_copy, *m_close;
};
