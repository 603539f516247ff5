// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/plantext.h"

#include "base/printable.h"
#include "dns/presentation.h"
#include "mail/passedon.h"
#include "provider/catalogue.h"

#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Push", source);
}

QString actionWord(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Keep:
        break;
    case Change::Kind::Add:
        return text(QT_TRANSLATE_NOOP("Push", "create"));
    case Change::Kind::Replace:
        return text(QT_TRANSLATE_NOOP("Push", "replace"));
    case Change::Kind::Remove:
        return text(QT_TRANSLATE_NOOP("Push", "delete"));
    }
    return text(QT_TRANSLATE_NOOP("Push", "keep"));
}

QString stepLine(const QString &action, const QString &what)
{
    return QStringLiteral("  %1 %2\n").arg(action, -9).arg(what);
}

QString dataLine(char sign, const DnsRecord &record)
{
    return QStringLiteral("            %1 %2\n")
            .arg(QLatin1Char(sign))
            .arg(printable(dataText(record)));
}

QString fileAddress(const QByteArray &host)
{
    return QStringLiteral("https://%1/.well-known/mta-sts.txt").arg(printable(host));
}

QString fileLines(char sign, const QByteArray &policy)
{
    const QByteArray other = passedOnDomain(policy);
    if (!other.isEmpty())
        return QStringLiteral("            %1 ").arg(QLatin1Char(sign)) +
               text(QT_TRANSLATE_NOOP("Push", "the policy of %1, passed on\n"))
                       .arg(printable(other));
    QString lines;
    for (const QByteArray &line : policy.trimmed().split('\n'))
        lines += QStringLiteral("            %1 %2\n")
                         .arg(QLatin1Char(sign))
                         .arg(printable(line.trimmed()));
    return lines;
}

QString changeText(const Plan &plan, const Change &change)
{
    const DnsRecord &record = change.after ? *change.after : *change.before;
    QString lines =
            stepLine(actionWord(change.kind), QString::fromLatin1(typeName(record.type)) +
                                                      QLatin1Char(' ') + printable(record.name));
    if (change.kind == Change::Kind::Keep)
        return lines;
    if (change.before)
        lines += dataLine('-', *change.before);
    if (change.after)
        lines += dataLine('+', *change.after);
    if (const auto ttl = raisedTtl(plan, change))
        lines += QStringLiteral("            ") +
                 text(QT_TRANSLATE_NOOP("Push", "TTL %1: this zone takes no shorter one\n"))
                         .arg(*ttl);
    return lines;
}

QString roomText(const HostStep &step)
{
    const bool comesBack = step.action == HostStep::Action::Withdraw;
    QString lines;
    for (const ZoneRecord &record : step.before.inTheWay)
        lines += stepLine(comesBack ? actionWord(Change::Kind::Add)
                                    : actionWord(Change::Kind::Remove),
                          QString::fromLatin1(typeName(record.record.type)) + QLatin1Char(' ') +
                                  printable(record.record.name)) +
                 dataLine(comesBack ? '+' : '-', record.record);
    return lines;
}

QString hostText(const HostStep &step)
{
    switch (step.action) {
    case HostStep::Action::Keep:
        return stepLine(actionWord(Change::Kind::Keep), fileAddress(step.host));
    case HostStep::Action::Publish:
        return stepLine(text(QT_TRANSLATE_NOOP("Push", "publish")), fileAddress(step.host)) +
               fileLines('+', step.text) + roomText(step);
    case HostStep::Action::Withdraw:
        break;
    }
    return stepLine(text(QT_TRANSLATE_NOOP("Push", "withdraw")), fileAddress(step.host)) +
           roomText(step);
}

QString stepWord(PushEvent::Step step)
{
    switch (step) {
    case PushEvent::Step::Policy:
        return text(QT_TRANSLATE_NOOP("Push", "the policy file is read as senders read it"));
    case PushEvent::Step::Read:
        return text(QT_TRANSLATE_NOOP("Push", "the records are read again"));
    case PushEvent::Step::Write:
        return text(QT_TRANSLATE_NOOP("Push", "the changes are sent"));
    case PushEvent::Step::ReadBack:
        return text(QT_TRANSLATE_NOOP("Push", "the records are read back"));
    case PushEvent::Step::Host:
        return text(QT_TRANSLATE_NOOP("Push", "the policy host is written"));
    case PushEvent::Step::Keys:
        return text(QT_TRANSLATE_NOOP("Push", "the mail servers are looked at again"));
    case PushEvent::Step::Senders:
        return text(QT_TRANSLATE_NOOP("Push", "DNSSEC is to prove the TLSA records to senders"));
    case PushEvent::Step::Dns:
        break;
    }
    return text(QT_TRANSLATE_NOOP("Push", "every name server of the zone is asked"));
}

QString sentence(Outcome::State state)
{
    switch (state) {
    case Outcome::State::Nothing:
        return text(QT_TRANSLATE_NOOP(
                "Push", "Everything is already as it should be. Nothing was changed."));
    case Outcome::State::Done:
        return text(QT_TRANSLATE_NOOP("Push", "Done, and seen at every name server of the zone."));
    case Outcome::State::NotInDns:
        return text(QT_TRANSLATE_NOOP("Push",
                                      "Written and read back at the service. Not every name server "
                                      "of the zone has it yet: check the domain in some minutes."));
    case Outcome::State::NotProven:
        return text(QT_TRANSLATE_NOOP(
                "Push", "Written, and seen at every name server of the zone. DNSSEC does not prove "
                        "it to senders yet: check the domain in some minutes."));
    case Outcome::State::NotDone:
        return text(QT_TRANSLATE_NOOP("Push", "Nothing was changed."));
    case Outcome::State::PartlyDone:
        return text(QT_TRANSLATE_NOOP("Push",
                                      "Only a part was done. The same command goes on with the "
                                      "rest; --undo takes back what was done."));
    case Outcome::State::Unknown:
        break;
    }
    return text(QT_TRANSLATE_NOOP("Push",
                                  "It is not known what was done: the changes were sent, and what "
                                  "stands now could not be read. The same command looks again."));
}

QString setLines(const QString &heading, const QList<SetChange> &sets)
{
    QString lines;
    for (const SetChange &set : sets)
        lines += stepLine(heading, QString::fromLatin1(typeName(set.type)) + QLatin1Char(' ') +
                                           printable(set.name));
    return lines;
}

} // namespace

QString planText(const Plan &plan)
{
    const ProviderInfo *info = providerInfo(plan.provider);
    QString lines =
            text(QT_TRANSLATE_NOOP("Push", "Zone %1 at %2\n"))
                    .arg(printable(plan.zone.name), info ? QString::fromLatin1(info->title)
                                                         : QString::fromLatin1(plan.provider));
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    if (plan.host && !isWithdrawn)
        lines += hostText(*plan.host);
    if (!plan.policyText.isEmpty()) {
        lines += stepLine(text(QT_TRANSLATE_NOOP("Push", "verify")),
                          fileAddress(plan.domain.child("mta-sts")));
        if (!plan.isServed && !plan.writesHost())
            lines += QStringLiteral("            ") +
                     text(QT_TRANSLATE_NOOP("Push", "not served yet; it has to say\n")) +
                     fileLines('+', plan.policyText);
    }
    for (const Change &change : plan.changes)
        lines += changeText(plan, change);
    if (isWithdrawn)
        lines += hostText(*plan.host);
    return lines;
}

QString eventText(const PushEvent &event)
{
    switch (event.state) {
    case PushEvent::State::Started: // told again with a reason while something is waited for
        return event.detail.isEmpty()
                       ? QString()
                       : stepLine(text(QT_TRANSLATE_NOOP("Push", "waits")), event.detail);
    case PushEvent::State::Done:
        return stepLine(text(QT_TRANSLATE_NOOP("Push", "done")), stepWord(event.step));
    case PushEvent::State::Failed:
        break;
    }
    return stepLine(text(QT_TRANSLATE_NOOP("Push", "failed")),
                    stepWord(event.step) + QStringLiteral(": ") + event.detail);
}

QString outcomeText(const Outcome &outcome, const QString &journal)
{
    QString lines = sentence(outcome.state) + QLatin1Char('\n');
    if (outcome.state == Outcome::State::PartlyDone) {
        lines += setLines(text(QT_TRANSLATE_NOOP("Push", "done")), outcome.done);
        lines += setLines(text(QT_TRANSLATE_NOOP("Push", "not done")), outcome.notDone);
    }
    for (const QString &server : outcome.serversWithout)
        lines += stepLine(text(QT_TRANSLATE_NOOP("Push", "without")), server);
    if (outcome.trouble && !outcome.trouble->detail.isEmpty() && outcome.serversWithout.isEmpty())
        lines += QStringLiteral("  ") + outcome.trouble->detail + QLatin1Char('\n');
    if (!journal.isEmpty())
        lines += text(QT_TRANSLATE_NOOP("Push", "Written down in %1\n")).arg(journal);
    return lines;
}

QByteArray outcomeName(Outcome::State state)
{
    switch (state) {
    case Outcome::State::Nothing:
        return "nothing";
    case Outcome::State::Done:
        return "done";
    case Outcome::State::NotInDns:
        return "not-in-dns";
    case Outcome::State::NotProven:
        return "not-proven";
    case Outcome::State::NotDone:
        return "not-done";
    case Outcome::State::PartlyDone:
        return "partly-done";
    case Outcome::State::Unknown:
        break;
    }
    return "unknown";
}
