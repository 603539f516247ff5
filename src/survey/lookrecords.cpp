// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the records and at the policy host.
#include "survey/address.h"
#include "survey/correction.h"
#include "survey/look_p.h"

#include <algorithm>

void Look::lookAtRecords()
{
    const Slot sts = slotOf(&Survey::sts);
    const Slot tlsRpt = slotOf(&Survey::tlsRpt);
    const Slot ns = slotOf(&Survey::ns);
    const Slot dnskey = slotOf(&Survey::dnskey);
    const Slot wildcard = slotOf(&Survey::wildcard);
    take(m_sts, sts);
    take(m_tlsRpt, tlsRpt);
    take(m_ns, ns);
    lookForMisplaced();
    take(m_wildcard, wildcard);
    take(m_dnskey, dnskey);
    lookAtCaa();

    const DnsAnswer root = m_rootKey.wait(m_cancel);
    change([&](Survey &survey) {
        const bool isSecure = root.isFound() && root.security == Security::Secure;
        const bool isStripped = root.security == Security::Bogus || root.isKnown();
        survey.validation = isSecure     ? Validation::Works
                            : isStripped ? Validation::Stripped
                                         : Validation::Unknown;
    });
    takeValidated(m_sts, sts);
    takeValidated(m_tlsRpt, tlsRpt);
    takeValidated(m_ns, ns);
    takeValidated(m_dnskey, dnskey);
}

static bool mentionsOurRecords(const DnsAnswer &answer)
{
    for (const QByteArray &text : texts(answer)) {
        if (text.contains("STSv1") || text.contains("TLSRPTv1"))
            return true;
    }
    return false;
}

void Look::lookForMisplaced()
{
    QByteArrayList names;
    {
        const std::lock_guard lock(m_mutex);
        const DomainName &domain = m_survey.domain;
        // STS-19: only where the right name has nothing; an unanswered look-up says nothing.
        const auto isMissing = [](const std::optional<DnsAnswer> &answer) {
            return answer &&
                   (answer->isAbsent() || (answer->isFound() && !mentionsOurRecords(*answer)));
        };
        if (isMissing(m_survey.sts))
            names << domain.ascii() << domain.child("_mta_sts") << domain.child("mta-sts")
                  << domain.child("_mta-sts._domainkey")
                  << domain.child("_mta-sts") + '.' + domain.ascii();
        if (isMissing(m_survey.tlsRpt))
            names << domain.child("_tlsrpt") << domain.child("_tls._smtp")
                  << domain.child("_smtp-tls") << domain.child("_mta-sts._tls")
                  << domain.child("_smtp._tls") + '.' + domain.ascii();
    }
    QList<Asked> asked;
    for (const QByteArray &name : names) {
        if (name.size() <= 253)
            asked.append(ask(name, RecordType::TXT));
    }
    QList<DnsAnswer> found;
    for (const Asked &question : asked) {
        const DnsAnswer answer = question.quick.wait(m_cancel);
        if (answer.isFound() && mentionsOurRecords(answer))
            found.append(answer);
    }
    change([&](Survey &survey) {
        survey.misplaced = found;
        survey.misplacedDone = true;
    });
}

void Look::lookAtCaa()
{
    QList<DnsAnswer> answers;
    for (const Asked &asked : std::as_const(m_caa))
        answers.append(settled(asked));
    change([&](Survey &survey) {
        survey.caa = answers;
        survey.caaDone = true;
    });
}

QList<PolicyFetch> Look::fetchPolicy(const QList<QHostAddress> &from,
                                     const QList<PolicyFetch> &known)
{
    constexpr int MostAddresses = 8;
    const QList<QHostAddress> found = from.mid(0, MostAddresses);
    const bool ipv6 = std::any_of(found.begin(), found.end(),
                                  [](const QHostAddress &address) {
                                      return address.protocol() == QAbstractSocket::IPv6Protocol;
                                  }) &&
                      (m_options.allowPrivate || hasIpv6Route());
    QList<PolicyFetch> fetches(found.size());
    Crew crew(m_options.overlap);
    for (qsizetype i = 0; i < found.size(); ++i) {
        PolicyFetch &fetch = fetches[i]; // each task has its own element; the list does not grow
        fetch.address = found.at(i);
        const auto isSame = [&](const PolicyFetch &one) { return one.address == fetch.address; };
        const auto before = std::find_if(known.begin(), known.end(), isSame);
        if (before != known.end()) {
            fetch = *before;
            continue;
        }
        if (!m_options.allowPrivate && !isPublicAddress(fetch.address)) {
            fetch.problem = QStringLiteral("private address");
            continue;
        }
        if (fetch.address.protocol() == QAbstractSocket::IPv6Protocol && !ipv6) {
            fetch.problem = QStringLiteral("no IPv6 here");
            continue;
        }
        crew.run([this, &fetch] {
            fetch = m_doors.http.fetch({m_survey.policyHost(), fetch.address, m_options.httpsPort},
                                       m_cancel);
        });
    }
    crew.join();
    return fetches;
}

void Look::lookAtPolicyHost()
{
    const DnsAnswer quickA = take(m_policyA, slotOf(&Survey::policyA));
    const DnsAnswer quickAaaa = take(m_policyAaaa, slotOf(&Survey::policyAaaa));
    QList<PolicyFetch> fetches = fetchPolicy(addresses(quickA) + addresses(quickAaaa), {});
    change([&](Survey &survey) {
        survey.fetches = fetches;
        survey.policyDone = true;
    });
    const DnsAnswer a = settled(m_policyA);
    const DnsAnswer aaaa = settled(m_policyAaaa);
    // What stands at addresses that the validated answer does not have says nothing of the domain.
    if (hasOtherAddresses(quickA, a) || hasOtherAddresses(quickAaaa, aaaa))
        fetches = fetchPolicy(addresses(a) + addresses(aaaa), fetches);
    change([&](Survey &survey) {
        survey.policyA = a;
        survey.policyAaaa = aaaa;
        survey.fetches = fetches;
    });
}
