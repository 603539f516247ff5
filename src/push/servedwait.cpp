// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/servedwait.h"

#include "base/pause.h"

namespace {

Result<void> tried(const QByteArray &text, const Result<QByteArray> &served)
{
    if (!served)
        return tl::unexpected(served.error());
    if (*served != text)
        return failed(Error::Kind::Refused,
                      QStringLiteral("another policy is served than the one that the records would "
                                     "announce"));
    return {};
}

} // namespace

Result<void> waitUntilServed(const QByteArray &text,
                             const std::function<Result<QByteArray>(const Cancel &)> &servedPolicy,
                             const ServedWait &wait, const Cancel &cancel,
                             const std::function<void(const QString &)> &onWait)
{
    const auto stopped = [] { return failed(Error::Kind::Cancelled, QStringLiteral("stopped")); };
    const QDeadlineTimer end(wait.totalMs);
    // Who asks before the name is known may be told for a while that there is none (RFC 2308 5).
    if (wait.isNew && !pauseFor(wait.firstMs, cancel))
        return stopped();
    int right = 0;
    for (int tries = 1;; ++tries) {
        const Result<void> now = tried(text, servedPolicy(cancel));
        if (cancel.isCancelled())
            return stopped();
        right = now ? right + 1 : 0;
        if (right >= wait.inARow)
            return {};
        if (wait.totalMs == 0)
            return now;
        if (end.hasExpired())
            return failed(
                    Error::Kind::Timeout,
                    QStringLiteral("senders do not get the policy file yet; push again later"),
                    now ? QString() : now.error().what);
        onWait(now ? QString() : now.error().what);
        if (!pauseFor(right > 0 || tries == 1 ? wait.firstMs : wait.laterMs, cancel))
            return stopped();
    }
}
