// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the practice service answers: the envelope of Cloudflare's API, its refusals, its identifiers.

#include "practice/httpexchange.h"

#include <QJsonArray>
#include <QJsonObject>

#include <tl/expected.hpp>

/// Why the service says no, in the words of Cloudflare.
struct ServiceRefusal
{
    int status; // of HTTP
    int code;
    const char *message;
    int causeCode = 0; // 0: there is no cause behind it
    const char *cause = "";
};
template <class T>
using ServiceAnswer = tl::expected<T, ServiceRefusal>;

[[nodiscard]] tl::unexpected<ServiceRefusal> serviceRefusal(int status, int code,
                                                            const char *message);
/// What the service calls a thing: 32 hexadecimal digits, always the same for one text.
[[nodiscard]] QString serviceId(const QByteArray &text);

/// The envelope in which Cloudflare answers. `info`: what a list says of its pages.
[[nodiscard]] HttpReply serviceReply(const QJsonValue &result, const QJsonObject &info = {});
[[nodiscard]] HttpReply serviceReply(const ServiceRefusal &refusal);
