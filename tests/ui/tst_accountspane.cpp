// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The kept tokens in the settings.
#include "accountspane.h"
#include "fakeservice.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

class TestAccountsPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsAndForgetsAfterAQuestion()
    {
        FakeService service;
        QTemporaryDir folder;
        Tokens tokens(folder.path(), service.doors().keys);
        AccountsPane pane(tokens);
        auto *view = pane.findChild<QTreeWidget *>();
        auto *forget = pane.findChild<QPushButton *>(QStringLiteral("forgetTokenButton"));
        QVERIFY(!forget->isEnabled());
        tokens.keep({"hetzner", {}, QStringLiteral("<b>club</b>"), QDateTime::currentDateTimeUtc()},
                    Secret("token-of-the-club"));
        QTRY_COMPARE(view->topLevelItemCount(), 1);
        QTRY_COMPARE(service.keys.size(), size_t(1));
        QCOMPARE(view->topLevelItem(0)->text(0), QStringLiteral("Hetzner DNS"));
        QVERIFY(view->topLevelItem(0)->text(1).contains(QLatin1String("<b>club</b>")));
        QVERIFY(forget->isEnabled());
        for (const bool isMeant : {false, true}) {
            forget->click();
            QMessageBox *box = nullptr;
            QTRY_VERIFY((box = pane.findChild<QMessageBox *>()));
            for (QAbstractButton *button : box->buttons())
                if ((box->buttonRole(button) == QMessageBox::AcceptRole) == isMeant)
                    button->click();
            QTRY_VERIFY(!pane.findChild<QMessageBox *>());
            QTRY_COMPARE(view->topLevelItemCount(), isMeant ? 0 : 1);
        }
        QVERIFY(service.keys.empty());
    }
};
QTEST_MAIN(TestAccountsPane)
#include "tst_accountspane.moc"
