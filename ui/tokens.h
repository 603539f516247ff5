// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tokens and keys of this computer's user: which there are (a file without secrets), and the secrets
// themselves, in the key store or for this run only.

#include "publishdoors.h"

#include <QObject>

#include <map>
#include <utility>

class Tokens : public QObject
{
    Q_OBJECT
public:
    Tokens(const QString &folder, KeyStore keys, QObject *parent = nullptr);
    void setKeys(KeyStore keys) { m_keys = std::move(keys); }
    /// Kept ones and those of this run; read from the file on first use.
    [[nodiscard]] QList<Account> accounts();
    [[nodiscard]] bool isOfThisRun(const Account &account) const;
    /// Whether the list of kept ones could not be read; printable.
    [[nodiscard]] QString problem() const { return m_problem; }

    /// Asks the key store where this run does not hold it. got() follows.
    void fetch(const Account &account);
    void holdForThisRun(const Account &account, const Secret &secret);
    [[nodiscard]] Result<Secret> takeFetched() { return std::move(m_fetched); }
    /// kept() follows; whatever comes of it, this run holds it.
    void keep(const Account &account, const Secret &secret);
    /// forgot() follows.
    void forget(const Account &account);
    /// Of what ended last.
    [[nodiscard]] const Result<void> &result() const { return m_result; }

Q_SIGNALS:
    void got();     // takeFetched()
    void kept();    // result()
    void forgot();  // result()
    void changed(); // accounts()

private:
    void load();

    AccountList m_list;
    KeyStore m_keys;
    QList<Account> m_accounts;
    bool m_isLoaded = false;
    Result<Secret> m_fetched;
    Result<void> m_result;
    QString m_problem;
    std::map<QString, Secret> m_held; // by keyName()
};
