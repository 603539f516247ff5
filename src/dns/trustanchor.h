// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The keys that validation starts from: DS or DNSKEY records, normally of the root.

#include "base/error.h"

#include <QByteArray>
#include <QList>

/// DS and DNSKEY records of a zone file or of an RFC 5011 state file, one line each, as libunbound
/// takes them. Records of other types, revoked keys and keys not yet trusted are left out.
[[nodiscard]] QList<QByteArray> readTrustAnchors(const QByteArray &text);

/// Of the file where one is named, else of the system's root key, else the ones shipped.
[[nodiscard]] Result<QList<QByteArray>> trustAnchors(const QString &file);
[[nodiscard]] QList<QByteArray> shippedTrustAnchors(); // of the root
