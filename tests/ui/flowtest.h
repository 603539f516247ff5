// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way to the later pages of the assistant.

#include "windowtest.h"

#include <QComboBox>

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

/// On to the page that asks for the DNS service.
inline void walkToService(const WindowTest &test, const QString &domain,
                          const char *hosting = "manualButton")
{
    walkToHosting(test, domain);
    test.press(hosting);
    QVERIFY(test.isShown("serviceCombo"));
}

/// By hand, and on to Review, when it has compared.
inline void walkToReview(const WindowTest &test, const QString &domain,
                         const char *hosting = "manualButton")
{
    walkToService(test, domain, hosting);
    auto *combo = test.find<QComboBox>("serviceCombo");
    combo->setCurrentIndex(combo->count() - 1);
    Q_EMIT combo->activated(combo->currentIndex());
    test.press("nextButton");
    QTRY_VERIFY(test.isShown("planView") && test.isIdle());
}
