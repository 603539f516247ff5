// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the mail servers: names, addresses, TLSA, and the dialogue with every address.
#include "survey/address.h"
#include "survey/correction.h"
#include "survey/look_p.h"
#include "survey/sharedhosts.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace {

constexpr int ProbesPerHost = 2; // TLS-20: never more connections to one host at a time

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
    const std::lock_guard lock(m_mutex);
    m_hostsDone = true;
    m_portNews.notify_all();
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
    const Asked askedTlsa = ask("_25._tcp." + name, RecordType::TLSA);
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
    }
    if (isCorrection) { // as with the servers: what answered at other addresses says nothing
        setAddresses(index, settledA, settledAaaa);
        lookAtAliasTlsa(index, round);
        probeHost(index, round);
    }
    change([index](Survey &survey) { survey.hosts[index].done = true; });
}

void Look::probeHost(int index, const Cancel &round)
{
    std::deque<std::function<void()>> tasks;
    const QList<AddressLook> looks = hostAt(index).addresses;
    for (int i = 0; i < int(looks.size()); ++i) {
        if (!looks.at(i).done)
            tasks.push_back([this, index, i, round] { probeAddress(index, i, round); });
    }
    if (tasks.empty())
        return;
    if (m_options.thorough) {
        const auto first = std::find_if(looks.begin(), looks.end(),
                                        [](const AddressLook &look) { return !look.done; });
        tasks.push_back([this, index, i = int(first - looks.begin()), round] {
            probeFurther(index, i, round);
        });
    }
    std::mutex mutex;
    const auto lane = [&] {
        for (;;) {
            std::unique_lock lock(mutex);
            if (tasks.empty())
                return;
            const auto task = std::move(tasks.front());
            tasks.pop_front();
            lock.unlock();
            task();
        }
    };
    Crew crew(m_options.overlap);
    for (int i = 0; i < ProbesPerHost; ++i)
        crew.run(lane);
}

void Look::lookAtAliasTlsa(int index, const Cancel &round)
{
    const MailHost host = hostAt(index);
    std::optional<DnsAnswer> alias, tlsa;
    if (const QByteArray expanded = host.expandedName(); expanded != host.name) {
        const Asked askedAlias = ask(host.name, RecordType::CNAME);
        const Asked askedTlsa = ask("_25._tcp." + expanded, RecordType::TLSA);
        alias = settled(askedAlias, round);
        tlsa = settled(askedTlsa, round);
    }
    if (alias || host.alias)
        change([&](Survey &survey) {
            survey.hosts[index].alias = alias;
            survey.hosts[index].tlsaAtAlias = tlsa;
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

SmtpFacts Look::probe(const SmtpTarget &target, const Cancel &round, const Smtp::TlsSeen &onTls)
{
    const SmtpFacts facts = m_doors.shared.factsFor(
            target, round, [&] { return m_doors.smtp.probe(target, round, onTls); });
    if (facts.tookConnection()) {
        const std::lock_guard lock(m_mutex);
        m_tookConnection = true;
        m_portNews.notify_all();
    }
    return facts;
}

SmtpTarget Look::targetFor(int host, int address)
{
    const MailHost mailHost = hostAt(host);
    SmtpTarget target;
    target.host = mailHost.name;
    target.address = mailHost.addresses.at(address).address;
    target.port = m_options.smtpPort;
    return target;
}

void Look::probeAddress(int host, int address, const Cancel &round)
{
    // The certificate is on the screen one round trip before the server has said all.
    const auto onTls = [&](const SmtpFacts &soFar) {
        change([&](Survey &survey) { survey.hosts[host].addresses[address].smtp = soFar; });
    };
    const SmtpFacts facts = probe(targetFor(host, address), round, onTls);
    change([&](Survey &survey) {
        survey.hosts[host].addresses[address].smtp = facts;
        survey.hosts[host].addresses[address].done = true;
    });
}

void Look::probeFurther(int host, int address, const Cancel &round)
{
    SmtpTarget target = targetFor(host, address);
    target.sni = SmtpTarget::Sni::None;
    const SmtpFacts plain = probe(target, round);
    change([&](Survey &survey) { survey.hosts[host].addresses[address].withoutSni = plain; });
    if (!plain.tls.established || plain.tls.chain.isEmpty())
        return;
    // DANE-38: only with TLSA records does a second certificate have to match anything.
    const std::optional<DnsAnswer> tlsa = hostAt(host).tlsa;
    if (!tlsa || !tlsa->isFound())
        return;
    target.sni = SmtpTarget::Sni::Host;
    target.signatureAlgorithms =
            plain.tls.chain.first().keyType == "EC" ? rsaSignatures() : ecdsaSignatures();
    const SmtpFacts other = probe(target, round);
    if (other.tls.established)
        change([&](Survey &survey) { survey.hosts[host].addresses[address].otherKeyType = other; });
}
