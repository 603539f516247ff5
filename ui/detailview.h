// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The explanation of one finding: what was seen, why it matters, what to do. Its HTML comes from one
// template here with every text escaped; it opens no link and loads no picture (T-20).

#include "check/finding.h"

#include <QTextBrowser>

class DetailView : public QTextBrowser
{
    Q_OBJECT
public:
    explicit DetailView(QWidget *parent = nullptr);
    void explain(const Finding &finding);
    void say(const QString &title, const QString &text);

protected:
    QVariant loadResource(int type, const QUrl &name) override;
};

/// The same explanation as plain text, for the clipboard.
[[nodiscard]] QString plainExplanation(const Finding &finding);
