// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsamaketext.h"

#include "base/printable.h"
#include "cli/output.h"
#include "cli/textreport.h"
#include "dns/presentation.h"

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Text", source);
}

QString line(const QString &label, const QString &value)
{
    return value.isEmpty() ? QString() : QStringLiteral("    %1 %2\n").arg(label, -12).arg(value);
}

QString address(const QHostAddress &at)
{
    return at.isNull() ? QString() : at.toString();
}

QStringList addressesOf(const TlsaMade &made, const SourceKey &key)
{
    QStringList all;
    for (const ShownChain &shown : made.live ? made.live->chains : QList<ShownChain>()) {
        for (const QHostAddress &at : shown.addresses) {
            if (shown.chain == key.chain)
                all.append(address(at));
        }
    }
    return all;
}

QString day(const QDateTime &time)
{
    return time.toUTC().date().toString(Qt::ISODate);
}

QString unseenText(const LiveServerKeys &live)
{
    if (live.isComplete())
        return {};
    QString out = text(QT_TRANSLATE_NOOP(
            "Text",
            "Not every key could be seen, so these may not be all the records that are needed:\n"));
    for (const UnseenKey &unseen : live.unseen)
        out += QStringLiteral("    %1\n")
                       .arg(QStringLiteral("%1 %2")
                                    .arg(address(unseen.address), unseen.why)
                                    .trimmed());
    return out + QLatin1Char('\n');
}

QString keyText(const TlsaMade &made, const SourceKey &key)
{
    QString out = QStringLiteral("  %1\n").arg(key.kind);
    out += line(QStringLiteral("SHA-256"), key.fingerprint);
    out += line(text(QT_TRANSLATE_NOOP("Text", "Names")), key.names.join(QLatin1Char(' ')));
    if (key.hasCertificate()) {
        const Certificate &leaf = key.chain.constFirst();
        out += line(text(QT_TRANSLATE_NOOP("Text", "Valid")),
                    day(leaf.notBefore) + QStringLiteral(" - ") + day(leaf.notAfter));
        out += line(text(QT_TRANSLATE_NOOP("Text", "Issuer")), leaf.issuer);
    }
    return out + line(text(QT_TRANSLATE_NOOP("Text", "Seen at")),
                      addressesOf(made, key).join(QLatin1Char(' ')));
}

QString keysText(const TlsaMade &made, const QString &title, const QList<SourceKey> &keys)
{
    QString out;
    for (const SourceKey &key : keys)
        out += keyText(made, key);
    return out.isEmpty() ? out : title + QLatin1Char('\n') + out + QLatin1Char('\n');
}

QString comparingText(const TlsaMade &made)
{
    if (!made.live || made.isConfirmed || made.live->chains.isEmpty())
        return {};
    return text(QT_TRANSLATE_NOOP(
                   "Text", "This was seen over the network. Before you publish, compare each "
                           "fingerprint with the server's own file, on the server:\n")) +
           QStringLiteral("    openssl x509 -noout -fingerprint -sha256 -in CERTIFICATE.pem\n") +
           text(QT_TRANSLATE_NOOP("Text",
                                  "With --expect FINGERPRINT the comparison is made here.\n")) +
           QLatin1Char('\n');
}

QString reasonWord(TlsaReason why)
{
    switch (why) {
    case TlsaReason::Current:
        return text(QT_TRANSLATE_NOOP("Text", "for the key in use: %1"));
    case TlsaReason::Next:
        return text(QT_TRANSLATE_NOOP("Text", "for later: %1"));
    case TlsaReason::Issuer:
        return text(QT_TRANSLATE_NOOP("Text", "for the issuer: %1"));
    }
    return {};
}

QString recordsText(const TlsaMaking &making)
{
    if (making.records.isEmpty())
        return text(QT_TRANSLATE_NOOP("Text", "No record was made.\n\n"));
    QString out = text(QT_TRANSLATE_NOOP("Text", "For the zone:\n\n"));
    for (const MadeTlsa &made : making.records) {
        QStringList of{made.of.kind};
        of += made.of.names.mid(0, 1);
        out += QStringLiteral("; ") + reasonWord(made.why).arg(of.join(QStringLiteral(", "))) +
               QLatin1Char('\n');
        out += QString::fromLatin1(zoneLine(dnsRecord(made))) + QLatin1Char('\n');
    }
    return out + QLatin1Char('\n');
}

QString setText(const QString &title, const QList<TlsaRecord> &records)
{
    QString out;
    for (const TlsaRecord &record : records)
        out += QStringLiteral("    %1\n").arg(printable(tlsaToText(record)));
    return out.isEmpty() ? out : title + QLatin1Char('\n') + out + QLatin1Char('\n');
}

QString stepText(RolloverStep step)
{
    switch (step) {
    case RolloverStep::None:
    case RolloverStep::WaitForCaches: // these four need more than one look (dane/rollover.h)
    case RolloverStep::VerifyAll:
    case RolloverStep::Done:
    case RolloverStep::Broken:
        break;
    case RolloverStep::PublishNext:
        return text(QT_TRANSLATE_NOOP("Text",
                                      "Next step: publish these records, and change the key not "
                                      "before two TTLs have passed.\n\n"));
    case RolloverStep::Switch:
        return text(QT_TRANSLATE_NOOP("Text",
                                      "Next step: the key can be changed once the records have "
                                      "stood for two TTLs.\n\n"));
    case RolloverStep::RemoveOld:
        return text(QT_TRANSLATE_NOOP("Text",
                                      "Next step: take the old record out, as every address "
                                      "shows the new key.\n\n"));
    }
    return {};
}

QJsonValue textOf(const QByteArray &octets)
{
    return QString::fromLatin1(octets);
}

QJsonArray recordArray(const QList<TlsaRecord> &records)
{
    QJsonArray array;
    for (const TlsaRecord &record : records)
        array.append(textOf(tlsaToText(record)));
    return array;
}

QString fromWord(SourceKey::From from)
{
    switch (from) {
    case SourceKey::From::Certificate:
        return QStringLiteral("certificate");
    case SourceKey::From::PublicKey:
        return QStringLiteral("public-key");
    case SourceKey::From::Request:
        return QStringLiteral("request");
    }
    return {};
}

QJsonObject keyJson(const TlsaMade &made, const SourceKey &key, const char *use)
{
    QJsonObject object{
            {QStringLiteral("use"), QLatin1String(use)},
            {QStringLiteral("from"), fromWord(key.from)},
            {QStringLiteral("kind"), key.kind},
            {QStringLiteral("fingerprint"), key.fingerprint},
            {QStringLiteral("names"), QJsonArray::fromStringList(key.names)},
            {QStringLiteral("addresses"), QJsonArray::fromStringList(addressesOf(made, key))}};
    if (key.hasCertificate()) {
        const Certificate &leaf = key.chain.constFirst();
        object.insert(QStringLiteral("issuer"), leaf.issuer);
        object.insert(QStringLiteral("notBefore"), leaf.notBefore.toString(Qt::ISODate));
        object.insert(QStringLiteral("notAfter"), leaf.notAfter.toString(Qt::ISODate));
    }
    return object;
}

QJsonObject recordJson(const MadeTlsa &made)
{
    return {{QStringLiteral("owner"), textOf(made.owner)},
            {QStringLiteral("data"), textOf(tlsaToText(made.record))},
            {QStringLiteral("why"), textOf(tlsaReasonName(made.why))},
            {QStringLiteral("kind"), made.of.kind},
            {QStringLiteral("fingerprint"), made.of.fingerprint},
            {QStringLiteral("line"), textOf(zoneLine(dnsRecord(made)))}};
}

} // namespace

QString tlsaKeysText(const TlsaMade &made)
{
    QString out;
    if (made.live) // first: what is missing decides how the rest is to be read
        out += unseenText(*made.live);
    out += keysText(made, text(QT_TRANSLATE_NOOP("Text", "Keys in use:")), made.current);
    out += keysText(made, text(QT_TRANSLATE_NOOP("Text", "Keys for later:")), made.next);
    if (!made.others.isEmpty())
        out += text(QT_TRANSLATE_NOOP(
                            "Text",
                            "Certificates in the files that belong to none of these keys: %1\n\n"))
                       .arg(made.others.size());
    return out + comparingText(made);
}

QString tlsaMadeText(const TlsaMade &made, RecordLines lines)
{
    const TlsaMaking &making = made.making;
    QString out = tlsaKeysText(made);
    if (lines == RecordLines::Shown)
        out += recordsText(making);
    out += setText(text(QT_TRANSLATE_NOOP("Text", "In the zone now, and right for a key in use:")),
                   making.alsoFit);
    out += setText(text(QT_TRANSLATE_NOOP("Text", "In the zone now, and right for no key:")),
                   making.superfluous);
    return out + stepText(making.step) + findingsText(made.findings);
}

QJsonObject tlsaMadeJson(const TlsaMade &made)
{
    QJsonArray keys, records, unseen;
    for (const SourceKey &key : made.current)
        keys.append(keyJson(made, key, "current"));
    for (const SourceKey &key : made.next)
        keys.append(keyJson(made, key, "next"));
    for (const MadeTlsa &record : made.making.records)
        records.append(recordJson(record));
    for (const UnseenKey &one : made.live ? made.live->unseen : QList<UnseenKey>())
        unseen.append(QJsonObject{{QStringLiteral("address"), address(one.address)},
                                  {QStringLiteral("why"), one.why}});
    const auto &published = made.published;
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-make/1")},
            {QStringLiteral("host"), textOf(made.host)},
            {QStringLiteral("port"), made.port},
            {QStringLiteral("owner"), textOf(tlsaOwner(made.host, made.port))},
            {QStringLiteral("source"),
             made.live ? QStringLiteral("server") : QStringLiteral("file")},
            {QStringLiteral("complete"), !made.live || made.live->isComplete()},
            {QStringLiteral("confirmed"), made.isConfirmed},
            {QStringLiteral("keys"), keys},
            {QStringLiteral("records"), records},
            {QStringLiteral("published"),
             published ? QJsonValue(recordArray(*published)) : QJsonValue()},
            {QStringLiteral("alsoFit"), recordArray(made.making.alsoFit)},
            {QStringLiteral("superfluous"), recordArray(made.making.superfluous)},
            {QStringLiteral("nextStep"), textOf(rolloverStepName(made.making.step))},
            {QStringLiteral("unseen"), unseen},
            {QStringLiteral("findings"), findingsJson(made.findings)}};
}
