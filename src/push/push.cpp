// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/push.h"

#include "base/pause.h"
#include "base/printable.h"
#include "mail/passedon.h"
#include "push/hostpush.h"
#include "push/provewritten.h"
#include "push/tlsaguard.h"

#include <algorithm>

namespace {

using Step = PushEvent::Step;
using State = PushEvent::State;

class Pushing
{
public:
    Pushing(const Plan &plan, const PushDoors &doors, Journal &journal, const Cancel &cancel,
            const std::function<void(const PushEvent &)> &onEvent, const PushLimits &limits)
        : m_plan(plan)
        , m_doors(doors)
        , m_journal(journal)
        , m_cancel(cancel)
        , m_onEvent(onEvent)
        , m_limits(limits)
    {
    }

    Outcome run()
    {
        m_outcome.notDone = m_plan.sets;
        if (m_plan.isEmpty()) {
            m_outcome.state = Outcome::State::Nothing;
            return m_outcome;
        }
        if (!m_plan.blockers.isEmpty()) {
            m_outcome.trouble = Error{
                    Error::Kind::Refused, QStringLiteral("the plan cannot be carried out"), {}};
            return m_outcome;
        }
        if (hostIsReady() && policyIsServed())
            doRecords();
        if (m_outcome.isHostDone && m_outcome.state == Outcome::State::NotDone)
            m_outcome.state = Outcome::State::PartlyDone;
        note(m_outcome.state == Outcome::State::Unknown ? "unknown" : "ended", whatHappened());
        return m_outcome;
    }

private:
    void tell(Step step, State state, const QString &detail = {}) const
    {
        if (m_onEvent)
            m_onEvent({step, state, detail});
    }

    bool fail(Step step, const Error &error)
    {
        tell(step, State::Failed, error.what);
        m_outcome.trouble = error;
        return false;
    }

    void note(const QByteArray &what, const QString &detail = {})
    {
        if (const Result<void> noted = m_journal.note(what, detail); !noted)
            m_outcome.trouble = noted.error();
    }

    QString whatHappened() const { return m_outcome.trouble ? m_outcome.trouble->what : QString(); }

    /// What is published comes before the records, what is withdrawn after them.
    bool hostIsReady()
    {
        return !m_plan.writesHost() || m_plan.host->action != HostStep::Action::Publish ||
               writeHost();
    }

    bool writeHost()
    {
        if (!m_doors.host)
            return fail(Step::Host, {Error::Kind::Unexpected,
                                     QStringLiteral("there is no way to the policy host"),
                                     {}});
        if (const Result<void> noted = m_journal.note("host-sent"); !noted)
            return fail(Step::Host, noted.error());
        tell(Step::Host, State::Started);
        const HostOutcome outcome = doHostStep(*m_plan.host, m_plan.zone, *m_doors.host, m_cancel);
        m_outcome.isHostDone = outcome.state == HostOutcome::State::Done;
        if (m_outcome.isHostDone) {
            note("host-done");
            tell(Step::Host, State::Done);
            return true;
        }
        if (outcome.state != HostOutcome::State::NotDone)
            m_outcome.state = outcome.state == HostOutcome::State::Unknown
                                      ? Outcome::State::Unknown
                                      : Outcome::State::PartlyDone;
        return fail(Step::Host, outcome.trouble);
    }

    /// The octets that senders are to get; of a file that is passed on, those that there are now.
    Result<QByteArray> announced() const
    {
        const QByteArray other = passedOnDomain(m_plan.policyText);
        if (other.isEmpty())
            return m_plan.policyText;
        return m_doors.servedPolicy(DomainName::parse(QString::fromLatin1(other)).domain, m_cancel);
    }

    bool policyIsServed()
    {
        if (m_plan.policyText.isEmpty())
            return true;
        tell(Step::Policy, State::Started);
        const Result<QByteArray> text = announced();
        if (!text)
            return fail(Step::Policy, text.error());
        ServedWait wait = m_limits.served;
        if (!m_plan.host)
            wait.totalMs = 0; // a host of one's own is ready or not
        wait.isNew = m_outcome.isHostDone;
        // Where another file was served, some places of the service have it for a while.
        const QByteArray old = m_plan.host ? m_plan.host->before.text : QByteArray();
        if (old.isEmpty() || old == m_plan.policyText)
            wait.inARow = 1;
        const Result<void> served = waitUntilServed(
                *text,
                [this](const Cancel &stop) { return m_doors.servedPolicy(m_plan.domain, stop); },
                wait, m_cancel,
                [this](const QString &why) { tell(Step::Policy, State::Started, why); });
        if (!served)
            return fail(Step::Policy, served.error());
        tell(Step::Policy, State::Done);
        return true;
    }

    void doRecords()
    {
        if (m_plan.sets.isEmpty())
            m_outcome.state = Outcome::State::Done;
        else if (standsAsShown() && keysAreCovered() && write())
            readBackAndProve();
        const bool isWritten = m_outcome.state == Outcome::State::Done ||
                               m_outcome.state == Outcome::State::NotInDns ||
                               m_outcome.state == Outcome::State::NotProven;
        if (!isWritten || !m_plan.writesHost() || m_plan.host->action != HostStep::Action::Withdraw)
            return;
        const Outcome::State records = m_outcome.state;
        if (!writeHost() && m_outcome.state == records)
            m_outcome.state =
                    m_plan.sets.isEmpty() ? Outcome::State::NotDone : Outcome::State::PartlyDone;
    }

    Result<QList<ZoneRecord>> read() const
    {
        return m_doors.provider.records(m_plan.zone, namesOf(m_plan.sets), Cancel());
    }

    bool standsAsShown()
    {
        tell(Step::Read, State::Started);
        const Result<QList<ZoneRecord>> records = read();
        if (!records)
            return fail(Step::Read, records.error());
        for (const SetChange &change : m_plan.sets) {
            if (!standsAsBefore(change, *records))
                return fail(Step::Read,
                            {Error::Kind::Refused,
                             QStringLiteral(
                                     "the records of %1 have changed since the plan was made; look "
                                     "at the new plan")
                                     .arg(printable(change.name)),
                             {}});
        }
        if (m_cancel.isCancelled())
            return fail(Step::Read, {Error::Kind::Cancelled, QStringLiteral("stopped"), {}});
        tell(Step::Read, State::Done);
        return true;
    }

    /// A plan may be old, and a key that no record fits stops mail (DANE-28).
    bool keysAreCovered()
    {
        if (!promisesKeys(m_plan))
            return true;
        if (!m_doors.lastLook)
            return fail(Step::Keys, {Error::Kind::Unexpected,
                                     QStringLiteral("there is no way to look at the mail servers"),
                                     {}});
        tell(Step::Keys, State::Started);
        if (const Result<void> looked = m_doors.lastLook(m_plan, m_cancel); !looked)
            return fail(Step::Keys, looked.error());
        tell(Step::Keys, State::Done);
        return true;
    }

    /// True when something may stand now that did not before.
    bool write()
    {
        // Before it is: a crash in between is read back, not guessed.
        if (const Result<void> noted = m_journal.note("sent"); !noted)
            return fail(Step::Write, noted.error());
        tell(Step::Write, State::Started);
        const Result<void> applied = m_doors.provider.apply(m_plan.zone, m_plan.sets, m_cancel);
        if (applied) {
            tell(Step::Write, State::Done);
            return true;
        }
        fail(Step::Write, applied.error());
        // Refused as a whole: nothing to read back. Everything else may have been done (PUSH-10).
        return !(applied.error().kind == Error::Kind::Refused &&
                 m_doors.provider.traits().isAtomic);
    }

    void readBackAndProve()
    {
        tell(Step::ReadBack, State::Started);
        Result<QList<ZoneRecord>> records = read();
        for (int tries = 1; tries < m_limits.readBacks && !(records && allStand(*records));
             ++tries) {
            pauseFor(m_limits.readBackMs, Cancel());
            records = read();
        }
        if (!records) {
            m_outcome.state = Outcome::State::Unknown;
            fail(Step::ReadBack, records.error());
            return;
        }
        sort(*records);
        if (!m_outcome.notDone.isEmpty()) {
            m_outcome.state =
                    m_outcome.done.isEmpty() ? Outcome::State::NotDone : Outcome::State::PartlyDone;
            fail(Step::ReadBack,
                 m_outcome.trouble.value_or(Error{
                         Error::Kind::Refused,
                         QStringLiteral("the service said yes, and the records do not stand there"),
                         {}}));
            return;
        }
        m_outcome.trouble.reset(); // an answer got lost; what it would have said has been seen
        tell(Step::ReadBack, State::Done);
        note("done");
        proveWritten(m_plan, m_doors, m_limits, m_cancel, m_onEvent, m_outcome);
    }

    bool allStand(const QList<ZoneRecord> &records) const
    {
        return std::all_of(m_plan.sets.begin(), m_plan.sets.end(), [&](const SetChange &change) {
            return standsAsWanted(change, records);
        });
    }

    void sort(const QList<ZoneRecord> &records)
    {
        m_outcome.done.clear();
        m_outcome.notDone.clear();
        for (const SetChange &change : m_plan.sets)
            (standsAsWanted(change, records) ? m_outcome.done : m_outcome.notDone).append(change);
    }

    const Plan &m_plan;
    const PushDoors &m_doors;
    Journal &m_journal;
    const Cancel &m_cancel;
    const std::function<void(const PushEvent &)> &m_onEvent;
    const PushLimits &m_limits;
    Outcome m_outcome;
};

} // namespace

Outcome push(const Plan &plan, const PushDoors &doors, Journal &journal, const Cancel &cancel,
             const std::function<void(const PushEvent &)> &onEvent, const PushLimits &limits)
{
    return Pushing(plan, doors, journal, cancel, onEvent, limits).run();
}
