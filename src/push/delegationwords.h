// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What to do for a zone to be signed and believed, as text, for both faces.

#include "provider/catalogue.h"
#include "push/zonedelegation.h"

/// What is to be entered at the registrar, in the forms that registrars ask for; empty where nothing is.
[[nodiscard]] QString wishText(const ParentWish &wish);
/// What to do at the service whose servers these are, or with a name server of one's own; empty where it is not
/// known.
[[nodiscard]] QStringList signingSteps(const QList<QByteArray> &nameServers,
                                       const ProviderInfo *info);
