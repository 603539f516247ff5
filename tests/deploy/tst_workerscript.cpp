// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/workerscript.h"

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

QTEST_GUILESS_MAIN(tst_WorkerScript)
#include "tst_workerscript.moc"
