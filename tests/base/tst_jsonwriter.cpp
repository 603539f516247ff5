// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nests()
    {
        JsonWriter json;
        json.beginObject()
                .value("text", QStringLiteral("x"))
                .beginArray("empty")
                .endArray()
                .beginArray("list")
                .beginObject()
                .endObject()
                .beginObject()
                .value("a", 1)
                .value("b", true)
                .endObject()
                .beginArray()
                .endArray()
                .endArray()
                .beginObject("object")
                .null("nothing")
                .endObject()
                .value("last", false)
                .endObject();
        QCOMPARE(json.text(),
                 QByteArray(R"({"text":"x","empty":[],"list":[{},{"a":1,"b":true},[]],)"
                            R"("object":{"nothing":null},"last":false})"));
    }

    void values()
    {
        JsonWriter json;
        json.beginObject()
                .value("large", qint64(9007199254740991))
                .value("negative", -5)
                .value("latin", QByteArray("caf\xe9"))
                .value("texts", QStringList{QStringLiteral("a"), QStringLiteral("b")})
                .value("none", std::optional<QString>())
                .value("some", std::optional<int>(7))
                .endObject();
        QCOMPARE(QString::fromUtf8(json.text()),
                 QStringLiteral(R"({"large":9007199254740991,"negative":-5,"latin":"café",)"
                                R"("texts":["a","b"],"none":null,"some":7})"));
    }

    // Qt's reader is the judge of what is escaped.
    void texts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("quotes and backslashes") << QStringLiteral(R"(say "a\b", then "c\\")");
        QString controls;
        for (char16_t c = 0; c < 0x20; ++c)
            controls += QChar(c);
        QTest::newRow("every control character") << controls + QChar(0x7f);
        QTest::newRow("beyond ASCII") << QStringLiteral("müller \u202e \u2028 😀");
        QTest::newRow("looks like JSON") << QStringLiteral("\",\"x\":[{");
    }
    void texts()
    {
        QFETCH(QString, text);
        JsonWriter json;
        json.beginArray().value(nullptr, text).value(nullptr, 1).endArray();
        QJsonParseError error;
        const QJsonArray read = QJsonDocument::fromJson(json.text(), &error).array();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(read.size(), 2);
        QCOMPARE(read.at(0).toString(), text);
    }

    void halfACharacterIsReplaced()
    {
        JsonWriter json;
        json.beginArray().value(nullptr, QString(QChar(0xd800))).endArray();
        QVERIFY(!QJsonDocument::fromJson(json.text()).array().at(0).toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
