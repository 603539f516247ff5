// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Step 1 of the assistant in each of its states, and what it says of everything that can be typed.
#include "domainfield.h"
#include "foundview.h"
#include "program.h"
#include "wizardtest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

class TestDomainPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void states_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<QString>("said"); // in the banner
        QTest::newRow("nothing set up") << "fresh.example.org" << true << QString();
        QTest::newRow("testing is live")
                << "testing.example.org" << true
                << "MTA-STS is already set up here: mode “testing”, remembered for 1 day";
        QTest::newRow("a provider")
                << "google.example.org" << true << "Your mail is run by Google Workspace";
        QTest::newRow("no mail") << "null.example.org" << false << "its MX record says so";
        QTest::newRow("no mail server at all")
                << "nomail.example.org" << false << "no MX record and no address";
        QTest::newRow("no such domain")
                << "noname.example.org" << false << "does not exist in the DNS";
        QTest::newRow("no MX record") << "implicit.example.org" << true << QString();
        QTest::newRow("DNS fails") << "failed.example.org" << false << "SERVFAIL";
        QTest::newRow("broken signatures")
                << "bogus.example.org" << false << "could not be looked up";
        QTest::newRow("no network") << "offline.example.org" << false << "no network connection";
        QTest::newRow("port 25 blocked")
                << "blocked.example.org" << true << "already set up here: mode “enforce”";
        QTest::newRow("more MX records than are looked at")
                << "many.example.org" << true << QString();
        QTest::newRow("somebody else's") << "gmail.com" << true << "gmail.com belongs to Google";
    }
    void states()
    {
        QFETCH(QString, domain);
        QFETCH(bool, goesOn);
        QFETCH(QString, said);
        WizardTest test;
        test.press("setupButton");
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("Type your mail domain")));
        test.type("domainEdit", domain);
        test.press("lookupButton");
        QTRY_VERIFY(test.isIdle());
        QCOMPARE(test.isShown("banner"), !said.isEmpty());
        if (!said.isEmpty())
            QVERIFY2(test.label("bannerText").contains(said), qPrintable(test.label("bannerText")));
        QStringList names;
        for (int row = 0; row < test.rows("foundView"); ++row) {
            names << test.cell("foundView", row, 0);
            QVERIFY(!test.cell("foundView", row, 1).isEmpty());
        }
        QCOMPARE(names.join(QLatin1String(", ")),
                 QStringLiteral("Mail servers (MX), Mail provider, DNS service, DNSSEC, MTA-STS "
                                "record, Policy file, TLS reports, Encryption (port 25)"));
        test.press("nextButton");
        QCOMPARE(test.isShown("testingRadio"), goesOn);
        if (!goesOn)
            QVERIFY(!test.label("reasonLabel").isEmpty());
    }

    void rowsSayWhatWasFound_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("word"); // the result as a screen reader hears it
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *domain, int number, const char *word,
                            const char *text) {
            QTest::newRow(name) << QString::fromLatin1(domain) + QLatin1String(".example.org")
                                << number << QString::fromLatin1(word) << QString::fromUtf8(text);
        };
        row("servers", "google", 0, "Passed", "5 servers: aspmx.l.google.com and 4 more");
        row("provider", "google", 1, "Note", "Google Workspace");
        row("DNS service", "google", 2, "Note", "Cloudflare");
        row("not signed", "google", 3, "Note", "Not signed");
        row("signed", "good", 3, "Passed", "Signed");
        row("signatures broken", "bogus", 3, "Problem", "do not hold");
        row("MX signatures broken", "bogus", 0, "Problem", "do not hold: signature expired");
        row("SERVFAIL in the resolver's words", "failed", 0, "Not tested", "Not tested: SERVFAIL");
        row("not set up", "fresh", 4, "Note", "Not set up yet");
        row("by an alias", "delegated", 4, "Passed", "alias (CNAME) to _mta-sts.mx.cloudflare.net");
        row("encryption", "fresh", 7, "Passed", "Every server encrypts");
        row("one bad certificate", "mixed", 7, "Warning", "mx2.mixed.example.org: Encrypts, but");
        row("blocked", "blocked", 7, "Not tested", "port 25 is blocked here");
        row("too many", "many", 0, "Not tested", "There are more than are looked at");
        row("no MX", "implicit", 0, "Warning", "other servers try the domain itself");
        row("nobody to connect to", "nomail", 7, "Not tested", "No mail server to connect to");
    }
    void rowsSayWhatWasFound()
    {
        QFETCH(QString, domain);
        QFETCH(int, row);
        QFETCH(QString, word);
        QFETCH(QString, text);
        WizardTest test;
        test.lookAt(domain);
        const QString said = test.cell("foundView", row, 1);
        QVERIFY2(said.contains(text), qPrintable(said));
        const QString heard = test.cell("foundView", row, 0, Qt::AccessibleTextRole);
        QVERIFY2(heard.startsWith(word + QLatin1Char('.')), qPrintable(heard));
    }

    void setUpsAreExplained_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("note");
        QTest::newRow("no MX record") << "implicit.example.org"
                                      << "has no MX record";
        QTest::newRow("alias to a provider") << "delegated.example.org"
                                             << "kept by a provider: it is an alias of";
        QTest::newRow("not signed") << "fresh.example.org"
                                    << "DANE needs it";
    }
    void setUpsAreExplained()
    {
        QFETCH(QString, domain);
        QFETCH(QString, note);
        WizardTest test;
        test.lookAt(domain);
        QVERIFY2(test.isAdvised(note.toLatin1()),
                 qPrintable(test.advice().join(QLatin1Char('\n'))));
    }

    void namesOfTheProviderOrOfTheRecords()
    {
        WizardTest test;
        test.lookAt(QStringLiteral("google.example.org"));
        QCOMPARE(test.mx(), QByteArrayList({"aspmx.l.google.com", "*.aspmx.l.google.com"}));
        test.press("bannerButton");
        QCOMPARE(test.mx().size(), 5);
        QVERIFY(test.label("bannerText").contains(QLatin1String("names of the MX records")));
        test.press("bannerButton");
        QCOMPARE(test.mx().size(), 2);
    }

    void fromWhatIsLive()
    {
        WizardTest test;
        test.lookAt(QStringLiteral("testing.example.org"));
        QVERIFY(!test.isShown("bannerButton")); // the pages start from it by themselves
        Choices choices = test.choices();
        choices.mode = Policy::Mode::Enforce;
        choices.hosting = Hosting::Nginx;
        test.window->session().setChoices(choices);
        QVERIFY(test.label("bannerText").contains(QLatin1String("hold what you chose")));
        test.press("bannerButton");
        QCOMPARE(test.choices().mode, Policy::Mode::Testing);
        QCOMPARE(test.choices().hosting, Hosting::Nginx);
        QVERIFY(!test.isShown("bannerButton"));
    }

    void looksUpByItselfWhenTypingStops()
    {
        WizardTest test;
        test.press("setupButton");
        test.type("domainEdit", QStringLiteral("fresh.example.org"));
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("first")));
        QTRY_VERIFY(test.window->session().survey().hostsKnown);
        // Another name makes what was found somebody else's.
        test.type("domainEdit", QStringLiteral("nodots"));
        test.press("nextButton");
        QVERIFY(!test.isShown("testingRadio"));
        QVERIFY(test.isShown("messageLabel"));
    }

    void aSubdomainOffersItsParent()
    {
        WizardTest test;
        test.lookAt(QStringLiteral("fresh.example.org"));
        QVERIFY(test.label("messageLabel")
                        .contains(QLatin1String("is a subdomain of example.org")));
        QVERIFY(test.label("messageLabel").contains(QLatin1String("do not fall back")));
        test.press("suggestionButton");
        QTRY_VERIFY(test.isIdle());
        QCOMPARE(test.window->session().domain().ascii(), QByteArray("example.org"));
        QVERIFY(!test.isShown("messageLabel"));
    }

    void bothFormsOfAnInternationalName()
    {
        WizardTest test;
        test.press("setupButton");
        auto *edit = test.find<QLineEdit>("domainEdit");
        for (const char16_t *name : {u"müller.example", u"пример.example", u"例え.example",
                                     u"παράδειγμα.example", u"مثال.example"}) {
            edit->setText(QString::fromUtf16(name));
            test.press("lookupButton");
            QTRY_VERIFY(test.isIdle());
            const QByteArray ascii = test.window->session().domain().ascii();
            QVERIFY(ascii.startsWith("xn--"));
            QCOMPARE(edit->text(), QString::fromLatin1(ascii));
            QVERIFY2(test.label("messageLabel").contains(QString::fromUtf16(name)),
                     qPrintable(test.label("messageLabel")));
            QVERIFY(test.label("messageLabel").contains(QString::fromLatin1(ascii)));
        }
    }

    /// The vectors of what people type: a refusal says why, a question is asked once, and what was
    /// made of the rest is told.
    void everythingTyped_data()
    {
        QTest::addColumn<QJsonObject>("vector");
        QFile file(QStringLiteral(TESTS_DATA_DIR "/domain_input.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
        for (const QJsonValue vector : all.value(QLatin1String("vectors")).toArray())
            QTest::newRow(qPrintable(vector[QLatin1String("id")].toString())) << vector.toObject();
    }
    void everythingTyped()
    {
        QFETCH(QJsonObject, vector);
        const QJsonValue expected = vector.value(QLatin1String("expected"));
        const QString outcome = expected[QLatin1String("outcome")].toString();
        DomainField field;
        field.setExplaining(true);
        field.edit()->setText(vector.value(QLatin1String("typed")).toString());
        const QString typed = field.edit()->text(); // a line has its own rules for line ends
        const auto *message = field.findChild<QLabel *>(QStringLiteral("messageLabel"));
        const auto domain = field.take();
        QCOMPARE(message->isHidden(), message->text().isEmpty());
        QVERIFY(!message->text().contains(QLatin1String("NAME-"))); // every issue has its words
        if (typed == vector.value(QLatin1String("typed")).toString())
            QCOMPARE(domain.has_value(), outcome == QLatin1String("accept"));
        if (!domain)
            QVERIFY(!message->text().isEmpty());
        if (outcome == QLatin1String("ask"))
            QVERIFY(field.take().has_value());
    }

    void nothingTypedIsSaid()
    {
        DomainField field;
        QVERIFY(!field.take());
        QCOMPARE(field.findChild<QLabel *>(QStringLiteral("messageLabel"))->text(),
                 QStringLiteral("Type your mail domain."));
    }

    void slowRowsSaySinceWhen()
    {
        FoundView view;
        view.setColumnCount(2);
        qint64 now = 1000;
        view.setClock([&now] { return now; });
        const QList<FoundRow> rows{{QStringLiteral("MX"), QStringLiteral("Looking up…"), {}, {}},
                                   {QStringLiteral("NS"), QStringLiteral("ok"), Severity::Ok, {}}};
        view.show(rows);
        QCOMPARE(view.topLevelItem(0)->text(1), QStringLiteral("Looking up…"));
        now += 8000;
        view.tick();
        QCOMPARE(view.topLevelItem(0)->text(1), QStringLiteral("Looking up… 8 s"));
        QCOMPARE(view.topLevelItem(1)->text(1), QStringLiteral("ok"));
        QVERIFY(view.slowest().isEmpty());
        now += 4000;
        view.tick();
        QVERIFY(view.slowest().contains(QLatin1String("12 s: MX")));
        // Waiting for something else is another wait.
        view.show({{QStringLiteral("MX"), QStringLiteral("Validating…"), {}, {}}, rows.at(1)});
        QCOMPARE(view.topLevelItem(0)->text(1), QStringLiteral("Validating…"));
        view.show({rows.at(1), rows.at(1)});
        QVERIFY(view.slowest().isEmpty());
    }

    void loadingAndStopping()
    {
        WizardTest test;
        test.type("domainEdit", QStringLiteral("deaf.example.org"));
        test.press("setupButton");
        QVERIFY(test.isShown("progressBar"));
        QVERIFY(!test.find<QPushButton>("nextButton")->isEnabled());
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("Looking for the mail servers")));
        QCOMPARE(test.rows("foundView"), 8); // at once, waiting
        test.press("stopButton");
        QTRY_VERIFY(test.isIdle());
        QVERIFY(test.label("statusLabel").contains(QLatin1String("Stopped")));
        for (int row = 0; row < 8; ++row)
            QVERIFY2(test.cell("foundView", row, 0, Qt::AccessibleTextRole)
                             .startsWith(QLatin1String("Not tested. ")),
                     qPrintable(test.cell("foundView", row, 1)));
    }

    void nextAsSoonAsTheServersAreKnown()
    {
        WizardTest test;
        test.type("domainEdit", QStringLiteral("slow.example.org"));
        test.press("setupButton");
        QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
        QVERIFY(test.window->session().isLooking());
        QVERIFY(test.cell("foundView", 7, 1)
                        .startsWith(QLatin1String("Connecting to mx1.slow.example.org")));
        test.press("nextButton");
        QVERIFY(test.isShown("testingRadio"));
        test.press("backButton");
        QVERIFY(test.window->session().isLooking()); // Back does not begin again
        QVERIFY(test.window->close());
    }
};
QTEST_MAIN(TestDomainPage)
#include "tst_domainpage.moc"
