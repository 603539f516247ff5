// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accidentsview.h"
#include "detailview.h"
#include "practicedialog.h"
#include "practicerun.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using Practice::Stage;

namespace {

/// The dialog over a practice that has begun.
struct Opened
{
    PracticeRun run;
    QSignalSpy happened{&run, &PracticeRun::happened};
    std::unique_ptr<PracticeDialog> dialog;

    bool open()
    {
        if (!run.start())
            return false;
        dialog = std::make_unique<PracticeDialog>(run);
        return true;
    }
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return dialog->findChild<Widget *>(QLatin1String(name));
    }
    AccidentsView *view() const { return child<AccidentsView>("accidentsView"); }
    QString detail() const { return child<DetailView>("accidentDetail")->toPlainText(); }
    QString count() const { return child<QLabel>("accidentsCount")->text(); }
    void startOver(Stage stage) const
    {
        auto *combo = child<QComboBox>("stageCombo");
        combo->setCurrentIndex(combo->findData(int(stage)));
        Q_EMIT combo->activated(combo->currentIndex());
    }
    void tick(const QByteArray &id, Qt::CheckState state = Qt::Checked) const
    {
        QTreeWidgetItem *row = rowOf(id);
        view()->setCurrentItem(row);
        row->setCheckState(0, state);
    }
    QTreeWidgetItem *rowOf(const QByteArray &id) const
    {
        for (QTreeWidgetItemIterator each(view()); *each; ++each) {
            if ((*each)->data(0, Qt::UserRole).toByteArray() == id)
                return *each;
        }
        return nullptr;
    }
};

int shownRows(const AccidentsView &view)
{
    int shown = 0;
    for (int i = 0; i < view.topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = view.topLevelItem(i);
        for (int row = 0; row < group->childCount(); ++row)
            shown += !group->isHidden() && !group->child(row)->isHidden() ? 1 : 0;
    }
    return shown;
}

} // namespace

class TestPracticeDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyAccidentHasARow()
    {
        Opened opened;
        QVERIFY(opened.open());
        QCOMPARE(shownRows(*opened.view()), int(Practice::accidents().size()) + 1); // the token
        for (const Practice::Accident &accident : Practice::accidents())
            QVERIFY2(opened.rowOf(accident.id), accident.id);
    }

    void whatIsTickedHappens()
    {
        Opened opened;
        QVERIFY(opened.open());
        QVERIFY(opened.count().contains(QLatin1String("as it should be")));
        opened.tick("record-doubled");
        QVERIFY(opened.run.situation().accidents.contains("record-doubled"));
        QVERIFY(opened.count().contains(QLatin1String("as it should be"))); // not yet
        QTRY_VERIFY(opened.count().startsWith(QLatin1Char('1')));

        PracticeDialog again(opened.run); // what is chosen is shown
        QCOMPARE(again.findChild<AccidentsView *>(QStringLiteral("accidentsView"))->ticked(),
                 QSet<QByteArray>{"record-doubled"});
        again.findChild<QPushButton *>(QStringLiteral("mendButton"))->click();
        QVERIFY(opened.run.situation().accidents.isEmpty());
        QTRY_VERIFY(opened.count().contains(QLatin1String("as it should be")));
    }

    void whatComesOfItIsTold()
    {
        Opened opened;
        QVERIFY(opened.open());
        opened.startOver(Stage::Enforce);
        QTRY_COMPARE(opened.happened.size(), 1);
        opened.tick("port25-blocked");
        QTRY_VERIFY(opened.detail().contains(QLatin1String("What to do")));
        QVERIFY2(opened.detail().contains(QLatin1String("What senders do")),
                 qPrintable(opened.detail()));
        opened.tick("port25-blocked", Qt::Unchecked);
        QTRY_VERIFY(opened.detail().startsWith(QLatin1String("Tick")));
        opened.tick("host-redirects"); // who holds the policy goes on as before
        QTRY_VERIFY2(opened.detail().contains(QLatin1String("published before")),
                     qPrintable(opened.detail()));
        QVERIFY(opened.detail().contains(QLatin1String("Gmail")));
    }

    /// Behind signatures that do not hold no record is read.
    void hiddenBySomethingElse()
    {
        Opened opened;
        QVERIFY(opened.open());
        opened.startOver(Stage::Enforce);
        QTRY_COMPARE(opened.happened.size(), 1);
        opened.tick("dnssec-broken");
        opened.tick("record-doubled");
        QTRY_VERIFY2(opened.detail().startsWith(QLatin1String("Nothing tells of it")),
                     qPrintable(opened.detail()));
    }

    void rowsAreFound()
    {
        Opened opened;
        QVERIFY(opened.open());
        auto *filter = opened.child<QLineEdit>("accidentsFilter");
        filter->setText(QStringLiteral("CERTIFICATE ended"));
        const int found = shownRows(*opened.view());
        QVERIFY(found >= 2 && found < 10);
        QCOMPARE(opened.view()->current(), "host-certificate-expired"); // not a hidden one
        opened.tick("host-certificate-expired");
        filter->setText(QStringLiteral("nothing is called so"));
        QCOMPARE(shownRows(*opened.view()), 1); // the ticked one stays in sight
        filter->clear();
        QVERIFY(shownRows(*opened.view()) > 60);
    }

    void theClockGoesForward()
    {
        Opened opened;
        QVERIFY(opened.open());
        const QString today = opened.child<QLabel>("clockLabel")->text();
        const QDateTime before = opened.run.now();
        opened.child<QPushButton>("turnClockButton")->click();
        QVERIFY(before.daysTo(opened.run.now()) >= 31);
        QTRY_VERIFY(opened.child<QLabel>("clockLabel")->text() != today);
    }

    void anotherTokenForOneThatWasTakenBack()
    {
        Opened opened;
        QVERIFY(opened.open());
        auto *token = opened.child<QLineEdit>("practiceTokenEdit");
        const QString first = token->text();
        QVERIFY(first.startsWith(QLatin1String("practice-")));
        opened.tick(Practice::TokenRevoked);
        QTRY_COMPARE(opened.happened.size(), 1);
        QCOMPARE(token->text(), first); // it will be refused in the middle, not now
        QVERIFY(opened.detail().startsWith(QLatin1String("The token")));
        opened.tick(Practice::TokenRevoked, Qt::Unchecked);
        QTRY_VERIFY(token->text() != first);
        QCOMPARE(token->text().toLatin1(), opened.run.token());
    }

    void theLastChoiceCounts()
    {
        Opened opened;
        QVERIFY(opened.open());
        opened.tick("record-doubled");
        QTRY_COMPARE(opened.happened.size(), 1);
        opened.happened.clear();
        for (const Stage next : {Stage::Testing, Stage::Bare, Stage::Enforce})
            opened.startOver(next);
        QTRY_COMPARE(opened.happened.size(), 3);
        QVERIFY(opened.run.situation().published.policy->contains("mode: enforce"));
        QVERIFY(opened.count().contains(QLatin1String("as it should be")));
        const Survey seen = opened.run.engine().look(
                DomainName::parse(QString::fromLatin1(Practice::Domain)).domain, Cancel(),
                [](const Survey &) {});
        QVERIFY(!seen.fetches.isEmpty());
        QVERIFY(seen.fetches.first().body.contains("mode: enforce"));
    }
};

QTEST_MAIN(TestPracticeDialog)
#include "tst_practicedialog.moc"
