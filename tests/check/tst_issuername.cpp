// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/issuername.h"

#include <QTest>

class tst_IssuerName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
};

void tst_IssuerName::names_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("Let's Encrypt") << QStringLiteral("C = US, O = Let's Encrypt, CN = R11")
                                   << QByteArray("letsencrypt.org");
    QTest::newRow("Google") << QStringLiteral("C = US, O = Google Trust Services, CN = WE1")
                            << QByteArray("pki.goog");
    QTest::newRow("Sectigo") << QStringLiteral("C=GB,O=Sectigo Limited,CN=Sectigo DV R36")
                             << QByteArray("sectigo.com");
    QTest::newRow("a private one") << QStringLiteral("CN = Our Own Root") << QByteArray();
    QTest::newRow("nothing") << QString() << QByteArray();
}

void tst_IssuerName::names()
{
    QFETCH(QString, issuer);
    QFETCH(QByteArray, first);
    Certificate certificate;
    certificate.issuer = issuer;
    QCOMPARE(issuerNames(certificate).value(0), first);
}

QTEST_GUILESS_MAIN(tst_IssuerName)
#include "tst_issuername.moc"
