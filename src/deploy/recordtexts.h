// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The records of a deployment as text, for spreadsheets and for DNS panels. Pure.

#include "deploy/deployment.h"

[[nodiscard]] QByteArray recordsCsv(const Deployment &deployment);
[[nodiscard]] QByteArray recordsTable(const Deployment &deployment);
