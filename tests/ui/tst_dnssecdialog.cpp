// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window for DNSSEC in each state of a zone, and from "not signed" to "proven" at a service of memory.
#include "banner.h"
#include "dnssecdialog.h"
#include "program.h"

#include <QClipboard>
#include <QLabel>
#include <QMessageBox>
#include <QMutex>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QTest>

#include <atomic>
#include <memory>

namespace {

constexpr char ZoneName[] = "example.com";
const DnskeyRecord Key{257, 3, 13, QByteArray(64, '1')}, Other{257, 3, 13, QByteArray(64, '2')};

DsRecord ds(const DnskeyRecord &key)
{
    return *dsOf(ZoneName, key, 2);
}

/// What stands there, shared with the worker.
struct There
{
    QMutex mutex;
    QList<DnskeyRecord> keys;
    QList<DsRecord> above;
    Security soa = Security::Insecure;
    bool isSilent = false;
    QByteArray obstacle; // of the zone at the service
    int switched = 0;
    std::atomic<bool> isHeld = false; // looks and acts wait until let()
    QSemaphore gate;

    void waitIfHeld()
    {
        if (isHeld)
            gate.acquire();
    }
    void let()
    {
        isHeld = false;
        gate.release();
    }
    DelegationSight look()
    {
        waitIfHeld();
        const QMutexLocker lock(&mutex);
        DelegationSight seen;
        seen.zone = ZoneName;
        seen.parent = "com";
        if (isSilent)
            return seen;
        seen.ds = {{QStringLiteral("a"), above}};
        seen.keys = {{QStringLiteral("ns"), keys}};
        seen.soa = soa;
        seen.validates = true;
        return seen;
    }
};

class FakeZones : public Provider
{
public:
    explicit FakeZones(QByteArray obstacle)
        : m_obstacle(std::move(obstacle))
    {
    }
    [[nodiscard]] ProviderTraits traits() const override { return {}; }
    [[nodiscard]] Result<QList<Zone>> zones(const QByteArray & /*name*/,
                                            const Cancel & /*cancel*/) override
    {
        return QList<Zone>{{ZoneName, "1", m_obstacle, 0, {}}};
    }
    [[nodiscard]] Result<QList<ZoneRecord>> records(const Zone & /*zone*/,
                                                    const QList<QByteArray> & /*names*/,
                                                    const Cancel & /*cancel*/) override
    {
        return QList<ZoneRecord>();
    }
    [[nodiscard]] Result<void> apply(const Zone & /*zone*/, const QList<SetChange> & /*changes*/,
                                     const Cancel & /*cancel*/) override
    {
        return {};
    }

private:
    QByteArray m_obstacle;
};

class FakeSigning : public ZoneSigning
{
public:
    explicit FakeSigning(There &there)
        : m_there(there)
    {
    }
    [[nodiscard]] Result<ZoneSigningState> look(const Zone & /*zone*/,
                                                const Cancel & /*cancel*/) override
    {
        const QMutexLocker lock(&m_there.mutex);
        if (m_there.keys.isEmpty())
            return ZoneSigningState{TokenFacts::Signing::Off, {}};
        return ZoneSigningState{TokenFacts::Signing::On, {{Key, {ds(Key)}}}};
    }
    [[nodiscard]] Result<void> switchOn(const Zone & /*zone*/, const Cancel & /*cancel*/) override
    {
        m_there.waitIfHeld();
        const QMutexLocker lock(&m_there.mutex);
        ++m_there.switched;
        m_there.keys = {Key};
        return {};
    }

private:
    There &m_there;
};

DnssecDoors doorsTo(There &there)
{
    return {ZoneName,
            [](const QByteArray &, const Cancel &) { return Result<QByteArray>(ZoneName); },
            [&there](const QByteArray &, const Cancel &) { return there.look(); },
            {},
            nullptr};
}

struct Window
{
    explicit Window(There &there, bool hasService = false)
    {
        DnssecDoors doors = doorsTo(there);
        if (hasService) {
            doors.service = [&there]() -> Result<Service> {
                Service service;
                service.provider = std::make_unique<FakeZones>(there.obstacle);
                service.signing = std::make_unique<FakeSigning>(there);
                return service;
            };
            doors.info = providerInfo("cloudflare");
        }
        dialog = std::make_unique<DnssecDialog>(doors);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        wait();
    }
    void wait() const { QTRY_VERIFY(find<QPushButton>("lookDnssecButton")->isEnabled()); }
    template <class Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString banner() const { return find<Banner>("dnssecBanner")->text(); }
    [[nodiscard]] QString ds() const
    {
        auto *edit = find<QPlainTextEdit>("dsEdit");
        return edit->isVisible() ? edit->toPlainText() : QString();
    }
    std::unique_ptr<DnssecDialog> dialog;
};

} // namespace

class TestDnssecDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void states_data()
    {
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<int>("above"); // 0 none, 1 fits, 2 fits no key
        QTest::addColumn<bool>("isProven");
        QTest::addColumn<QString>("told");
        QTest::newRow("not signed") << false << 0 << false << "is not signed";
        QTest::newRow("the registrar does not know") << true << 0 << false << "does not say so yet";
        QTest::newRow("a wrong DS takes it off the net")
                << true << 2 << false << "fits none of its keys";
        QTest::newRow("proven") << true << 1 << true << "holds up to the root";
    }
    void states()
    {
        QFETCH(bool, isSigned);
        QFETCH(int, above);
        QFETCH(bool, isProven);
        QFETCH(QString, told);
        There there;
        if (isSigned)
            there.keys = {Key};
        if (above > 0)
            there.above = {ds(above == 1 ? Key : Other)};
        there.soa = isProven ? Security::Secure : Security::Insecure;
        const Window window(there);
        QVERIFY2(window.banner().contains(told), qPrintable(window.banner()));
        QVERIFY(window.ds().isEmpty()); // without the service nothing is shown to be copied
        QVERIFY(!window.find<QPushButton>("switchOnButton")->isVisible());
    }

    void stepsOnlyWhereNotSigned_data()
    {
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<int>("above"); // as in states()
        QTest::addColumn<bool>("isSilent");
        QTest::addColumn<bool>("hasSteps");
        QTest::newRow("not signed") << false << 0 << false << true;
        QTest::newRow("the registrar does not know") << true << 0 << false << true;
        QTest::newRow("a wrong DS: signing anew makes it worse") << true << 2 << false << false;
        QTest::newRow("on its way") << true << 1 << false << false;
        QTest::newRow("not seen") << false << 0 << true << false;
    }
    void stepsOnlyWhereNotSigned()
    {
        QFETCH(bool, isSigned);
        QFETCH(int, above);
        There there;
        if (isSigned)
            there.keys = {Key};
        if (above > 0)
            there.above = {ds(above == 1 ? Key : Other)};
        QFETCH(bool, isSilent);
        there.isSilent = isSilent;
        DnssecDoors doors = doorsTo(there);
        doors.info = providerInfo("rfc2136"); // own name servers
        QTEST(!seeDnssec(doors, DnssecDo::Look, Cancel()).steps.isEmpty(), "hasSteps");
    }

    void silenceIsNotUnsigned()
    {
        There there;
        there.isSilent = true;
        const Window window(there);
        QVERIFY2(window.banner().contains(QLatin1String("could not be seen")),
                 qPrintable(window.banner()));
    }

    void switchedOnAndWaitedFor()
    {
        There there;
        const Window window(there, true);
        QVERIFY(window.find<QPushButton>("switchOnButton")->isVisible());
        window.find<QPushButton>("switchOnButton")->click();
        QVERIFY(window.find<QMessageBox>("switchOnBox"));
        QCOMPARE(there.switched, 0); // asked first
        window.find<QPushButton>("switchItOnButton")->click();
        window.wait();
        QCOMPARE(there.switched, 1);
        const QString wanted = QString::fromLatin1(dsToText(ds(Key)));
        QVERIFY2(window.ds().contains(wanted), qPrintable(window.ds()));
        window.find<QPushButton>("copyDsButton")->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(wanted));
        {
            const QMutexLocker lock(&there.mutex);
            there.above = {ds(Key)};
            there.soa = Security::Secure;
        }
        window.find<QPushButton>("lookDnssecButton")->click();
        window.wait();
        QVERIFY(window.banner().contains(QLatin1String("holds up to the root")));
        QVERIFY(window.ds().isEmpty()); // nothing is left to be entered
        QCOMPARE(there.switched, 1);
    }

    void notOfferedWhereNothingCanBeWritten()
    {
        There there;
        there.obstacle = "PUSH-2.secondary";
        const Window window(there, true);
        QVERIFY(!window.find<QPushButton>("switchOnButton")->isVisible());
        const QString told = window.find<QLabel>("dnssecMessageLabel")->text();
        QVERIFY2(told.contains(QLatin1String("a copy of another server's")), qPrintable(told));
    }

    void noClosingWhileItIsSwitchedOn()
    {
        There there;
        const Window window(there, true);
        QCOMPARE(window.dialog->windowTitle(), QStringLiteral("DNSSEC of example.com"));
        window.find<QPushButton>("switchOnButton")->click();
        there.isHeld = true;
        window.find<QPushButton>("switchItOnButton")->click();
        auto *message = window.find<QLabel>("dnssecMessageLabel");
        QVERIFY(message->text().contains(QLatin1String("takes a moment")));
        QVERIFY(!window.find<QPushButton>("closeButton")->isEnabled());
        QTest::keyClick(window.dialog.get(), Qt::Key_Escape);
        window.dialog->close();
        const bool isOpen = window.dialog->isVisible();
        there.let();
        window.wait();
        QVERIFY(isOpen);
        QCOMPARE(there.switched, 1);
        QVERIFY(message->text().isEmpty());
        QVERIFY(window.find<QPushButton>("closeButton")->isEnabled());
        window.dialog->close();
        QVERIFY(!window.dialog->isVisible());
    }

    void switchedOnAfterTheLookThatRuns()
    {
        There there;
        const Window window(there, true);
        window.find<QPushButton>("switchOnButton")->click();
        there.isHeld = true;
        window.find<QPushButton>("lookDnssecButton")->click(); // as the timer does
        window.find<QPushButton>("switchItOnButton")->click();
        there.let();
        window.wait();
        QCOMPARE(there.switched, 1);
        QVERIFY(window.ds().contains(QString::fromLatin1(dsToText(ds(Key)))));
    }

    void cancellingChangesNothing()
    {
        There there;
        const Window window(there, true);
        window.find<QPushButton>("switchOnButton")->click();
        window.find<QMessageBox>("switchOnBox")->button(QMessageBox::Cancel)->click();
        window.find<QPushButton>("lookDnssecButton")->click();
        window.wait();
        QCOMPARE(there.switched, 0);
    }
};

QTEST_MAIN(TestDnssecDialog)
#include "tst_dnssecdialog.moc"
