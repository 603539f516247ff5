// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contrastaudit.h"
#include "palettes.h"
#include "visibleboxes.h"

#include <QTest>

class TestVisibleBoxes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void frames_data()
    {
        QTest::addColumn<int>("element");
        QTest::addColumn<QPalette>("palette");
        const auto rows = [](const char *name, const QPalette &palette) {
            const auto row = [&](const char *what, QStyle::PrimitiveElement element) {
                QTest::addRow("%s, %s", what, name) << int(element) << palette;
            };
            row("check box", QStyle::PE_IndicatorCheckBox);
            row("box in a list", QStyle::PE_IndicatorItemViewItemCheck);
            row("radio button", QStyle::PE_IndicatorRadioButton);
        };
        rows("light", lightPalette());
        rows("dark", darkPalette());
        rows("high contrast", highContrastPalette());
    }
    void frames()
    {
        QFETCH(int, element);
        QFETCH(QPalette, palette);
        const QColor base = palette.color(QPalette::Base);
        QImage picture(20, 20, QImage::Format_RGB32);
        picture.fill(base);
        QStyleOptionButton option;
        option.rect = QRect(3, 3, 13, 13);
        option.palette = palette;
        option.state = QStyle::State_Enabled | QStyle::State_Off;
        VisibleBoxes style;
        {
            QPainter painter(&picture);
            style.drawPrimitive(QStyle::PrimitiveElement(element), &option, &painter, nullptr);
        }
        // From the left edge to the middle: the frame is crossed once.
        double most = 0;
        for (int x = 0; x < 10; ++x)
            most = std::max(most, contrast(picture.pixelColor(x, 10), base));
        QVERIFY2(most >= 3, qPrintable(QString::number(most)));
        QCOMPARE(picture.pixelColor(10, 10), base); // nothing is ticked
    }
};

QTEST_MAIN(TestVisibleBoxes)
#include "tst_visibleboxes.moc"
