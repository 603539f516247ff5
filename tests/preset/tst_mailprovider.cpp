// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/mailprovider.h"

#include <QSet>
#include <QTest>

using List = QList<QByteArray>;

class tst_MailProvider : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void file();
    void recognised_data();
    void recognised();
    void proposal_data();
    void proposal();
    void everyPresetCoversItsOwnHosts();
    void widerThanTheProvider_data();
    void widerThanTheProvider();
};

void tst_MailProvider::file()
{
    QVERIFY(mailProviders().size() >= 20);
    QSet<QByteArray> ids;
    for (const MailProvider &provider : mailProviders()) {
        QVERIFY2(!ids.contains(provider.id), provider.id);
        ids.insert(provider.id);
        QVERIFY2(!provider.name.isEmpty() && !provider.remark.isEmpty(), provider.id);
        QVERIFY2(!provider.source.isEmpty() && provider.checked.isValid(), provider.id);
        QVERIFY2(!provider.suffixes.isEmpty(), provider.id);
        for (const MxPattern &pattern : provider.patterns)
            QVERIFY2(pattern.text() != "*.mx.microsoft", "covers none of their hosts");
    }
}

void tst_MailProvider::recognised_data()
{
    QTest::addColumn<List>("hosts");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("Google, five hosts")
            << List{"aspmx.l.google.com", "alt1.aspmx.l.google.com", "alt2.aspmx.l.google.com",
                    "alt3.aspmx.l.google.com", "alt4.aspmx.l.google.com"}
            << QByteArray("google");
    QTest::newRow("Google, one host") << List{"smtp.google.com"} << QByteArray("google-single");
    QTest::newRow("Microsoft, classic, capitals and dot")
            << List{"Example-Com.Mail.Protection.Outlook.com."} << QByteArray("microsoft365");
    QTest::newRow("Microsoft, signed")
            << List{"example-com.h-v1.mx.microsoft"} << QByteArray("microsoft365-dnssec");
    QTest::newRow("Cloudflare") << List{"route1.mx.cloudflare.net"} << QByteArray("cloudflare");
    QTest::newRow("own server") << List{"mx1.example.com"} << QByteArray();
    QTest::newRow("look-alike name") << List{"mx.notmessagingengine.com"} << QByteArray();
    QTest::newRow("provider as a label of somebody else")
            << List{"aspmx.l.google.com.evil.example"} << QByteArray();
    QTest::newRow("no hosts") << List{} << QByteArray();
    QTest::newRow("most hosts decide") << List{"mx1.example.com", "in1-smtp.messagingengine.com",
                                               "in2-smtp.messagingengine.com", "smtp.google.com"}
                                       << QByteArray("fastmail");
    QTest::newRow("first decides a tie") << List{"smtp.google.com", "in1-smtp.messagingengine.com"}
                                         << QByteArray("google-single");
    QTest::newRow("IONOS of any country") << List{"mx00.ionos.de"} << QByteArray("ionos");
}

void tst_MailProvider::recognised()
{
    QFETCH(List, hosts);
    const auto provider = recogniseMailProvider(hosts);
    QTEST(provider ? provider->id : QByteArray(), "id");
}

void tst_MailProvider::proposal_data()
{
    QTest::addColumn<List>("hosts");
    QTest::addColumn<List>("patterns");
    QTest::newRow("recommended lines that are in use only")
            << List{"aspmx.l.google.com", "alt1.aspmx.l.google.com"}
            << List{"aspmx.l.google.com", "*.aspmx.l.google.com"};
    QTest::newRow("the parent is not covered by the wildcard")
            << List{"aspmx.l.google.com"} << List{"aspmx.l.google.com"};
    QTest::newRow("older second names") << List{"aspmx.l.google.com", "aspmx2.googlemail.com"}
                                        << List{"aspmx.l.google.com", "*.googlemail.com"};
    QTest::newRow("two labels before mx.microsoft: the exact name")
            << List{"example-com.h-v1.mx.microsoft"} << List{"example-com.h-v1.mx.microsoft"};
    QTest::newRow("a host of one's own beside the provider's")
            << List{"example-com.mail.protection.outlook.com", "Backup.Example.com."}
            << List{"*.mail.protection.outlook.com", "backup.example.com"};
    QTest::newRow("provider grew a host the preset does not know")
            << List{"in1-smtp.messagingengine.com", "in9-smtp.messagingengine.com"}
            << List{"in1-smtp.messagingengine.com", "in9-smtp.messagingengine.com"};
    QTest::newRow("own servers") << List{"mx1.example.com", "mx2.example.com", "mx1.example.com."}
                                 << List{"mx1.example.com", "mx2.example.com"};
    QTest::newRow("nothing that can stand in a policy") << List{"bad_host.example.com"} << List{};
    QTest::newRow("no hosts") << List{} << List{};
}

void tst_MailProvider::proposal()
{
    QFETCH(List, hosts);
    List texts;
    const QList<MxPattern> patterns = proposedPatterns(hosts, recogniseMailProvider(hosts));
    for (const MxPattern &pattern : patterns)
        texts.append(pattern.text());
    QTEST(texts, "patterns");
    for (const QByteArray &host : hosts)
        QVERIFY(anyMatches(patterns, host) || host.contains('_'));
}

void tst_MailProvider::everyPresetCoversItsOwnHosts()
{
    for (const MailProvider &provider : mailProviders()) {
        for (const QByteArray &suffix : provider.suffixes) {
            const QByteArray host = QByteArray(suffix).replace('*', "x");
            for (const List &hosts : {List{host}, List{"a." + host}, List{"a.b-v1." + host}}) {
                const QList<MxPattern> patterns = proposedPatterns(hosts, provider);
                QVERIFY2(anyMatches(patterns, hosts.first()), provider.id);
                QCOMPARE(patterns.size(), 1);
            }
        }
    }
}

void tst_MailProvider::widerThanTheProvider_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("wider");
    const auto row = [](const char *name, const char *pattern, bool wider) {
        QTest::newRow(name) << QByteArray(pattern) << wider;
    };
    row("above the mail servers", "*.outlook.com", true);
    row("one label above", "*.l.google.com", true);
    row("recommended", "*.mail.protection.outlook.com", false);
    row("recommended, though others live there", "*.googlemail.com", false);
    row("the provider's own zone", "*.mx.cloudflare.net", false);
    row("one letter of it", "*.h-v1.mx.microsoft", false);
    row("exact", "outlook.com", false);
    row("everybody's, not the provider's", "*.co.uk", false);
    row("nobody known", "*.example.com", false);
}

void tst_MailProvider::widerThanTheProvider()
{
    QFETCH(QByteArray, pattern);
    const auto provider = providerBelow(*MxPattern::parse(pattern));
    QTEST(provider.has_value(), "wider");
}

QTEST_GUILESS_MAIN(tst_MailProvider)
#include "tst_mailprovider.moc"
