// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small things every form needs: plain labels, titles, results as word and icon, names that keep their
// direction.

#include "base/error.h"
#include "check/words.h"

#include <QIcon>
#include <QString>

class QHeaderView;
class QWidget;

/// After setupUi(): every label plain, the title large, Enter presses the button that has the focus.
void prepareForm(QWidget *form);
/// A technical word inside a sentence keeps its direction in right-to-left languages.
[[nodiscard]] QString isolated(const QString &word);

/// Sentences side by side; one without a full stop gets it.
[[nodiscard]] QString joined(const QStringList &sentences);

/// What failed, in the user's language where the words are ours (QT_TRANSLATE_NOOP("Error", …)); the
/// system's own words stay as they are.
[[nodiscard]] QString phrase(const Error &error);

/// An issue as text: its title, and what to do about it.
[[nodiscard]] QString issueText(const Issue &issue);

[[nodiscard]] QIcon resultIcon(Severity severity); // made once, on first use
[[nodiscard]] QIcon waitingIcon();
/// No column is ever narrower than the widest heading; rather the list scrolls sideways.
void showHeadings(QHeaderView *header);
/// Tells screen readers that the text of this widget has changed.
void announce(QWidget *widget);
