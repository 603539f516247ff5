// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whether this computer reaches port 25 at all (TLS-22): our mail servers say so, else the controls.
#include "survey/look_p.h"
#include "survey/sharedhosts.h"

#include <algorithm>
#include <atomic>

namespace {

constexpr int ControlAfterMs = 4000; // without a connection so long, ask whether port 25 is blocked

} // namespace

void Look::watchPort25()
{
    {
        std::unique_lock lock(m_mutex);
        const auto isSettled = [this] {
            return m_tookConnection || m_hostsDone || m_cancel.isCancelled();
        };
        const QDeadlineTimer patience(ControlAfterMs);
        while (!isSettled() && !patience.hasExpired())
            m_portNews.wait_for(lock, std::chrono::milliseconds(CancelSliceMs));
        int tried = 0;
        for (const MailHost &host : std::as_const(m_survey.hosts)) {
            for (const AddressLook &look : host.addresses)
                tried += look.skip == AddressLook::Skip::No;
        }
        if (m_tookConnection || tried == 0 || m_cancel.isCancelled()) {
            m_survey.port25 = m_tookConnection ? Port25::Open : Port25::NotTested;
            return;
        }
    }
    const bool answers = anyControlAnswers();
    std::unique_lock lock(m_mutex);
    while (!m_hostsDone && !m_tookConnection && !m_cancel.isCancelled())
        m_portNews.wait_for(lock, std::chrono::milliseconds(CancelSliceMs));
    if (m_cancel.isCancelled() && !m_tookConnection && !answers)
        return;
    const bool hasNetwork =
            std::any_of(m_survey.fetches.cbegin(), m_survey.fetches.cend(),
                        [](const PolicyFetch &fetch) { return fetch.tls.established; }) ||
            (m_survey.mx && m_survey.mx->isKnown());
    m_survey.port25 = answers || m_tookConnection        ? Port25::Open
                      : m_options.controlHosts.isEmpty() ? Port25::NotTested
                      : hasNetwork                       ? Port25::Blocked
                                                         : Port25::NoNetwork;
}

bool Look::anyControlAnswers()
{
    std::atomic<bool> answered = false;
    Crew crew(m_options.overlap);
    for (const QByteArray &name : m_options.controlHosts) {
        crew.run([this, &answered, name] {
            const QList<QHostAddress> found =
                    addresses(m_doors.quick.lookup(name, RecordType::A, m_cancel));
            if (found.isEmpty() || answered)
                return;
            SmtpTarget target;
            target.host = name;
            target.address = found.first();
            target.port = m_options.smtpPort;
            const SmtpFacts facts = m_doors.shared.factsFor(
                    target, m_cancel, [&] { return m_doors.smtp.probe(target, m_cancel); });
            if (facts.tookConnection())
                answered = true;
        });
    }
    crew.join();
    return answered;
}
