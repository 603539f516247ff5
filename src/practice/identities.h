// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every key and certificate of a practice world, made when a scene asks for it first. The same for the same:
// what is changed elsewhere in a scene must not look like a change of keys.

#include "practice/authority.h"
#include "practice/scene.h"
#include "practice/tlsanswer.h"

#include <map>
#include <optional>
#include <tuple>

namespace Practice {

class Identities
{
public:
    /// Unexpected when OpenSSL refuses, here and below.
    [[nodiscard]] static Result<Identities> make();
    [[nodiscard]] QByteArray root() const { return m_authority.root(); } // PEM

    [[nodiscard]] Result<ServerTls> tlsOf(const PolicyServer &host);
    [[nodiscard]] Result<ServerTls> tlsOf(const MailServer &server);
    /// So far the clock of whoever practises was turned forward: with time every certificate is another,
    /// good now and then.
    void setAhead(qint64 seconds);

    /// A TLSA record of the server in presentation form.
    [[nodiscard]] Result<QByteArray> tlsaOf(const MailServer &server, const TlsaWish &wish);

private:
    explicit Identities(PracticeAuthority authority)
        : m_authority(std::move(authority))
    {
    }
    Result<const PracticeAuthority *> authorityFor(CertificateFault fault);
    Result<const PracticeIdentity *> identity(const QByteArray &name, CertificateFault fault,
                                              PracticeKey key = PracticeKey::P256);
    Result<QByteArray> chain(const PracticeIdentity &leaf, CertificateFault fault);
    Result<ServerTls> tls(const QByteArray &name, CertificateFault certificate, TlsFault fault);

    PracticeAuthority m_authority;
    std::optional<PracticeAuthority> m_stranger, m_weak;
    qint64 m_aheadSeconds = 0;
    std::map<std::tuple<QByteArray, CertificateFault, PracticeKey>, PracticeIdentity> m_known;
};

} // namespace Practice
