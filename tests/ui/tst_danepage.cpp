// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Step 4 of the assistant: which keys can be ticked and when, what comes of a tick, and where the step
// is left out.
#include "dane/keysource.h"
#include "fakekeys.h"
#include "fakes/testpki.h"
#include "program.h"
#include "wizardtest.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTreeWidget>

namespace {

struct DaneTest : WizardTest
{
    using WizardTest::WizardTest;
    /// The page with the keys looked at.
    void goToDane(const QString &domain) const
    {
        goTo(domain, 3);
        QVERIFY(isShown("serversView"));
        QTRY_COMPARE(find<QPushButton>("lookAgainButton")->isEnabled(), true);
    }
    [[nodiscard]] QTreeWidgetItem *row(const char *use, int number = 0) const
    {
        auto *view = find<QTreeWidget>("recordsView");
        for (int i = 0; i < view->topLevelItemCount(); ++i) {
            if (view->topLevelItem(i)->text(0) == QLatin1String(use) && number-- == 0)
                return view->topLevelItem(i);
        }
        return nullptr;
    }
    void tick(QTreeWidgetItem *item, bool isOn = true) const
    {
        item->setCheckState(0, isOn ? Qt::Checked : Qt::Unchecked);
    }
    [[nodiscard]] QString message() const { return label("messageLabel"); }
    void giveFile(const char *button, const QByteArray &octets) const
    {
        const QString before = isShown("messageLabel") ? message() : QString();
        const QString path = folder.filePath(QStringLiteral("key.pem"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
        file.close();
        press(button);
        auto *dialog = window->findChild<QFileDialog *>(QStringLiteral("keyFileDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(!window->findChild<QFileDialog *>(QStringLiteral("keyFileDialog")));
        QTRY_VERIFY(isShown("messageLabel") && message() != before);
    }
};

QString fingerprintOf(const QByteArray &host)
{
    return keyOfChain(fakeChain(host))->fingerprint;
}

const auto Dane = QStringLiteral("dane.example.org");

} // namespace

class TestDanePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void leftOut_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("why");
        QTest::newRow("an unsigned zone") << "fresh.example.org"
                                          << "needs DNSSEC";
        QTest::newRow("servers of a provider") << "google.example.org"
                                               << "run by others";
    }
    void leftOut()
    {
        QFETCH(QString, domain);
        QFETCH(QString, why);
        WizardTest test;
        test.goTo(domain, 3);
        QVERIFY(!test.isShown("serversView"));
        const auto *list = test.window->findChild<QListWidget *>(QStringLiteral("stepsList"));
        QVERIFY(list->item(int(Step::Dane))->text().contains(why));
    }

    void showsEveryServer()
    {
        DaneTest test;
        test.goToDane(Dane);
        QCOMPARE(test.rows("serversView"), 2);
        QVERIFY(test.cell("serversView", 0, 4).contains(QLatin1String("verify the server")));
        QVERIFY(test.cell("serversView", 1, 4).contains(QLatin1String("verify nothing")));
        QCOMPARE(test.cell("serversView", 1, 3), QStringLiteral("none"));
    }

    void nothingIsTickedByItself()
    {
        DaneTest test;
        test.goToDane(Dane);
        QVERIFY(test.row("In place"));
        QVERIFY(test.row("Add"));
        QCOMPARE(test.row("Add")->checkState(0), Qt::Unchecked);
        QVERIFY(test.choices().tlsa.isEmpty());
        QVERIFY(test.choices().tlsaGone.isEmpty());
    }

    void aKeyThatNobodyComparedIsNotPublished()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.tick(test.row("Add"));
        QCOMPARE(test.row("Add")->checkState(0), Qt::Unchecked);
        QVERIFY(test.choices().tlsa.isEmpty());
        QVERIFY(test.message().contains(QLatin1String("Compare its fingerprint")));
    }

    void theFingerprintOfTheServerConfirms()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.tick(test.row("Add"));
        QString printed =
                QStringLiteral("sha256 Fingerprint=") + fingerprintOf("mx2.dane.example.org");
        test.type("fingerprintEdit", printed);
        QVERIFY(test.message().contains(QLatin1String("the same")));
        test.tick(test.row("Add"));
        QCOMPARE(test.choices().tlsa.size(), 1);
        QCOMPARE(test.choices().tlsa.first().name, QByteArray("_25._tcp.mx2.dane.example.org"));
        QVERIFY(test.isAdvised("change the TLSA record before"));
        test.tick(test.row("Add"), false);
        QVERIFY(test.choices().tlsa.isEmpty());
    }

    void theRowThatWasComparedStaysTheCurrentOne()
    {
        DaneTest test;
        test.goToDane(QStringLiteral("good.example.org")); // two keys without records
        auto *view = test.find<QTreeWidget>("recordsView");
        QCOMPARE(view->topLevelItemCount(), 2);
        test.press("sameButton");
        QCOMPARE(view->currentItem(), view->topLevelItem(0));
        test.tick(view->topLevelItem(0));
        QVERIFY(view->topLevelItem(0)->text(3).contains(QLatin1String("will be published")));
    }

    void anotherFingerprintWarns()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.tick(test.row("Add"));
        test.type("fingerprintEdit", QString(64, QLatin1Char('a')));
        QVERIFY(test.message().contains(QLatin1String("Publish nothing")));
        test.tick(test.row("Add"));
        QVERIFY(test.choices().tlsa.isEmpty());
    }

    void aFileConfirms()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("filesButton", fakeCertificateFile("mx2.dane.example.org"));
        QVERIFY(test.message().contains(QLatin1String("confirmed")));
        test.tick(test.row("Add"));
        QCOMPARE(test.choices().tlsa.size(), 1);
    }

    void aPrivateKeyIsRefused()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("filesButton", makeCertificate({.commonName = "mx2.dane.example.org"}).key);
        QVERIFY2(test.message().contains(QLatin1String("private key")), qPrintable(test.message()));
    }

    void anotherCertificateIsNoProof()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("filesButton",
                      makeCertificate({.commonName = "mx2.dane.example.org"}).certificate);
        QVERIFY(test.message().contains(QLatin1String("No mail server shows")));
        test.tick(test.row("Add"));
        QVERIFY(test.choices().tlsa.isEmpty());
    }

    void theNextKeyStandsBesideTheOneInUse()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("nextKeyButton",
                      makeCertificate({.commonName = "mx1.dane.example.org"}).certificate);
        QVERIFY(test.row("Add, for the next key"));
        test.tick(test.row("Add, for the next key"));
        QCOMPARE(test.choices().tlsa.size(), 1);
    }

    void whatFitsNothingCanGo()
    {
        DaneTest test;
        test.goToDane(Dane);
        QCOMPARE(test.row("Remove")->checkState(0), Qt::Unchecked);
        test.tick(test.row("Remove"));
        QCOMPARE(test.choices().tlsaGone.size(), 1);
        QVERIFY(test.choices().tlsa.isEmpty());
    }

    void theReviewShowsThemLast()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("filesButton", fakeCertificateFile("mx2.dane.example.org"));
        test.tick(test.row("Add"));
        const Deployment wanted = test.window->session().wanted();
        QCOMPARE(wanted.tlsa, test.choices().tlsa);
    }

    void recordsAreCopiedAsLines()
    {
        DaneTest test;
        test.goToDane(Dane);
        const auto copied = [&] {
            test.press("copyRecordsButton");
            return QGuiApplication::clipboard()->text().count(QLatin1String("TLSA"));
        };
        QCOMPARE(copied(), 1); // neither what fits nothing, nor what nobody compared (T-33)
        QVERIFY(test.message().contains(QLatin1String("not compared")));
        test.giveFile("filesButton", fakeCertificateFile("mx2.dane.example.org"));
        QCOMPARE(copied(), 2);
    }

    void recordsOfAnIssuer()
    {
        DaneTest test;
        test.goToDane(Dane);
        auto *kinds = test.find<QComboBox>("kindCombo");
        QCOMPARE(kinds->currentIndex(), 0); // 3 1 1 unless somebody says otherwise (DANE-29)
        QCOMPARE(kinds->count(), 2);
        kinds->setCurrentIndex(1);
        Q_EMIT kinds->activated(1);
        QVERIFY(test.row("Add")->text(2).contains(QLatin1String("issuer")));
        QVERIFY(test.isAdvised("another issuer")); // DANE-45
        test.tick(test.row("Add"));
        QVERIFY(test.choices().tlsa.isEmpty()); // to be compared like any other
        test.press("sameButton");
        test.tick(test.row("Add"));
        QCOMPARE(test.choices().tlsa.size(), 1);
        QVERIFY(test.choices().tlsa.first().data.startsWith("2 1 1 "));
    }

    void adviceForRenewals()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.press("renewingButton");
        auto *text = test.window->findChild<QPlainTextEdit *>(QStringLiteral("renewalEdit"));
        QVERIFY(text->toPlainText().contains(QLatin1String("--reuse-key")));
        auto *tools = test.window->findChild<QComboBox *>(QStringLiteral("toolCombo"));
        tools->setCurrentIndex(1);
        QVERIFY(!text->toPlainText().contains(QLatin1String("--reuse-key")));
    }

    void anotherDomainStartsAnew()
    {
        DaneTest test;
        test.goToDane(Dane);
        test.giveFile("filesButton", fakeCertificateFile("mx2.dane.example.org"));
        test.tick(test.row("Add"));
        test.press("cancelButton");
        test.goToDane(QStringLiteral("good.example.org"));
        QVERIFY(test.choices().tlsa.isEmpty());
        test.tick(test.row("Add"));
        QVERIFY(test.choices().tlsa.isEmpty());
    }
};

QTEST_MAIN(TestDanePage)
#include "tst_danepage.moc"
