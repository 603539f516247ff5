// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainfield.h"

#include "base/limits.h"
#include "plainlabel.h"
#include "texts.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

DomainField::DomainField(QWidget *parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_message(plainLabel({}, this))
    , m_suggestion(new QPushButton(this))
{
    m_edit->setObjectName(QStringLiteral("domainEdit"));
    m_edit->setAccessibleName(tr("Mail domain"));
    m_edit->setPlaceholderText(tr("example.org or you@example.org"));
    m_edit->setMaxLength(int(Limits::TypedText));
    m_edit->setLayoutDirection(Qt::LeftToRight);
    m_edit->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoAutoUppercase);
    m_message->setObjectName(QStringLiteral("messageLabel"));
    m_suggestion->setObjectName(QStringLiteral("suggestionButton"));
    m_suggestion->setAutoDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    m_line->addWidget(m_edit, 1);
    layout->addLayout(m_line);
    auto *below = new QHBoxLayout;
    below->addWidget(m_message, 1);
    below->addWidget(m_suggestion, 0, Qt::AlignTop);
    layout->addLayout(below);
    setFocusProxy(m_edit);
    tell({});
    // textChanged, not textEdited: assistive programs set the text.
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        tell({});
        m_askedAbout.clear();
        m_isTyped = true;
        Q_EMIT edited();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &DomainField::confirmed);
    connect(m_suggestion, &QPushButton::clicked, this, [this] {
        m_edit->setFocus();
        show(DomainName(m_suggested));
        Q_EMIT confirmed();
    });
}

std::optional<DomainName> DomainField::take()
{
    const QString typed = m_edit->text();
    const TypedDomain read = DomainName::parse(typed);
    if (read.outcome == TypedDomain::Outcome::Accept ||
        (read.outcome == TypedDomain::Outcome::Ask && typed == m_askedAbout)) {
        const QSignalBlocker quiet(m_edit);
        m_isTyped = false;
        if (m_explains)
            m_edit->setText(QString::fromLatin1(read.domain.ascii()));
        explain(read);
        return read.domain;
    }
    QStringList sentences;
    if (typed.trimmed().isEmpty())
        sentences << tr("Type your mail domain.");
    for (const Issue &issue : read.issues) {
        sentences << issueText(issue);
    }
    if (read.outcome == TypedDomain::Outcome::Ask) {
        m_askedAbout = typed;
        sentences << tr("To go on with %1, press the button again.")
                             .arg(isolated(read.domain.display()));
    }
    tell(joined(sentences), read.suggestion);
    m_edit->setFocus();
    return std::nullopt;
}

std::optional<DomainName> DomainField::peek() const
{
    const TypedDomain read = DomainName::parse(m_edit->text());
    if (read.outcome != TypedDomain::Outcome::Accept)
        return std::nullopt;
    return read.domain;
}

bool DomainField::holds(const DomainName &domain) const
{
    const QString typed = m_edit->text().trimmed();
    return !domain.isEmpty() && !typed.isEmpty() &&
           (typed == QString::fromLatin1(domain.ascii()) || peek() == domain);
}

void DomainField::show(const DomainName &domain)
{
    const QSignalBlocker quiet(m_edit); // not typed by the user
    m_isTyped = false;
    if (m_explains && holds(domain))
        return; // what was said of it when it was typed stays
    const QString text = QString::fromLatin1(domain.ascii());
    m_edit->setText(text);
    m_askedAbout.clear();
    explain(DomainName::parse(text));
}

void DomainField::showTyped(const QString &text)
{
    const QSignalBlocker quiet(m_edit);
    m_edit->setText(text);
    m_askedAbout.clear();
    tell({});
    m_isTyped = true;
}

bool DomainField::isTyped() const
{
    return m_isTyped && !m_edit->text().trimmed().isEmpty();
}

void DomainField::explainQuietly()
{
    const TypedDomain read = DomainName::parse(m_edit->text());
    if (read.outcome == TypedDomain::Outcome::Accept)
        explain(read);
}

void DomainField::explain(const TypedDomain &read)
{
    QStringList sentences;
    DomainName parent;
    for (const Issue &issue : m_explains ? read.issues : QList<Issue>()) {
        const Words words = wordsFor(toFinding(issue, Group::Input, {}));
        sentences << words.title;
        if (issue.id == "NAME-13") { // STS-62: the parent's policy does not count here
            sentences << words.why;
            parent = DomainName::fromAscii(organizationalDomain(read.domain.ascii()))
                             .value_or(DomainName());
        } else {
            sentences << words.fix;
        }
    }
    tell(joined(sentences), parent);
}

void DomainField::placeBeside(QWidget *button)
{
    m_line->addWidget(button);
}

void DomainField::tell(const QString &message, const DomainName &suggestion)
{
    m_suggested = suggestion;
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_suggestion->setVisible(!suggestion.isEmpty());
    if (!suggestion.isEmpty())
        m_suggestion->setText(tr("&Use %1").arg(suggestion.display()));
    if (!message.isEmpty())
        announce(m_message);
}
