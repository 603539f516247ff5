// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The help window: one text at a time, beside the window it belongs to. Its HTML comes from one template
// here; it loads and opens nothing.

#include <QDialog>

class QTextBrowser;
struct HelpText;

class HelpDialog : public QDialog
{
    Q_OBJECT
public:
    explicit HelpDialog(QWidget *parent);
    void explain(const HelpText &text);

private:
    QTextBrowser *m_view;
};
