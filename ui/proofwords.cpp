// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofwords.h"

#include "base/printable.h"
#include "texts.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

class Proof
{
    Q_DECLARE_TR_FUNCTIONS(Proof)
};

QString comeBackText(const ComeBack &back, const QLocale &locale)
{
    const QString date = locale.toString(back.on, QLocale::LongFormat);
    switch (back.what) {
    case ComeBack::For::Enforce:
        return Proof::tr("Testing protects no mail yet; it only asks for reports. Read them, and "
                         "come back "
                         "on %1: without failures until then, “enforce” is likely safe.")
                .arg(date);
    case ComeBack::For::Longer:
        return Proof::tr("Go on reading the reports. Come back on %1: without failures until then, "
                         "let mail "
                         "servers remember the policy for some weeks.")
                .arg(date);
    case ComeBack::For::Delete:
        if (!back.on.isValid())
            return Proof::tr(
                    "Delete nothing yet. Record and file can go when the longest time for which "
                    "the "
                    "policy was ever to be remembered has passed; that time is not known here.");
        return Proof::
                tr("Delete nothing yet. Come back on %1: then mail servers have forgotten the old "
                   "policy, and the record can go, the host last.")
                        .arg(date);
    case ComeBack::For::Nothing:
        break;
    }
    return Proof::tr(
            "Go on reading the reports, and check the domain whenever its mail servers change.");
}

/// What was heard at the source itself: whoever types records in a panel learns here whether they are
/// out, before any resolver tells.
QString serversText(const ProofRow::AtServers &at)
{
    const QString separator = QStringLiteral(", ");
    QStringList all;
    if (at.with.isEmpty() && at.without.isEmpty())
        return {};
    if (at.without.isEmpty())
        all << Proof::tr("Each of the %n name server(s) of the domain that answered has it.",
                         nullptr, int(at.with.size()));
    else if (at.with.isEmpty())
        all << Proof::tr("None of the %n name server(s) of the domain that answered has it yet: "
                         "look whether it was saved in the panel.",
                         nullptr, int(at.without.size()));
    else
        all << Proof::tr("Not yet at: %1.").arg(isolated(at.without.join(separator)));
    if (!at.silent.isEmpty())
        all << Proof::tr("Without an answer: %1.").arg(isolated(at.silent.join(separator)));
    return joined(all);
}

} // namespace

QString proofName(const ProofRow &row, const Deployment &wanted)
{
    switch (row.kind) {
    case ProofRow::Kind::Host:
        return Proof::tr("%1 leads to a host").arg(isolated(printable(wanted.policyHost())));
    case ProofRow::Kind::File:
        if (wanted.isRemoved())
            return Proof::tr("No policy file any more");
        return wanted.isDelegated()
                       ? Proof::tr("A policy can be read there")
                       : Proof::tr("The policy file can be read there, octet for octet");
    case ProofRow::Kind::Reports:
        return Proof::tr("The record for reports");
    case ProofRow::Kind::Record:
        if (wanted.isRemoved())
            return Proof::tr("No _mta-sts record any more");
        return wanted.isDelegated() ? Proof::tr("The _mta-sts record of the provider")
                                    : Proof::tr("The _mta-sts record with id %1")
                                              .arg(isolated(printable(wanted.id)));
    case ProofRow::Kind::Tlsa:
        return Proof::tr("The TLSA records of %1").arg(isolated(row.about));
    case ProofRow::Kind::MailServers:
        break;
    }
    return Proof::tr("The mail servers");
}

QString proofStateWord(ProofRow::State state)
{
    switch (state) {
    case ProofRow::State::Waiting:
        return Proof::tr("Not there yet");
    case ProofRow::State::Seen:
        return Proof::tr("Seen");
    case ProofRow::State::Other:
        return Proof::tr("Something else");
    case ProofRow::State::NotTested:
        break;
    }
    return Proof::tr("Not tested");
}

Severity proofSeverity(ProofRow::State state)
{
    switch (state) {
    case ProofRow::State::Seen:
        return Severity::Ok;
    case ProofRow::State::Other:
        return Severity::Warning;
    case ProofRow::State::Waiting:
    case ProofRow::State::NotTested:
        break;
    }
    return Severity::Unknown;
}

QString proofText(const ProofRow &row)
{
    QStringList parts = row.seen;
    // The separator that may end a record says nothing here, and would look like a slip before a stop.
    for (QString &part : parts) {
        while (part.endsWith(QLatin1Char(';')) || part.endsWith(QLatin1Char(' ')))
            part.chop(1);
    }
    if (row.kind == ProofRow::Kind::Tlsa && !parts.isEmpty())
        parts = {Proof::tr("Senders that check DANE: %1").arg(parts.constFirst())};
    if (row.kind == ProofRow::Kind::MailServers && row.state == ProofRow::State::Seen)
        parts << Proof::tr("Encrypt, certificates match");
    QStringList all{parts.join(QStringLiteral("; "))};
    const QString atServers = serversText(row.servers);
    const bool isDns = row.kind == ProofRow::Kind::Record || row.kind == ProofRow::Kind::Reports;
    if (!atServers.isEmpty())
        all << atServers;
    const bool isLateOnly = !atServers.isEmpty() && !row.servers.with.isEmpty();
    if (isDns && row.state == ProofRow::State::Other && row.ttl > 0 && isLateOnly)
        all << Proof::tr("Resolvers may remember the old one for up to %n more minute(s).", nullptr,
                         int((row.ttl + 59) / 60));
    else if (isDns && row.state == ProofRow::State::Other && row.ttl > 0 && atServers.isEmpty())
        all << Proof::tr("If you have changed it already: the old one may be remembered for up "
                         "to %n more minute(s).",
                         nullptr, int((row.ttl + 59) / 60));
    if (!row.aliasWanted.isEmpty())
        all << Proof::tr("That is where the alias ends. Whether it goes by way of %1 was not "
                         "compared: look at the record in your DNS panel.")
                        .arg(isolated(row.aliasWanted));
    if (row.untried > 0)
        all << Proof::tr("%n address(es) could not be tried from here.", nullptr, int(row.untried));
    all.removeAll(QString());
    return all.size() > 1 ? joined(all) : all.value(0);
}

QString proofTitle(const Deployment &wanted, const QList<ProofRow> &rows)
{
    const QString domain = isolated(wanted.domain.display());
    if (isPublished(rows) && wanted.isRemoved())
        return Proof::tr("MTA-STS is gone from %1").arg(domain);
    if (isPublished(rows))
        return wanted.isDelegated()
                       ? Proof::tr("The policy of %1 is live, made by its provider").arg(domain)
                       : Proof::tr("The policy of %1 is live, in mode %2")
                                 .arg(domain, QString::fromLatin1(modeName(wanted.policy.mode)));
    const auto seen = std::count_if(rows.begin(), rows.end(), [](const ProofRow &row) {
        return row.state == ProofRow::State::Seen;
    });
    return Proof::tr("%1: %2 of %3 seen so far").arg(domain).arg(seen).arg(rows.size());
}

QString proofNext(const Deployment &wanted, const QList<ProofRow> &rows, const ComeBack &back,
                  const QLocale &locale)
{
    if (wanted.isRemoved() && isPublished(rows))
        return Proof::tr("Nothing is left to do. If %1 still leads to a host that serves nothing "
                         "else, delete that name, too.")
                .arg(isolated(printable(wanted.policyHost())));
    if (wanted.isRemoved())
        return Proof::tr("Delete what is still there, the record first. You can close this page "
                         "and come back later.");
    if (!isPublished(rows))
        return Proof::tr("Publish what is not there yet in this order, from top to bottom. You can "
                         "close this "
                         "page and come back later; it is kept.");
    const bool mailIsGood = std::all_of(rows.begin(), rows.end(), [](const ProofRow &row) {
        return row.kind != ProofRow::Kind::MailServers || row.state == ProofRow::State::Seen;
    });
    QStringList parts;
    if (!mailIsGood)
        parts << Proof::tr(
                "The mail servers are not proved good. The whole check says what is left.");
    parts << comeBackText(back, locale);
    return joined(parts);
}
