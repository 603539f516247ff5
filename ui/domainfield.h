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
    /// As the DNS writes it. A field that explains says below what is special about the name.
    void show(const DomainName &domain);
    /// Any text: it stays as it was typed, and nothing is said about it yet.
    void showTyped(const QString &text);
    /// The text is the user's: changed since the last show() or take() that gave a domain, not empty.
    [[nodiscard]] bool isTyped() const;
    /// What is typed is this domain, in whatever form. Nothing typed is no domain.
    [[nodiscard]] bool holds(const DomainName &domain) const;
    /// Of names that are taken it says too what was made of them: only the domain of an address, both
    /// forms of an international name, a subdomain with its parent offered (NAME-3..5, 10, 13).
    void setExplaining(bool explains) { m_explains = explains; }
    /// Says so while the user still types; nothing about text that is not a name yet.
    void explainQuietly();
    void
    placeBeside(QWidget *button); // on the line of the edit; what is said below has all the width
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void edited();    // the user changed the text
    void confirmed(); // Enter, or the suggestion was taken

private:
    void tell(const QString &message, const DomainName &suggestion = {});
    void explain(const TypedDomain &read);
    QHBoxLayout *m_line;
    QLineEdit *m_edit;
    QLabel *m_message;
    QPushButton *m_suggestion;
    DomainName m_suggested;
    QString m_askedAbout;
    bool m_explains = false;
    bool m_isTyped = false;
};
