// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/workerscript.h"

#include "deploy/template.h"

#include <QFile>

namespace {

/// A JavaScript string literal in ASCII: whatever the octets are, they cannot end it.
QByteArray literal(const QByteArray &octets)
{
    QByteArray text = "\"";
    for (const char c : octets) {
        if (c == '\r')
            text += "\\r";
        else if (c == '\n')
            text += "\\n";
        else if (c == '"' || c == '\\')
            text += QByteArray("\\") + c;
        else if (c >= ' ' && c <= '~')
            text += c;
        else
            text += "\\x" +
                    QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(2, '0');
    }
    return text + '"';
}

} // namespace

Result<QByteArray> workerScript(const QList<ServedPolicy> &policies)
{
    QByteArray table;
    for (const ServedPolicy &policy : policies)
        table += "    " + literal(policy.host) + ":\n        " + literal(policy.text) + ",\n";
    QFile file(QStringLiteral(":/kit/worker.js"));
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::Unexpected, QStringLiteral("template is missing"),
                      file.fileName());
    return fillTemplate(file.readAll(), {{"TABLE", table}});
}
