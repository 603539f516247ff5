// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "patternseditor.h"

#include "base/printable.h"
#include "deploy/proposal.h"
#include "session.h"
#include "texts.h"

#include <QPushButton>
#include <QTreeView>

PatternsEditor::PatternsEditor(QWidget *parent)
    : RowEditor(parent)
    , m_addMissing(new QPushButton(tr("Add what is missin&g"), this))
    , m_propose(new QPushButton(tr("As &found"), this))
{
    m_addMissing->setObjectName(QStringLiteral("addMissingButton"));
    m_propose->setObjectName(QStringLiteral("proposeButton"));
    m_propose->setToolTip(tr("The names of your MX records, in the form that your mail provider "
                             "recommends where it is known."));
    addButton(m_addMissing);
    addButton(m_propose);
}

void PatternsEditor::setSession(Session &session, QLabel *label)
{
    m_session = &session;
    setUp(QStringLiteral("pattern"), m_patterns, label);
    setNames(tr("Allowed mail servers"), tr("Name or pattern to add"),
             tr("mx1.example.org or *.example.org"));
    connect(&m_patterns, &RowsModel::edited, this, &PatternsEditor::setChoices);
    connect(m_addMissing, &QPushButton::clicked, this, [this] {
        (void)m_patterns.add(m_patterns.uncovered().join(QLatin1Char(' ')));
        view()->setFocus();
    });
    connect(m_propose, &QPushButton::clicked, this, [this] {
        QStringList found;
        for (const MxPattern &pattern : patternsAsFound(m_session->survey()))
            found << QString::fromLatin1(pattern.text());
        m_patterns.replaceAll(found);
    });
    switchTo(session.domain().ascii());
    connect(&session, &Session::domainChanged, this,
            [this] { switchTo(m_session->domain().ascii()); });
}

void PatternsEditor::setChoices()
{
    Choices choices = m_session->choices();
    choices.mx = m_patterns.patterns();
    if (choices != m_session->choices())
        m_session->setChoices(choices);
}

void PatternsEditor::showChoices()
{
    const Choices &choices = m_session->choices();
    m_patterns.show(choices.mx, choices.mode, m_session->survey(), m_session->isLooking());
    m_addMissing->setVisible(!m_patterns.uncovered().isEmpty());
    m_propose->setEnabled(m_session->survey().hostsKnown);
    fitColumns();
}

QString PatternsEditor::problem() const
{
    if (!pending().isEmpty())
        return tr("“%1” is not in the list yet.").arg(isolated(printable(pending(), 60)));
    const QStringList broken = m_patterns.broken();
    if (!broken.isEmpty())
        return tr("“%1” cannot stand in a policy.")
                .arg(isolated(printable(broken.constFirst(), 60)));
    return {};
}

void PatternsEditor::focusProblem()
{
    focusRow(m_patterns.firstProblem());
}
