// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/clienthello.h"

#include <QtEndian>
#include <QTest>

namespace {

QByteArray withLength(const QByteArray &content, int octets)
{
    QByteArray number(4, '\0');
    qToBigEndian(quint32(content.size()), number.data());
    return number.right(octets) + content;
}

QByteArray extension(char type, const QByteArray &data)
{
    return QByteArray(1, '\0') + type + withLength(data, 2);
}

QByteArray named(const QByteArray &name)
{
    return extension('\0', withLength('\0' + withLength(name, 2), 2));
}

QByteArray signing(const QByteArray &schemesInHex)
{
    return extension('\x0d', withLength(QByteArray::fromHex(schemesInHex), 2));
}

/// A record with a hello that has these extensions.
QByteArray record(const QByteArray &extensions)
{
    const QByteArray hello = QByteArray(34, 'r') + withLength("session", 1) +
                             withLength(QByteArray::fromHex("1301"), 2) +
                             withLength(QByteArray(1, '\0'), 1) + withLength(extensions, 2);
    return QByteArray::fromHex("160301") + withLength('\x01' + withLength(hello, 3), 2);
}

} // namespace

class tst_ClientHello : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("takesEcdsa");
        const QByteArray host = "mx1.example.com";
        QTest::newRow("a name and both kinds")
                << record(named(host) + signing("04030401")) << host << true;
        QTest::newRow("the name comes last")
                << record(signing("0403") + named(host)) << host << true;
        QTest::newRow("no name") << record(signing("0403")) << QByteArray() << true;
        QTest::newRow("RSA only") // 0x0804 and its kind are RSA-PSS
                << record(named(host) + signing("080408050401")) << host << false;
        QTest::newRow("no extensions") << record({}) << QByteArray() << false;
        QTest::newRow("no TLS") << QByteArray("QUIT\r\n") << QByteArray() << false;
        QTest::newRow("lengths that lie")
                << QByteArray::fromHex("160301000a01ffffff0303ffffffff") << QByteArray() << false;
    }
    void reads()
    {
        QFETCH(QByteArray, octets);
        const auto hello = clientHello(octets);
        QVERIFY(hello);
        QTEST(hello->serverName, "name");
        QTEST(hello->takesEcdsa, "takesEcdsa");
    }

    void waitsForTheWhole()
    {
        const QByteArray whole = record(named("mx1.example.com"));
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!clientHello(whole.left(size)));
        QVERIFY(clientHello(whole + "more"));
    }
};

QTEST_GUILESS_MAIN(tst_ClientHello)
#include "tst_clienthello.moc"
