// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens.h"

#include "base/nocoredump.h"

#include <algorithm>

Tokens::Tokens(const QString &folder, KeyStore keys, QObject *parent)
    : QObject(parent)
    , m_list(folder)
    , m_keys(std::move(keys))
{
}

void Tokens::load()
{
    if (std::exchange(m_isLoaded, true))
        return;
    Result<QList<Account>> all = m_list.load();
    if (all)
        m_accounts = *all + m_accounts;
    else
        m_problem = all.error().what;
}

QList<Account> Tokens::accounts()
{
    load();
    return m_accounts;
}

bool Tokens::isOfThisRun(const Account &account) const
{
    return m_held.contains(keyName(account));
}

void Tokens::fetch(const Account &account)
{
    forbidCoreDumps();
    const auto held = m_held.find(keyName(account));
    if (held != m_held.end()) {
        m_fetched = held->second.copy();
        Q_EMIT got();
        return;
    }
    m_keys.read(keyName(account), this, [this](Result<Secret> secret) {
        m_fetched = std::move(secret);
        Q_EMIT got();
    });
}

void Tokens::holdForThisRun(const Account &account, const Secret &secret)
{
    load();
    m_held.insert_or_assign(keyName(account), secret.copy());
    m_accounts.removeIf([&](const Account &one) { return one.isFor(account); });
    m_accounts.append(account);
    Q_EMIT changed();
}

void Tokens::keep(const Account &account, const Secret &secret)
{
    holdForThisRun(account, secret);
    m_keys.keep(keyName(account), secret, this, [this, account](Result<void> result) {
        if (result) {
            result = m_list.add(account);
            if (!result) // what is in no list could not be found again
                m_keys.forget(keyName(account), this, [](const Result<void> &) {});
        }
        if (result)
            m_held.erase(keyName(account));
        m_result = result;
        Q_EMIT kept();
        Q_EMIT changed();
    });
}

void Tokens::forget(const Account &account)
{
    load();
    m_held.erase(keyName(account));
    m_keys.forget(keyName(account), this, [this, account](Result<void> result) {
        if (result)
            result = m_list.remove(account);
        if (result)
            m_accounts.removeIf([&](const Account &one) { return one.isFor(account); });
        m_result = result;
        Q_EMIT forgot();
        Q_EMIT changed();
    });
}
