// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The first page: one field, two buttons, and the domains the user keeps.

#include "base/error.h"
#include "mail/domainname.h"

#include <QWidget>

#include <memory>

class CheckAll;
class DomainsPane;
class KeptDomains;
class QMenu;
class QSettings;

namespace Ui {
class StartLinks;
class StartPage;
} // namespace Ui

class StartPage : public QWidget
{
    Q_OBJECT
public:
    StartPage(KeptDomains &kept, CheckAll &checkAll, QSettings &settings,
              QWidget *parent = nullptr);
    ~StartPage() override;
    void setMenu(QMenu *menu);
    void hidePractice(); // it is going on
    /// The domain the user comes from, and what was typed elsewhere for one and is none yet (may be
    /// empty). Neither takes the place of text that was typed here and not acted on.
    void show(const DomainName &domain, const QString &typed = {});
    void focusField();
    void enter();    // shown again
    void takeTime(); // it may be another day
    void remember(); // columns and order

Q_SIGNALS:
    void practiceAsked();
    void checkAsked(const DomainName &domain);
    void setupAsked(const DomainName &domain); // empty: the assistant asks for it
    void sendersAsked(const DomainName &domain);
    void removalAsked(const DomainName &domain);
    void historyAsked(const DomainName &domain);
    void daneAsked(const DomainName &domain);

private:
    void connectKept();
    void check();
    void setUp();
    void makeEmptyBox();
    void showDomains();
    void tellLoaded(const QStringList &setAside, const QList<Error> &errors);
    void tellNotWritten(const DomainName &domain, const Error &error);
    void offerUndo(const QString &what);
    void tellUnanswered(int count);

    std::unique_ptr<Ui::StartPage> ui;
    KeptDomains &m_kept;
    CheckAll &m_checkAll;
    QSettings &m_settings;
    // Each made when it is known which of them there is to show.
    std::unique_ptr<Ui::StartLinks> m_links;
    QWidget *m_emptyBox = nullptr; // of m_links
    DomainsPane *m_pane = nullptr;
    bool m_offersPractice = true;
};
