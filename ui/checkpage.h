// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The check of one domain: findings as they arrive, what can be done with them, the way to the report.
// It also shows a result that was made elsewhere and opened from a file.

#include "check/readreport.h"
#include "steps.h"

#include <QByteArray>
#include <QWidget>

#include <memory>

class QSettings;
struct CheckBanner;
class ReportSaver;
class ResultOpener;
class Session;
namespace Ui {
class CheckPage;
}

class CheckPage : public QWidget
{
    Q_OBJECT
public:
    CheckPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~CheckPage() override;
    void enter();  // starts the check unless a fresh result is there
    void resume(); // shows what was shown last, and starts nothing
    void leave();  // stops it
    void
    openResult(const QString &path); // of another computer; resultOpened() follows if it is one
    void askForResult();             // which one, and opens it
    [[nodiscard]] bool isSaved() const { return m_saved.has_value(); } // what is shown
    [[nodiscard]] QByteArray splitterState() const;
    void restoreSplitter(const QByteArray &state);

Q_SIGNALS:
    void closed();
    void setupAsked();
    void fixAsked(Step step); // the page of the assistant that mends the selected finding
    void sendersAsked();
    void resultOpened();   // show this page
    void networkChanged(); // a setting of the network is another; check again follows

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void checkAgain();
    void start();
    void showReport();
    void ended();
    void showSaved(const SavedReport &saved);
    void tell(const CheckBanner &banner);
    void mend(const Finding &finding);
    void showPort25Help();
    void saveReport();
    void showStatus(const QString &text);
    void showButtons();

    std::unique_ptr<Ui::CheckPage> ui;
    Session &m_session;
    QSettings &m_settings;
    ResultOpener *m_opener;
    ReportSaver *m_saver;
    std::optional<SavedReport> m_saved; // shown instead of the session's
};
