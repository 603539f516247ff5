// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/tlsaconfirming.h"

#include <algorithm>

namespace {

bool hasKey(const QList<SourceKey> &keys, const SourceKey &key)
{
    return std::any_of(keys.begin(), keys.end(),
                       [&](const SourceKey &other) { return other.publicKey == key.publicKey; });
}

} // namespace

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

KeyConfirmation confirmKeys(const QList<SourceKey> &shown, const KnownKeys &known,
                            const QList<SourceKey> &all)
{
    QList<QByteArray> expected = known.expected;
    QList<SourceKey> unseen;
    for (const SourceKey &key : known.inFiles) {
        const bool isElsewhere = !hasKey(shown, key) && hasKey(all, key);
        // Of a server that shows nothing nobody knows which of them it has.
        if (!hasKey(shown, key) && (!isElsewhere || shown.isEmpty()))
            unseen.append(key);
        if (!hasKey(shown + all, key))
            expected.append(*digestFromText(key.fingerprint));
    }
    for (const SourceKey &key : shown + all) {
        if (hasKey(known.inFiles, key)) // as it is shown: it may have been renewed
            expected.append(*digestFromText(key.fingerprint));
    }
    KeyConfirmation result = confirmKeys(shown, expected);
    const QList<Issue> missing = confirmKeys(all, expected).issues;
    result.issues.removeIf([&](const Issue &issue) {
        return issue.id == "DANE-29.missing" && !missing.contains(issue);
    });
    result.unseen = unseen;
    result.isConfirmed = result.isConfirmed || (shown.isEmpty() && !known.inFiles.isEmpty());
    return result;
}
