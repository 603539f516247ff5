// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/presentation.h"
#include "practice/signedzone.h"

#include <QTest>

namespace {

const QByteArray Name = QByteArrayLiteral("practice.example");

/// A zone and the key it was signed with.
struct Signed
{
    Result<SigningKey> key = SigningKey::make(Name);
    Result<SignedZone> zone;
    explicit Signed(const QByteArray &lines,
                    SignedZone::Signatures signatures = SignedZone::Signatures::Valid)
        : zone(SignedZone::make(Name, lines, &*key, signatures))
    {
    }
};

QByteArray lineAt(const SignedZone &zone, const QByteArray &name, ldns_rr_type type)
{
    const RecordSet set = zone.set(ldnsName(name).get(), type);
    QByteArray lines;
    for (const ldns_rr *record : set.records)
        lines += recordLine(record).simplified() + '\n';
    return lines.trimmed();
}

ldns_status verified(const RecordSet &set, const SigningKey &key)
{
    const LdnsRecord published = key.record();
    const LdnsRecords records(ldns_rr_list_new());
    for (const ldns_rr *record : set.records)
        ldns_rr_list_push_rr(records.get(), ldns_rr_clone(record));
    if (set.signatures.size() != 1)
        return LDNS_STATUS_CRYPTO_NO_RRSIG;
    const LdnsRecord signature(ldns_rr_clone(set.signatures.first()));
    return ldns_verify_rrsig(records.get(), signature.get(), published.get());
}

} // namespace

class TestSignedZone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *why, const QByteArray &lines, const QByteArray &name,
                            ldns_rr_type type, const QByteArray &expected) {
            QTest::newRow(why) << lines << name << int(type) << expected;
        };
        row("relative", "mx1 60 IN A 127.0.0.1", "mx1.practice.example", LDNS_RR_TYPE_A,
            "mx1.practice.example. 60 IN A 127.0.0.1");
        row("absolute, capital letters", "MX1.Practice.Example. 60 IN A 127.0.0.1",
            "mx1.practice.example", LDNS_RR_TYPE_A, "mx1.practice.example. 60 IN A 127.0.0.1");
        row("apex, relative data", "@ 60 IN MX 10 mx1", "practice.example", LDNS_RR_TYPE_MX,
            "practice.example. 60 IN MX 10 mx1.practice.example.");
        row("the short TTL, no class", "mx1 A 127.0.0.1", "mx1.practice.example", LDNS_RR_TYPE_A,
            "mx1.practice.example. 5 IN A 127.0.0.1");
        row("owner of the line above", "mx1 A 127.0.0.1\n  AAAA ::1", "mx1.practice.example",
            LDNS_RR_TYPE_AAAA, "mx1.practice.example. 5 IN AAAA ::1");
        row("comments and empty lines", "; one\n\n  ; two\nmx1 A 127.0.0.1\n",
            "mx1.practice.example", LDNS_RR_TYPE_A, "mx1.practice.example. 5 IN A 127.0.0.1");
        row("the same record twice", "mx1 A 127.0.0.1\nmx1 A 127.0.0.1", "mx1.practice.example",
            LDNS_RR_TYPE_A, "mx1.practice.example. 5 IN A 127.0.0.1");
        const DnsRecord sts{"_mta-sts.practice.example", RecordType::TXT, 60, "v=STSv1; id=1;"};
        row("as the program writes records", zoneLine(sts), sts.name, LDNS_RR_TYPE_TXT,
            "_mta-sts.practice.example. 60 IN TXT \"v=STSv1; id=1;\"");
        const QByteArray many(300, 'a');
        row("text of more than 255 octets", "long TXT " + quotedTxt(many), "long.practice.example",
            LDNS_RR_TYPE_TXT,
            "long.practice.example. 5 IN TXT \"" + many.left(255) + "\" \"" + many.mid(255) + '"');
        row("name server of its own", "", "practice.example", LDNS_RR_TYPE_NS,
            "practice.example. 5 IN NS ns.practice.example.");
        row("address of it", "", "ns.practice.example", LDNS_RR_TYPE_A,
            "ns.practice.example. 5 IN A 127.0.0.1");
        row("SOA of its own", "", "practice.example", LDNS_RR_TYPE_SOA,
            "practice.example. 5 IN SOA ns.practice.example. hostmaster.practice.example. 1 3600 "
            "600 86400 5");
        row("SOA of the lines", "@ 9 SOA a b 7 1 1 1 1", "practice.example", LDNS_RR_TYPE_SOA,
            "practice.example. 9 IN SOA a.practice.example. b.practice.example. 7 1 1 1 1");
        row("name server of the lines without an address", "@ NS dns", "dns.practice.example",
            LDNS_RR_TYPE_A, "dns.practice.example. 5 IN A 127.0.0.1");
        row("name server elsewhere", "@ NS dns.example.", "ns.practice.example", LDNS_RR_TYPE_A,
            "");
        row("nothing", "", "none.practice.example", LDNS_RR_TYPE_A, "");
    }
    void reads()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, name);
        QFETCH(int, type);
        const auto plain = SignedZone::make(Name, lines, nullptr);
        QVERIFY2(plain, plain ? "" : qPrintable(plain.error().detail));
        QTEST(lineAt(*plain, name, ldns_rr_type(type)), "expected");
        const RecordSet unsignedSet = plain->set(ldnsName(name).get(), ldns_rr_type(type));
        QVERIFY(unsignedSet.signatures.isEmpty());
        const Signed both(lines);
        QTEST(lineAt(*both.zone, name, ldns_rr_type(type)), "expected");
        const RecordSet set = both.zone->set(ldnsName(name).get(), ldns_rr_type(type));
        if (!set.isEmpty())
            QCOMPARE(verified(set, *both.key), LDNS_STATUS_OK);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("detail");
        QTest::newRow("no record")
                << QByteArray("mx1 A 127.0.0.1\nhello") << QStringLiteral("hello");
        QTest::newRow("no address")
                << QByteArray("mx1 A 127.0.0.300") << QStringLiteral("mx1 A 127.0.0.300");
        QTest::newRow("another zone's") << QByteArray("mx1.example. A 127.0.0.1")
                                        << QStringLiteral("mx1.example. A 127.0.0.1");
        QTest::newRow("a directive") << QByteArray("$TTL 60") << QStringLiteral("$TTL 60");
        QTest::newRow("too large") << QByteArray(2000000, '\n') << QString();
    }
    void refuses()
    {
        QFETCH(QByteArray, lines);
        const auto zone = SignedZone::make(Name, lines, nullptr);
        QVERIFY(!zone);
        QCOMPARE(zone.error().kind, Error::Kind::Malformed);
        QTEST(zone.error().detail, "detail");
    }

    void namesThatAreNone()
    {
        QVERIFY(!SignedZone::make("a..b", {}, nullptr));
        QVERIFY(!SigningKey::make("a..b"));
    }

    void denials_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("exists");
        QTest::addColumn<QList<QByteArray>>("owners");
        const auto row = [](const char *why, const QByteArray &name, bool exists,
                            const QList<QByteArray> &owners) {
            QTest::newRow(why) << name << exists << owners;
        };
        // In order: the apex, *.no.type, mx1, ns, _tcp.mx1 comes behind mx1, c.b.a
        row("no such type", "mx1.practice.example", true, {"mx1.practice.example"});
        row("no such type at the apex", "practice.example", true, {"practice.example"});
        row("only names below it", "b.a.practice.example", true, {"practice.example"});
        row("only a name below it", "_tcp.mx1.practice.example", true, {"mx1.practice.example"});
        row("no such name", "nn.practice.example", false,
            {"_25._tcp.mx1.practice.example", "practice.example"});
        row("no such name, one record proves both", "0.practice.example", false,
            {"practice.example"});
        row("the last name", "zzz.practice.example", false,
            {"ns.practice.example", "practice.example"});
        row("below a name", "x.mx1.practice.example", false,
            {"_25._tcp.mx1.practice.example", "mx1.practice.example"});
        row("below a delegation", "x.sub.a.practice.example", true, {"sub.a.practice.example"});
    }
    void denials()
    {
        QFETCH(QByteArray, name);
        const Signed both("mx1 A 127.0.0.1\n_25._tcp.mx1 TXT \"x\"\nc.b.a A 127.0.0.1\n"
                          "sub.a NS x.sub.a\nx.sub.a A 127.0.0.1\n");
        QVERIFY(both.zone);
        const LdnsName asked = ldnsName(name);
        QTEST(both.zone->hasName(asked.get()), "exists");
        QList<QByteArray> owners;
        const QList<RecordSet> proofs = both.zone->denial(asked.get());
        for (const RecordSet &proof : proofs) {
            QCOMPARE(proof.records.size(), 1);
            QCOMPARE(ldns_rr_get_type(proof.records.first()), LDNS_RR_TYPE_NSEC);
            QCOMPARE(verified(proof, *both.key), LDNS_STATUS_OK);
            owners.append(nameText(ldns_rr_owner(proof.records.first())));
        }
        QTEST(owners, "owners");
        const auto plain = SignedZone::make(Name, "mx1 A 127.0.0.1", nullptr);
        QVERIFY(plain->denial(asked.get()).isEmpty());
    }

    void delegations_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("delegated");
        QTest::newRow("apex") << Name << int(LDNS_RR_TYPE_NS) << false;
        QTest::newRow("beside") << "mx1." + Name << int(LDNS_RR_TYPE_A) << false;
        QTest::newRow("at") << "sub." + Name << int(LDNS_RR_TYPE_A) << true;
        QTest::newRow("DS at") << "sub." + Name << int(LDNS_RR_TYPE_DS) << false;
        QTest::newRow("below") << "a.b.sub." + Name << int(LDNS_RR_TYPE_A) << true;
        QTest::newRow("DS below") << "a.b.sub." + Name << int(LDNS_RR_TYPE_DS) << true;
    }
    void delegations()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, type);
        const auto zone = SignedZone::make(Name, "sub NS ns.sub.example.", nullptr);
        QTEST(zone->isDelegated(ldnsName(name).get(), ldns_rr_type(type)), "delegated");
    }

    void signaturesOfThePast()
    {
        const Signed both("mx1 A 127.0.0.1", SignedZone::Signatures::Expired);
        QVERIFY(both.zone);
        QCOMPARE(verified(both.zone->set(ldnsName("mx1." + Name).get(), LDNS_RR_TYPE_A), *both.key),
                 LDNS_STATUS_CRYPTO_SIG_EXPIRED);
    }

    void keysAreSignedAndDigested()
    {
        const Signed both({});
        const RecordSet keys = both.zone->set(both.zone->apex(), LDNS_RR_TYPE_DNSKEY);
        QCOMPARE(keys.records.size(), 1);
        QCOMPARE(verified(keys, *both.key), LDNS_STATUS_OK);
        QVERIFY(lineAt(*both.zone, Name, LDNS_RR_TYPE_DNSKEY).contains(" IN DNSKEY 257 3 13 "));
        const LdnsRecord digest = both.key->digest();
        QVERIFY(ldns_rr_compare_ds(keys.records.first(), digest.get()));
        const auto other = SigningKey::make(Name);
        QVERIFY(!ldns_rr_compare_ds(keys.records.first(), other->digest().get()));
    }
};

QTEST_GUILESS_MAIN(TestSignedZone)
#include "tst_signedzone.moc"
