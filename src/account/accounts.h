// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// For which services a token is in the key store: a plain file without any secret, because a key store
// cannot be asked what it holds.

#include "base/error.h"

#include <QDateTime>
#include <QList>

struct Account
{
    QByteArray provider; // id of its row in the catalogue
    QString address;     // as in --provider-url; empty where it is known
    QString label;       // tells several of one service apart; may be empty
    QDateTime keptAt;    // UTC
    [[nodiscard]] bool isFor(const Account &other) const
    {
        return provider == other.provider && address == other.address && label == other.label;
    }
    friend bool operator==(const Account &, const Account &) = default;
};

/// Its name in the key store: "powerdns:http://127.0.0.1:8081#work".
[[nodiscard]] QString keyName(const Account &account);

class AccountList
{
public:
    explicit AccountList(const QString &folder);
    /// A file that is not there yet is empty. Malformed when it cannot be understood.
    [[nodiscard]] Result<QList<Account>> load() const;
    /// Replaces the one that isFor() the same.
    [[nodiscard]] Result<void> add(const Account &account) const;
    [[nodiscard]] Result<void> remove(const Account &account) const;

private:
    [[nodiscard]] Result<void> save(const QList<Account> &accounts) const;
    QString m_path;
};
