// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the DANE page from servers, keys and choices.
#include "danerows.h"
#include "fakekeys.h"
#include "serverwords.h"

#include <QTest>

namespace {

constexpr char Host[] = "mx.example.org";

ServerDane seen(const QList<TlsaRecord> &published = {})
{
    ServerDane server;
    server.host = Host;
    server.runner = ServerDane::Runner::Own;
    server.state =
            published.isEmpty() ? LiveHostDane::State::NoTlsa : LiveHostDane::State::Publishes;
    server.published = published;
    LiveServerKeys keys;
    keys.chains = {{fakeChain(Host), {}}};
    takeKeys(server, keys);
    return server;
}

TlsaRecord ofKey()
{
    return {3, 1, 1, tlsaData(fakeChain(Host).first(), 1, 1)};
}

QList<DaneRow> rowsOf(const ServerDane &server, const Choices &choices = {})
{
    return daneRows({server}, {}, choices, QDateTime::currentDateTimeUtc()).rows;
}

} // namespace

class TestDaneRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyWithoutRecord()
    {
        const auto rows = rowsOf(seen());
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().use, DaneRow::Use::Current);
        QVERIFY(!rows.first().isPublished);
        QVERIFY(rows.first().isTickable());
        QVERIFY(!rows.first().isConfirmed);
    }

    void aPublishedRecordIsNotOffered()
    {
        const auto rows = rowsOf(seen({ofKey()}));
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.first().isPublished);
        QVERIFY(!rows.first().isTickable());
    }

    void whatFitsNothingIsOnlySaidOfAServerThatWasSeen()
    {
        const TlsaRecord other{3, 1, 1, QByteArray(32, 'x')};
        QCOMPARE(rowsOf(seen({ofKey(), other})).last().use, DaneRow::Use::Superfluous);
        ServerDane unseen = seen({ofKey(), other});
        LiveServerKeys keys;
        keys.chains = {{fakeChain(Host), {}}};
        keys.unseen = {{{}, QStringLiteral("no answer")}};
        takeKeys(unseen, keys);
        for (const DaneRow &row : rowsOf(unseen))
            QVERIFY(row.use != DaneRow::Use::Superfluous);
    }

    void aServerOfAnotherDomainIsCopiedOnly()
    {
        ServerDane server = seen();
        server.runner = ServerDane::Runner::Elsewhere;
        QVERIFY(!rowsOf(server).first().isTickable());
    }

    void noRowsForAProviderOrAnUnsignedZone()
    {
        ServerDane server = seen();
        server.runner = ServerDane::Runner::Provider;
        QVERIFY(rowsOf(server).isEmpty());
        server = seen();
        server.state = LiveHostDane::State::Unsigned;
        QVERIFY(rowsOf(server).isEmpty());
    }

    void aTickIsKept()
    {
        const DaneRow row = rowsOf(seen()).first();
        const Choices on = ticked({}, row, true);
        QCOMPARE(on.tlsa, QList<DnsRecord>{row.record});
        QVERIFY(rowsOf(seen(), on).first().isTicked);
        QCOMPARE(ticked(on, row, true).tlsa.size(), 1); // once
        QVERIFY(ticked(on, row, false).tlsa.isEmpty());
    }

    void aTickWhoseKeyIsGoneIsShown()
    {
        Choices choices;
        choices.tlsa = {{"_25._tcp.mx.example.org", RecordType::TLSA, 3600,
                         tlsaToText({3, 1, 1, QByteArray(32, 'y')})}};
        const auto rows = rowsOf(seen(), choices);
        QCOMPARE(rows.last().use, DaneRow::Use::Chosen);
        QVERIFY(rows.last().isTicked);
        QVERIFY(ticked(choices, rows.last(), false).tlsa.isEmpty());
    }

    void aPublishedRecordBeforeTheLookCannotBeTicked()
    {
        ServerDane unseen = seen({{3, 1, 1, QByteArray(32, 'x')}});
        unseen.keys.clear();
        unseen.wasLookedAt = false;
        const auto rows = rowsOf(unseen);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().use, DaneRow::Use::Chosen);
        QVERIFY(!rows.first().isTickable());
    }

    void aFileDoesNotMakePublishedRecordsSuperfluous()
    {
        ServerDane unseen = seen({{3, 1, 1, QByteArray(32, 'x')}});
        unseen.keys.clear();
        unseen.wasLookedAt = false;
        DaneKeys keys;
        keys.files[Host] = {*keyOfChain(fakeChain("other.example.org"))};
        for (const DaneRow &row :
             daneRows({unseen}, keys, {}, QDateTime::currentDateTimeUtc()).rows)
            QVERIFY(row.use != DaneRow::Use::Superfluous);
    }

    void aFileCountsForNothingOnceTheServerWasSeen()
    {
        DaneKeys keys;
        keys.files[Host] = {*keyOfChain(fakeChain("other.example.org"))};
        QCOMPARE(daneRows({seen()}, keys, {}, QDateTime::currentDateTimeUtc()).rows.size(), 1);
    }

    void aTickOfBeforeCountsAsCompared()
    {
        Choices choices = ticked({}, rowsOf(seen()).first(), true);
        QVERIFY(rowsOf(seen(), choices).first().isConfirmed);
    }

    void aTickAtAServerThatIsNotListedAnyMoreIsShown()
    {
        Choices choices;
        choices.domain = *DomainName::fromAscii("example.org");
        choices.tlsa = {{"_25._tcp.gone.example.org", RecordType::TLSA, 3600,
                         tlsaToText({3, 1, 1, QByteArray(32, 'y')})}};
        const auto rows = daneRows({}, {}, choices, QDateTime::currentDateTimeUtc()).rows;
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.first().isTicked && rows.first().isTickable());
    }

    void aRemovalOfAKeyThatIsInUseAgainIsDropped()
    {
        Choices choices;
        choices.tlsaGone = {
                {"_25._tcp.mx.example.org", RecordType::TLSA, 3600, tlsaToText(ofKey())}};
        const QList<ServerDane> servers{seen({ofKey()})};
        const DaneRows rows = daneRows(servers, {}, choices, QDateTime::currentDateTimeUtc());
        QVERIFY(withoutStaleRemovals(choices, servers, rows).tlsaGone.isEmpty());
        const TlsaRecord other{3, 1, 1, QByteArray(32, 'x')};
        choices.tlsaGone.first().data = tlsaToText(other);
        const QList<ServerDane> with{seen({ofKey(), other})};
        const DaneRows left = daneRows(with, {}, choices, QDateTime::currentDateTimeUtc());
        QCOMPARE(withoutStaleRemovals(choices, with, left).tlsaGone.size(), 1);
    }

    void whatWouldStopMailIsAnError_data()
    {
        QTest::addColumn<bool>("current");
        QTest::addColumn<bool>("other");
        QTest::addColumn<bool>("isError");
        QTest::newRow("the key in use") << true << false << false;
        QTest::newRow("both") << true << true << false;
        QTest::newRow("only a key that is not shown") << false << true << true;
        QTest::newRow("nothing") << false << false << false;
    }
    void whatWouldStopMailIsAnError()
    {
        QFETCH(bool, current);
        QFETCH(bool, other);
        QFETCH(bool, isError);
        DaneKeys keys;
        keys.next[Host] = {*keyOfChain(fakeChain("next.example.org"))};
        Choices choices;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const DaneRow &row : daneRows({seen()}, keys, choices, now).rows) {
            if (row.use == DaneRow::Use::Next ? other : current)
                choices = ticked(choices, row, true);
        }
        QCOMPARE(!daneRows({seen()}, keys, choices, now).errors.isEmpty(), isError);
    }

    void serversThatShareAKeyAreTold()
    {
        ServerDane other = seen();
        other.host = "mx2.example.org";
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QList<QList<QByteArray>> both{{"mx.example.org", "mx2.example.org"}};
        QCOMPARE(daneRows({seen(), other}, {}, {}, now).sharing, both);
        LiveServerKeys own;
        own.chains = {{fakeChain("mx2.example.org"), {}}};
        takeKeys(other, own);
        QVERIFY(daneRows({seen(), other}, {}, {}, now).sharing.isEmpty());
    }

    void words_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<int>("severity");
        const auto row = [](const char *name, DaneResult result, Severity severity) {
            QTest::newRow(name) << int(result) << int(severity);
        };
        row("verified", DaneResult::Authenticated, Severity::Ok);
        row("no records", DaneResult::NotApplicable, Severity::Info);
        row("none of use", DaneResult::EncryptUnauthenticated, Severity::Warning);
        row("no match", DaneResult::Fail, Severity::Error);
        row("look-ups fail", DaneResult::Unreachable, Severity::Error);
        row("not seen is not good", DaneResult::Unknown, Severity::Unknown);
    }
    void words()
    {
        QFETCH(int, result);
        QFETCH(int, severity);
        ServerDane server = seen();
        server.senders = DaneResult(result);
        QCOMPARE(int(wordsOf(server).severity), severity);
        QVERIFY(!wordsOf(server).senders.isEmpty());
    }

    void skipped_data()
    {
        using Runner = ServerDane::Runner;
        using State = LiveHostDane::State;
        QTest::addColumn<int>("runner");
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("isSkipped");
        const auto row = [](const char *name, Runner runner, State state, bool isSkipped) {
            QTest::newRow(name) << int(runner) << int(state) << isSkipped;
        };
        row("own and signed", Runner::Own, State::NoTlsa, false);
        row("own and published", Runner::Own, State::Publishes, false);
        row("own and broken", Runner::Own, State::Fails, false);
        row("own and unsigned", Runner::Own, State::Unsigned, true);
        row("own and not seen", Runner::Own, State::Unknown, true);
        row("another domain, perhaps of the same owner", Runner::Elsewhere, State::NoTlsa, false);
        row("a provider's, signed", Runner::Provider, State::NoTlsa, true);
    }
    void skipped()
    {
        QFETCH(int, runner);
        QFETCH(int, state);
        QFETCH(bool, isSkipped);
        ServerDane server = seen();
        server.runner = ServerDane::Runner(runner);
        server.state = LiveHostDane::State(state);
        QCOMPARE(!daneSkipped({server}).isEmpty(), isSkipped);
    }
};

QTEST_GUILESS_MAIN(TestDaneRows)
#include "tst_danerows.moc"
