// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real window over a world made of data (tests/ui/fakeengine.h names the domains it knows).

#include "fakeengine.h"
#include "program.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QPalette>
#include <QStyleFactory>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Program::prepare();
    QCommandLineParser parser;
    parser.addHelpOption();
    Program::addOptions(parser);
    parser.addOption({QStringLiteral("delay"), QStringLiteral("Before every DNS answer."),
                      QStringLiteral("MILLISECONDS"), QStringLiteral("0")});
    parser.addOption({QStringLiteral("dark"), QStringLiteral("A dark palette.")});
    parser.process(application);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (parser.isSet(QStringLiteral("dark"))) {
        QPalette dark(QColor(0x31363b), QColor(0x2a2e32));
        dark.setColor(QPalette::Base, QColor(0x1b1e20));
        dark.setColor(QPalette::PlaceholderText, QColor(0x9a9fa3));
        QApplication::setPalette(dark);
    }
    const int delayMs = parser.value(QStringLiteral("delay")).toInt();
    return Program::run(parser, [delayMs](const QSettings &) { return fakeEngine(delayMs); });
}
