// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsasharedtext.h"

#include "base/printable.h"
#include "cli/output.h"
#include "cli/textreport.h"
#include "dns/presentation.h"

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Text", source);
}

QString joined(const QList<QByteArray> &names, const char *between)
{
    return printable(names.join(between));
}

QString offerText(const SharingOffer &offer)
{
    const QByteArray place = offer.place.isEmpty() ? QByteArray("NAME") : offer.place;
    return text(QT_TRANSLATE_NOOP(
                        "Text",
                        "These servers need the same records, which can stand in one place: %1\n"))
                   .arg(joined(offer.hosts, ", ")) +
           QStringLiteral("    mta-sts tlsa make %1 --shared %2\n")
                   .arg(joined(offer.hosts, " "), printable(place));
}

QString linesText(const QList<DnsRecord> &records)
{
    QString out;
    for (const DnsRecord &record : records)
        out += QString::fromLatin1(zoneLine(record)) + QLatin1Char('\n');
    return out + QLatin1Char('\n');
}

QString sharedText(const SharedTlsa &shared)
{
    if (shared.aliases.isEmpty())
        return text(QT_TRANSLATE_NOOP("Text", "No shared records were made.\n\n"));
    return text(QT_TRANSLATE_NOOP("Text", "First, for the shared place:\n\n")) +
           linesText(shared.set) +
           text(QT_TRANSLATE_NOOP(
                   "Text", "Once every name server gives them, for each server, in one change with "
                           "the TLSA records that the alias takes the place of:\n\n")) +
           linesText(shared.aliases) +
           text(QT_TRANSLATE_NOOP(
                   "Text", "All these zones have to be signed. A change of keys is made in the "
                           "shared place: the next key's record beside the present one, two TTLs "
                           "before the key changes, and the old one out when every server shows "
                           "the next key. To end it, put the records back at each server first, "
                           "and take the shared ones out two TTLs after the last alias.\n\n"));
}

QJsonArray namesJson(const QList<QByteArray> &names)
{
    QJsonArray array;
    for (const QByteArray &name : names)
        array.append(QString::fromLatin1(name));
    return array;
}

QJsonArray linesJson(const QList<DnsRecord> &records)
{
    QJsonArray array;
    for (const DnsRecord &record : records)
        array.append(QString::fromLatin1(zoneLine(record)));
    return array;
}

} // namespace

QString tlsaMadeText(const QList<TlsaMade> &all, const TlsaShared &shared)
{
    QString out;
    for (const TlsaMade &made : all) {
        if (all.size() > 1)
            out += printable(made.host) + QStringLiteral("\n\n");
        out += tlsaMadeText(made, shared.made ? RecordLines::Shared : RecordLines::Shown);
        if (all.size() > 1)
            out += QLatin1Char('\n');
    }
    for (const SharingOffer &offer : shared.offers)
        out += offerText(offer);
    if (shared.made)
        out += (all.size() == 1 ? QStringLiteral("\n") : QString()) + sharedText(*shared.made);
    return out + findingsText(shared.findings);
}

QJsonObject tlsaMadeJson(const QList<TlsaMade> &all, const TlsaShared &shared)
{
    if (all.size() == 1 && !shared.made)
        return tlsaMadeJson(all.constFirst());
    QJsonArray servers, offers;
    for (const TlsaMade &made : all)
        servers.append(tlsaMadeJson(made));
    for (const SharingOffer &offer : shared.offers)
        offers.append(QJsonObject{{QStringLiteral("hosts"), namesJson(offer.hosts)},
                                  {QStringLiteral("place"), QString::fromLatin1(offer.place)}});
    QJsonObject object{{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-make-list/1")},
                       {QStringLiteral("servers"), servers},
                       {QStringLiteral("offers"), offers},
                       {QStringLiteral("shared"), QJsonValue()},
                       {QStringLiteral("findings"), findingsJson(shared.findings)}};
    if (shared.made)
        object.insert(QStringLiteral("shared"),
                      QJsonObject{{QStringLiteral("place"), QString::fromLatin1(shared.place)},
                                  {QStringLiteral("set"), linesJson(shared.made->set)},
                                  {QStringLiteral("aliases"), linesJson(shared.made->aliases)}});
    return object;
}
