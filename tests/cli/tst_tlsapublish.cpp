// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// tlsa publish as scripts see it: the real program, a real PowerDNS below a real parent, a mail server. Nothing is
// written for an unsigned zone or an unconfirmed key.
#include "cli/signingbed.h"

#include <QJsonArray>

namespace {

const QByteArray Owner = "_25._tcp.mx1.example.com";

QStringList rules(const Ran &ran)
{
    QStringList all;
    for (const QJsonValue finding : ran.json()[QLatin1String("findings")].toArray())
        all.append(finding[QLatin1String("id")].toString());
    return all;
}

} // namespace

class tst_TlsaPublish : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wordsThatAreOff_data();
    void wordsThatAreOff();
    void fromUnsignedToProven();

private:
    [[nodiscard]] QList<QByteArray> records() const
    {
        return m_bed.served(Owner, RecordType::TLSA);
    }
    Ran publish(const QStringList &words)
    {
        return m_bed.runAtService(QStringList{QStringLiteral("tlsa"), QStringLiteral("publish"),
                                              QStringLiteral("mx1.example.com")} +
                                  words);
    }
    QString file(const char *name, const QByteArray &octets) const
    {
        QFile out(m_bed.path(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(octets) != octets.size())
            qFatal("a test file could not be written");
        return out.fileName();
    }

    TestPki m_pki;
    TestIdentity m_mx, m_next;
    SigningBed m_bed;
};

void tst_TlsaPublish::initTestCase()
{
    m_mx = m_pki.leaf(QList<QByteArray>{"mx1.example.com"});
    m_next = m_pki.leaf(QList<QByteArray>{"mx1.example.com"});
    if (const QString why = m_bed.start(m_pki.chain(m_mx), m_mx.key); !why.isEmpty()) {
        QVERIFY2(m_bed.isMissing(), qPrintable(why));
        QSKIP(qPrintable(why));
    }
}

void tst_TlsaPublish::wordsThatAreOff_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(words).split(u' ');
    };
    row("no server", "tlsa publish --provider powerdns");
    row("no service", "tlsa publish mx1.example.com");
    row("no name", "tlsa publish -- a..b --provider powerdns");
    row("a fingerprint that is none",
        "tlsa publish mx1.example.com --expect 12 --provider powerdns");
    row("a TTL that is none", "tlsa publish mx1.example.com --ttl 5 --provider powerdns");
    row("a port that is none", "tlsa publish mx1.example.com --port 0 --provider powerdns");
    row("files of several servers",
        "tlsa publish mx1.example.com mx2.example.com --chain a.pem --provider powerdns");
}

void tst_TlsaPublish::wordsThatAreOff()
{
    QFETCH(QStringList, words);
    const Ran ran = m_bed.run(words, "secret\n");
    QVERIFY2(ran.status == 64, ran.told());
    QVERIFY(ran.out.isEmpty());
    QCOMPARE(ran.err.count('\n'), 1);
}

void tst_TlsaPublish::fromUnsignedToProven()
{
    const QString yes = QStringLiteral("--yes"), json = QStringLiteral("--json");
    const QString chain = file("chain.pem", m_mx.certificate);

    // T-33: seen over the network, confirmed by nobody; no word makes it happen.
    const QStringList insisting{yes, QStringLiteral("--override"),
                                QStringLiteral("mx1.example.com")};
    const Ran seen = publish(insisting);
    QVERIFY2(seen.status == 4, seen.told());
    QVERIFY2(seen.err.contains("--expect"), seen.told());
    const Ran seenJson = publish(insisting + QStringList{json});
    QVERIFY2(seenJson.status == 4, seenJson.told());
    const QJsonValue server = seenJson.json()[QLatin1String("servers")][0];
    QCOMPARE(server[QLatin1String("confirmed")].toBool(true), false);
    const QString print = server[QLatin1String("keys")][0][QLatin1String("fingerprint")].toString();
    QVERIFY(seen.out.contains(print.toLatin1()));
    const Ran other = publish(
            insisting + QStringList{QStringLiteral("--expect"), QString(64, QLatin1Char('a'))});
    QVERIFY2(other.status == 4, other.told());
    QVERIFY(records().isEmpty());

    // DANE-5: nobody would ask for it.
    const QStringList confirmed{QStringLiteral("--expect"), print};
    const Ran unsignedZone = publish(confirmed + QStringList{yes, json});
    QVERIFY2(unsignedZone.status == 4, unsignedZone.told());
    QVERIFY2(rules(unsignedZone).contains(QStringLiteral("DANE-5.publish")), unsignedZone.told());
    QVERIFY(records().isEmpty());

    // Signed, and the parent does not say so yet: the same.
    const Ran switched =
            m_bed.runAtService({QStringLiteral("dnssec"), QStringLiteral("example.com"),
                                QStringLiteral("--switch-on"), yes, json});
    QVERIFY2(switched.status == 3, switched.told());
    QVERIFY2(publish(confirmed + QStringList{yes}).status == 4, m_bed.said());
    QVERIFY(records().isEmpty());
    const QByteArray ds =
            switched.json()[QLatin1String("ds")][0][QLatin1String("text")].toString().toLatin1();
    QCOMPARE(m_bed.handToParent({ds}), QString());

    // A dry run says all of it and does nothing; then it is done, and proven.
    const Ran dry = publish({QStringLiteral("--dry-run"), json});
    QVERIFY2(dry.status == 3, dry.told());
    QVERIFY(records().isEmpty());
    const Ran done = publish(confirmed + QStringList{yes, json});
    QVERIFY2(done.status == 0, done.told());
    QCOMPARE(done.json()[QLatin1String("state")].toString(), QStringLiteral("done"));
    const QList<QByteArray> first = records();
    QCOMPARE(first.size(), 1);
    QVERIFY(first.first().startsWith("3 1 1 "));
    QVERIFY2(publish(confirmed + QStringList{yes}).status == 0, m_bed.said()); // twice is once
    QCOMPARE(records(), first);

    // Senders accept it, says the judge of sets.
    const Ran judged =
            m_bed.run({QStringLiteral("tlsa"), QStringLiteral("check"), QStringLiteral("--chain"),
                       chain, QStringLiteral("--name"), QStringLiteral("mx1.example.com"), json});
    QVERIFY2(judged.status == 0, judged.told());
    QCOMPARE(judged.json()[QLatin1String("result")].toString(), QStringLiteral("authenticated"));

    // The next key beside it, the file as confirmation.
    const Ran next = publish({QStringLiteral("--chain"), chain, QStringLiteral("--next"),
                              file("next.pem", m_next.certificate), yes});
    QVERIFY2(next.status == 0, next.told());
    QCOMPARE(records().size(), 2);

    // Somebody's next key survives; told so, what fits nothing goes.
    QVERIFY2(publish(confirmed + QStringList{yes}).status == 0, m_bed.said());
    QCOMPARE(records().size(), 2);
    const Ran dropped = publish(confirmed + QStringList{yes, QStringLiteral("--drop-unused")});
    QVERIFY2(dropped.status == 0, dropped.told());
    QCOMPARE(records(), first);

    // Back, step by step; the last step leaves no promise behind.
    const Ran undone = publish({QStringLiteral("--undo"), yes});
    QVERIFY2(undone.status == 0, undone.told());
    QCOMPARE(records().size(), 2);

    // Where the server cannot be seen from here, its file is not enough, unless told twice.
    const QStringList unseen{QStringLiteral("--chain"),
                             chain,
                             QStringLiteral("--drop-unused"),
                             QStringLiteral("--smtp-port"),
                             QStringLiteral("1"),
                             yes};
    const Ran blind = publish(unseen);
    QVERIFY2(blind.status == 4, blind.told());
    QVERIFY2(blind.err.contains("--override mx1.example.com"), blind.told());
    QCOMPARE(records().size(), 2);
    const Ran told = publish(
            unseen + QStringList{QStringLiteral("--override"), QStringLiteral("mx1.example.com")});
    QVERIFY2(told.status == 0, told.told());
    QCOMPARE(records(), first);
    // And never for another key than the one in use, if that can be seen.
    const Ran wrongFile =
            publish({QStringLiteral("--chain"), m_bed.path("next.pem"), yes,
                     QStringLiteral("--override"), QStringLiteral("mx1.example.com")});
    QVERIFY2(wrongFile.status == 4, wrongFile.told());
    QCOMPARE(records(), first);

    nothingKeeps(m_bed.value("secret").toUtf8(), m_bed.said(), m_bed.folder());
}

QTEST_GUILESS_MAIN(tst_TlsaPublish)
#include "tst_tlsapublish.moc"
