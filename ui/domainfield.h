// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One line for a mail domain in whatever form people type it, with what is wrong or meant below.

#include "mail/domainname.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

class DomainField : public QWidget
{
    Q_OBJECT
public:
    explicit DomainField(QWidget *parent = nullptr);
    /// The domain to go on with. Nothing when it was refused or must be asked about first: the line
    /// below says so then. Asked a second time with the same text, the answer is yes.
    [[nodiscard]] std::optional<DomainName> take();
    /// As take(), without a word and without asking: for looking up while the user still types.
    [[nodiscard]] std::optional<DomainName> peek() const;
    void show(const DomainName &domain);
    void
    placeBeside(QWidget *button); // on the line of the edit; what is said below has all the width
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void edited();    // the user changed the text
    void confirmed(); // Enter, or the suggestion was taken

private:
    void tell(const QString &message, const DomainName &suggestion = {});
    QHBoxLayout *m_line;
    QLineEdit *m_edit;
    QLabel *m_message;
    QPushButton *m_suggestion;
    DomainName m_suggested;
    QString m_askedAbout;
};
