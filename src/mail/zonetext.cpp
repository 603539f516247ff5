// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/zonetext.h"

#include <algorithm>

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads one token per call and keeps the place.
class Scanner
{
public:
    explicit Scanner(const QByteArray &text)
        : m_text(text)
    {
    }
    bool scan(QList<ZoneToken> &tokens);

private:
    bool readQuoted(ZoneToken &token);
    bool readPlain(ZoneToken &token);
    bool readEscape(ZoneToken &token);

    QByteArray m_text;
    qsizetype m_at = 0;
    int m_open = 0; // parentheses
};

bool Scanner::scan(QList<ZoneToken> &tokens)
{
    while (m_at < m_text.size()) {
        const char c = m_text.at(m_at);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            ++m_at;
        } else if (c == ';') {
            const qsizetype end = m_text.indexOf('\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else if (c == '(' || c == ')') {
            m_open += c == '(' ? 1 : -1;
            if (m_open < 0)
                return false;
            ++m_at;
        } else {
            ZoneToken token;
            if (!(c == '"' ? readQuoted(token) : readPlain(token)))
                return false;
            tokens.append(token);
        }
    }
    return m_open == 0;
}

bool Scanner::readQuoted(ZoneToken &token)
{
    token.isQuoted = true;
    for (++m_at; m_at < m_text.size();) {
        const char c = m_text.at(m_at);
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            if (!readEscape(token))
                return false;
        } else {
            token.text += c;
            ++m_at;
        }
    }
    return false;
}

bool Scanner::readPlain(ZoneToken &token)
{
    // RFC 3597 5: the token \# is a word of its own, no escape.
    if (m_text.mid(m_at, 2) == "\\#") {
        token.text = "\\#";
        m_at += 2;
        return true;
    }
    while (m_at < m_text.size() && !QByteArrayView(" \t\r\n;()\"").contains(m_text.at(m_at))) {
        if (m_text.at(m_at) == '\\') {
            if (!readEscape(token))
                return false;
        } else {
            token.text += m_text.at(m_at++);
        }
    }
    return true;
}

/// RFC 1035 5.1: \DDD is an octet, \X is X.
bool Scanner::readEscape(ZoneToken &token)
{
    const QByteArray rest = m_text.mid(m_at + 1, 3);
    if (rest.isEmpty())
        return false;
    if (!isDigit(rest.front())) {
        token.text += rest.front();
        m_at += 2;
        return true;
    }
    const int value = rest.toInt();
    if (rest.size() < 3 || !std::all_of(rest.begin(), rest.end(), isDigit) || value > 255)
        return false;
    token.text += char(value);
    m_at += 4;
    return true;
}

} // namespace

std::optional<QList<ZoneToken>> zoneTokens(const QByteArray &text)
{
    QList<ZoneToken> tokens;
    if (!Scanner(text).scan(tokens))
        return std::nullopt;
    return tokens;
}

std::optional<QByteArray> octetsFromHex(const QByteArray &hex)
{
    const bool good = hex.size() % 2 == 0 && std::all_of(hex.begin(), hex.end(), [](char c) {
                          return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                      });
    if (!good)
        return std::nullopt;
    return QByteArray::fromHex(hex);
}

std::optional<QByteArray> genericData(const QList<ZoneToken> &tokens)
{
    if (tokens.size() < 2 || tokens.first().text != "\\#" || tokens.first().isQuoted)
        return std::nullopt;
    const QByteArray length = tokens.at(1).text;
    if (length.isEmpty() || length.size() > 5 ||
        !std::all_of(length.begin(), length.end(), isDigit))
        return std::nullopt;
    QByteArray hex;
    for (const ZoneToken &token : tokens.mid(2))
        hex += token.text;
    const std::optional<QByteArray> data = octetsFromHex(hex);
    if (!data || data->size() != length.toInt() || data->size() > 65535)
        return std::nullopt;
    return data;
}

std::optional<quint8> octetNumber(const QByteArray &text)
{
    if (text.isEmpty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), isDigit) ||
        text.toInt() > 255)
        return std::nullopt;
    return quint8(text.toInt());
}
