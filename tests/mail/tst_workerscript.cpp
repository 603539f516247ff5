// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/workerscript.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class tst_WorkerScript : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void table();
    void hostileText();
    void date();
    void knownAgain_data();
    void knownAgain();
    void names_data();
    void names();
};

namespace {

/// The table between the braces of "const policies", which is also JSON but for the last comma.
QJsonObject tableOf(const QByteArray &script)
{
    const QByteArray start = "const policies = {";
    const qsizetype open = script.indexOf(start) + start.size() - 1;
    QByteArray table = script.mid(open, script.indexOf("\n};", open) - open).trimmed();
    if (table.endsWith(','))
        table.chop(1);
    return QJsonDocument::fromJson(table + '}').object();
}

} // namespace

void tst_WorkerScript::table()
{
    const QByteArray text = "version: STSv1\r\nmode: none\r\nmax_age: 1\r\n";
    const auto script = workerScript({{"mta-sts.example.com", text}, {"mta-sts.example.org", "b"}});
    QVERIFY(script);
    const QJsonObject table = tableOf(*script);
    QCOMPARE(table.size(), 2);
    QCOMPARE(table.value(QStringLiteral("mta-sts.example.com")).toString().toUtf8(), text);
    QVERIFY(script->contains("export default"));
    QVERIFY(!script->contains("addEventListener")); // module syntax only
    QVERIFY(!script->contains('`'));                // a template literal would keep indentation
    for (const char c : *script)
        QVERIFY((c >= ' ' && c <= '~') || c == '\n');
}

void tst_WorkerScript::hostileText()
{
    const auto script = workerScript({{"h", "\"};alert(1)//\\\n</script>\xe2\x80\xa8"}});
    QVERIFY(script);
    QVERIFY(script->contains("\"\\\"};alert(1)//\\\\\\n</script>\\xe2\\x80\\xa8\""));
}

void tst_WorkerScript::date()
{
    QVERIFY(QDate::fromString(QLatin1String(WorkerCompatibilityDate), Qt::ISODate).isValid());
}

void tst_WorkerScript::knownAgain_data()
{
    const QByteArray text = "version: STSv1\r\nmode: none\r\nmax_age: 1\r\n";
    const QList<ServedPolicy> two{{"mta-sts.example.com", text},
                                  {"mta-sts.example.org", "version: \"odd\\\r\n"}};
    const QByteArray script = workerScript(two).value_or(QByteArray());
    QByteArray edited = script, newer = script, headless = script, renamed = script;
    edited.replace("max_age: 1", "max_age: 2");
    newer.replace("refuse(404", "refuseMore(404");
    headless = script.mid(script.indexOf("// SPDX"));
    renamed.replace("Assistant mta-sts.example.com", "Assistant mta-sts.example.net");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("as written") << script << true;
    QTest::newRow("of another version") << newer << true;
    QTest::newRow("policy changed by hand") << edited << false;
    QTest::newRow("without its first lines") << headless << false;
    QTest::newRow("first line of another host") << renamed << false;
    QTest::newRow("host added by hand")
            << QByteArray(script).replace("\n};\n", "\n    \"h\":\n        \"t\",\n};\n") << false;
    QTest::newRow("somebody else's") << QByteArray("export default { fetch() {} }\n") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void tst_WorkerScript::knownAgain()
{
    QFETCH(QByteArray, script);
    const auto policies = policiesOfWorker(script);
    QTEST(policies.has_value(), "isOurs");
    if (!policies)
        return;
    QCOMPARE(policies->size(), 2);
    QCOMPARE(policies->first().host, QByteArray("mta-sts.example.com"));
    QCOMPARE(policies->first().text, QByteArray("version: STSv1\r\nmode: none\r\nmax_age: 1\r\n"));
    QCOMPARE(policies->last().text, QByteArray("version: \"odd\\\r\n"));
}

void tst_WorkerScript::names_data()
{
    const QByteArray longest = QByteArray(60, 'a') + ".example.com";
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("plain") << QByteArray("example.com") << QByteArray("mta-sts-example-com");
    QTest::newRow("hyphen") << QByteArray("a-b.example") << QByteArray("mta-sts-a--b-example");
    QTest::newRow("dot at the same place")
            << QByteArray("a.b.example") << QByteArray("mta-sts-a-b-example");
    QTest::newRow("too long") << longest
                              << "mta-sts-" + QByteArray(46, 'a') + '-' +
                                         QCryptographicHash::hash(longest,
                                                                  QCryptographicHash::Sha256)
                                                 .toHex()
                                                 .left(8);
}

void tst_WorkerScript::names()
{
    QFETCH(QByteArray, domain);
    QTEST(workerName(domain), "name");
    QVERIFY(workerName(domain).size() <= 63);
}

QTEST_GUILESS_MAIN(tst_WorkerScript)
#include "tst_workerscript.moc"
