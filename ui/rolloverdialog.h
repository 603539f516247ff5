// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change of the key of a mail server, over days (DANE-32): what is due now, the lines for the zone, the
// dates, what was seen. Everything is kept on this computer, so that it can be closed at any time.

#include "rolloverjobs.h"

#include <QDialog>
#include <QFutureWatcher>

class AdviceList;
class Banner;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

class RolloverDialog : public QDialog
{
    Q_OBJECT
public:
    /// `servers`: the first is shown at first; `folder`: of what is kept.
    RolloverDialog(const QList<QByteArray> &servers, RolloverDoor look, const QString &folder,
                   QWidget *parent = nullptr);
    ~RolloverDialog() override; // cancels, and waits

private:
    void make();
    [[nodiscard]] QByteArray host() const;
    void start(const QString &nextFile);
    void take();
    void showFound(const RolloverShown &shown);
    void showTold(const RollTold &told);
    void showSeen(const RollTold &told);
    void showRunning();
    void askForNextKey();
    void askToForget();
    void saveCalendar();
    void tell(const QString &message);

    const QList<QByteArray> m_servers;
    const RolloverDoor m_look;
    const QString m_folder;
    Cancel m_cancel;
    QFutureWatcher<RolloverShown> m_watcher;
    std::optional<RollTold> m_told;
    bool m_isLooking = false;
    QComboBox *m_hosts;
    Banner *m_banner;
    QPlainTextEdit *m_lines;
    QLabel *m_linesLabel, *m_datesLabel, *m_seenLabel, *m_message;
    QTreeWidget *m_dates, *m_seen;
    AdviceList *m_advice;
    QPushButton *m_begin, *m_again, *m_copy, *m_calendar, *m_forget;
};
