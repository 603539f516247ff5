// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of a look: what is asked at once, which resolver is believed, and the end.
#include "survey/look_p.h"

#include <QRandomGenerator>

using Overlap = LookOptions::Overlap;

void Crew::run(std::function<void()> task)
{
    if (m_overlap == Overlap::BetweenDomains)
        task();
    else
        m_threads.emplace_back(std::move(task));
}

void Crew::join()
{
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

Survey look(const DomainName &domain, const LookOptions &options, const Doors &doors,
            const Cancel &cancel, const std::function<void(const Survey &)> &onProgress)
{
    return Look(domain, options, doors, cancel.until(QDeadlineTimer(options.timeoutMs)), onProgress)
            .run();
}

Look::Look(const DomainName &domain, const LookOptions &options, const Doors &doors,
           const Cancel &cancel, const std::function<void(const Survey &)> &onProgress)
    : m_options(options)
    , m_doors(doors)
    , m_cancel(cancel)
    , m_onProgress(onProgress)
{
    m_clock.start();
    m_survey.domain = domain;
    m_survey.at = QDateTime::currentDateTimeUtc();
    m_survey.resolver = doors.validating.description();
}

void Look::change(const std::function<void(Survey &)> &edit)
{
    const std::lock_guard lock(m_mutex);
    edit(m_survey);
    m_survey.tookMs = m_clock.elapsed();
    if (m_onProgress)
        m_onProgress(m_survey);
}

void Look::chooseResolvers()
{
    m_rootKey = m_doors.validating.start(QByteArrayLiteral("."), RecordType::DNSKEY);
    m_oneResolver = m_options.overlap == Overlap::BetweenDomains;
    if (!m_oneResolver)
        return;
    // The root key is in the cache after the first domain of a list, so this wait costs nothing.
    const DnsAnswer root = m_rootKey.wait(m_cancel);
    m_validates = root.isFound() && root.security == Security::Secure;
    m_one = m_validates ? &m_doors.validating : &m_doors.quick;
}

Survey Look::run()
{
    chooseResolvers();
    const DomainName &domain = m_survey.domain;
    const QByteArray policyHost = m_survey.policyHost();
    m_mx = ask(domain.ascii(), RecordType::MX);
    m_policyA = ask(policyHost, RecordType::A);
    m_policyAaaa = ask(policyHost, RecordType::AAAA);
    m_sts = ask(domain.child("_mta-sts"), RecordType::TXT);
    m_tlsRpt = ask(domain.child("_smtp._tls"), RecordType::TXT);
    const QByteArray label = QByteArray::number(QRandomGenerator::global()->generate64(), 36);
    m_wildcard = ask(domain.child('x' + label), RecordType::TXT);
    m_ns = ask(domain.ascii(), RecordType::NS);
    m_dnskey = ask(domain.ascii(), RecordType::DNSKEY);
    for (const QByteArray &name : caaClimb(policyHost)) // RFC 8659 3
        m_caa.append(ask(name, RecordType::CAA));
    {
        Crew crew(m_options.overlap);
        crew.run([this] { lookAtHosts(); });
        crew.run([this] { lookAtPolicyHost(); });
        crew.run([this] { lookAtRecords(); });
        if (m_options.smtp && m_options.overlap == Overlap::InDomain)
            crew.run([this] { watchPort25(); });
    }
    if (m_options.smtp && m_options.overlap == Overlap::BetweenDomains)
        watchPort25();
    change([this](Survey &survey) {
        survey.cancelled = m_cancel.isCancelled();
        survey.finished = true;
    });
    return m_survey;
}

Look::Asked Look::ask(const QByteArray &name, RecordType type) const
{
    Asked asked;
    if (m_oneResolver) {
        asked.quick = asked.validated = m_one->start(name, type);
        asked.onlyOne = true;
        return asked;
    }
    asked.quick = m_doors.quick.start(name, type);
    asked.validated = m_doors.validating.start(name, type);
    return asked;
}

Look::Slot Look::slotOf(std::optional<DnsAnswer> Survey::*member)
{
    return [member](Survey &survey) -> std::optional<DnsAnswer> & { return survey.*member; };
}

DnsAnswer Look::take(const Asked &asked, const Slot &slot, const Cancel &cancel)
{
    DnsAnswer answer = asked.quick.wait(cancel);
    if (!asked.onlyOne)
        answer.security = Security::Unknown; // nothing is believed of an unvalidated answer
    change([&](Survey &survey) { slot(survey) = answer; });
    return answer;
}

DnsAnswer Look::settled(const Asked &asked, const Cancel &cancel) const
{
    DnsAnswer quick = asked.quick.wait(cancel);
    if (asked.onlyOne)
        return quick;
    quick.security = Security::Unknown;
    const DnsAnswer root = m_rootKey.wait(cancel);
    // DNS-15: over a path that cannot validate, "bogus" says nothing of the domain.
    if (!root.isFound() || root.security != Security::Secure)
        return quick;
    const DnsAnswer validated = asked.validated.wait(cancel);
    const bool isVerdict = validated.isKnown() || validated.security == Security::Bogus;
    return isVerdict ? validated : quick;
}

void Look::takeValidated(const Asked &asked, const Slot &slot, const Cancel &cancel)
{
    if (asked.onlyOne)
        return;
    const DnsAnswer answer = settled(asked, cancel);
    change([&](Survey &survey) { slot(survey) = answer; });
}
