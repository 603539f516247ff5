// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one key of a practice zone: ECDSA P-256 (algorithm 13), made at start, never written anywhere.

#include "base/error.h"
#include "practice/ldnsowner.h"

class SigningKey
{
public:
    /// `zone`: absolute. Unexpected when the library makes no key; Malformed when it is no name.
    [[nodiscard]] static Result<SigningKey> make(const QByteArray &zone);

    [[nodiscard]] LdnsRecord record() const; // DNSKEY, TTL 0
    [[nodiscard]] LdnsRecord digest() const; // DS of it, SHA-256, TTL 0
    /// Not const to ldns: signing marks the key as used and sets its times. One thread at a time.
    [[nodiscard]] ldns_key_list *list() const { return m_list.get(); }

private:
    std::unique_ptr<ldns_key_list, LdnsFree> m_list;
};
