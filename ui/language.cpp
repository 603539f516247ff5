// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace {

constexpr QLatin1String Folder(":/i18n");
constexpr QLatin1String Stem("mta-sts-assistant_");
constexpr QLatin1String English("en");

void load(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

/// The first language of the user that is built in: LANGUAGE is a list, the best first (GNU gettext
/// manual 2.3), then what the system says. English when there is none.
QString systemLanguage()
{
    QStringList wanted =
            qEnvironmentVariable("LANGUAGE").split(QLatin1Char(':'), Qt::SkipEmptyParts);
    wanted << QLocale::system().name();
    const QStringList known = builtInLanguages();
    for (const QString &code : std::as_const(wanted))
        if (known.contains(code) || known.contains(code.section(QLatin1Char('_'), 0, 0)))
            return code;
    return English;
}

/// Qt asks the translation which way it is written; Qt's own files, which also say it, may not be there.
[[maybe_unused]] constexpr const char *Direction =
        //: Not a text: translate it to LTR, or to RTL if your language is written from right to left
        QT_TRANSLATE_NOOP("QGuiApplication", "QT_LAYOUT_DIRECTION");

} // namespace

QStringList builtInLanguages()
{
    QStringList codes{English};
    const QStringList files =
            QDir(Folder).entryList({Stem + QStringLiteral("*.qm")}, QDir::Files, QDir::Name);
    for (const QString &file : files)
        codes << file.mid(Stem.size()).chopped(3); // ".qm"
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

QString languageName(const QString &code)
{
    const QLocale locale(code);
    if (locale.language() == QLocale::C) // a language that is none, made to test long texts
        return code;
    if (code == English)
        return QStringLiteral("English"); // not "American English"
    QString name = locale.nativeLanguageName();
    if (code.contains(QLatin1Char('_')))
        name += QStringLiteral(" (") + locale.nativeTerritoryName() + QLatin1Char(')');
    return name;
}

void useLanguage(const QString &code)
{
    const QList<QTranslator *> before = QCoreApplication::instance()->findChildren<QTranslator *>(
            QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(before); // which removes them
    const QLocale system = QLocale::system();
    QLocale::setDefault(system);
    if (!code.isEmpty() && QLocale(code).language() != QLocale::C)
        QLocale::setDefault(QLocale(QLocale(code).language(), system.territory()));
    // The English file carries the plurals; without it every language would show "1 check(s)".
    load(Stem + English, Folder);
    const QString wanted = code.isEmpty() ? systemLanguage() : code;
    const QString language = wanted.section(QLatin1Char('_'), 0, 0);
    if (language == English)
        return;
    load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(Stem + language, Folder);
    if (wanted != language)
        load(Stem + wanted, Folder);
}
