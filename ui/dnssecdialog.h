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

class DnssecDialog : public QDialog
{
    Q_OBJECT
public:
    explicit DnssecDialog(DnssecDoors doors, QWidget *parent = nullptr);
    ~DnssecDialog() override; // cancels; what has been sent is waited for

private:
    void make();
    void start(DnssecDo what);
    void take();
    void askToSwitchOn();

    const DnssecDoors m_doors;
    Cancel m_cancel;
    QFutureWatcher<DnssecShown> m_watcher;
    QTimer m_again;
    bool m_isLooking = false;
    Banner *m_banner;
    AdviceList *m_advice;
    QLabel *m_steps, *m_message;
    QPlainTextEdit *m_text;
    QPushButton *m_switch, *m_look, *m_copy;
};
