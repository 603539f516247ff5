// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/domainname.h"
#include "preset/freemail.h"

#include <QSet>
#include <QTest>

class tst_FreeMail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void file();
    void owners_data();
    void owners();
};

void tst_FreeMail::file()
{
    QVERIFY(freeMailChecked().isValid());
    QVERIFY(freeMailOwners().size() >= 20);
    QSet<QByteArray> seen;
    for (const FreeMailOwner &owner : freeMailOwners()) {
        QVERIFY(!owner.name.isEmpty() && !owner.domains.isEmpty());
        for (const QByteArray &domain : owner.domains) {
            QVERIFY2(!seen.contains(domain), domain);
            seen.insert(domain);
            const auto name = DomainName::fromAscii(domain);
            QVERIFY2(name && name->ascii() == domain, domain);
        }
    }
}

void tst_FreeMail::owners_data()
{
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QString>("owner");
    const auto row = [](const char *name, const char *domain, const char *owner) {
        QTest::newRow(name) << QByteArray(domain) << QString::fromLatin1(owner);
    };
    row("known", "gmail.com", "Google");
    row("known, with a country", "yahoo.co.uk", "Yahoo");
    row("below it", "mail.gmail.com", "");
    row("ends like it", "notgmail.com", "");
    row("somebody's own", "example.org", "");
    row("nothing", "", "");
}

void tst_FreeMail::owners()
{
    QFETCH(QByteArray, domain);
    QTEST(freeMailOwner(domain), "owner");
}

QTEST_GUILESS_MAIN(tst_FreeMail)
#include "tst_freemail.moc"
