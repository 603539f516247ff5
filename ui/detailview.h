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
    /// `senders`: what they do because of it; may be empty.
    void explain(const Finding &finding, const QString &senders = {});
    void say(const QString &title, const QString &text);
    /// What was seen did not fit: explain() left out its end.
    [[nodiscard]] bool isElided() const { return m_isElided; }

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    QString m_shown; // the page of explain(); empty: something else is shown
    bool m_isElided = false;
};

/// The same explanation as plain text, for the clipboard.
[[nodiscard]] QString plainExplanation(const Finding &finding);
