// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/freshhost.h"

#include "dns/record.h"

namespace {

/// RFC 1035 3.4.1, RFC 3596 2.2.
QByteArray wireOf(const QHostAddress &address, RecordType type)
{
    if (type == RecordType::A) {
        const quint32 number = address.toIPv4Address();
        QByteArray wire;
        for (int shift = 24; shift >= 0; shift -= 8)
            wire.append(char(number >> shift));
        return wire;
    }
    const Q_IPV6ADDR octets = address.toIPv6Address();
    return {reinterpret_cast<const char *>(octets.c), int(sizeof octets.c)};
}

} // namespace

FreshHost::FreshHost(Resolver &other, QByteArray host, QList<NamedServer> servers)
    : m_other(other)
    , m_host(std::move(host))
    , m_servers(std::move(servers))
{
}

FreshHost::~FreshHost()
{
    m_cancel.cancel();
    m_asking.clear(); // waits
}

PendingAnswer FreshHost::start(const QByteArray &name, RecordType type)
{
    const bool isAddress = type == RecordType::A || type == RecordType::AAAA;
    if (!isAddress || normalName(name) != m_host)
        return m_other.start(name, type);
    const PendingAnswer pending;
    const std::lock_guard lock(m_mutex);
    m_asking.push_back(std::async(std::launch::async, [=, this] { ask(type, pending); }));
    return pending;
}

void FreshHost::ask(RecordType type, const PendingAnswer &pending) const
{
    DnsAnswer found;
    found.name = found.canonicalName = m_host;
    found.type = type;
    found.status = AnswerStatus::Found;
    found.security = Security::Insecure; // MTA-STS rests on the certificate (RFC 8461 3.3)
    for (const ServerAnswers &one : askEveryServer(m_servers, {{m_host, type}}, m_cancel)) {
        const auto data = one.sets.first().value_or(QList<QByteArray>());
        for (const QByteArray &text : data) {
            const QByteArray wire = wireOf(QHostAddress(QString::fromLatin1(text)), type);
            if (!found.rdata.contains(wire))
                found.rdata.append(wire);
        }
    }
    pending.finish(found.rdata.isEmpty() ? m_other.lookup(m_host, type, m_cancel) : found);
}
