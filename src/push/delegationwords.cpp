// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/delegationwords.h"

#include "base/printable.h"
#include "preset/dnshost.h"

#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Dnssec", source);
}

QString line(const QString &label, const QByteArray &value)
{
    return QStringLiteral("    %1 %2\n").arg(label, -12).arg(printable(value, 800));
}

QByteArray numbered(quint8 number, const QByteArray &name)
{
    return QByteArray::number(number) + (name.isEmpty() ? QByteArray() : " (" + name + ')');
}

QByteArray digestName(quint8 type)
{
    return type == 2 ? "SHA-256" : type == 4 ? "SHA-384" : "";
}

QString dsText(const DsRecord &ds)
{
    return line(text(QT_TRANSLATE_NOOP("Dnssec", "DS record")), dsToText(ds)) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Key tag")), QByteArray::number(ds.keyTag)) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Algorithm")),
                numbered(ds.algorithm, signingAlgorithmName(ds.algorithm))) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Digest type")),
                numbered(ds.digestType, digestName(ds.digestType))) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Digest")), ds.digest.toHex().toUpper());
}

QString keyText(const DnskeyRecord &key)
{
    return text(QT_TRANSLATE_NOOP("Dnssec", "Some registrars ask for the key instead:\n")) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "DNSKEY")), dnskeyToText(key)) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Flags")), QByteArray::number(key.flags)) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Protocol")), QByteArray::number(key.protocol)) +
           line(text(QT_TRANSLATE_NOOP("Dnssec", "Public key")), key.publicKey.toBase64());
}

QString stepOf(const DnsHost &host)
{
    return QStringLiteral("%1: %2").arg(host.name, host.signingSteps);
}

} // namespace

QString wishText(const ParentWish &wish)
{
    if (wish.ds.isEmpty())
        return {};
    QString out = text(QT_TRANSLATE_NOOP("Dnssec", "To enter at the registrar of the domain:\n"));
    for (const DsRecord &ds : wish.ds)
        out += dsText(ds);
    for (const DnskeyRecord &key : wish.keys)
        out += keyText(key);
    return out;
}

QStringList signingSteps(const QList<QByteArray> &nameServers, const ProviderInfo *info)
{
    QStringList steps;
    std::optional<DnsHost> host = recogniseDnsHost(nameServers);
    for (const DnsHost &one : info && !host ? dnsHosts() : QList<DnsHost>()) {
        if (one.id == info->id)
            host = one;
    }
    if (host && !host->signingSteps.isEmpty())
        return {stepOf(*host)};
    const bool isOwn = info && (qstrcmp(info->id, "rfc2136") == 0 || *info->addressExample != '\0');
    for (const DnsHost &program : isOwn ? nameServerPrograms() : QList<DnsHost>()) {
        // An API of a program names it; a dynamic update is taken by several.
        if (qstrcmp(info->id, "rfc2136") == 0 ? program.id != "powerdns" : program.id == info->id)
            steps.append(stepOf(program));
    }
    return steps;
}
