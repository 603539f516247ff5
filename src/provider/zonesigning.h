// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door to the signing of a zone at the service that serves it (DANE-34: before any TLSA record). Blocking;
// ends within seconds of `cancel`. Errors are those of provider.h; nothing that comes from here holds the token.

#include "dns/delegationsigner.h"
#include "provider/provider.h"

/// A key that the parent is to vouch for, as the service tells it.
struct SigningKey
{
    DnskeyRecord key;
    QList<DsRecord> ds; // what the service says is to stand at the parent
};

struct ZoneSigningState
{
    /// Pending: signed, and the service knows that the parent does not say so. On: signed; whether the parent
    /// says so is asked there (push/zonedelegation.h).
    TokenFacts::Signing state = TokenFacts::Signing::Unknown;
    QList<SigningKey> keys;
};

class ZoneSigning
{
public:
    virtual ~ZoneSigning() = default;
    [[nodiscard]] virtual Result<ZoneSigningState> look(const Zone &zone, const Cancel &cancel) = 0;
    /// Twice is once. Nothing changes for anybody who resolves the domain until its DS stands at the parent.
    /// An Error but Refused and NotFound: look() tells what is so.
    [[nodiscard]] virtual Result<void> switchOn(const Zone &zone, const Cancel &cancel) = 0;
};

/// What is to stand at the parent: of the service's DS records those with SHA-256, else SHA-384; made here where
/// it names none. Refused where one of them fits none of the service's own keys: then none is to be copied.
[[nodiscard]] Result<QList<DsRecord>> dsForParent(const QByteArray &zone,
                                                  const ZoneSigningState &state);
