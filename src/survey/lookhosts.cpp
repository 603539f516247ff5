// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the mail servers: names, addresses, TLSA, and the dialogue with every address.
#include "survey/address.h"
#include "survey/look_p.h"
#include "survey/sharedhosts.h"

#include <atomic>
#include <deque>

namespace {

constexpr int ProbesPerHost = 2;     // TLS-20: never more connections to one host at a time
constexpr int ControlAfterMs = 4000; // without a connection so long, ask whether port 25 is blocked

bool tookConnection(const SmtpFacts &facts)
{
    return facts.stage > SmtpFacts::Stage::Connect;
}

} // namespace

void Look::lookAtHosts()
{
    const Slot slot = slotOf(&Survey::mx);
    const DnsAnswer mx = take(m_mx, slot);
    if (mx.isKnown())
        setHosts(mx);
    int count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = int(m_survey.hosts.size());
    }
    {
        Crew crew(m_options.overlap);
        for (int i = 0; i < count; ++i)
            crew.run([this, i] { lookAtHost(i); });
        crew.run([this, slot] { takeValidated(m_mx, slot); }); // while the servers are looked at
    }
    const std::lock_guard lock(m_mutex);
    m_hostsDone = true;
    m_portNews.notify_all();
}

void Look::setHosts(const DnsAnswer &mx)
{
    const QList<MxRecord> records = mailExchangers(mx);
    change([&](Survey &survey) {
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
    });
}

MailHost Look::hostAt(int index)
{
    const std::lock_guard lock(m_mutex);
    return m_survey.hosts.at(index);
}

void Look::lookAtHost(int index)
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
    const DnsAnswer a = take(askedA, slot(&MailHost::a));
    const DnsAnswer aaaa = take(askedAaaa, slot(&MailHost::aaaa));
    setAddresses(index, addresses(a) + addresses(aaaa));
    {
        Crew crew(m_options.overlap);
        crew.run([this, index] { probeHost(index); });
        take(askedTlsa, slot(&MailHost::tlsa));
        const QByteArray expanded = hostAt(index).expandedName();
        if (expanded != name)
            lookAtAliasTlsa(index, expanded);
        takeValidated(askedA, slot(&MailHost::a));
        takeValidated(askedAaaa, slot(&MailHost::aaaa));
        takeValidated(askedTlsa, slot(&MailHost::tlsa));
    }
    change([index](Survey &survey) { survey.hosts[index].done = true; });
}

void Look::probeHost(int index)
{
    std::deque<std::function<void()>> tasks;
    const QList<AddressLook> looks = hostAt(index).addresses;
    for (int i = 0; i < int(looks.size()); ++i) {
        if (!looks.at(i).done)
            tasks.push_back([this, index, i] { probeAddress(index, i); });
    }
    if (tasks.empty())
        return;
    if (m_options.thorough) {
        const auto first = std::find_if(looks.begin(), looks.end(),
                                        [](const AddressLook &look) { return !look.done; });
        tasks.push_back([this, index, i = int(first - looks.begin())] { probeFurther(index, i); });
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

void Look::lookAtAliasTlsa(int index, const QByteArray &expanded)
{
    const Asked alias = ask(hostAt(index).name, RecordType::CNAME);
    const Asked tlsa = ask("_25._tcp." + expanded, RecordType::TLSA);
    const DnsAnswer aliasAnswer = settled(alias);
    const DnsAnswer tlsaAnswer = settled(tlsa);
    change([&](Survey &survey) {
        survey.hosts[index].alias = aliasAnswer;
        survey.hosts[index].tlsaAtAlias = tlsaAnswer;
    });
}

void Look::setAddresses(int index, const QList<QHostAddress> &found)
{
    const bool hasIpv6 = std::any_of(found.begin(), found.end(), [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv6Protocol;
    });
    const bool canIpv6 = hasIpv6 && (m_options.allowPrivate || hasIpv6Route());
    change([&](Survey &survey) {
        for (const QHostAddress &address : found) {
            using Skip = AddressLook::Skip;
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
            survey.hosts[index].addresses.append(look);
        }
    });
}

SmtpFacts Look::probe(const SmtpTarget &target, const Smtp::TlsSeen &onTls)
{
    const SmtpFacts facts = m_doors.shared.factsFor(
            target, m_cancel, [&] { return m_doors.smtp.probe(target, m_cancel, onTls); });
    if (tookConnection(facts)) {
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

void Look::probeAddress(int host, int address)
{
    // The certificate is on the screen one round trip before the server has said all.
    const auto onTls = [&](const SmtpFacts &soFar) {
        change([&](Survey &survey) { survey.hosts[host].addresses[address].smtp = soFar; });
    };
    const SmtpFacts facts = probe(targetFor(host, address), onTls);
    change([&](Survey &survey) {
        survey.hosts[host].addresses[address].smtp = facts;
        survey.hosts[host].addresses[address].done = true;
    });
}

void Look::probeFurther(int host, int address)
{
    SmtpTarget target = targetFor(host, address);
    target.sni = SmtpTarget::Sni::None;
    const SmtpFacts plain = probe(target);
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
    const SmtpFacts other = probe(target);
    if (other.tls.established)
        change([&](Survey &survey) { survey.hosts[host].addresses[address].otherKeyType = other; });
}

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
            if (tookConnection(m_doors.shared.factsFor(
                        target, m_cancel, [&] { return m_doors.smtp.probe(target, m_cancel); })))
                answered = true;
        });
    }
    crew.join();
    return answered;
}
