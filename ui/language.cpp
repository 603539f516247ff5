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
    const QString wanted = code.isEmpty() ? system.name() : code;
    if (wanted.startsWith(English) || wanted == QLatin1String("C"))
        return;
    const QString language = wanted.section(QLatin1Char('_'), 0, 0);
    load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(Stem + language, Folder);
    if (wanted != language)
        load(Stem + wanted, Folder);
}
