// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "patternsmodel.h"

#include "base/printable.h"
#include "mail/typedpattern.h"
#include "survey/survey.h"
#include "texts.h"

#include <algorithm>

namespace {

using Kind = ServerState::Kind;

QList<MxPattern> patternsOf(const QStringList &texts)
{
    QList<MxPattern> patterns;
    for (const QString &text : texts) {
        if (const auto pattern = MxPattern::parse(text.toLatin1()))
            patterns << *pattern;
    }
    return patterns;
}

/// The first thing that is wrong with it.
QString problemOf(const QString &typed)
{
    for (const TypedPattern &item : parseTypedPatterns(typed)) {
        if (!item.pattern)
            return issueText(item.issues.constFirst());
    }
    return {};
}

} // namespace

void PatternsModel::show(const QList<MxPattern> &mx, Policy::Mode mode, const Survey &survey,
                         bool looking)
{
    m_mode = mode;
    m_serversKnown = survey.hostsKnown;
    m_servers.clear();
    for (const MailHost &host : survey.hosts)
        m_servers.append({host.name, serverState(survey, host, looking)});
    QStringList texts;
    for (const MxPattern &pattern : mx)
        texts << QString::fromLatin1(pattern.text());
    setChosen(texts);
}

QList<MxPattern> PatternsModel::patterns() const
{
    return patternsOf(chosen());
}

QStringList PatternsModel::uncovered() const
{
    const QList<MxPattern> counting = patterns();
    QStringList names;
    for (const Server &server : m_servers) {
        if (!anyMatches(counting, server.name))
            names << QString::fromLatin1(server.name);
    }
    return names;
}

int PatternsModel::firstProblem() const
{
    for (const Severity severity : {Severity::Error, Severity::Warning}) {
        for (int row = 0; row < int(m_covers.size()); ++row) {
            if (m_covers.at(row).result == severity || m_certificates.at(row).result == severity)
                return row;
        }
    }
    return -1;
}

QList<Told> PatternsModel::faults() const
{
    if (m_mode == Policy::Mode::None)
        return {};
    QList<Told> told;
    for (const Server &server : m_servers) {
        const bool isBad =
                server.state.kind == Kind::Mismatch || server.state.kind == Kind::NoEncryption;
        if (isBad && anyMatches(patterns(), server.name))
            told.append(
                    {m_mode == Policy::Mode::Enforce ? Severity::Error : Severity::Warning,
                     joined({tr("%1: %2", "mail server, what was seen of it")
                                     .arg(isolated(printable(server.name)), server.state.text)})});
    }
    return told;
}

QStringList PatternsModel::offers(const QStringList &chosen) const
{
    const QList<MxPattern> counting = patternsOf(chosen);
    QStringList names;
    for (const Server &server : m_servers) {
        const auto pattern = MxPattern::parse(server.name.toLower());
        if (pattern && !anyMatches(counting, server.name))
            names << QString::fromLatin1(pattern->text());
    }
    return names;
}

QList<RowsModel::Reading> PatternsModel::read(const QString &typed) const
{
    QList<Reading> readings;
    for (const TypedPattern &item : parseTypedPatterns(typed)) {
        if (item.pattern)
            readings.append({QString::fromLatin1(item.pattern->text()), {}});
        else
            readings.append({item.typed, issueText(item.issues.value(0))});
    }
    return readings;
}

int PatternsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant PatternsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Pattern:
        return tr("Name or pattern");
    case Covers:
        return tr("Covers");
    case Certificate:
        return tr("Certificate");
    default:
        return {};
    }
}

void PatternsModel::derive()
{
    m_covers.clear();
    m_certificates.clear();
    for (const Row &row : all()) {
        QList<Server> covered;
        const auto pattern = MxPattern::parse(row.text.toLatin1());
        for (const Server &server : std::as_const(m_servers)) {
            if (pattern && row.isGood && pattern->matches(server.name))
                covered << server;
        }
        m_covers << coverCell(row, covered);
        m_certificates << certificateCell(row, covered);
    }
}

PatternsModel::Cell PatternsModel::coverCell(const Row &row, const QList<Server> &covered) const
{
    if (!row.isGood)
        return {problemOf(row.text), Severity::Error};
    if (!m_serversKnown)
        return {tr("Not known: the mail servers have not been looked up"), Severity::Unknown};
    QStringList names;
    for (const Server &server : covered)
        names << isolated(printable(server.name));
    if (!row.on)
        return offCell(row, covered);
    if (names.isEmpty())
        return {tr("None of the present mail servers"), Severity::Info};
    return {tr("%n mail server(s): %1", nullptr, int(names.size()))
                    .arg(names.join(QLatin1String(", "))),
            Severity::Ok};
}

/// A line that is not ticked: harmless unless a mail server is left without one.
PatternsModel::Cell PatternsModel::offCell(const Row &row, const QList<Server> &covered) const
{
    const QStringList open = uncovered();
    QStringList lost;
    for (const Server &server : covered) {
        if (open.contains(QString::fromLatin1(server.name)))
            lost << isolated(printable(server.name));
    }
    if (lost.isEmpty())
        return {tr("Not in the policy"), Severity::Info};
    Severity severity = Severity::Warning;
    if (m_mode != Policy::Mode::Testing)
        severity = m_mode == Policy::Mode::Enforce ? Severity::Error : Severity::Info;
    if (row.isOffer)
        return {tr("Not covered by any line. Tick it to allow it."), severity};
    return {tr("Not in the policy: %1 is not covered").arg(lost.join(QLatin1String(", "))),
            severity};
}

/// The worst of the covered servers, by name where it is not all of them.
PatternsModel::Cell PatternsModel::certificateCell(const Row &row,
                                                   const QList<Server> &covered) const
{
    if (!row.isGood || covered.isEmpty())
        return {QString(), Severity::Info};
    static constexpr Kind Order[] = {Kind::NoEncryption, Kind::Mismatch, Kind::Waiting,
                                     Kind::NotTested, Kind::Matches};
    for (const Kind kind : Order) {
        const auto found = std::find_if(covered.begin(), covered.end(),
                                        [kind](const Server &s) { return s.state.kind == kind; });
        if (found == covered.end())
            continue;
        const QString text = covered.size() == 1 ? found->state.text
                                                 : tr("%1: %2", "mail server, what was seen of it")
                                                           .arg(isolated(printable(found->name)),
                                                                found->state.text);
        switch (kind) {
        case Kind::Waiting:
            return {text, std::nullopt};
        case Kind::NotTested:
            return {text, Severity::Unknown};
        case Kind::Matches:
            return {found->state.text, Severity::Ok};
        case Kind::NoEncryption:
        case Kind::Mismatch:
            break;
        }
        return {text,
                m_mode == Policy::Mode::Enforce && row.on ? Severity::Error : Severity::Warning};
    }
    return {};
}

const PatternsModel::Cell *PatternsModel::cell(const QModelIndex &index) const
{
    const QList<Cell> &cells = index.column() == Covers ? m_covers : m_certificates;
    return index.row() < cells.size() ? &cells.at(index.row()) : nullptr;
}

QVariant PatternsModel::name(const Row &row, int role) const
{
    const QString shown = isolated(printable(row.text));
    switch (role) {
    case Qt::DisplayRole:
        return shown;
    case Qt::ToolTipRole: // tips guess markup (T-20)
        return shown.toHtmlEscaped();
    case Qt::EditRole:
        return row.text;
    case Qt::CheckStateRole:
        return row.isGood ? QVariant(row.on ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::DecorationRole:
        return row.isGood ? QVariant() : QVariant(resultIcon(Severity::Error));
    case Qt::AccessibleTextRole:
        return row.isOffer ? tr("%1, not allowed yet").arg(shown) : shown;
    default:
        return {};
    }
}

QVariant PatternsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.column() == Pattern)
        return name(all().at(index.row()), role);
    const Cell *shown = cell(index);
    if (!shown || shown->text.isEmpty())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return shown->text;
    case Qt::ToolTipRole: // tips guess markup (T-20)
        return shown->text.toHtmlEscaped();
    case Qt::DecorationRole:
        return shown->result ? resultIcon(*shown->result) : waitingIcon();
    case Qt::AccessibleTextRole:
        return shown->result ? severityWord(*shown->result) + QStringLiteral(". ") + shown->text
                             : shown->text;
    default:
        return {};
    }
}
