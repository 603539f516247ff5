// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The TLSA records at one name, for who publishes there, and whether any sender would believe them.

#include "base/severity.h"
#include "dns/resolver.h"
#include "mail/tlsarecord.h"

#include <optional>

struct PublishedTlsa
{
    std::optional<QList<TlsaRecord>> records; // nothing: not known
    bool isAlias = false; // they stand elsewhere, and an alias at this name leads there
    QList<Issue> issues;  // DNS-1, DANE-1, 2, 5, 10
};

/// Blocking: one or two questions. `owner` as tlsaOwner() makes it; `host` for the sentences.
[[nodiscard]] PublishedTlsa publishedTlsa(const QByteArray &owner, const QByteArray &host,
                                          Resolver &validating, const Cancel &cancel);

/// People type their mail domain, whose own addresses are often those of the web server: DANE-42.domain with
/// the names of its mail servers. Blocking: one question.
[[nodiscard]] QList<Issue> mailDomainIssues(const QByteArray &host, Resolver &validating,
                                            const Cancel &cancel);
