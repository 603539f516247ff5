// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window says about tokens and about publishing. Pure.

#include "publisher.h"

#include <QLocale>

struct PublishWords
{
    Severity severity = Severity::Unknown;
    QString text;
};

/// As the service calls itself.
[[nodiscard]] QString serviceName(const Account &account);
/// Whose the name servers of the domain are.
[[nodiscard]] QString nameServerText(const Survey &survey);
/// How a tested token is; `zone` is the domain it was tested for.
[[nodiscard]] PublishWords tokenWords(const Publisher::Tested &tested, const DomainName &domain,
                                      const QLocale &locale);
/// What a token of this service has to be allowed, line by line, as the service names it.
[[nodiscard]] QString permissionText(const ProviderInfo &service, bool withHost);

/// `changes`: those that write something.
[[nodiscard]] QString planTitle(const Publisher::Prepared &prepared, int changes);
/// Why nothing may be deleted yet, for step Wait.
[[nodiscard]] PublishWords waitWords(const Removal &removal);
/// Why it cannot be carried out as it is, or that nothing is to do; empty where it can.
[[nodiscard]] PublishWords planWords(const Publisher::Prepared &prepared);
[[nodiscard]] QString stepWord(PushEvent::Step step, const Plan &plan);
/// While it is carried out.
[[nodiscard]] QString workTitle(const Publisher::Prepared &prepared);
/// How far it came: the title, and what it means for mail and what to do.
[[nodiscard]] QString outcomeTitle(const Publisher::Done &done,
                                   const Publisher::Prepared &prepared);
[[nodiscard]] PublishWords outcomeWords(const Publisher::Done &done,
                                        const Publisher::Prepared &prepared);
