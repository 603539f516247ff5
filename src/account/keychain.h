// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tokens and keys that are to be kept: in the key store of this computer (Secret Service, KWallet, Windows,
// macOS) and nowhere else, never in a file of ours (T-1). A key store may ask for its own password, which
// takes as long as it takes: `done` is called once, in the calling thread, from its event loop; not at all
// when `context` has gone by then.
//
// NotFound: nothing is kept under this name. Refused: the key store stayed locked. Unexpected: this computer
// offers no key store to programs, or it failed; its own words are in `detail`.

#include "base/error.h"
#include "base/secret.h"

#include <functional>

class QObject;

namespace Keychain {
void read(const QString &name, QObject *context, std::function<void(Result<Secret>)> done);
void keep(const QString &name, const Secret &secret, QObject *context,
          std::function<void(Result<void>)> done);
/// What is not kept is forgotten already.
void forget(const QString &name, QObject *context, std::function<void(Result<void>)> done);

/// For a program without a window: these wait, in the main thread.
[[nodiscard]] Result<Secret> readNow(const QString &name);
[[nodiscard]] Result<void> keepNow(const QString &name, const Secret &secret);
[[nodiscard]] Result<void> forgetNow(const QString &name);
} // namespace Keychain
