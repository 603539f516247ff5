// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window publishes at a stand-in for Cloudflare: from the domain typed to records that its name
// server answers with, and back again; and the token is nowhere afterwards.
#include "flowtest.h"
#include "mail/workerscript.h"
#include "program.h"
#include "provider/zonebed.h"

#include <QAccessible>
#include <QDirIterator>
#include <QTest>
#include <QTreeWidget>

namespace {

const QString Domain = QStringLiteral("example.com"); // the zone of the stand-in

/// In each form in which it could have been written.
QList<QByteArray> formsOf(const QByteArray &token)
{
    const QString text = QString::fromLatin1(token);
    return {token, token.toBase64().chopped(3), token.toHex(),
            QByteArray(reinterpret_cast<const char *>(text.utf16()), 2 * text.size())};
}

QString everythingSaid(QAccessibleInterface *interface, int depth = 0)
{
    QString all;
    if (!interface || depth > 12)
        return all;
    for (const QAccessible::Text kind :
         {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
        all += interface->text(kind) + QLatin1Char('\n');
    for (int i = 0; i < interface->childCount(); ++i)
        all += everythingSaid(interface->child(i), depth + 1);
    return all;
}

} // namespace

class TestWindowPush : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void publishedProvenUndoneAndTheTokenIsNowhere()
    {
        ZoneBed bed;
        const QString why = bed.start(QStringLiteral("cloudflare"));
        if (bed.isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
        const QByteArray token = bed.value("secret").toLatin1();
        Engine engine = fakeEngine();
        FakeService keys; // the key store alone
        engine.publish = realPublishDoors({});
        engine.publish.keys = keys.doors().keys;
        engine.publish.limits = keys.doors().limits;
        const auto openReal = engine.publish.open;
        engine.publish.open = [&bed, openReal](const Account &account, Secret secret) {
            Account here = account;
            here.address = bed.value("address"); // the real one is known and not typed
            return openReal(here, std::move(secret));
        };
        engine.publish.servedPolicy = [&bed](const DomainName &domain,
                                             const Cancel &) -> Result<QByteArray> {
            const QByteArray script = bed.control({{QStringLiteral("served"),
                                                    QString::fromLatin1(domain.child("mta-sts"))}})
                                              .value(QLatin1String("served"))
                                              .toString()
                                              .toUtf8();
            const auto policies = policiesOfWorker(script);
            if (!policies)
                return failed(Error::Kind::Refused, QStringLiteral("nothing is served"));
            return policies->first().text;
        };
        engine.publish.nameServers = [&bed](const QByteArray &,
                                            const Cancel &) -> Result<QList<NamedServer>> {
            return QList<NamedServer>{{"ns1.example.net", bed.nameServer()}};
        };
        WindowTest test(engine);
        Publisher &publisher = test.window->publisher();
        walkToService(test, Domain, "workerButton");
        auto *combo = test.find<QComboBox>("serviceCombo");
        combo->setCurrentIndex(combo->findData(QByteArray("cloudflare")));
        Q_EMIT combo->activated(combo->currentIndex());
        test.type("secretEdit", QString::fromLatin1(token));
        test.press("nextButton");
        QTRY_VERIFY_WITH_TIMEOUT(publisher.prepared().has_value(), 30000);
        QVERIFY(!publisher.prepared()->error);
        QVERIFY(publisher.prepared()->plan.blockers.isEmpty());
        test.press("nextButton");
        QTRY_VERIFY_WITH_TIMEOUT(publisher.done().has_value(), 60000);
        QCOMPARE(publisher.done()->outcome.state, Outcome::State::Done);
        QCOMPARE(bed.faults(), QByteArray());
        const QString said =
                everythingSaid(QAccessible::queryAccessibleInterface(test.window.get()));
        QVERIFY(said.contains(QLatin1String("Published for"))); // it was looked at
        QVERIFY(!said.contains(QString::fromLatin1(token)));

        test.press("undoButton");
        QTRY_VERIFY_WITH_TIMEOUT(publisher.prepared() && publisher.prepared()->isUndo(), 30000);
        test.press("nextButton");
        if (auto *edit = test.window->findChild<QLineEdit *>(QStringLiteral("overrideEdit"))) {
            QTest::keyClicks(edit, Domain);
            QTest::keyClick(edit->window(), Qt::Key_Return);
        }
        QTRY_VERIFY_WITH_TIMEOUT(publisher.done().has_value(), 60000);
        QCOMPARE(publisher.done()->outcome.state, Outcome::State::Done);
        QVERIFY(!engine.publish.servedPolicy(test.window->session().domain(), Cancel()));
        test.press("cancelButton");
        test.window->close();

        int looked = 0;
        QDirIterator files(test.folder.path(), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            ++looked;
            for (const QByteArray &form : formsOf(token))
                QVERIFY2(!content.contains(form), qPrintable(file.fileName()));
        }
        QVERIFY2(looked >= 3, "journals and the list of accounts were to be looked at");
    }
};
QTEST_MAIN(TestWindowPush)
#include "tst_windowpush.moc"
