// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Delivery over worlds of data. Saving itself is in tst_assistant.
#include "flowtest.h"
#include "program.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QTest>
#include <QTreeWidget>

class TestDeliverPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void stepsAreTickedAndCopied()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        test.press("nextButton");
        test.find<QCheckBox>("hostCheck")->click();
        QCOMPARE(test.window->session().choices().delivery.done, QList<QByteArray>{"host"});
        test.press("recordCopyButton");
        QVERIFY(QGuiApplication::clipboard()->text().contains(
                QString::fromLatin1(test.window->session().wanted().id)));
        test.press("backButton");
        QTRY_VERIFY(test.isIdle());
        test.press("nextButton");
        QVERIFY(test.find<QCheckBox>("hostCheck")->isChecked());
    }

    /// The choice of the folder and of the files is told whenever one of them fails.
    void aFolderThatVanishedIsTold()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        test.press("nextButton");
        const QString link = test.folder.filePath(QStringLiteral("stick"));
        QVERIFY(QFile::link(test.folder.filePath(QStringLiteral("gone")), link));
        test.type("folderEdit", link);
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("bannerText") &&
                    test.label("bannerText").contains(QLatin1String("could not be saved")));
        QCOMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Save files"));
        QVERIFY(test.isShown("withoutButton")); // copying by hand is still a way
        auto *files = test.find<QTreeWidget>("filesView");
        for (int i = 0; i < files->topLevelItemCount(); ++i)
            QCOMPARE(files->topLevelItem(i)->text(1), QStringLiteral("not saved yet"));
        // Another folder: what was said is forgotten.
        test.type("folderEdit", test.folder.path());
        QVERIFY(!test.isShown("bannerText"));
        test.press("nextButton");
        QTRY_COMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Next"));
        QCOMPARE(files->topLevelItem(0)->text(1), QStringLiteral("saved"));
        QVERIFY(test.settings.value(QStringLiteral("export/folder")).toString() ==
                test.folder.path());
    }
};
QTEST_MAIN(TestDeliverPage)
#include "tst_deliverpage.moc"
