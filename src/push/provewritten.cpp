// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/provewritten.h"

#include "base/pause.h"
#include "push/tlsaguard.h"

#include <algorithm>

namespace {

using Step = PushEvent::Step;
using State = PushEvent::State;

class Proving
{
public:
    Proving(const Plan &plan, const PushDoors &doors, const PushLimits &limits,
            const Cancel &cancel, const std::function<void(const PushEvent &)> &onEvent,
            Outcome &outcome)
        : m_plan(plan)
        , m_doors(doors)
        , m_limits(limits)
        , m_cancel(cancel)
        , m_onEvent(onEvent)
        , m_outcome(outcome)
    {
    }

    void run()
    {
        m_outcome.state = Outcome::State::NotInDns;
        tell(Step::Dns, State::Started);
        if (!isInDns())
            return;
        tell(Step::Dns, State::Done);
        m_outcome.state = Outcome::State::Done;
        if (promisesKeys(m_plan) && m_doors.provenToSenders)
            proveToSenders();
    }

private:
    void tell(Step step, State state, const QString &detail = {}) const
    {
        if (m_onEvent)
            m_onEvent({step, state, detail});
    }

    void fail(Step step, const Error &error)
    {
        tell(step, State::Failed, error.what);
        m_outcome.trouble = error;
    }

    bool isInDns()
    {
        const auto servers = m_doors.nameServers(m_cancel);
        if (!servers || servers->isEmpty()) {
            fail(Step::Dns,
                 servers ? Error{Error::Kind::NotFound,
                                 QStringLiteral("the name servers of the zone were not found"),
                                 {}}
                         : servers.error());
            return false;
        }
        const bool haveAll = isSoon([&] {
            m_outcome.serversWithout = serversWithout(*servers);
            return m_outcome.serversWithout.isEmpty();
        });
        if (!haveAll)
            fail(Step::Dns,
                 {Error::Kind::Timeout, QStringLiteral("not every name server has the records yet"),
                  m_outcome.serversWithout.join(QStringLiteral(", "))});
        return haveAll;
    }

    void proveToSenders()
    {
        tell(Step::Senders, State::Started);
        Result<void> proven;
        const bool isProven = isSoon([&] {
            proven = m_doors.provenToSenders(m_plan, m_cancel);
            return proven.has_value();
        });
        if (isProven) {
            tell(Step::Senders, State::Done);
            return;
        }
        m_outcome.state = Outcome::State::NotProven;
        fail(Step::Senders, proven.error());
    }

    /// Again and again, until it is so or the time of the name servers is over.
    bool isSoon(const std::function<bool()> &isSo) const
    {
        for (QDeadlineTimer end(m_limits.dnsMs);;) {
            if (isSo())
                return true;
            if (end.hasExpired() || !pauseFor(m_limits.readBackMs, m_cancel))
                return false;
        }
    }

    QStringList serversWithout(const QList<NamedServer> &servers) const
    {
        QList<AskedSet> asked;
        for (const SetChange &change : m_plan.sets)
            asked.append({change.name, change.type});
        QStringList without;
        for (const ServerAnswers &one : askEveryServer(servers, asked, m_cancel)) {
            if (!hasAll(one))
                without.append(serverText(one.server));
        }
        return without;
    }

    bool hasAll(const ServerAnswers &answers) const
    {
        for (int i = 0; i < m_plan.sets.size(); ++i) {
            auto data = answers.sets.at(i);
            if (!data)
                return false;
            std::sort(data->begin(), data->end());
            if (*data != sortedData(m_plan.sets.at(i).after))
                return false;
        }
        return true;
    }

    const Plan &m_plan;
    const PushDoors &m_doors;
    const PushLimits &m_limits;
    const Cancel &m_cancel;
    const std::function<void(const PushEvent &)> &m_onEvent;
    Outcome &m_outcome;
};

} // namespace

void proveWritten(const Plan &plan, const PushDoors &doors, const PushLimits &limits,
                  const Cancel &cancel, const std::function<void(const PushEvent &)> &onEvent,
                  Outcome &outcome)
{
    Proving(plan, doors, limits, cancel, onEvent, outcome).run();
}
