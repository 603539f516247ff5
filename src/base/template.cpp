// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/template.h"

#include "base/printable.h"

#include <QSet>

#include <algorithm>

namespace {

bool isPlaceholderName(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '_';
    });
}

tl::unexpected<Error> fault(const char *what, const QByteArray &name)
{
    return failed(Error::Kind::Unexpected, QLatin1String(what), printable(name));
}

} // namespace

Result<QByteArray> fillTemplate(const QByteArray &text, const QHash<QByteArray, QByteArray> &values)
{
    QByteArray filled;
    QSet<QByteArray> used;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf('@', at);
        const qsizetype close = open < 0 ? -1 : text.indexOf('@', open + 1);
        const QByteArray name = close < 0 ? QByteArray() : text.mid(open + 1, close - open - 1);
        if (open < 0) {
            filled += text.mid(at);
            break;
        }
        filled += text.mid(at, open - at);
        if (!isPlaceholderName(name)) { // a plain @, as in the matcher names of Caddy
            filled += '@';
            at = open + 1;
            continue;
        }
        const auto value = values.constFind(name);
        if (value == values.constEnd())
            return fault("template placeholder without a value", name);
        filled += *value;
        used.insert(name);
        at = close + 1;
    }
    for (auto value = values.constBegin(); value != values.constEnd(); ++value) {
        if (!used.contains(value.key()))
            return fault("template value without a placeholder", value.key());
    }
    return filled;
}
