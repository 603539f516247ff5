// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One thing to publish in the preview: what it is, the difference to what is live, and copy buttons.

#include "draft.h"

#include <QFrame>

class QPlainTextEdit;

class PreviewItem : public QFrame
{
    Q_OBJECT
public:
    PreviewItem(const PreviewPart &part, int number, QWidget *parent);
    [[nodiscard]] static QString kindWord(PreviewPart::Kind kind);

Q_SIGNALS:
    void copied(const QString &what);

private:
    void addCopyButton(const QString &text, const QString &name, const QString &objectName,
                       const QByteArray &content);
    void showDifference(const PreviewPart &part, const QString &name);
};
