// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/passedon.h"

#include <QTest>

class tst_PassedOn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void known_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("domain");
        const auto row = [](const char *why, const QByteArray &text, const QByteArray &domain) {
            QTest::newRow(why) << text << domain;
        };
        row("as it is written", policyPassedOn("mx.cloudflare.net"), "mx.cloudflare.net");
        row("the text of a policy", "version: STSv1\r\nmode: none\r\nmax_age: 1\r\n", "");
        row("nothing", "", "");
        row("another file", "https://mta-sts.example.com/policy.txt", "");
        row("another host", "https://www.example.com/.well-known/mta-sts.txt", "");
        row("not over TLS", "http://mta-sts.example.com/.well-known/mta-sts.txt", "");
    }
    void known()
    {
        QFETCH(QByteArray, text);
        QTEST(passedOnDomain(text), "domain");
    }
};
QTEST_GUILESS_MAIN(tst_PassedOn)
#include "tst_passedon.moc"
