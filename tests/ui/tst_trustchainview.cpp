// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The drawn chain of trust: what a screen reader is told, where the keys lead, that states differ without
// colours, and that a break is always in sight.
#include "contrastaudit.h"
#include "findingspane.h"
#include "layoutaudit.h"
#include "palettes.h"
#include "trustchainview.h"
#include "trustlinkbox.h"
#include "trustpane.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QTest>
#include <QTreeView>

namespace {

using Kind = TrustLink::Kind;
using State = TrustLink::State;

TrustChain chainTo(const QString &host)
{
    const QString domain = QStringLiteral("shop.example");
    TrustChain chain;
    chain.host = host;
    chain.hasRecords = true;
    chain.links = {
            {Kind::Root, QStringLiteral("."), State::Holds, "root", {}},
            {Kind::TopLevel, QStringLiteral("example"), State::Holds, "signed", {}},
            {Kind::Zone, domain, State::Holds, "signed", {}},
            {Kind::Mx, domain, State::Holds, "records-signed", {}},
            {Kind::Address, host, State::Holds, "records-signed", {}},
            {Kind::Tlsa, QStringLiteral("_25._tcp.") + host, State::Holds, "records-signed", {}},
            {Kind::Certificate, host, State::Holds, "matches", {}}};
    return chain;
}

TrustChain brokenAtTheEnd(const QString &host)
{
    TrustChain chain = chainTo(host);
    chain.links.last() = {Kind::Certificate, host, State::Broken, "no-match", {}};
    return chain;
}

const QString Mx1 = QStringLiteral("mx1.shop.example");
const QString Mx2 = QStringLiteral("mx2.shop.example");

/// The picture between the second link and the third, in black and white.
QImage joint(State state)
{
    TrustChainView view;
    TrustChain chain = chainTo(Mx1);
    chain.links[2].state = state;
    view.showChain(chain);
    view.resize(400, view.heightForWidth(400));
    const QList<TrustLinkBox *> boxes = view.findChildren<TrustLinkBox *>();
    const QRect above = boxes.at(1)->geometry();
    const QRect below = boxes.at(2)->geometry();
    const QRect between(0, above.bottom() + 1, 40, below.top() - above.bottom() - 1);
    const QImage picture = view.grab(between).toImage().convertToFormat(QImage::Format_Grayscale8);
    QImage shape(picture.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            shape.setPixel(x, y, qGray(picture.pixel(x, y)) < 170 ? 0 : 255);
    }
    return shape;
}

Report withDane()
{
    Report report;
    report.domain = *DomainName::fromAscii("shop.example");
    report.finished = true;
    report.findings = {
            {"DANE-28", Severity::Error, Group::Dane, Mx2, {Mx2}, {}},
            {"DANE-26.ok", Severity::Ok, Group::Dane, Mx1, {Mx1}, {}},
            {"DNS-9.ok", Severity::Ok, Group::Dns, QStringLiteral("shop.example"), {}, {}}};
    return report;
}

} // namespace

class TestTrustChainView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aScreenReaderReadsEveryLink()
    {
        TrustChainView view;
        view.showChain(brokenAtTheEnd(Mx1));
        view.show();
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QVERIFY(list->text(QAccessible::Name).contains(Mx1));
        QCOMPARE(list->childCount(), 7);
        for (int i = 0; i < 7; ++i) {
            QAccessibleInterface *link = list->child(i);
            QVERIFY(link);
            QCOMPARE(link->role(), QAccessible::ListItem);
            QVERIFY(link->text(QAccessible::Description).size() > 20);
        }
        QCOMPARE(list->child(2)->text(QAccessible::Name),
                 QStringLiteral("Zone shop.example: Signed"));
        QCOMPARE(list->child(6)->text(QAccessible::Name),
                 QStringLiteral("Certificate mx1.shop.example: Does not match"));
    }

    void keysGoFromLinkToLink_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::addColumn<int>("forward");
        QTest::addColumn<int>("back");
        QTest::newRow("down and up") << Qt::LeftToRight << int(Qt::Key_Down) << int(Qt::Key_Up);
        QTest::newRow("right and left")
                << Qt::LeftToRight << int(Qt::Key_Right) << int(Qt::Key_Left);
        QTest::newRow("mirrored") << Qt::RightToLeft << int(Qt::Key_Left) << int(Qt::Key_Right);
    }
    void keysGoFromLinkToLink()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QFETCH(int, forward);
        QFETCH(int, back);
        TrustChainView view;
        view.setLayoutDirection(direction);
        view.showChain(brokenAtTheEnd(Mx1));
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QCOMPARE(view.current(), 6); // where it breaks
        const auto press = [&](int key) {
            QTest::keyClick(view.currentBox(), Qt::Key(key));
            return view.current();
        };
        view.currentBox()->setFocus();
        QCOMPARE(press(forward), 6); // it ends there
        QCOMPARE(press(back), 5);
        QCOMPARE(press(Qt::Key_Home), 0);
        QCOMPARE(press(back), 0);
        QCOMPARE(press(forward), 1);
        QCOMPARE(press(Qt::Key_End), 6);
        QVERIFY(view.currentBox()->hasFocus());
        const QList<TrustLinkBox *> boxes = view.findChildren<TrustLinkBox *>();
        for (TrustLinkBox *box : boxes) // Tab comes to one of them
            QCOMPARE(bool(box->focusPolicy() & Qt::TabFocus), box == view.currentBox());
    }

    void theFocusedLinkStaysWhileTheLookGoesOn()
    {
        TrustChainView view;
        view.showChain(chainTo(Mx1));
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.currentBox()->setFocus();
        QTest::keyClick(view.currentBox(), Qt::Key_Home);
        QTest::keyClick(view.currentBox(), Qt::Key_Down);
        QTest::keyClick(view.currentBox(), Qt::Key_Down);
        QTest::keyClick(view.currentBox(), Qt::Key_Down);
        TrustChain longer = brokenAtTheEnd(Mx1);
        longer.links.insert(2, {Kind::HostZone, Mx1, State::Unknown, "waiting", {}});
        view.showChain(longer);
        QCOMPARE(view.current(), 4); // the MX records, which it was on
        QVERIFY(view.currentBox()->hasFocus());
    }

    void statesDifferWithoutColours()
    {
        QList<QImage> shapes;
        for (const State state : {State::Holds, State::Unknown, State::Unsigned, State::NotReached})
            shapes.append(joint(state));
        for (int i = 0; i < shapes.size(); ++i) {
            for (int j = 0; j < i; ++j)
                QVERIFY2(shapes.at(i) != shapes.at(j),
                         qPrintable(QStringLiteral("%1 %2").arg(i).arg(j)));
        }
        QVERIFY(joint(State::Broken) != joint(State::Holds));
    }

    void nothingIsCutAtAnySize_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("factor");
        QTest::newRow("narrow") << 0 << 1.0;
        QTest::newRow("as in the window") << 380 << 1.0;
        QTest::newRow("wide") << 1600 << 1.0;
        QTest::newRow("narrow, letters twice as large") << 0 << 2.0;
        QTest::newRow("wide, letters twice as large") << 3200 << 2.0;
    }
    void nothingIsCutAtAnySize()
    {
        QFETCH(int, width);
        QFETCH(double, factor);
        TrustChainView view;
        QFont font = view.font();
        font.setPointSizeF(font.pointSizeF() * factor);
        view.setFont(font);
        view.showChain(brokenAtTheEnd(Mx1));
        const int wide = qMax(width, view.minimumSizeHint().width());
        view.resize(wide, view.heightForWidth(wide));
        (void)view.grab(); // lays it out
        QCOMPARE(view.isRow(), width > 1000);
        const QList<TrustLinkBox *> boxes = view.findChildren<TrustLinkBox *>();
        for (int i = 0; i < boxes.size(); ++i) {
            const TrustLinkBox *box = boxes.at(i);
            const QSize least = box->sizeFor(view.isRow() ? TrustLinkBox::Shape::Block
                                                          : TrustLinkBox::Shape::Line);
            QVERIFY(box->width() >= least.width() && box->height() >= least.height());
            QVERIFY(view.rect().contains(box->geometry()));
            if (i > 0)
                QVERIFY(!box->geometry().intersects(boxes.at(i - 1)->geometry()));
        }
    }

    void everyServerIsNamed()
    {
        TrustPane pane;
        pane.showChains({chainTo(Mx1), chainTo(Mx2)}, {});
        auto *hosts = pane.findChild<QComboBox *>();
        QVERIFY(!hosts->isHidden());
        QCOMPARE(hosts->count(), 2);
        QCOMPARE(hosts->itemText(1), Mx2);
        auto *summary = pane.findChild<QLabel *>(QStringLiteral("trustSummaryLabel"));
        QVERIFY(summary->text().contains(Mx1));
        hosts->setCurrentIndex(1);
        QVERIFY(summary->text().contains(Mx2));
        pane.showChains({chainTo(Mx1)}, {});
        QVERIFY(hosts->isHidden());
    }

    void theWorstServerComesFirst()
    {
        TrustPane pane;
        auto *hosts = pane.findChild<QComboBox *>();
        pane.showChains({chainTo(Mx1), chainTo(Mx2)}, {});
        QCOMPARE(hosts->currentText(), Mx1);
        pane.showChains({chainTo(Mx1), brokenAtTheEnd(Mx2)}, {}); // the look went on
        QCOMPARE(hosts->currentText(), Mx2);
        pane.showChains({chainTo(Mx1), brokenAtTheEnd(Mx2)}, Mx1 + QStringLiteral(" (192.0.2.1)"));
        QCOMPARE(hosts->currentText(), Mx1); // the one of the finding
        hosts->setCurrentIndex(1);
        Q_EMIT hosts->activated(1);
        pane.showChains({brokenAtTheEnd(Mx1), brokenAtTheEnd(Mx2)},
                        Mx1 + QStringLiteral(" (192.0.2.1)"));
        QCOMPARE(hosts->currentText(), Mx2); // the one that the user chose since
    }

    /// Else the picture would be all green where the last link is the one that is broken.
    void theBreakIsInSight()
    {
        TrustPane pane;
        pane.showChains({brokenAtTheEnd(Mx1)}, {});
        pane.resize(400, 100);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        const auto *view = pane.findChild<TrustChainView *>();
        const auto *area = pane.findChild<QScrollArea *>();
        QVERIFY(view->height() > area->viewport()->height());
        QVERIFY(!view->findChildren<TrustLinkBox *>()
                         .first()
                         ->visibleRegion()
                         .boundingRect()
                         .isValid());
        QCOMPARE(view->currentBox()->visibleRegion().boundingRect(), view->currentBox()->rect());
        QCOMPARE(pane.findChild<QLabel *>(QStringLiteral("trustSummaryLabel"))->text(),
                 QStringLiteral("The chain breaks at Certificate mx1.shop.example."));
        QVERIFY(pane.findChild<QLabel *>(QStringLiteral("trustSentenceLabel"))
                        ->text()
                        .contains(QLatin1String("is not the one")));
    }

    void readableInEveryPalette_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("light") << lightPalette() << Qt::LeftToRight;
        QTest::newRow("dark") << darkPalette() << Qt::LeftToRight;
        QTest::newRow("high contrast") << highContrastPalette() << Qt::LeftToRight;
        QTest::newRow("right to left") << lightPalette() << Qt::RightToLeft;
    }
    void readableInEveryPalette()
    {
        QFETCH(QPalette, palette);
        QFETCH(Qt::LayoutDirection, direction);
        const QPalette before = QApplication::palette();
        QApplication::setPalette(palette);
        QApplication::setLayoutDirection(direction);
        {
            FindingsPane pane;
            pane.setTrustSource([] {
                return QList<TrustChain>{chainTo(Mx1), brokenAtTheEnd(Mx2)};
            });
            pane.resize(900, 520);
            pane.show();
            pane.showReport(withDane());
            auto *view = pane.findChild<QTreeView *>(QStringLiteral("findingsView"));
            view->setCurrentIndex(view->model()->index(0, 0));
            QVERIFY(QTest::qWaitForWindowExposed(&pane));
            QVERIFY(pane.findChild<TrustPane *>()->isVisible());
            const QStringList faults = auditLayout(&pane) + ContrastAudit::faultsIn(&pane);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
            const QList<TrustLinkBox *> boxes = pane.findChildren<TrustLinkBox *>();
            for (const TrustLinkBox *box : boxes) // the marks stand where lines begin
                QCOMPARE(box->markCentre() > box->width() / 2, direction == Qt::RightToLeft);
        }
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setPalette(before);
    }

    void shownWithDaneOnly()
    {
        FindingsPane pane;
        int asked = 0;
        pane.setTrustSource([&] {
            ++asked;
            return QList<TrustChain>{chainTo(Mx1), brokenAtTheEnd(Mx2)};
        });
        pane.resize(900, 600);
        pane.show();
        auto *view = pane.findChild<QTreeView *>(QStringLiteral("findingsView"));
        pane.showReport(withDane());
        const QModelIndex dane = view->model()->index(0, 0); // the worst
        view->setCurrentIndex(view->model()->index(1, 0));
        QVERIFY(!pane.findChild<TrustPane *>()); // nothing is made before it is needed
        QCOMPARE(asked, 0);
        view->setCurrentIndex(dane);
        auto *trust = pane.findChild<TrustPane *>();
        QVERIFY(trust && trust->isVisible());
        const auto *hosts = trust->findChild<QComboBox *>();
        QCOMPARE(hosts->currentText(), Mx2);
        view->setCurrentIndex(view->model()->index(1, 0, dane));
        QCOMPARE(hosts->currentText(), Mx1);
        view->setCurrentIndex(view->model()->index(1, 0));
        QVERIFY(trust->isHidden());
        const int before = asked;
        pane.showReport(withDane());
        QCOMPARE(asked, before);
    }
};
QTEST_MAIN(TestTrustChainView)
#include "tst_trustchainview.moc"
