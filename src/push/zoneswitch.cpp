// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/zoneswitch.h"

#include "base/printable.h"
#include "check/words.h"

#include <QtGlobal>

namespace {

using Signing = TokenFacts::Signing;

bool isOn(const ZoneSigningState &state)
{
    return state.state == Signing::On || state.state == Signing::Pending;
}

Error refused(QString what)
{
    return {Error::Kind::Refused, std::move(what), {}};
}

} // namespace

std::optional<Error> whyNotSwitchedOn(const Zone &zone, const ZoneSigningState &state)
{
    if (isOn(state))
        return std::nullopt;
    if (state.state != Signing::Off)
        return refused(QLatin1String(QT_TRANSLATE_NOOP(
                "Error", "how the service signs the zone is not known; look at it in its panel")));
    if (zone.obstacle.isEmpty())
        return std::nullopt;
    const QString name = printable(zone.name);
    return refused(
            wordsFor(toFinding({zone.obstacle, Severity::Error, {name}}, Group::Dane, name)).title);
}

Result<ZoneSigningState> switchedOn(ZoneSigning &signing, const Zone &zone,
                                    const ZoneSigningState &state, const Cancel &cancel)
{
    if (isOn(state))
        return state;
    if (const auto why = whyNotSwitchedOn(zone, state))
        return tl::unexpected(*why);
    if (const auto done = signing.switchOn(zone, cancel); !done)
        return tl::unexpected(done.error());
    auto after = signing.look(zone, cancel);
    if (after && !isOn(*after))
        return tl::unexpected(refused(QLatin1String(
                QT_TRANSLATE_NOOP("Error", "the service said yes, and the zone is not signed"))));
    return after;
}
