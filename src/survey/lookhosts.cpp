// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the mail servers: names, addresses, TLSA.
#include "net/danediscovery.h"
#include "survey/address.h"
#include "survey/correction.h"
#include "survey/look_p.h"

#include <algorithm>
#include <utility>

namespace {

void setHosts(Survey &survey, const DnsAnswer &mx)
{
    const QList<MxRecord> records = mailExchangers(mx);
    survey.mx = mx;
    survey.hosts.clear();
    survey.hostsKnown = true;
    // RFC 7505 3: one record, preference 0, target "."; NMX-3 tolerates the preference.
    survey.nullMx = records.size() == 1 && records.first().host.isEmpty();
    // RFC 5321 5.1: without MX the domain itself is the host; not when the name does not exist.
    survey.implicitMx = mx.status == AnswerStatus::NoData;
    const auto add = [&survey](const QByteArray &name, int preference) {
        MailHost host;
        host.name = name;
        host.preference = preference;
        survey.hosts.append(host);
    };
    if (survey.implicitMx)
        add(survey.domain.ascii(), 0);
    for (const MxRecord &record : records) {
        const auto isSame = [&](const MailHost &host) { return host.name == record.host; };
        if (!record.host.isEmpty() &&
            std::none_of(survey.hosts.cbegin(), survey.hosts.cend(), isSame))
            add(record.host, record.preference);
    }
}

} // namespace

void Look::lookAtHosts()
{
    const DnsAnswer quick = take(m_mx, slotOf(&Survey::mx));
    if (quick.isKnown())
        change([&](Survey &survey) { setHosts(survey, quick); });
    // DANE-42: where people put the records by mistake; asked early, as nobody waits for it.
    const Asked atDomain = ask(tlsaOwner(m_survey.domain.ascii()), RecordType::TLSA);
    const Cancel round = m_cancel.part();
    std::optional<DnsAnswer> correction;
    {
        Crew crew(m_options.overlap);
        lookAtEachHost(crew, round);
        crew.run([&] { // while the servers are looked at
            const DnsAnswer mx = settled(m_mx);
            if (namesOtherServers(quick, mx)) {
                correction = mx;
                round.cancel();
            } else {
                change([&](Survey &survey) { survey.mx = mx; });
            }
        });
    }
    // The quick answer was forged, or the records changed in between: what was seen of its servers
    // says nothing of the domain's.
    if (correction) {
        m_addressesLeft = MaxAddresses;
        change([&](Survey &survey) { setHosts(survey, *correction); });
        Crew crew(m_options.overlap);
        lookAtEachHost(crew, m_cancel);
    }
    lookForMisplacedTlsa(atDomain);
    const std::lock_guard lock(m_mutex);
    m_hostsDone = true;
    m_portNews.notify_all();
}

void Look::lookForMisplacedTlsa(const Asked &atDomain)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto isElsewhere = [this](const MailHost &host) {
            return host.name != m_survey.domain.ascii() && host.tlsa && host.tlsa->isAbsent();
        };
        if (m_survey.hosts.isEmpty() ||
            !std::all_of(m_survey.hosts.cbegin(), m_survey.hosts.cend(), isElsewhere))
            return;
    }
    const DnsAnswer answer = settled(atDomain);
    change([&](Survey &survey) { survey.tlsaAtDomain = answer; });
}

void Look::lookAtEachHost(Crew &crew, const Cancel &round)
{
    int count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = int(m_survey.hosts.size());
    }
    for (int i = 0; i < count; ++i)
        crew.run([this, i, round] { lookAtHost(i, round); });
}

MailHost Look::hostAt(int index)
{
    const std::lock_guard lock(m_mutex);
    return m_survey.hosts.at(index);
}

void Look::lookAtHost(int index, const Cancel &round)
{
    const QByteArray name = hostAt(index).name;
    const auto slot = [index](std::optional<DnsAnswer> MailHost::*member) -> Slot {
        return [index, member](Survey &survey) -> std::optional<DnsAnswer> & {
            return survey.hosts[index].*member;
        };
    };
    const Asked askedA = ask(name, RecordType::A);
    const Asked askedAaaa = ask(name, RecordType::AAAA);
    // Together with the addresses, never after them: a cold cache costs several round trips.
    const Asked askedTlsa = ask(tlsaOwner(name), RecordType::TLSA);
    const DnsAnswer a = take(askedA, slot(&MailHost::a), round);
    const DnsAnswer aaaa = take(askedAaaa, slot(&MailHost::aaaa), round);
    setAddresses(index, a, aaaa);
    DnsAnswer settledA, settledAaaa;
    bool isCorrection = false;
    {
        const Cancel first = round.part();
        Crew crew(m_options.overlap);
        crew.run([this, index, first] { probeHost(index, first); });
        take(askedTlsa, slot(&MailHost::tlsa), round);
        lookAtAliasTlsa(index, round);
        settledA = settled(askedA, round);
        settledAaaa = settled(askedAaaa, round);
        isCorrection = hasOtherAddresses(a, settledA) || hasOtherAddresses(aaaa, settledAaaa);
        if (isCorrection)
            first.cancel();
        else
            change([&](Survey &survey) {
                survey.hosts[index].a = settledA;
                survey.hosts[index].aaaa = settledAaaa;
            });
        takeValidated(askedTlsa, slot(&MailHost::tlsa), round);
        if (!isCorrection)
            lookBesideTlsa(index, round);
    }
    if (isCorrection) { // as with the servers: what answered at other addresses says nothing
        setAddresses(index, settledA, settledAaaa);
        lookAtAliasTlsa(index, round);
        lookBesideTlsa(index, round);
        probeHost(index, round);
    }
    change([index](Survey &survey) { survey.hosts[index].done = true; });
}

void Look::lookAtAliasTlsa(int index, const Cancel &round)
{
    const MailHost host = hostAt(index);
    std::optional<DnsAnswer> alias, tlsa;
    if (const QByteArray expanded = host.expandedName(); expanded != host.name) {
        const Asked askedAlias = ask(host.name, RecordType::CNAME);
        const Asked askedTlsa = ask(tlsaOwner(expanded), RecordType::TLSA);
        alias = settled(askedAlias, round);
        tlsa = settled(askedTlsa, round);
    }
    if (alias || host.alias)
        change([&](Survey &survey) {
            survey.hosts[index].alias = alias;
            survey.hosts[index].tlsaAtAlias = tlsa;
        });
}

/// DANE-43: a zone that proves its TLSA records has to prove as well what is not there. DANE-44: one that
/// gives no answer for TLSA may give others. Asked while the addresses are looked at, and only where
/// senders ask for TLSA records.
void Look::lookBesideTlsa(int index, const Cancel &round)
{
    const MailHost host = hostAt(index);
    const DaneLookup address = daneAddresses(host.a, host.aaaa);
    const bool isAtAlias = host.tlsaAtAlias && host.tlsaAtAlias->isFound() &&
                           host.tlsaAtAlias->security == Security::Secure;
    const std::optional<DnsAnswer> &tlsa = isAtAlias ? host.tlsaAtAlias : host.tlsa;
    const bool isProven = tlsa && tlsa->isFound() && tlsa->security == Security::Secure;
    const bool isUnanswered = tlsa && !tlsa->isKnown() && tlsa->security != Security::Bogus;
    if (address.security != Security::Secure || !(isProven || isUnanswered))
        return;
    const Asked askedBeside = ask(tlsa->name, RecordType::A);
    // RPT-20: only who runs the server can publish there; others are not asked after.
    const bool isOwn = isProven && host.name.endsWith('.' + m_survey.domain.ascii());
    std::optional<DnsAnswer> tlsRpt;
    if (isOwn)
        tlsRpt = settled(ask("_smtp._tls." + host.name, RecordType::TXT), round);
    const DnsAnswer beside = settled(askedBeside, round);
    change([&](Survey &survey) {
        survey.hosts[index].besideTlsa = beside;
        survey.hosts[index].tlsRpt = tlsRpt;
    });
}

/// What was already seen of an address stays.
void Look::setAddresses(int index, const DnsAnswer &a, const DnsAnswer &aaaa)
{
    const QList<QHostAddress> found = addresses(a) + addresses(aaaa);
    const bool hasIpv6 = std::any_of(found.begin(), found.end(), [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv6Protocol;
    });
    const bool canIpv6 = hasIpv6 && (m_options.allowPrivate || hasIpv6Route());
    change([&](Survey &survey) {
        MailHost &host = survey.hosts[index];
        const QList<AddressLook> before = std::exchange(host.addresses, {});
        host.a = a;
        host.aaaa = aaaa;
        for (const QHostAddress &address : found) {
            using Skip = AddressLook::Skip;
            const auto known =
                    std::find_if(before.begin(), before.end(), [&](const AddressLook &look) {
                        return look.address == address && look.done &&
                               look.smtp.end != SmtpFacts::End::Cancelled;
                    });
            if (known != before.end()) {
                host.addresses.append(*known);
                continue;
            }
            AddressLook look;
            look.address = address;
            if (!m_options.smtp)
                look.skip = Skip::SmtpOff;
            else if (!m_options.allowPrivate && !isPublicAddress(address))
                look.skip = Skip::Private;
            else if (address.protocol() == QAbstractSocket::IPv6Protocol && !canIpv6)
                look.skip = Skip::NoIpv6;
            else if (m_addressesLeft-- <= 0)
                look.skip = Skip::TooMany;
            look.done = look.skip != Skip::No;
            host.addresses.append(look);
        }
    });
}
