// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/accounts.h"

#include "base/printable.h"
#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace {

constexpr qint64 LongestFile = 262144;
constexpr char Schema[] = "mta-sts-accounts/1";

QJsonObject json(const Account &account)
{
    return {{QStringLiteral("provider"), QString::fromLatin1(account.provider)},
            {QStringLiteral("address"), account.address},
            {QStringLiteral("label"), account.label},
            {QStringLiteral("keptAt"), account.keptAt.toUTC().toString(Qt::ISODate)}};
}

Account accountFrom(const QJsonValue &value)
{
    return {value[QLatin1String("provider")].toString().toLatin1(),
            value[QLatin1String("address")].toString(), value[QLatin1String("label")].toString(),
            QDateTime::fromString(value[QLatin1String("keptAt")].toString(), Qt::ISODate)};
}

Error unwritten(const QSaveFile &file)
{
    return {Error::Kind::Refused, QStringLiteral("the list of accounts could not be written"),
            printable(file.fileName() + QStringLiteral(": ") + file.errorString())};
}

} // namespace

QString keyName(const Account &account)
{
    QString name = QString::fromLatin1(account.provider) + QLatin1Char(':') + account.address;
    if (!account.label.isEmpty())
        name += QLatin1Char('#') + account.label;
    return name;
}

AccountList::AccountList(const QString &folder)
    : m_path(QDir(folder).filePath(QStringLiteral("accounts.json")))
{
}

Result<QList<Account>> AccountList::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return QList<Account>();
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::Refused, QStringLiteral("the list of accounts cannot be read"),
                      printable(file.errorString()));
    const QJsonObject all = QJsonDocument::fromJson(file.read(LongestFile)).object();
    if (all[QLatin1String("schema")].toString() != QLatin1String(Schema))
        return failed(Error::Kind::Malformed,
                      QStringLiteral("%1 is no list of accounts of this version").arg(m_path));
    QList<Account> accounts;
    for (const QJsonValue value : all[QLatin1String("accounts")].toArray())
        accounts.append(accountFrom(value));
    return accounts;
}

Result<void> AccountList::save(const QList<Account> &accounts) const
{
    QJsonArray array;
    for (const Account &account : accounts)
        array.append(json(account));
    QSaveFile file(m_path);
    if (!QDir().mkpath(QFileInfo(m_path).path()) || !file.open(QIODevice::WriteOnly))
        return tl::unexpected(unwritten(file));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Result<void> written = writeAll(
            file, QJsonDocument(QJsonObject{{QStringLiteral("schema"), QLatin1String(Schema)},
                                            {QStringLiteral("accounts"), array}})
                          .toJson());
    if (!written)
        return written;
    if (!file.commit())
        return tl::unexpected(unwritten(file));
    return {};
}

Result<void> AccountList::add(const Account &account) const
{
    Result<QList<Account>> accounts = load();
    if (!accounts)
        return tl::unexpected(accounts.error());
    accounts->removeIf([&](const Account &other) { return other.isFor(account); });
    accounts->append(account);
    return save(*accounts);
}

Result<void> AccountList::remove(const Account &account) const
{
    Result<QList<Account>> accounts = load();
    if (!accounts)
        return tl::unexpected(accounts.error());
    accounts->removeIf([&](const Account &other) { return other.isFor(account); });
    return save(*accounts);
}
