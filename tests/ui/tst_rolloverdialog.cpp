// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A change of keys in the window, from its beginning to its end, over looks that are data.
#include "advicelist.h"
#include "banner.h"
#include "dane/rolloverwords.h"
#include "fakekeys.h"
#include "program.h"
#include "rolloverdialog.h"
#include "store/rolloverstore.h"

#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QMutex>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

namespace {

constexpr char Host[] = "mx.example.org";

TlsaRecord recordOf(const QByteArray &name)
{
    return {3, 1, 1, tlsaData(fakeChain(name).first(), 1, 1)};
}

/// What stands there, shared with the worker.
struct There
{
    QMutex mutex;
    QDateTime now = QDateTime::currentDateTimeUtc();
    QList<TlsaRecord> records{recordOf("old.example.org")};
    QByteArray shows = "old.example.org";
    bool isSilent = false;

    RolloverLook look()
    {
        const QMutexLocker lock(&mutex);
        RolloverLook seen;
        seen.owner = "_25._tcp.mx.example.org";
        seen.sight.at = now;
        if (isSilent)
            return seen;
        seen.sight.validated = TlsaAnswer::Secure;
        seen.sight.nameServers = {{"ns.example.org", true, records, 3600}};
        SeenAddress address;
        address.address = QStringLiteral("192.0.2.1");
        address.known = true;
        address.chains = {fakeChain(shows)};
        seen.sight.addresses = {address};
        return seen;
    }
};

struct Window
{
    Window()
        : dialog(new RolloverDialog(
                  {Host}, [this](const QByteArray &, const Cancel &) { return there.look(); },
                  folder.path()))
    {
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        wait();
    }
    void wait() const { QTRY_VERIFY(find<QPushButton>("beginButton")->isEnabled()); }
    template <class Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString banner() const { return find<Banner>("rolloverBanner")->text(); }
    [[nodiscard]] QString lines() const
    {
        auto *edit = find<QPlainTextEdit>("linesEdit");
        return edit->isVisible() ? edit->toPlainText() : QString();
    }
    void press(const char *name) const
    {
        find<QPushButton>(name)->click();
        wait();
    }
    void begin(const QByteArray &pem) const
    {
        const QString path = folder.filePath(QStringLiteral("next.pem"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(pem);
        file.close();
        find<QPushButton>("beginButton")->click();
        auto *picker = find<QFileDialog>("keyFileDialog");
        QVERIFY(picker);
        Q_EMIT picker->fileSelected(path);
        picker->close();
        wait();
    }
    void change(const std::function<void(There &)> &how)
    {
        {
            const QMutexLocker lock(&there.mutex);
            how(there);
        }
        press("lookButton");
    }

    There there;
    QTemporaryDir folder;
    std::unique_ptr<RolloverDialog> dialog;
};

} // namespace

class TestRolloverDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void nothingIsUnderWay()
    {
        const Window window;
        QVERIFY(window.banner().contains(QLatin1String("No change of keys")));
        QVERIFY(window.find<QPushButton>("beginButton")->isVisible());
        QVERIFY(!window.find<QPushButton>("forgetRolloverButton")->isVisible());
    }

    void theWholeWay()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        QVERIFY2(window.banner().contains(QLatin1String("Publish the TLSA record")),
                 qPrintable(window.banner()));
        const QByteArray next = tlsaToText(recordOf("next.example.org"));
        QVERIFY(window.lines().contains(QString::fromLatin1(next)));
        QCOMPARE(window.find<QTreeWidget>("seenView")->topLevelItemCount(), 2);

        window.change([](There &there) { there.records += recordOf("next.example.org"); });
        QVERIFY2(window.banner().contains(QLatin1String("Wait: until")),
                 qPrintable(window.banner()));
        QVERIFY(window.lines().isEmpty());

        window.change([](There &there) { there.now = there.now.addSecs(3 * 3600); });
        QVERIFY2(window.banner().contains(QLatin1String("Switch")), qPrintable(window.banner()));

        window.change([](There &there) { there.shows = "next.example.org"; });
        QVERIFY2(window.banner().contains(QLatin1String("Remove the old")),
                 qPrintable(window.banner()));
        const QByteArray old = tlsaToText(recordOf("old.example.org"));
        QVERIFY(window.lines().contains(QString::fromLatin1(old)));

        window.change([](There &there) { there.records = {recordOf("next.example.org")}; });
        QVERIFY2(window.banner().contains(QLatin1String("Done")), qPrintable(window.banner()));
        QVERIFY(window.find<QPushButton>("beginButton")->isVisible()); // the next one

        window.change([](There &there) { there.isSilent = true; });
        QVERIFY2(window.banner().contains(QLatin1String("was seen done on")),
                 qPrintable(window.banner()));
    }

    void switchedTooEarlyIsAProblem()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        window.change([](There &there) { there.shows = "next.example.org"; });
        QVERIFY2(window.banner().contains(QLatin1String("Stop")), qPrintable(window.banner()));
    }

    void silenceMovesNothingOn()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        window.change([](There &there) { there.isSilent = true; });
        QVERIFY(!window.banner().contains(QLatin1String("Switch")));
        QVERIFY(!window.banner().contains(QLatin1String("Done")));
        const auto kept = RolloverStore(window.folder.path()).read(Host, 25);
        QVERIFY(kept && *kept);
        QVERIFY(!(**kept).published.isValid());
    }

    void aPrivateKeyBeginsNothing()
    {
        Window window;
        window.begin("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n"
                     "-----END PRIVATE KEY-----\n");
        QVERIFY2(window.banner().contains(QLatin1String("private key")),
                 qPrintable(window.banner()));
        QVERIFY(!*RolloverStore(window.folder.path()).read(Host, 25));
        QVERIFY(window.find<QPushButton>("beginButton")->isVisible()); // with another file
    }

    void theKeyInUseIsNoNextOne()
    {
        Window window;
        window.begin(fakeCertificateFile("old.example.org"));
        QVERIFY2(window.banner().contains(QLatin1String("not begun")), qPrintable(window.banner()));
        QVERIFY(!*RolloverStore(window.folder.path()).read(Host, 25));
    }

    void givingUpAsksFirst()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        window.find<QPushButton>("forgetRolloverButton")->click();
        auto *box = window.find<QMessageBox>("forgetBox");
        QVERIFY(box);
        box->button(QMessageBox::Cancel)->click();
        QVERIFY(*RolloverStore(window.folder.path()).read(Host, 25));
        QTRY_VERIFY(!window.find<QMessageBox>("forgetBox"));
        window.find<QPushButton>("forgetRolloverButton")->click();
        window.find<QPushButton>("forgetItButton")->click();
        window.wait();
        QVERIFY(!*RolloverStore(window.folder.path()).read(Host, 25));
        QVERIFY(window.banner().contains(QLatin1String("No change of keys")));
    }

    void noSecondOneBesideTheFirst()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        const RolloverStore store(window.folder.path());
        const auto before = store.read(Host, 25);
        QVERIFY(before && *before);
        const auto look = [&](const QByteArray &, const Cancel &) { return window.there.look(); };
        const QString next = window.folder.filePath(QStringLiteral("next.pem"));
        const RolloverShown shown = rollOn(look, window.folder.path(), Host, next, Cancel());
        QVERIFY(shown.error && !shown.told);
        QVERIFY(shown.error->what.contains(QLatin1String("under way already")));
        QVERIFY(shown.isKept && !shown.canBegin);
        QVERIFY(*store.read(Host, 25) == *before);
    }

    void aCancelledLookIsNotKept()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        const RolloverStore store(window.folder.path());
        const auto before = store.read(Host, 25);
        {
            const QMutexLocker lock(&window.there.mutex);
            window.there.records += recordOf("next.example.org");
        }
        const auto look = [&](const QByteArray &, const Cancel &cancel) {
            cancel.cancel();
            return window.there.look();
        };
        QVERIFY(!rollOn(look, window.folder.path(), Host, {}, Cancel()).told);
        QVERIFY(*store.read(Host, 25) == *before);
    }

    void whatCannotBeReadIsNotWrittenOver()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        QFile file(QDir(window.folder.path()).filePath(RolloverStore::fileName(Host, 25)));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray octets = file.readAll();
        octets.replace("rollover/1", "rollover/2");
        QVERIFY(file.resize(0) && file.seek(0));
        file.write(octets);
        file.close();
        window.press("lookButton");
        QVERIFY2(window.banner().contains(QLatin1String("newer")), qPrintable(window.banner()));
        QVERIFY(!window.find<QPushButton>("beginButton")->isVisible());
        QVERIFY(window.find<QPushButton>("lookButton")->isVisible());
        QVERIFY(window.find<QPushButton>("forgetRolloverButton")->isVisible());
    }

    void datesForACalendar()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        QVERIFY(window.find<QTreeWidget>("datesView")->topLevelItemCount() >= 3);
        window.find<QPushButton>("calendarButton")->click();
        auto *picker = window.find<QFileDialog>("calendarDialog");
        QVERIFY(picker);
        const QString path = window.folder.filePath(QStringLiteral("dates.ics"));
        Q_EMIT picker->fileSelected(path);
        picker->close();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("BEGIN:VCALENDAR"));
    }

    void whatIsKeptIsThereNextTime()
    {
        Window window;
        window.begin(fakeCertificateFile("next.example.org"));
        RolloverDialog again(
                {Host}, [&](const QByteArray &, const Cancel &) { return window.there.look(); },
                window.folder.path());
        again.setAttribute(Qt::WA_DeleteOnClose, false);
        again.show();
        QTRY_VERIFY(again.findChild<QPushButton *>(QStringLiteral("lookButton"))->isVisible());
    }
};

QTEST_MAIN(TestRolloverDialog)
#include "tst_rolloverdialog.moc"
