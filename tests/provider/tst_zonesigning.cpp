// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a service is believed of the DS records of a zone: nothing that does not fit its own key.
#include "provider/zonesigning.h"

#include <QTest>

namespace {

DnskeyRecord key(char fill = 'k', quint16 flags = 257)
{
    return {flags, 3, 13, QByteArray(64, fill)};
}

DsRecord ds(const DnskeyRecord &key, quint8 type = 2)
{
    return *dsOf("example.com", key, type);
}

ZoneSigningState state(const QList<SigningKey> &keys)
{
    return {TokenFacts::Signing::On, keys};
}

} // namespace

class tst_ZoneSigning : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void chosen_data();
    void chosen();
    void whatDoesNotFitIsNeverShown();
};

void tst_ZoneSigning::chosen_data()
{
    QTest::addColumn<QList<SigningKey>>("keys");
    QTest::addColumn<QList<DsRecord>>("ds");
    using Keys = QList<SigningKey>;
    using Sets = QList<DsRecord>;
    const DnskeyRecord one = key(), two = key('2'), sha1 = key('1');
    QTest::newRow("none") << Keys{} << Sets{};
    QTest::newRow("SHA-256") << Keys{{one, {ds(one)}}} << Sets{ds(one)};
    QTest::newRow("SHA-256 before SHA-384") << Keys{{one, {ds(one, 4), ds(one)}}} << Sets{ds(one)};
    QTest::newRow("SHA-384 alone") << Keys{{one, {ds(one, 4)}}} << Sets{ds(one, 4)};
    QTest::newRow("SHA-1 is not handed on") << Keys{{sha1, {ds(sha1, 1)}}} << Sets{ds(sha1)};
    QTest::newRow("named twice") << Keys{{one, {ds(one), ds(one)}}} << Sets{ds(one)};
    QTest::newRow("none named: made here") << Keys{{one, {}}} << Sets{ds(one)};
    QTest::newRow("two keys") << Keys{{one, {ds(one)}}, {two, {ds(two)}}} << Sets{ds(one), ds(two)};
    QTest::newRow("no key of a zone") << Keys{{key('x', 0), {}}} << Sets{};
}

void tst_ZoneSigning::chosen()
{
    QFETCH(QList<SigningKey>, keys);
    QFETCH(QList<DsRecord>, ds);
    const auto chosen = dsForParent("example.com", state(keys));
    QVERIFY(chosen);
    QCOMPARE(*chosen, ds);
    for (const DsRecord &one : *chosen)
        QVERIFY(std::any_of(keys.begin(), keys.end(), [&](const SigningKey &signer) {
            return fits(one, "example.com", signer.key);
        }));
}

void tst_ZoneSigning::whatDoesNotFitIsNeverShown()
{
    const DnskeyRecord one = key(), two = key('2');
    QVERIFY(!dsForParent("example.com", state({{one, {ds(two)}}})));
    QVERIFY(!dsForParent("example.com", state({{one, {ds(one), ds(two)}}})));
    QVERIFY(!dsForParent("example.net", state({{one, {ds(one)}}}))); // of another zone
    const auto wrong = dsForParent("example.com", state({{one, {ds(one, 4)}}, {two, {ds(one)}}}));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, Error::Kind::Refused);
}

QTEST_GUILESS_MAIN(tst_ZoneSigning)
#include "tst_zonesigning.moc"
