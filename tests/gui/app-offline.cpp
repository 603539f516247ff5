// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real window over a world made of data (tests/ui/fakeengine.h names the domains it knows).

#include "fakeengine.h"
#include "fakeservice.h"
#include "palettes.h"
#include "program.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStyleFactory>

namespace {

/// What a look finds at testing.example.org stands at the service, so that it can be taken away there.
void fill(FakeService &service)
{
    service.hosted["mta-sts.testing.example.org"] =
            "version: STSv1\r\nmode: testing\r\nmx: mx1.testing.example.org\r\n"
            "mx: mx2.testing.example.org\r\nmax_age: 86400\r\n";
    service.hosted["mta-sts.mx.cloudflare.net"] =
            "version: STSv1\nmode: enforce\nmx: *.mx.cloudflare.net\nmax_age: 86400\n";
    service.put("_mta-sts.testing.example.org", "v=STSv1; id=20260301T101200;");
    service.put("_smtp._tls.testing.example.org",
                "v=TLSRPTv1; rua=mailto:tlsrpt@testing.example.org");
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    Program::prepare();
    QCommandLineParser parser;
    parser.addHelpOption();
    Program::addOptions(parser);
    parser.addOption({QStringLiteral("delay"), QStringLiteral("Before every DNS answer."),
                      QStringLiteral("MILLISECONDS"), QStringLiteral("0")});
    parser.addOption({QStringLiteral("palette"), QStringLiteral("light, dark or contrast."),
                      QStringLiteral("NAME"), QStringLiteral("light")});
    parser.addOption({QStringLiteral("practice"), QStringLiteral("As in the program.")});
    parser.process(application);
    const QString palette = parser.value(QStringLiteral("palette"));
    if (palette == QLatin1String("dark"))
        QApplication::setPalette(darkPalette());
    else if (palette == QLatin1String("contrast"))
        QApplication::setPalette(highContrastPalette());
    else
        QApplication::setPalette(lightPalette());
    if (parser.isSet(QStringLiteral("practice")))
        return Program::practise(parser);
    const int delayMs = parser.value(QStringLiteral("delay")).toInt();
    FakeService service;
    service.delayMs = delayMs;
    fill(service);
    return Program::run(parser, [delayMs, &service](const QSettings &) {
        Engine engine = fakeEngine(delayMs);
        engine.publish = service.doors();
        return engine;
    });
}
