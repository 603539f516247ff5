// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/tlsaconfirming.h"

KeyConfirmation confirmKeys(const QList<SourceKey> &keys, const QList<QByteArray> &expected)
{
    KeyConfirmation result;
    QStringList seen;
    QStringList wanted;
    for (const QByteArray &digest : expected)
        wanted.append(fingerprintText(digest));
    for (const SourceKey &key : keys) {
        const bool isKnown = wanted.contains(key.fingerprint);
        if (!isKnown && !wanted.isEmpty() && !seen.contains(key.fingerprint))
            result.issues.append({"DANE-29.other", Severity::Error, {key.fingerprint}});
        result.hasOther = result.hasOther || (!isKnown && !wanted.isEmpty());
        seen.append(key.fingerprint);
    }
    for (const QString &fingerprint : std::as_const(wanted)) {
        if (!seen.contains(fingerprint))
            result.issues.append({"DANE-29.missing", Severity::Unknown, {fingerprint}});
    }
    result.isConfirmed = !keys.isEmpty() && !wanted.isEmpty() && !result.hasOther;
    return result;
}
