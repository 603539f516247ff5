// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words of a chain of trust: of each link its kind, its state and one sentence, and one sentence of
// the whole. `direction` is that of the text: names in it keep theirs.

#include "check/trustchain.h"

[[nodiscard]] QString trustKindText(TrustLink::Kind kind); // "Top level"
/// "Zone example.com"; the name alone tells nothing of the root.
[[nodiscard]] QString trustLinkText(const TrustLink &link,
                                    Qt::LayoutDirection direction = Qt::LeftToRight);
[[nodiscard]] QString trustStateText(const TrustLink &link); // "Not signed"
[[nodiscard]] QString trustSentence(const TrustLink &link,
                                    Qt::LayoutDirection direction = Qt::LeftToRight);
/// "The chain breaks at Zone example.com."
[[nodiscard]] QString trustHeadline(const TrustChain &chain,
                                    Qt::LayoutDirection direction = Qt::LeftToRight);
/// The same with the sentence of the link where it breaks.
[[nodiscard]] QString trustSummary(const TrustChain &chain,
                                   Qt::LayoutDirection direction = Qt::LeftToRight);
