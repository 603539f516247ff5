// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way to the later pages of the assistant.

#include "windowtest.h"

/// From the start page to Hosting, everything as it was proposed.
inline void walkToHosting(const WindowTest &test, const QString &domain)
{
    test.type("domainEdit", domain);
    test.press("setupButton");
    QTRY_VERIFY(test.window->session().survey().finished && test.isIdle());
    for (int i = 0; i < 3; ++i)
        test.press("nextButton");
    QVERIFY(test.isShown("manualButton"));
}

/// And on to Review, when it has compared.
inline void walkToReview(const WindowTest &test, const QString &domain,
                         const char *hosting = "manualButton")
{
    walkToHosting(test, domain);
    test.press(hosting);
    QTRY_VERIFY(test.isShown("planView") && test.isIdle());
}
