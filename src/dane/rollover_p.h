// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How one look at name servers and addresses is read against the two keys. Private to rollover*.cpp.

#include "dane/rollover.h"

namespace Rollover {

/// Which of the two keys is shown. Stays: neither, but one that the change leaves alone.
enum class Shows { Unknown, Old, Next, Both, Other, Stays };

[[nodiscard]] bool hasError(const QList<Issue> &issues, const char *id);
/// All records of the next key, and none hidden from some senders.
[[nodiscard]] bool coversNext(const KeptRollover &kept, const QList<TlsaRecord> &set);
[[nodiscard]] Shows keyOf(const KeptRollover &kept, const QList<Certificate> &chain);
[[nodiscard]] Shows shownAt(const KeptRollover &kept, const SeenAddress &seen);
[[nodiscard]] bool isUnseen(const SeenAddress &seen);
[[nodiscard]] bool anyShows(const KeptRollover &kept, const RolloverSight &seen,
                            const QList<Shows> &keys);
/// At some address one chain is of this key, whatever else is shown or unseen there.
[[nodiscard]] bool anyChain(const KeptRollover &kept, const RolloverSight &seen, Shows key);
/// Every name server answered, and the set validates.
[[nodiscard]] bool areServersKnown(const RolloverSight &seen);

} // namespace Rollover
