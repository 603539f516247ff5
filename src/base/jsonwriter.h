// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes one JSON text (RFC 8259) without spaces, members in the order of the calls. For the lines of long
// lists: a tree of QJsonObject took a tenth of all their processor time (tests/README.md).

#include <QByteArray>
#include <QStringList>

#include <concepts>
#include <optional>

class JsonWriter
{
public:
    JsonWriter &beginObject(const char *name = nullptr) { return begin(name, '{'); }
    JsonWriter &endObject() { return end('}'); }
    JsonWriter &beginArray(const char *name = nullptr) { return begin(name, '['); }
    JsonWriter &endArray() { return end(']'); }

    /// A member of an object; an element of an array with no name. Nothing is null.
    JsonWriter &value(const char *name, const QString &text);
    JsonWriter &value(const char *name, const QByteArray &latin1);
    JsonWriter &value(const char *name, const QStringList &texts);
    JsonWriter &null(const char *name);
    template <std::integral Number>
    JsonWriter &value(const char *name, Number number)
    {
        if constexpr (std::same_as<Number, bool>)
            return raw(name, number ? "true" : "false");
        else
            return raw(name, QByteArray::number(qint64(number)));
    }
    template <class Value>
    JsonWriter &value(const char *name, const std::optional<Value> &maybe)
    {
        return maybe ? value(name, *maybe) : null(name);
    }

    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    JsonWriter &begin(const char *name, char bracket);
    JsonWriter &end(char bracket);
    JsonWriter &raw(const char *name, const QByteArray &json);
    void startItem(const char *name);
    void quote(const QByteArray &utf8);

    QByteArray m_text;
    bool m_hasItem = false; // in the object or array that is open
};
