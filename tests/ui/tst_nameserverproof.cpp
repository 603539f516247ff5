// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the name servers of a domain themselves say, against servers that answer over TCP.
#include "mirrorworld.h"
#include "nameserverproof.h"
#include "provider/nameserverlook.h"

#include <QTest>

using Kind = ProofRow::Kind;

namespace {

const QByteArray Text = "v=STSv1; id=20260301T101200;";

Deployment wanted(const QByteArray &domain = "shop.example")
{
    Deployment deployment;
    deployment.domain = *DomainName::fromAscii(domain);
    deployment.policyText = "version: STSv1\r\n";
    DnsRecord record;
    record.name = deployment.domain.child("_mta-sts");
    record.type = RecordType::TXT;
    record.data = Text;
    deployment.records = {record};
    return deployment;
}

ServerAddress addressOf(FakeService &service)
{
    return service.doors().nameServers("shop.example", Cancel())->first().second;
}

/// All of these serve shop.example, and no zone below it.
PublishDoors served(const QList<NamedServer> &servers, QList<QByteArray> *asked = nullptr)
{
    PublishDoors doors;
    doors.nameServers = [=](const QByteArray &zone, const Cancel &) -> Result<QList<NamedServer>> {
        if (asked)
            asked->append(zone);
        if (zone != "shop.example")
            return failed(Error::Kind::NotFound, QStringLiteral("no name server"));
        return servers;
    };
    return doors;
}

} // namespace

class TestNameServerProof : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachServerIsAskedItself()
    {
        FakeService has, hasNot, two;
        has.put("_mta-sts.shop.example", Text);
        two.put("_mta-sts.shop.example", Text);
        two.put("_mta-sts.shop.example", "v=STSv1; id=old;"); // senders take neither
        ServerAddress closed = addressOf(has);
        closed.port = 9;
        const auto records = lookAtServers(served({{"a.example", addressOf(has)},
                                                   {"b.example", addressOf(hasNot)},
                                                   {"c.example", addressOf(two)},
                                                   {"d.example", closed}}),
                                           wanted(), Cancel());
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.first().kind, Kind::Record);
        const ProofRow::AtServers &at = records.first().servers;
        QCOMPARE(at.with, QStringList{QStringLiteral("a.example (127.0.0.1)")});
        QCOMPARE(at.without, QStringList({QStringLiteral("b.example (127.0.0.1)"),
                                          QStringLiteral("c.example (127.0.0.1)")}));
        QCOMPARE(at.silent, QStringList{QStringLiteral("d.example (127.0.0.1)")});
    }

    void aRemovedRecordMustBeGone()
    {
        FakeService has, hasNot;
        has.put("_mta-sts.shop.example", Text);
        const auto records = lookAtServers(
                served({{"a.example", addressOf(has)}, {"b.example", addressOf(hasNot)}}),
                withoutPolicy(wanted()), Cancel());
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.first().servers.without,
                 QStringList{QStringLiteral("a.example (127.0.0.1)")});
        QCOMPARE(records.first().servers.with,
                 QStringList{QStringLiteral("b.example (127.0.0.1)")});
    }

    void theZoneMayBeginAbove()
    {
        FakeService has;
        has.put("_mta-sts.mail.shop.example", Text);
        QList<QByteArray> asked;
        const auto records = lookAtServers(served({{"a.example", addressOf(has)}}, &asked),
                                           wanted("mail.shop.example"), Cancel());
        QCOMPARE(asked, QList<QByteArray>({"mail.shop.example", "shop.example"}));
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.first().servers.with.size(), 1);
    }

    void aTopLevelDomainIsNotAsked()
    {
        QList<QByteArray> asked;
        QVERIFY(lookAtServers(served({}, &asked), wanted("else.example"), Cancel()).isEmpty());
        QCOMPARE(asked, QList<QByteArray>({"else.example"}));
    }

    void onlyRowsThatAreNotSeenAreTold()
    {
        ProofRow seen;
        seen.kind = Kind::Reports;
        seen.state = ProofRow::State::Seen;
        ProofRow waiting;
        waiting.kind = Kind::Record;
        waiting.state = ProofRow::State::Waiting;
        QVERIFY(!wantServers({seen}));
        QVERIFY(wantServers({seen, waiting}));
        ProofRow::AtServers at;
        at.with = {QStringLiteral("a")};
        const auto rows = withServers({seen, waiting}, {{Kind::Reports, at}, {Kind::Record, at}});
        QVERIFY(rows.first().servers.with.isEmpty());
        QCOMPARE(rows.last().servers, at);
    }
};
QTEST_GUILESS_MAIN(TestNameServerProof)
#include "tst_nameserverproof.moc"
