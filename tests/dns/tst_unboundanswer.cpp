// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "dns/record.h"
#include "dns/unboundanswer.h"

#include <QTest>

#include <unbound.h>

#include <vector>

namespace {

enum Code { NoError = 0, ServFail = 2, NxDomain = 3, Refused = 5 };

/// A result as the library gives it; the strings live as long as this does.
struct Made
{
    std::vector<QByteArray> records;
    std::vector<char *> data;
    std::vector<int> lengths;
    QByteArray name = "a.example.";
    QByteArray canonical;
    QByteArray why;
    ub_result result{};

    const ub_result &finish(RecordType type, int code)
    {
        for (QByteArray &record : records) {
            data.push_back(record.data());
            lengths.push_back(int(record.size()));
        }
        data.push_back(nullptr);
        lengths.push_back(0);
        result.qname = name.data();
        result.qtype = int(type);
        result.data = data.data();
        result.len = lengths.data();
        result.havedata = records.empty() ? 0 : 1;
        result.rcode = code;
        result.nxdomain = code == NxDomain;
        result.canonname = canonical.isEmpty() ? nullptr : canonical.data();
        result.why_bogus = why.isEmpty() ? nullptr : why.data();
        return result;
    }
};

} // namespace

class TestUnboundAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("data");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<bool>("validating");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("security");
        const auto row = [](const char *why, Code code, bool data, bool secure, bool validating,
                            AnswerStatus status, Security security) {
            QTest::newRow(why) << int(code) << data << secure << validating << int(status)
                               << int(security);
        };
        using S = AnswerStatus;
        row("found, secure", NoError, true, true, true, S::Found, Security::Secure);
        row("found, insecure", NoError, true, false, true, S::Found, Security::Insecure);
        row("no data, secure", NoError, false, true, true, S::NoData, Security::Secure);
        row("no name, insecure", NxDomain, false, false, true, S::NoName, Security::Insecure);
        row("not validating: unknown", NoError, true, false, false, S::Found, Security::Unknown);
        row("not validating, though flagged", NoError, true, true, false, S::Found,
            Security::Unknown);
        row("SERVFAIL is no knowledge", ServFail, false, false, true, S::Failed, Security::Unknown);
        row("REFUSED is no knowledge", Refused, false, false, true, S::Failed, Security::Unknown);
    }
    void classes()
    {
        QFETCH(int, code);
        QFETCH(bool, data);
        QFETCH(bool, secure);
        QFETCH(bool, validating);
        Made made;
        if (data)
            made.records = {QByteArray("\x01x")};
        made.result.secure = secure;
        const DnsAnswer answer = answerFrom(made.finish(RecordType::TXT, code), validating);
        QTEST(int(answer.status), "status");
        QTEST(int(answer.security), "security");
        QCOMPARE(answer.why.isEmpty(), answer.isKnown());
        QCOMPARE(answer.rdata.size(), data ? 1 : 0);
        QCOMPARE(answer.name, QByteArray("a.example"));
        QVERIFY(!answer.isAlias());
    }

    void bogusIsFailedWithItsReason()
    {
        Made made;
        made.records = {QByteArray("\x01x")};
        made.result.bogus = 1;
        made.why = "validation failure: signature expired \x1b[2J";
        const DnsAnswer answer = answerFrom(made.finish(RecordType::TXT, NoError), true);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QCOMPARE(answer.security, Security::Bogus);
        QVERIFY(answer.rdata.isEmpty());
        QVERIFY(answer.why.contains(QLatin1String("signature expired")));
        QVERIFY(!answer.why.contains(QChar(0x1b)));
    }

    void cuts_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("limit");
        QTest::newRow("TXT") << int(RecordType::TXT) << Limits::TxtRecords;
        QTest::newRow("MX") << int(RecordType::MX) << Limits::MxRecords;
        QTest::newRow("TLSA") << int(RecordType::TLSA) << Limits::TlsaRecords;
    }
    void cuts()
    {
        QFETCH(int, type);
        QFETCH(int, limit);
        for (const int more : {0, 1}) {
            Made made;
            made.records.assign(size_t(limit + more), QByteArray("\x01x"));
            const DnsAnswer answer = answerFrom(made.finish(RecordType(type), NoError), false);
            QCOMPARE(answer.rdata.size(), limit);
            QCOMPARE(answer.cut, more == 1);
        }
    }

    void followsAliases()
    {
        Made made;
        made.records = {QByteArray(4, 1)};
        made.canonical = "Host.Example.";
        const DnsAnswer answer = answerFrom(made.finish(RecordType::A, NoError), false);
        QVERIFY(answer.isAlias());
        QCOMPARE(answer.canonicalName, QByteArray("host.example"));
    }

    void signatures()
    {
        const QByteArray header = QByteArray::fromHex("000081800001000200000000");
        const QByteArray question = QByteArray::fromHex("016100"
                                                        "00010001");
        const QByteArray address = QByteArray::fromHex("c00c"
                                                       "00010001"
                                                       "0000003c"
                                                       "0004"
                                                       "c0000201");
        const auto signature = [](const char *until, const char *from) {
            return QByteArray::fromHex("c00c"
                                       "002e0001"
                                       "0000003c"
                                       "0015"
                                       "00010d010000003c") +
                   QByteArray::fromHex(until) + QByteArray::fromHex(from) +
                   QByteArray::fromHex("1234"
                                       "016100");
        };
        const QByteArray one = signature("70000000", "60000000");
        const QByteArray first = signature("6fffffff", "60000001");
        const auto found = firstToEnd(header + question + one + first);
        QVERIFY(found);
        QCOMPARE(*found, (SignatureSpan{"a", 0x60000001, 0x6fffffff}));
        QVERIFY(!firstToEnd(header + question + address + address));
        QVERIFY(!firstToEnd(header + question + one)); // the second record is missing
        QVERIFY(!firstToEnd({}));
        const QByteArray whole = header + question + one + first;
        for (qsizetype length = 0; length < whole.size(); ++length)
            QVERIFY(!firstToEnd(whole.left(length)));
    }

    void countsAliases_data()
    {
        QTest::addColumn<QByteArray>("packet");
        QTest::addColumn<int>("aliases");
        const QByteArray header = QByteArray::fromHex("000081800001000200000000");
        const QByteArray question = QByteArray::fromHex("016100"
                                                        "00010001");
        const QByteArray alias = QByteArray::fromHex("c00c"
                                                     "00050001"
                                                     "0000003c"
                                                     "0003"
                                                     "016200");
        const QByteArray address = QByteArray::fromHex("016200"
                                                       "00010001"
                                                       "0000003c"
                                                       "0004"
                                                       "c0000201");
        QTest::newRow("one of two") << header + question + alias + address << 1;
        QTest::newRow("two") << header + question + alias + alias << 2;
        QTest::newRow("second record missing") << header + question + alias << 0;
        QTest::newRow("cut header") << header.left(11) << 0;
        QTest::newRow("no question") << header << 0;
        QTest::newRow("name without an end") << header + QByteArray("\x3f") << 0;
        QTest::newRow("empty") << QByteArray() << 0;
    }
    void countsAliases()
    {
        QFETCH(QByteArray, packet);
        QTEST(aliasesInPacket(packet), "aliases");
    }
};

QTEST_GUILESS_MAIN(TestUnboundAnswer)
#include "tst_unboundanswer.moc"
