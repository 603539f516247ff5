// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "savedwords.h"

#include <QTest>

class tst_SavedWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsWholeIsGood_data()
    {
        QTest::addColumn<QStringList>("conflicts");
        QTest::addColumn<bool>("stopped");
        QTest::addColumn<int>("severity");
        QTest::addColumn<QString>("part");
        const QStringList none;
        QTest::newRow("saved") << none << false << int(Severity::Ok)
                               << QStringLiteral("Nothing is published yet");
        QTest::newRow("others in the way")
                << QStringList{QStringLiteral("a")} << false << int(Severity::Warning)
                << QStringLiteral("Nothing was saved");
        QTest::newRow("half-way") << none << true << int(Severity::Error)
                                  << QStringLiteral("disk is full");
    }
    void onlyWhatIsWholeIsGood()
    {
        QFETCH(QStringList, conflicts);
        QFETCH(bool, stopped);
        QFETCH(QString, part);
        WrittenBundle bundle;
        bundle.written = QStringList{QStringLiteral("README.txt")};
        bundle.conflicts = conflicts;
        if (stopped) {
            bundle.notWritten = QStringList{QStringLiteral("zone.txt")};
            bundle.trouble = Error{Error::Kind::Refused, QStringLiteral("disk is full"),
                                   QStringLiteral("zone.txt")};
        }
        const SavedWords words = savedWords(bundle, QStringLiteral("folder"));
        QTEST(int(words.severity), "severity");
        QVERIFY2(words.text.contains(part), qPrintable(words.text));
    }

    void aFailureNamesItsReason()
    {
        const SavedWords words = savedWords(failed(Error::Kind::Refused, QStringLiteral("no room"),
                                                   QStringLiteral("README.txt")),
                                            QStringLiteral("folder"));
        QCOMPARE(words.severity, Severity::Error);
        QVERIFY(words.text.contains(QLatin1String("no room")) &&
                words.text.contains(QLatin1String("README.txt")));
    }
};
QTEST_GUILESS_MAIN(tst_SavedWords)
#include "tst_savedwords.moc"
