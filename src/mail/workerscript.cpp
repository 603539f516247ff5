// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/workerscript.h"

#include "base/template.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr char Owner[] = "// MTA-STS Assistant ";
constexpr char TableStart[] = "\nconst policies = {\n";
constexpr char TableEnd[] = ",\n};\n";

QByteArray hash(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
}

QByteArray ownerLine(const ServedPolicy &policy)
{
    return Owner + policy.host + " policy-sha256=" + hash(policy.text) + '\n';
}

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
    QByteArray owner, table;
    for (const ServedPolicy &policy : policies) {
        owner += ownerLine(policy);
        table += "    " + literal(policy.host) + ":\n        " + literal(policy.text) + ",\n";
    }
    QFile file(QStringLiteral(":/kit/worker.js"));
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::Unexpected, QStringLiteral("template is missing"),
                      file.fileName());
    return fillTemplate(file.readAll(), {{"OWNER", owner}, {"TABLE", table}});
}

std::optional<QList<ServedPolicy>> policiesOfWorker(const QByteArray &script)
{
    const qsizetype start = script.indexOf(TableStart);
    const qsizetype end = script.indexOf(TableEnd, start + 1);
    if (start < 0 || end < 0)
        return std::nullopt;
    const qsizetype open = start + qsizetype(qstrlen(TableStart));
    // Policies are ASCII, so the table is JSON too but for its last comma.
    const QJsonObject table =
            QJsonDocument::fromJson('{' + script.mid(open, end - open) + '}').object();
    QList<ServedPolicy> policies;
    qsizetype line = 0;
    while (script.mid(line).startsWith(Owner)) {
        const qsizetype next = script.indexOf('\n', line) + 1;
        const QByteArray host = script.mid(line + qsizetype(qstrlen(Owner))).split(' ').first();
        const QJsonValue text = table.value(QString::fromUtf8(host));
        const ServedPolicy policy{host, text.toString().toUtf8()};
        if (!text.isString() || script.mid(line, next - line) != ownerLine(policy))
            return std::nullopt;
        policies.append(policy);
        line = next;
    }
    if (policies.isEmpty() || policies.size() != table.size())
        return std::nullopt;
    return policies;
}

QByteArray workerName(const QByteArray &domain)
{
    constexpr qsizetype Longest = 63, HashLength = 8;
    // The hyphens of the domain are doubled, or a-b.example and a.b.example would share a name.
    QByteArray name = domain;
    name = "mta-sts-" + name.replace('-', "--").replace('.', '-');
    if (name.size() <= Longest)
        return name;
    return name.left(Longest - HashLength - 1) + '-' + hash(domain).left(HashLength);
}
