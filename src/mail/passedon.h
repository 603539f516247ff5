// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A policy file that is not written here but fetched from somebody else, each time that a sender asks. It
// stands where the text of a policy does; no policy starts like it (RFC 8461 3.2: "version").

#include <QByteArray>

/// What to serve for the file of another domain: its address.
[[nodiscard]] QByteArray policyPassedOn(const QByteArray &domain);
/// The domain whose file it is; empty for the text of a policy.
[[nodiscard]] QByteArray passedOnDomain(const QByteArray &text);
