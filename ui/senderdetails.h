// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All that is known of one sender, line by line, as plain text.

#include "check/senders.h"

[[nodiscard]] QString senderDetails(const SenderView &view);
