// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The certificate of one mail server's address, from the chain that the probe kept.

#include "check/judges.h"

void judgeServerCertificate(const Context &context, const MailHost &host, const AddressLook &look,
                            const QString &subject, Findings &findings);

/// Older than what senders that honour MTA-STS take (RFC 8461 7.2, RFC 8996).
[[nodiscard]] bool isOldTls(const QByteArray &protocol);
/// TLS-19: of a chain that is weak, the certificate that is; it may be an issuer.
[[nodiscard]] Certificate weakestOf(const TlsFacts &tls);
/// Sooner than two weeks, or than a third of the lifetime where that is less (STS-92, TLS-18).
[[nodiscard]] bool endsSoon(const Certificate &certificate, const QDateTime &now);
