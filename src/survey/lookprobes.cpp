// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogue with every address of a mail server.
#include "survey/look_p.h"
#include "survey/sharedhosts.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace {

constexpr int ProbesPerHost = 2; // TLS-20: never more connections to one host at a time

} // namespace

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
    const auto first = std::find_if(looks.begin(), looks.end(),
                                    [](const AddressLook &look) { return !look.done; });
    tasks.push_back([this, index, i = int(first - looks.begin()), round] {
        probeFurther(index, i, round);
    });
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
    SmtpTarget target = targetFor(host, address);
    const SmtpFacts facts = probe(target, round, onTls);
    std::optional<SmtpFacts> atBase;
    const MailHost mailHost = hostAt(host);
    if (facts.tls.established && mailHost.expandedName() != mailHost.name &&
        tlsaBase(mailHost, round) == mailHost.expandedName()) {
        target.host = mailHost.expandedName();
        atBase = probe(target, round);
    }
    change([&](Survey &survey) {
        AddressLook &look = survey.hosts[host].addresses[address];
        look.smtp = facts;
        look.atBase = atBase;
        look.done = true;
    });
}

/// The base domain of the TLSA records (RFC 7672 2.2.2), empty without any. The quick answers are enough
/// to look further; they are asked for already, so this waits for nothing new.
QByteArray Look::tlsaBase(const MailHost &host, const Cancel &round) const
{
    for (const QByteArray &name : {host.expandedName(), host.name}) {
        if (ask(tlsaOwner(name), RecordType::TLSA).quick.wait(round).isFound())
            return name;
    }
    return {};
}

void Look::probeFurther(int host, int address, const Cancel &round)
{
    SmtpTarget target = targetFor(host, address);
    std::optional<SmtpFacts> plain;
    if (m_options.thorough) {
        target.sni = SmtpTarget::Sni::None;
        plain = probe(target, round);
        change([&](Survey &survey) { survey.hosts[host].addresses[address].withoutSni = plain; });
    }
    const MailHost mailHost = hostAt(host);
    const TlsFacts &tls = plain ? plain->tls : mailHost.addresses.at(address).smtp.tls;
    // DANE-38: only with TLSA records does a second certificate have to match anything.
    const QByteArray base = tlsaBase(mailHost, round);
    if (!tls.established || tls.chain.isEmpty() || base.isEmpty())
        return;
    target.host = base;
    target.sni = SmtpTarget::Sni::Host;
    target.signatureAlgorithms =
            tls.chain.first().keyType == "EC" ? rsaSignatures() : ecdsaSignatures();
    const SmtpFacts other = probe(target, round);
    if (other.tls.established)
        change([&](Survey &survey) { survey.hosts[host].addresses[address].otherKeyType = other; });
}
