// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"

namespace {

bool mustBeEscaped(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; // RFC 8259 7
}

QByteArray escaped(char c)
{
    if (c == '"' || c == '\\')
        return QByteArray("\\") + c;
    if (c == '\n')
        return QByteArrayLiteral("\\n");
    return "\\u00" + QByteArray(1, c).toHex();
}

} // namespace

JsonWriter &JsonWriter::value(const char *name, const QString &text)
{
    startItem(name);
    quote(text.toUtf8());
    return *this;
}

JsonWriter &JsonWriter::value(const char *name, const QByteArray &latin1)
{
    return value(name, QString::fromLatin1(latin1));
}

JsonWriter &JsonWriter::value(const char *name, const QStringList &texts)
{
    beginArray(name);
    for (const QString &text : texts)
        value(nullptr, text);
    return endArray();
}

JsonWriter &JsonWriter::null(const char *name)
{
    return raw(name, QByteArrayLiteral("null"));
}

JsonWriter &JsonWriter::begin(const char *name, char bracket)
{
    startItem(name);
    m_text += bracket;
    m_hasItem = false;
    return *this;
}

JsonWriter &JsonWriter::end(char bracket)
{
    m_text += bracket;
    m_hasItem = true; // what was open around it has this one
    return *this;
}

JsonWriter &JsonWriter::raw(const char *name, const QByteArray &json)
{
    startItem(name);
    m_text += json;
    return *this;
}

void JsonWriter::startItem(const char *name)
{
    if (m_hasItem)
        m_text += ',';
    m_hasItem = true;
    if (!name)
        return;
    m_text += '"';
    m_text += name;
    m_text += "\":";
}

void JsonWriter::quote(const QByteArray &utf8)
{
    m_text += '"';
    qsizetype written = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (!mustBeEscaped(utf8.at(i)))
            continue;
        m_text.append(utf8.constData() + written, i - written).append(escaped(utf8.at(i)));
        written = i + 1;
    }
    m_text.append(utf8.constData() + written, utf8.size() - written);
    m_text += '"';
}
