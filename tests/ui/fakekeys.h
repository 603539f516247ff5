// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keys of mail servers in a world of data: the same key for a name each time, with a real certificate.

#include "net/certificate.h"

#include <QByteArray>
#include <QList>

/// Leaf and issuer, of a P-256 key.
[[nodiscard]] QList<Certificate> fakeChain(const QByteArray &host);
/// The leaf as PEM, as it lies on the server.
[[nodiscard]] QByteArray fakeCertificateFile(const QByteArray &host);
