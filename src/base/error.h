// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What every fallible function returns. An Error means: there is no answer. An answer that is bad
// (NXDOMAIN, a 404, a wrong certificate) is a value, never an Error.

#include <QString>

#include <tl/expected.hpp>

struct Error
{
    enum class Kind {
        Network,    // the connection failed or was cut
        Timeout,    // a deadline passed
        Refused,    // the peer or a guard of ours said no
        NotFound,   // what was asked for does not exist
        Malformed,  // the peer's octets are not what the standard allows, or over a limit
        Cancelled,  // the user or the owner of the job stopped it
        Unexpected, // a fault of ours or of a library
    };
    Kind kind = Kind::Unexpected;
    QString what; // one technical phrase, printable, in English: ui/texts.h phrase() translates it
    QString detail; // what was seen, printable; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failed(Error::Kind kind, QString what,
                                                  QString detail = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(what), std::move(detail)});
}
