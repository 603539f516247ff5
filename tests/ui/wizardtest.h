// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Steps through the assistant, for the tests of its pages.

#include "windowtest.h"

struct WizardTest : WindowTest
{
    using WindowTest::WindowTest;
    /// The domain page, with everything looked at that the domain has.
    void lookAt(const QString &domain) const
    {
        type("domainEdit", domain);
        press("setupButton");
        QTRY_VERIFY(isIdle());
    }
    void goTo(const QString &domain, int step) const
    {
        lookAt(domain);
        for (int i = 0; i < step; ++i)
            press("nextButton");
    }
    /// As if earlier checks had seen it.
    void remember(const KeptDomain &kept) const
    {
        window->keptDomains().change(window->session().domain(),
                                     [kept](const KeptDomain &) { return kept; });
    }
    [[nodiscard]] QStringList advice() const
    {
        QStringList all;
        const auto labels = window->findChildren<QLabel *>(QStringLiteral("adviceText"));
        for (const QLabel *label : labels)
            if (label->isVisibleTo(window.get()))
                all << label->text();
        return all;
    }
    [[nodiscard]] bool isAdvised(const char *part) const
    {
        return advice().join(QLatin1Char('\n')).contains(QLatin1String(part));
    }
    [[nodiscard]] QString cell(const char *view, int row, int column,
                               int role = Qt::DisplayRole) const
    {
        const auto *model = find<QTreeView>(view)->model();
        return model->index(row, column).data(role).toString();
    }
    [[nodiscard]] int rows(const char *view) const
    {
        return find<QTreeView>(view)->model()->rowCount();
    }
    [[nodiscard]] const Choices &choices() const { return window->session().choices(); }
    [[nodiscard]] QByteArrayList mx() const
    {
        QByteArrayList texts;
        for (const MxPattern &pattern : choices().mx)
            texts << pattern.text();
        return texts;
    }
    void activate() const
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
};
