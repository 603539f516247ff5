// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/address.h"

#include <QTest>

class tst_Address : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isPublic_data();
    void isPublic();
};

void tst_Address::isPublic_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *reason, const char *text, bool expected) {
        QTest::newRow(reason) << QString::fromLatin1(text) << expected;
    };
    row("public IPv4", "8.8.8.8", true);
    row("public IPv6", "2606:4700::1111", true);
    row("loopback", "127.0.0.1", false);
    row("IPv6 loopback", "::1", false);
    row("ten", "10.1.2.3", false);
    row("172.16 is private", "172.31.255.255", false);
    row("172.32 is not", "172.32.0.1", true);
    row("192.168", "192.168.1.1", false);
    row("link-local: cloud metadata", "169.254.169.254", false);
    row("carrier NAT", "100.64.0.1", false);
    row("documentation", "192.0.2.1", false);
    row("documentation IPv6", "2001:db8::1", false);
    row("unique local", "fd00::1", false);
    row("IPv6 link-local", "fe80::1", false);
    row("multicast", "224.0.0.1", false);
    row("IPv4 loopback mapped into IPv6", "::ffff:127.0.0.1", false);
    row("public mapped into IPv6", "::ffff:8.8.8.8", true);
    row("unspecified", "0.0.0.0", false);
    row("no address at all", "", false);
}

void tst_Address::isPublic()
{
    QFETCH(QString, text);
    QTEST(isPublicAddress(QHostAddress(text)), "expected");
}

QTEST_GUILESS_MAIN(tst_Address)
#include "tst_address.moc"
